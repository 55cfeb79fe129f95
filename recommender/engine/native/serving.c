/* What a set of courses makes possible, and which of them serve a goal. */
#include <string.h>

#include "planner.h"

/* Put courses into an order in which they can be taken, in front of those that cannot. Return how many can. */
int64_t found_order(Work *w, Ints *courses) {
    int64_t done = 0;
    filled(w, &w->flags, w->items, 0);
    for (int64_t before = NONE; before != done;) {
        before = done;
        for (int64_t i = done; i < courses->size; i++) {
            int32_t course = courses->at[i];
            bool can_be_taken = true;
            for (int32_t n = w->need_ptr.at[course]; n < w->need_ptr.at[course + 1] && can_be_taken; n++)
                can_be_taken = w->flags.at[w->needs.at[n]];
            if (!can_be_taken) continue;
            for (int32_t g = w->give_ptr.at[course]; g < w->give_ptr.at[course + 1]; g++) w->flags.at[w->gives.at[g]] = 1;
            memmove(courses->at + done + 1, courses->at + done, (size_t)(i - done) * sizeof(int32_t));
            courses->at[done++] = course;
        }
    }
    return done;
}

/* Count of each item its providers among the courses; `who` is the one where there is one only. */
static void count_providers(Work *w, const Ints *courses) {
    filled(w, &w->count, w->items, 0);
    filled(w, &w->who, w->items, 0);
    for (int64_t i = 0; i < courses->size; i++) {
        int32_t course = courses->at[i];
        for (int32_t g = w->give_ptr.at[course]; g < w->give_ptr.at[course + 1]; g++) {
            w->count.at[w->gives.at[g]]++;
            w->who.at[w->gives.at[g]] ^= (int32_t)i;
        }
    }
}

static void use_item(Work *w, int32_t item) {
    if (w->use.at[item]) return;
    w->use.at[item] = 1;
    push(w, &w->stack, item);
}

/* Mark in `flags` (by place) courses that are the only providers of what a goal needs. Return how many are not. */
static int64_t mark_sole_providers(Work *w, const Ints *courses) {
    count_providers(w, courses);
    filled(w, &w->use, w->items, 0);
    filled(w, &w->flags, courses->size, 0);
    w->stack.size = 0;
    int64_t left = courses->size;
    for (int64_t g = 0; g < w->goals.size; g++)
        if (w->count.at[w->goals.at[g]]) use_item(w, w->goals.at[g]);
    while (w->stack.size) {
        int32_t item = w->stack.at[--w->stack.size];
        int32_t place = w->who.at[item];
        if (w->count.at[item] != 1 || w->flags.at[place]) continue;
        w->flags.at[place] = 1;
        left--;
        int32_t course = courses->at[place];
        for (int32_t n = w->need_ptr.at[course]; n < w->need_ptr.at[course + 1]; n++) use_item(w, w->needs.at[n]);
    }
    return left;
}

/* Mark all courses that serve, also those whose place others could take only together with them.
 *
 * Of each item, as bits, without which courses it cannot be had: without what none of its providers can do without; a course
 * not without itself and what it needs cannot do without. The greatest solution of these equations is found by going
 * round until nothing changes. Source: F. E. Allen, J. Cocke, A program data flow analysis procedure, CACM 19 (1976).
 */
static void mark_indispensable(Work *w, const Ints *courses) {
    int64_t words = courses->size / 64 + 1;
    reserve(w, (void **)&w->bits, &w->bit_capacity, (w->items + 1) * words, sizeof(uint64_t));
    memset(w->bits, 0xff, (size_t)(w->items * words) * sizeof(uint64_t));
    uint64_t *own = w->bits + w->items * words;
    for (bool changed = true; changed;) {
        changed = false;
        for (int64_t i = 0; i < courses->size; i++) {
            int32_t course = courses->at[i];
            memset(own, 0, (size_t)words * sizeof(uint64_t));
            own[i / 64] |= (uint64_t)1 << (i % 64);
            for (int32_t n = w->need_ptr.at[course]; n < w->need_ptr.at[course + 1]; n++)
                for (int64_t k = 0; k < words; k++) own[k] |= w->bits[w->needs.at[n] * words + k];
            for (int32_t g = w->give_ptr.at[course]; g < w->give_ptr.at[course + 1]; g++) {
                uint64_t *lean = w->bits + w->gives.at[g] * words;
                for (int64_t k = 0; k < words; k++) {
                    if (!(lean[k] & ~own[k])) continue;
                    lean[k] &= own[k];
                    changed = true;
                }
            }
        }
    }
    for (int64_t g = 0; g < w->goals.size; g++) {
        if (!w->count.at[w->goals.at[g]]) continue;
        const uint64_t *lean = w->bits + w->goals.at[g] * words;
        for (int64_t i = 0; i < courses->size; i++) w->flags.at[i] |= (int32_t)(lean[i / 64] >> (i % 64) & 1);
    }
}

static int64_t count_unmarked(const Work *w, int64_t size) {
    int64_t left = 0;
    for (int64_t i = 0; i < size; i++) left += !w->flags.at[i];
    return left;
}

/* Return whether each course serves a goal; courses in an order in which they can be taken. */
bool all_serve(Work *w, const Ints *courses) {
    if (mark_sole_providers(w, courses) == 0) return true;
    mark_indispensable(w, courses);
    return count_unmarked(w, courses->size) == 0;
}

/* Put courses into an order in which they can be taken, and drop those that serve no goal, the costliest first. */
void prune(Work *w, Ints *courses) {
    for (;;) {
        courses->size = found_order(w, courses);
        if (all_serve(w, courses)) return;
        int64_t idle = NONE;
        for (int64_t i = 0; i < courses->size; i++) {
            if (w->flags.at[i]) continue;
            if (idle == NONE || w->own_price.at[courses->at[i]] > w->own_price.at[courses->at[idle]]) idle = i;
        }
        memmove(courses->at + idle, courses->at + idle + 1, (size_t)(courses->size - idle - 1) * sizeof(int32_t));
        courses->size--;
    }
}
