/* A state of the search: chosen courses, what they need, what follows from it, and how little the rest can cost.
 *
 * An item that is needed and not covered by a chosen course must get a provider. If it has one only, that is chosen; if all
 * of its providers need the same item, that is needed as well (a landmark). The bound adds the cheapest provider of needed
 * items no two of which share a provider: any completion pays for each of them.
 *
 * Source: for landmarks, J. Hoffmann, J. Porteous, L. Sebastia, Ordered landmarks in planning, JAIR 22 (2004) 215-278; for
 * adding up disjoint ones, M. Helmert, C. Domshlak, Landmarks, critical paths and abstractions, ICAPS 2009.
 */
#include <string.h>

#include "planner.h"

enum { UNDECIDED, OUTSIDE, INSIDE }; /* whether an item is in the family of those that share no provider */

void start_search(Work *w) {
    filled(w, &w->chosen, w->courses, 0);
    filled(w, &w->covered, w->items, 0);
    filled(w, &w->needed, w->items, 0);
    filled(w, &w->family, w->items, UNDECIDED);
    filled(w, &w->stamped, w->courses, 0);
    filled(w, &w->landmark_end, w->items, NONE);
    ints(w, &w->landmark_ptr, w->items);
    ints(w, &w->least_minutes, w->items);
    reals(w, &w->least_price, w->items);
    w->landmarks.size = w->queue.size = w->picked.size = w->offers.size = 0;
    w->head = w->frame_count = w->spent = w->least_spent = 0;
    w->cost = w->bound = 0;
}

Mark mark_of(const Work *w) {
    return (Mark){w->queue.size, w->head, w->picked.size, w->cost, w->bound, w->spent, w->least_spent};
}

void return_to(Work *w, Mark mark) {
    while (w->picked.size > mark.picked) {
        int32_t course = w->picked.at[--w->picked.size];
        w->chosen.at[course] = 0;
        for (int32_t i = w->give_ptr.at[course]; i < w->give_ptr.at[course + 1]; i++) w->covered.at[w->gives.at[i]]--;
    }
    while (w->queue.size > mark.queue) w->needed.at[w->queue.at[--w->queue.size]] = 0;
    w->head = mark.head;
    w->cost = mark.cost;
    w->bound = mark.bound;
    w->spent = mark.minutes;
    w->least_spent = mark.least_minutes;
}

/* An item joins the family when it is first needed, unless one of its providers is another member's. */
static void decide_family(Work *w, int32_t item) {
    int32_t start = w->provider_ptr.at[item], end = w->provider_ptr.at[item + 1];
    double price = 0;
    int32_t minutes = 0;
    bool is_shared = false;
    for (int32_t i = start; i < end; i++) {
        int32_t course = w->providers.at[i];
        is_shared |= w->stamped.at[course];
        if (i == start || w->price.at[course] < price) price = w->price.at[course];
        if (i == start || w->minutes.at[course] < minutes) minutes = w->minutes.at[course];
    }
    w->least_price.at[item] = price;
    w->least_minutes.at[item] = minutes;
    w->family.at[item] = is_shared ? OUTSIDE : INSIDE;
    for (int32_t i = start; i < end && !is_shared; i++) w->stamped.at[w->providers.at[i]] = 1;
}

void need(Work *w, int32_t item) {
    if (w->needed.at[item]) return;
    w->needed.at[item] = 1;
    push(w, &w->queue, item);
    if (w->family.at[item] == UNDECIDED) decide_family(w, item);
    if (w->family.at[item] != INSIDE || w->covered.at[item]) return;
    w->bound += w->least_price.at[item];
    w->least_spent += w->least_minutes.at[item];
}

void choose(Work *w, int32_t course) {
    if (w->chosen.at[course]) return;
    w->chosen.at[course] = 1;
    push(w, &w->picked, course);
    w->cost += w->price.at[course];
    w->spent += w->minutes.at[course];
    for (int32_t i = w->give_ptr.at[course]; i < w->give_ptr.at[course + 1]; i++) {
        int32_t item = w->gives.at[i];
        if (w->covered.at[item]++ == 0 && w->needed.at[item] && w->family.at[item] == INSIDE) {
            w->bound -= w->least_price.at[item];
            w->least_spent -= w->least_minutes.at[item];
        }
    }
    for (int32_t i = w->need_ptr.at[course]; i < w->need_ptr.at[course + 1]; i++) need(w, w->needs.at[i]);
}

static bool needs_item(const Work *w, int32_t course, int32_t item) {
    for (int32_t i = w->need_ptr.at[course]; i < w->need_ptr.at[course + 1]; i++)
        if (w->needs.at[i] == item) return true;
    return false;
}

/* Find, once, the items that all providers of an item need. */
static void find_landmarks(Work *w, int32_t item) {
    int32_t start = w->provider_ptr.at[item], end = w->provider_ptr.at[item + 1], leanest = w->providers.at[start];
    w->landmark_ptr.at[item] = (int32_t)w->landmarks.size;
    for (int32_t i = start; i < end; i++) {
        int32_t course = w->providers.at[i];
        if (w->need_ptr.at[course + 1] - w->need_ptr.at[course] < w->need_ptr.at[leanest + 1] - w->need_ptr.at[leanest])
            leanest = course;
    }
    for (int32_t n = w->need_ptr.at[leanest]; n < w->need_ptr.at[leanest + 1]; n++) {
        bool by_all = true;
        for (int32_t i = start; i < end && by_all; i++) by_all = needs_item(w, w->providers.at[i], w->needs.at[n]);
        if (by_all) push(w, &w->landmarks, w->needs.at[n]);
    }
    w->landmark_end.at[item] = (int32_t)w->landmarks.size;
}

/* Draw all conclusions. Return false where something needed cannot be had. */
bool propagate(Work *w) {
    while (w->head < w->queue.size) {
        int32_t item = w->queue.at[w->head++];
        if (w->covered.at[item]) continue;
        int32_t start = w->provider_ptr.at[item], providers = w->provider_ptr.at[item + 1] - start;
        if (providers == 0) return false;
        if (providers == 1) {
            choose(w, w->providers.at[start]);
            continue;
        }
        if (w->landmark_end.at[item] == NONE) find_landmarks(w, item);
        for (int32_t i = w->landmark_ptr.at[item]; i < w->landmark_end.at[item]; i++) need(w, w->landmarks.at[i]);
    }
    return true;
}
