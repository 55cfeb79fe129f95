/* Courses that could stand in a step's place, all else unchanged, the program valid and the goals the same. */
#include "planner.h"

#define LIMIT 2  /* how many alternatives a step has at most: the cheapest                                              */
#define CHECKS 6 /* how many that fit in at first sight are examined                                                    */

static bool gives_item(const Work *w, int32_t course, int32_t item) {
    for (int32_t g = w->give_ptr.at[course]; g < w->give_ptr.at[course + 1]; g++)
        if (w->gives.at[g] == item) return true;
    return false;
}

/* Return whether an item comes from this step where it is needed. */
static bool depends_on(const Work *w, int32_t item, int32_t place) {
    if (w->first.at[item] != place || w->use.at[item] == NONE) return false;
    bool is_goal_at_end = w->use.at[item] == w->program.size;
    return w->second.at[item] == NONE || (!is_goal_at_end && w->second.at[item] >= w->use.at[item]);
}

/* List in `stack` the items that the step has to give. */
static void list_duties(Work *w, int32_t course, int32_t place) {
    w->stack.size = 0;
    for (int32_t g = w->give_ptr.at[course]; g < w->give_ptr.at[course + 1]; g++)
        if (depends_on(w, w->gives.at[g], place)) push(w, &w->stack, w->gives.at[g]);
}

/* Return whether a course can come at a place, gives all that the step there has to, and reaches no goal more. */
static bool fits_in(const Work *w, int32_t course, int32_t place, int64_t minutes) {
    if (w->place.at[course] != NONE || w->minutes.at[course] > minutes) return false;
    for (int32_t n = w->need_ptr.at[course]; n < w->need_ptr.at[course + 1]; n++) {
        int32_t first = w->first.at[w->needs.at[n]];
        if (first == NONE || first >= place) return false;
    }
    for (int64_t i = 0; i < w->stack.size; i++)
        if (!gives_item(w, course, w->stack.at[i])) return false;
    for (int32_t g = w->give_ptr.at[course]; g < w->give_ptr.at[course + 1]; g++) {
        int32_t item = w->gives.at[g];
        if (w->is_goal.at[item] && w->first.at[item] == NONE) return false;
    }
    return true;
}

/* List in `offers` the courses that fit in, the cheapest first. */
static void list_fitting(Work *w, int32_t place, int64_t minutes) {
    int32_t scarcest = w->stack.at[0];
    for (int64_t i = 1; i < w->stack.size; i++) {
        int32_t item = w->stack.at[i];
        int32_t size = w->provider_ptr.at[item + 1] - w->provider_ptr.at[item];
        if (size < w->provider_ptr.at[scarcest + 1] - w->provider_ptr.at[scarcest]) scarcest = item;
    }
    w->offers.size = 0;
    for (int32_t i = w->provider_ptr.at[scarcest]; i < w->provider_ptr.at[scarcest + 1]; i++) {
        int32_t course = w->providers.at[i];
        if (!fits_in(w, course, place, minutes)) continue;
        push(w, &w->offers, course);
        int64_t at = w->offers.size - 1;
        for (; at > 0; at--) {
            int32_t before = w->offers.at[at - 1];
            double x = w->own_price.at[course], y = w->own_price.at[before];
            if (!(x < y || (x == y && w->id.at[course] < w->id.at[before]))) break;
            w->offers.at[at] = before;
        }
        w->offers.at[at] = course;
    }
}

/* A course that needs what the step needs, and gives nothing needed that the step does not, leaves every step its purpose. */
static bool is_alike(const Work *w, int32_t course, int32_t step) {
    for (int32_t n = w->need_ptr.at[step]; n < w->need_ptr.at[step + 1]; n++) {
        bool needs = false;
        for (int32_t m = w->need_ptr.at[course]; m < w->need_ptr.at[course + 1] && !needs; m++)
            needs = w->needs.at[m] == w->needs.at[n];
        if (!needs) return false;
    }
    for (int32_t g = w->give_ptr.at[course]; g < w->give_ptr.at[course + 1]; g++)
        if (w->use.at[w->gives.at[g]] != NONE && !gives_item(w, step, w->gives.at[g])) return false;
    return true;
}

static bool is_valid(Work *w, int32_t course, int32_t place) {
    int32_t step = w->program.at[place];
    if (is_alike(w, course, step)) return true;
    ints(w, &w->other, w->program.size);
    for (int64_t i = 0; i < w->program.size; i++) w->other.at[i] = i == place ? course : w->program.at[i];
    ints(w, &w->pairs, w->use.size); /* all_serve needs `use` and `stack` for itself */
    for (int64_t i = 0; i < w->use.size; i++) w->pairs.at[i] = w->use.at[i];
    bool serve = all_serve(w, &w->other);
    for (int64_t i = 0; i < w->use.size; i++) w->use.at[i] = w->pairs.at[i];
    return serve;
}

void write_alternatives(Work *w) {
    int64_t budget = w->learners->budget[w->row], total = 0;
    for (int64_t i = 0; i < w->program.size; i++) total += w->minutes.at[w->program.at[i]];
    for (int32_t place = 0; place < w->program.size; place++) {
        int32_t *row = emit(w, &w->out.alternatives, LIMIT * sizeof(int32_t));
        for (int i = 0; i < LIMIT; i++) row[i] = NONE;
        int32_t step = w->program.at[place];
        list_duties(w, step, place);
        if (w->stack.size == 0) continue;
        int64_t minutes = budget == NONE ? INT64_MAX : budget - total + w->minutes.at[step];
        list_fitting(w, place, minutes);
        int found = 0;
        for (int64_t i = 0; i < w->offers.size && i < CHECKS && found < LIMIT; i++)
            if (is_valid(w, w->offers.at[i], place)) row[found++] = w->id.at[w->offers.at[i]];
    }
}
