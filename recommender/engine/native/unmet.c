/* Why goals are not reached, and what stands in the way. */
#include <math.h>

#include "planner.h"

#define LIMIT 5   /* how many things that stand in the way are named                                                    */
#define LOOKED 40 /* of so many closed courses, those that the fewest filters close are named                          */

static void block(Work *w, int32_t code, int32_t course, int32_t value) {
    *(Block *)emit(w, &w->out.blocks, sizeof(Block)) = (Block){code, 0, course, NONE, value};
}

static void block_level(Work *w, int32_t competence, int32_t level) {
    *(Block *)emit(w, &w->out.blocks, sizeof(Block)) = (Block){BY_COMPETENCE, level, NONE, competence, NONE};
}

/* Return a course that gives a thing whatever it needs, the next after `at` of them, or NONE. */
static int32_t next_teacher(const Work *w, Thing wanted, int32_t *at) {
    const Graph *g = w->graph;
    if (wanted.course >= 0) return (*at)++ == 0 ? wanted.course : NONE;
    int32_t start = g->teachers.ptr[wanted.competence];
    for (; start + *at < g->teachers.ptr[wanted.competence + 1]; ++*at)
        if (g->teacher_level[start + *at] >= wanted.level) return g->teachers.values[start + (*at)++];
    return NONE;
}

static int32_t least(const Rows *rows, int32_t row) {
    int32_t best = rows->values[rows->ptr[row]];
    for (int32_t i = rows->ptr[row] + 1; i < rows->ptr[row + 1]; i++)
        if (rows->values[i] < best) best = rows->values[i];
    return best;
}

static bool is_closed(const Rows *rows, int32_t row, const int32_t *mark, int32_t tick) {
    for (int32_t i = rows->ptr[row]; i < rows->ptr[row + 1]; i++)
        if (mark[rows->values[i]] == tick) return false;
    return rows->ptr[row] < rows->ptr[row + 1];
}

/* Name, or only count, the filters that close a course, at most `limit`. */
static int32_t filters(Work *w, int32_t course, int32_t limit, bool is_named) {
    const Targeting *t = &w->graph->course_for;
    const struct {
        int32_t code;
        const Rows *rows;
        const int32_t *mark;
    } terms[] = {
        {BY_AUDIENCE, &t->audience, w->audience_mark},
        {BY_REGION, &t->region, w->region_mark},
        {BY_INDUSTRY, &t->industry, w->industry_mark},
        {BY_LANGUAGE, &t->language, w->language_mark},
    };
    int32_t count = 0;
    for (size_t i = 0; i < sizeof terms / sizeof *terms && count < limit; i++) {
        if (!is_closed(terms[i].rows, course, terms[i].mark, w->tick)) continue;
        count++;
        if (is_named) block(w, terms[i].code, course, least(terms[i].rows, course));
    }
    int32_t missing = w->learners->needs[w->row] & ~t->accessibility[course];
    for (int32_t bit = 0; bit < 31 && count < limit; bit++) {
        if (!(missing >> bit & 1)) continue;
        count++;
        if (is_named) block(w, BY_NEED, course, bit);
    }
    if (count < limit && t->megabytes[course] > w->learners->megabytes[w->row]) {
        count++;
        if (is_named) block(w, BY_MEGABYTES, course, NONE);
    }
    return count;
}

/* Name the filters that close the courses that give a thing and are taken or not, of at most so many of them; return how many.
 * The one that the fewest close comes first, for it is the nearest to being open. Where the nearest is open already, filters are
 * not what it founders on. */
static int32_t name_filters_of(Work *w, Thing wanted, bool taken, int32_t courses) {
    int32_t left = LIMIT;
    for (int32_t closed_by = 0; closed_by <= 64 && left > 0 && courses > 0; closed_by++) {
        int32_t at = 0, looked = 0;
        for (int32_t c = next_teacher(w, wanted, &at); c != NONE && looked < LOOKED && left > 0 && courses > 0; looked++) {
            if (is_taken(w, c) == taken && filters(w, c, 64, false) == closed_by) {
                left -= filters(w, c, left, true);
                courses--;
            }
            c = next_teacher(w, wanted, &at);
        }
    }
    return LIMIT - left;
}

/* Name them of courses that could still be taken; where nothing else would help, of those that were waived as well. */
static void name_filters(Work *w, Thing wanted, int32_t courses) {
    if (!name_filters_of(w, wanted, false, courses)) name_filters_of(w, wanted, true, courses);
}

static void list_entries(Work *w, int32_t item, Ints *to) {
    const Graph *g = w->graph;
    int32_t fact = w->item_fact.at[item];
    if (fact >= 0) {
        push(w, to, fact);
        return;
    }
    for (int32_t e = g->entry_ptr[-1 - fact]; e < g->entry_ptr[-fact]; e++) push(w, to, g->entry_fact[e]);
}

static void push_once(Work *w, Ints *to, int32_t value) {
    for (int64_t i = 0; i < to->size; i++)
        if (to->at[i] == value) return;
    if (to->size < LIMIT) push(w, to, value);
}

/* Follow the needs of a fact's courses that are out of reach. Return whether any of these courses was new. */
static bool explore(Work *w) {
    bool is_fresh = false;
    for (int64_t i = 0; i < w->offers.size; i++) {
        int32_t course = w->offers.at[i];
        if (w->explored.at[course] == w->seen) continue;
        w->explored.at[course] = w->seen;
        is_fresh = true;
        for (int32_t n = w->need_ptr.at[course]; n < w->need_ptr.at[course + 1]; n++) {
            if (is_reachable(w, w->needs.at[n])) continue;
            w->stack.size = 0;
            list_entries(w, w->needs.at[n], &w->stack);
            for (int64_t s = 0; s < w->stack.size; s++) {
                int32_t entry = w->stack.at[s];
                if (w->fact_seen[entry] == w->seen) push_once(w, &w->rounds, entry);
                else push(w, &w->facts, entry);
                w->fact_seen[entry] = w->seen;
            }
        }
    }
    return is_fresh;
}

/* Name what a goal founders on: courses that are closed, levels that nobody open to the learner teaches, each with the filters
 * that close the nearest course. Where there is none of either (requirements that lean on each other), where it goes round. */
static void name_roots(Work *w, int32_t fact) {
    w->seen++;
    w->facts.size = w->roots.size = w->rounds.size = 0;
    push(w, &w->facts, fact);
    w->fact_seen[fact] = w->seen;
    for (int64_t i = 0; i < w->facts.size && w->roots.size < LIMIT; i++) {
        w->offers.size = 0;
        add_providers(w, &w->offers, w->facts.at[i], 0);
        if (w->offers.size == 0) push_once(w, &w->roots, w->facts.at[i]);
        else if (!explore(w)) push_once(w, &w->rounds, w->facts.at[i]);
    }
    const Ints *named = w->roots.size ? &w->roots : &w->rounds;
    for (int64_t i = 0; i < named->size; i++) {
        Thing root = thing_of(w->graph, named->at[i]);
        if (root.course != NONE) block(w, BY_COURSE, root.course, NONE);
        else block_level(w, root.competence, root.level);
        if (w->roots.size) name_filters(w, root, 1);
    }
}

/* Return by how many minutes the budget would have to be larger for the program to reach an item as well. */
static int32_t missing_minutes(Work *w, int32_t item) {
    Mark mark = mark_of(w);
    int64_t minutes = 0;
    for (int64_t i = 0; i < w->program.size; i++) choose(w, w->program.at[i]);
    need(w, item);
    search(w, INFINITY, INT64_MAX, w->options->trials / 8);
    for (int64_t i = 0; i < w->found.size; i++) minutes += w->minutes.at[w->found.at[i]];
    return_to(w, mark);
    minutes -= w->learners->budget[w->row] == NONE ? 0 : w->learners->budget[w->row];
    return minutes < 1 ? 1 : minutes > INT32_MAX ? INT32_MAX : (int32_t)minutes;
}

static uint8_t explain(Work *w, int64_t target, int32_t item) {
    Thing goal = goal_of(w->learners, target);
    int32_t at = 0, course = next_teacher(w, goal, &at);
    if (course == NONE) {
        block_level(w, goal.competence, goal.level);
        return NOBODY_TEACHES;
    }
    while (course != NONE && !is_open(w, course)) course = next_teacher(w, goal, &at);
    if (course == NONE) {
        name_filters(w, goal, LIMIT);
        return NOT_OPEN;
    }
    if (!is_reachable(w, item)) {
        name_roots(w, w->item_fact.at[item]);
        return UNREACHABLE;
    }
    if (!w->is_afresh) reprice(w);
    w->is_afresh = true;
    block(w, BY_MINUTES, NONE, missing_minutes(w, item));
    return OVER_BUDGET;
}

/* Write the goals that are not reached. Return whether a larger budget would reach one. */
bool write_unmet(Work *w) {
    const Learners *l = w->learners;
    int64_t start = l->goal_course.ptr[w->row];
    bool is_tight = false;
    w->is_afresh = false;
    filled(w, &w->explored, w->courses, 0);
    for (int64_t t = start; t < l->goal_course.ptr[w->row + 1]; t++) {
        int32_t item = w->target_item.at[t - start];
        if (goal_is_held(w, t) || (item != NONE && w->first.at[item] != NONE)) continue;
        uint8_t reason = explain(w, t, item);
        is_tight |= reason == OVER_BUDGET;
        *(Thing *)emit(w, &w->out.unmet, sizeof(Thing)) = goal_of(l, t);
        *(uint8_t *)emit(w, &w->out.unmet_reason, sizeof(uint8_t)) = reason;
        end_row(w, &w->out.block_ends, &w->out.blocks);
    }
    end_row(w, &w->out.unmet_ends, &w->out.unmet);
    return is_tight;
}
