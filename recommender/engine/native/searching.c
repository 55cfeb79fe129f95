/* Branch and bound: of all ways to provide what is needed, the cheapest, within so many trials.
 *
 * Needed items that no conclusion settles are decided one by one, the one with the fewest providers first; its providers are
 * tried in the order of what they would cost with what they still need. A branch ends where its cost and bound reach the best
 * known, or its minutes the limit. Where the trials run out the best so far stands.
 */
#include <math.h>

#include "planner.h"

#define ROUNDS 8 /* how often all courses of the best found are questioned at most                                   */
#define SHARE 20 /* a search without one of them takes this part of the trials                                      */

/* Return the item to decide next, or NONE where everything needed is covered. */
static int32_t next_item(const Work *w) {
    int32_t best = NONE, fewest = INT32_MAX;
    for (int64_t q = 0; q < w->queue.size; q++) {
        int32_t item = w->queue.at[q];
        if (w->covered.at[item]) continue;
        int32_t providers = w->provider_ptr.at[item + 1] - w->provider_ptr.at[item];
        if (providers < fewest) {
            best = item;
            fewest = providers;
            if (providers <= 2) break;
        }
    }
    return best;
}

/* Return what choosing a course costs more: its price and what it still needs, less what others then need not give. */
static double estimate(const Work *w, int32_t course) {
    double cost = w->price.at[course];
    for (int32_t i = w->need_ptr.at[course]; i < w->need_ptr.at[course + 1]; i++) {
        int32_t item = w->needs.at[i];
        if (!w->covered.at[item] && !w->needed.at[item]) cost += w->item_cost.at[item];
    }
    for (int32_t i = w->give_ptr.at[course]; i < w->give_ptr.at[course + 1]; i++) {
        int32_t item = w->gives.at[i];
        if (w->needed.at[item] && !w->covered.at[item]) cost -= w->least_price.at[item];
    }
    return cost;
}

static void open_frame(Work *w) {
    reserve(w, (void **)&w->frames, &w->frame_capacity, w->frame_count + 1, sizeof(Frame));
    w->frames[w->frame_count++] = (Frame){mark_of(w), w->offers.size, w->offers.size, w->offers.size};
    w->offer_cost.size = 0;
}

/* Add a course to the offers of the last frame, the cheapest first, unless it is chosen or among them. */
static void offer(Work *w, int32_t course) {
    Frame *frame = &w->frames[w->frame_count - 1];
    if (w->chosen.at[course] || course == w->banned) return;
    for (int64_t i = frame->start; i < frame->end; i++)
        if (w->offers.at[i] == course) return;
    double cost = estimate(w, course);
    push(w, &w->offers, course);
    push_real(w, &w->offer_cost, cost);
    int64_t at = w->offer_cost.size - 1;
    for (; at > 0 && w->offer_cost.at[at - 1] > cost; at--) {
        w->offer_cost.at[at] = w->offer_cost.at[at - 1];
        w->offers.at[frame->start + at] = w->offers.at[frame->start + at - 1];
    }
    w->offer_cost.at[at] = cost;
    w->offers.at[frame->start + at] = course;
    frame->end = w->offers.size;
}

/* Branch on who provides an item. */
static void branch(Work *w, int32_t item) {
    open_frame(w);
    for (int32_t i = w->provider_ptr.at[item]; i < w->provider_ptr.at[item + 1]; i++) offer(w, w->providers.at[i]);
}

/* Choose, for what is needed, cheapest providers by the costs alone: these never go round. */
static void fall_back(Work *w) {
    for (int64_t q = 0, p = 0; q < w->queue.size || p < w->picked.size;) {
        if (q < w->queue.size) {
            int32_t item = w->queue.at[q++];
            if (!w->covered.at[item]) choose(w, w->best.at[item]);
            continue;
        }
        int32_t course = w->picked.at[p++];
        for (int32_t n = w->need_ptr.at[course]; n < w->need_ptr.at[course + 1]; n++) {
            bool before = false;
            for (int32_t i = w->provider_ptr.at[w->needs.at[n]]; i < w->provider_ptr.at[w->needs.at[n] + 1]; i++) {
                int32_t provider = w->providers.at[i];
                before |= w->chosen.at[provider] && w->rank.at[provider] < w->rank.at[course];
            }
            if (!before) choose(w, w->best.at[w->needs.at[n]]);
        }
    }
}

static void keep_found(Work *w) {
    ints(w, &w->found, w->picked.size);
    /* What is needed is chosen after what needs it: turned round, the order is nearly one in which they can be taken. */
    for (int64_t i = 0; i < w->picked.size; i++) w->found.at[i] = w->picked.at[w->picked.size - 1 - i];
}

/* Keep what is chosen if it can be taken in some order.
 *
 * If some courses only hold each other up, something that one of them lacks must come from a course not chosen yet: branch on which.
 */
static double judge(Work *w, double below) {
    ints(w, &w->scratch, w->picked.size);
    for (int64_t i = 0; i < w->picked.size; i++) w->scratch.at[i] = w->picked.at[w->picked.size - 1 - i];
    int64_t founded = found_order(w, &w->scratch); /* marks in `flags` what these give */
    if (founded == w->picked.size) {
        keep_found(w);
        return w->cost;
    }
    open_frame(w);
    for (int64_t u = founded; u < w->scratch.size; u++) {
        int32_t course = w->scratch.at[u];
        for (int32_t n = w->need_ptr.at[course]; n < w->need_ptr.at[course + 1]; n++) {
            int32_t item = w->needs.at[n];
            if (w->flags.at[item]) continue;
            for (int32_t i = w->provider_ptr.at[item]; i < w->provider_ptr.at[item + 1]; i++) offer(w, w->providers.at[i]);
        }
    }
    return below;
}

/* Go back to the last frame with a provider left, and choose it. Return false where there is none. */
static bool next_branch(Work *w, int64_t base) {
    while (w->frame_count > base) {
        Frame *frame = &w->frames[w->frame_count - 1];
        return_to(w, frame->mark);
        if (frame->next < frame->end) {
            choose(w, w->offers.at[frame->next++]);
            return true;
        }
        w->offers.size = frame->start;
        w->frame_count--;
    }
    return false;
}

/* Search in at most so many trials. Return the cost of the best found, or `below`; `is_proven` where nothing better can be. */
static double descend(Work *w, double below, int64_t minutes, int64_t trials, bool *is_proven) {
    Mark start = mark_of(w);
    int64_t base = w->frame_count;
    double best = below;
    *is_proven = false;
    for (int64_t trial = 0; trial <= trials && !*is_proven; trial++) {
        if (propagate(w) && w->cost + w->bound < best - EPSILON && w->spent + w->least_spent <= minutes) {
            int32_t item = next_item(w);
            if (item == NONE) best = judge(w, best);
            else branch(w, item);
        }
        *is_proven = !next_branch(w, base);
    }
    if (w->frame_count > base) {
        w->offers.size = w->frames[base].start;
        w->frame_count = base;
    }
    return_to(w, start);
    return best;
}

/* Forbid one course after another of the best found, the dearest first, and search again, while that helps.
 *
 * Depth-first search seldom comes back to its first decisions; this puts them in question.
 */
static double question(Work *w, double best, int64_t minutes, int64_t trials) {
    bool is_proven, is_better = true;
    for (int64_t round = 0; is_better && round < ROUNDS; round++) {
        is_better = false;
        ints(w, &w->suspects, w->found.size);
        for (int64_t i = 0; i < w->found.size; i++) {
            int64_t at = i;
            for (; at > 0 && w->price.at[w->suspects.at[at - 1]] < w->price.at[w->found.at[i]]; at--)
                w->suspects.at[at] = w->suspects.at[at - 1];
            w->suspects.at[at] = w->found.at[i];
        }
        for (int64_t i = 0; i < w->suspects.size && !is_better; i++) {
            w->banned = w->suspects.at[i];
            double cost = w->chosen.at[w->banned] ? best : descend(w, best, minutes, trials, &is_proven);
            is_better = cost < best;
            best = cost;
        }
    }
    w->banned = NONE;
    return best;
}

/* Find the cheapest completion of the present state whose cost is less than `below`, in at most `minutes` minutes.
 *
 * Return its cost and leave its courses, those chosen already included, in `found`; infinite where none was found. The state is
 * as it was.
 */
double search(Work *w, double below, int64_t minutes, int64_t trials) {
    bool is_proven;
    w->banned = NONE;
    double best = descend(w, below, minutes, trials, &is_proven);
    if (best < below && !is_proven) best = question(w, best, minutes, trials / SHARE);
    if (best < below || is_proven) return best < below ? best : INFINITY;
    Mark start = mark_of(w);
    if (isinf(below) && propagate(w)) {
        fall_back(w);
        if (w->spent <= minutes) {
            best = w->cost;
            keep_found(w);
        }
        return_to(w, start);
    }
    return best < below ? best : INFINITY;
}
