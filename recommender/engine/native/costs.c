/* What each course and item costs, everything it needs included, and what can be reached at all.
 *
 * A course costs its price and what each item it needs costs; an item what its cheapest provider does. Courses are settled
 * in the order of their costs (Knuth's generalisation of Dijkstra's algorithm to AND/OR graphs): what is never settled can
 * be reached by no program. Shared needs are counted more than once, so these costs lead the search; they bound nothing.
 *
 * Source: D. E. Knuth, A generalization of Dijkstra's algorithm, Information Processing Letters 6 (1977) 1-5.
 * Complexity: O(e log n) for n courses and e entries.
 */
#include <math.h>

#include "planner.h"

#define CEILING 1e15 /* where courses need two others each, costs double from one to the next; infinite means out of reach */

static bool comes_before(const Work *w, int32_t a, int32_t b) {
    double x = w->course_cost.at[a], y = w->course_cost.at[b];
    return x < y || (x == y && a < b);
}

static void heap_push(Work *w, int32_t course) {
    push(w, &w->heap, course);
    int32_t *heap = w->heap.at;
    int64_t at = w->heap.size - 1;
    while (at > 0 && comes_before(w, course, heap[(at - 1) / 2])) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = course;
}

static int32_t heap_pop(Work *w) {
    int32_t *heap = w->heap.at;
    int32_t top = heap[0], last = heap[--w->heap.size];
    int64_t at = 0, size = w->heap.size;
    while (2 * at + 1 < size) {
        int64_t child = 2 * at + 1;
        if (child + 1 < size && comes_before(w, heap[child + 1], heap[child])) child++;
        if (!comes_before(w, heap[child], last)) break;
        heap[at] = heap[child];
        at = child;
    }
    if (size) heap[at] = last;
    return top;
}

static void settle(Work *w, int32_t course, int32_t place) {
    w->rank.at[course] = place;
    for (int32_t i = w->give_ptr.at[course]; i < w->give_ptr.at[course + 1]; i++) {
        int32_t item = w->gives.at[i];
        if (w->best.at[item] != NONE) continue;
        w->best.at[item] = course;
        w->item_cost.at[item] = w->course_cost.at[course];
        for (int32_t u = w->user_ptr.at[item]; u < w->user_ptr.at[item + 1]; u++) {
            int32_t user = w->users.at[u];
            double cost = w->course_cost.at[user] + w->item_cost.at[item];
            w->course_cost.at[user] = cost < CEILING ? cost : CEILING;
            if (--w->waiting.at[user] == 0) heap_push(w, user);
        }
    }
}

bool is_reachable(const Work *w, int32_t item) { return w->best.at[item] != NONE; }

/* List of each item the providers that can be reached. */
static void list_reachable(Work *w) {
    ints(w, &w->provider_ptr, w->items + 1);
    ints(w, &w->providers, w->all_providers.size);
    int32_t kept = 0;
    w->provider_ptr.at[0] = 0;
    for (int64_t item = 0; item < w->items; item++) {
        for (int32_t i = w->all_provider_ptr.at[item]; i < w->all_provider_ptr.at[item + 1]; i++)
            if (w->rank.at[w->all_providers.at[i]] != NONE) w->providers.at[kept++] = w->all_providers.at[i];
        w->provider_ptr.at[item + 1] = kept;
    }
}

/* Set the prices of the courses (infinite: not to be chosen), and find all costs and what can be reached. */
void weigh(Work *w, const double *price) {
    reals(w, &w->price, w->courses);
    reals(w, &w->course_cost, w->courses);
    reals(w, &w->item_cost, w->items);
    filled(w, &w->best, w->items, NONE);
    filled(w, &w->rank, w->courses, NONE);
    ints(w, &w->waiting, w->courses);
    w->heap.size = 0;
    for (int32_t c = 0; c < w->courses; c++) {
        w->price.at[c] = w->course_cost.at[c] = price[c];
        w->waiting.at[c] = isinf(price[c]) ? NONE : w->need_ptr.at[c + 1] - w->need_ptr.at[c];
        if (w->waiting.at[c] == 0) heap_push(w, c);
    }
    for (int32_t place = 0; w->heap.size; place++) settle(w, heap_pop(w), place);
    list_reachable(w);
}
