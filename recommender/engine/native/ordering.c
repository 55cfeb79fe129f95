/* The order of a program's steps. */
#include "planner.h"

/* Count the steps, not placed yet, after which a course is recommended. */
static int32_t unplaced_before(const Work *w, int32_t course) {
    const Rows *after = &w->graph->after;
    int32_t id = w->id.at[course], count = 0;
    for (int32_t i = after->ptr[id]; i < after->ptr[id + 1]; i++) {
        int32_t other = after->values[i];
        if (other == id || w->course_mark[other] != w->tick || w->course_number[other] == NONE) continue;
        int32_t number = w->course_number[other];
        count += w->chosen.at[number] && w->place.at[number] == NONE;
    }
    return count;
}

static bool is_ready(const Work *w, int32_t course) {
    for (int32_t n = w->need_ptr.at[course]; n < w->need_ptr.at[course + 1]; n++)
        if (w->first.at[w->needs.at[n]] == NONE) return false;
    return true;
}

/* What is not recommended after a later step goes first; then the most relevant; then by code. */
static bool goes_first(const Work *w, int32_t a, int32_t b) {
    int32_t x = unplaced_before(w, a), y = unplaced_before(w, b);
    if (x != y) return x < y;
    if (w->relevance.at[a] != w->relevance.at[b]) return w->relevance.at[a] > w->relevance.at[b];
    return w->id.at[a] < w->id.at[b];
}

static void place_step(Work *w, int32_t course, int32_t place) {
    w->place.at[course] = place;
    for (int32_t g = w->give_ptr.at[course]; g < w->give_ptr.at[course + 1]; g++) {
        int32_t item = w->gives.at[g];
        if (w->first.at[item] == NONE) w->first.at[item] = place;
        else if (w->second.at[item] == NONE) w->second.at[item] = place;
    }
    for (int32_t n = w->need_ptr.at[course]; n < w->need_ptr.at[course + 1]; n++)
        if (w->use.at[w->needs.at[n]] == NONE) w->use.at[w->needs.at[n]] = place;
}

/* Return the number of a course that is a step to be placed, or NONE. */
static int32_t unplaced(const Work *w, int32_t id) {
    if (w->course_mark[id] != w->tick || w->course_number[id] == NONE) return NONE;
    int32_t number = w->course_number[id];
    return w->chosen.at[number] && w->place.at[number] == NONE ? number : NONE;
}

/* Return a step to be placed that opens an item, of those that do not need it: rather a new one, and the first; or NONE. */
static int32_t opener(const Work *w, int32_t item, int32_t below) {
    int32_t best = NONE;
    for (int32_t p = w->provider_ptr.at[item]; p < w->provider_ptr.at[item + 1]; p++) {
        int32_t provider = w->providers.at[p];
        if (unplaced(w, w->id.at[provider]) == NONE || w->rank.at[provider] >= below) continue;
        bool is_better = best == NONE || (w->priority.at[best] != w->priority.at[provider] ? w->priority.at[provider] == 0
                                                                                          : w->rank.at[provider] < w->rank.at[best]);
        if (is_better) best = provider;
    }
    return best;
}

/* Place a step, right after what it still needs. */
static void place_with_needs(Work *w, int32_t step, int32_t *place) {
    w->stack.size = 0;
    push(w, &w->stack, step);
    while (w->stack.size) {
        int32_t course = w->stack.at[w->stack.size - 1], missing = NONE;
        for (int32_t n = w->need_ptr.at[course]; n < w->need_ptr.at[course + 1] && missing == NONE; n++)
            if (w->first.at[w->needs.at[n]] == NONE) missing = w->needs.at[n];
        if (missing == NONE) {
            place_step(w, course, (*place)++);
            w->stack.size--;
        } else {
            push(w, &w->stack, opener(w, missing, w->rank.at[course]));
        }
    }
}

/* Place what was started, then what was planned before, in the order that it had. Return how many steps were placed. */
static int32_t place_kept(Work *w, const Ints *courses) {
    const Learners *l = w->learners;
    int32_t place = 0;
    if (l->keep.ptr[w->row] == l->keep.ptr[w->row + 1] && l->started.ptr[w->row] == l->started.ptr[w->row + 1]) return place;
    filled(w, &w->priority, w->courses, 0); /* 1: kept, 2: started */
    for (int32_t i = 0; i < courses->size; i++) w->rank.at[courses->at[i]] = i;
    const Lists *lists[] = {&l->keep, &l->started};
    for (int kind = 0; kind < 2; kind++)
        for (int64_t i = lists[kind]->ptr[w->row]; i < lists[kind]->ptr[w->row + 1]; i++) {
            int32_t course = unplaced(w, lists[kind]->values[i]);
            if (course != NONE) w->priority.at[course] = kind + 1;
        }
    for (int pass = 0; pass < 3; pass++) { /* started ones in the order before, other started ones, other kept ones */
        const Lists *list = pass == 1 ? &l->started : &l->keep;
        for (int64_t i = list->ptr[w->row]; i < list->ptr[w->row + 1]; i++) {
            int32_t course = unplaced(w, list->values[i]);
            if (course != NONE && (pass > 0 || w->priority.at[course] == 2)) place_with_needs(w, course, &place);
        }
    }
    return place;
}

/* Gather the steps that are placed in front, in their order. */
static void gather_placed(Work *w, Ints *courses, int32_t placed) {
    if (placed == 0) return;
    ints(w, &w->scratch, courses->size);
    int32_t rest = placed;
    for (int64_t i = 0; i < courses->size; i++) {
        int32_t course = courses->at[i], place = w->place.at[course];
        w->scratch.at[place == NONE ? rest++ : place] = course;
    }
    for (int64_t i = 0; i < courses->size; i++) courses->at[i] = w->scratch.at[i];
}

/* Put the courses, which are in an order in which they can be taken, into the order of the program.
 *
 * Afterwards `place` is each course's step; `first` and `second` are the first steps that give an item, `use` the first that
 * needs it (the number of steps for a goal that no step needs), NONE where there is none. Complexity: quadratic in the steps.
 */
void put_in_order(Work *w, Ints *courses) {
    int32_t size = (int32_t)courses->size;
    filled(w, &w->chosen, w->courses, 0);
    for (int32_t i = 0; i < size; i++) w->chosen.at[courses->at[i]] = 1;
    filled(w, &w->place, w->courses, NONE);
    filled(w, &w->first, w->items, NONE);
    filled(w, &w->second, w->items, NONE);
    filled(w, &w->use, w->items, NONE);
    int32_t placed = place_kept(w, courses);
    gather_placed(w, courses, placed);
    for (int32_t place = placed; place < size; place++) {
        int32_t best = NONE;
        for (int32_t i = place; i < size; i++)
            if (is_ready(w, courses->at[i]) && (best == NONE || goes_first(w, courses->at[i], courses->at[best]))) best = i;
        int32_t course = courses->at[best];
        courses->at[best] = courses->at[place];
        courses->at[place] = course;
        place_step(w, course, place);
    }
    filled(w, &w->is_goal, w->items, 0);
    for (int64_t g = 0; g < w->goals.size; g++) {
        int32_t item = w->goals.at[g];
        w->is_goal.at[item] = 1;
        if (w->first.at[item] != NONE && w->use.at[item] == NONE) w->use.at[item] = size;
    }
}
