/* The learner's problem: what the goals can lead to, and nothing else.
 *
 * Goals are items; an item's providers are the usable courses that can be the first to give it; a provider's open
 * requirements are items again. Courses and items are numbered in the order in which they are met. What is not met this way
 * has no part in any program.
 */
#include <math.h>
#include <string.h>

#include "planner.h"

static int32_t new_item(Work *w, int32_t fact) {
    push(w, &w->item_fact, fact);
    return (int32_t)w->items++;
}

static int32_t item_of(Work *w, int32_t fact) {
    if (w->fact_mark[fact] != w->tick) {
        w->fact_mark[fact] = w->tick;
        w->fact_item[fact] = new_item(w, fact);
    }
    return w->fact_item[fact];
}

static double relevance_of(const Work *w, int32_t course) {
    const Relevance *s = w->scores;
    if (s->kind == 0) return 1.0;
    if (s->kind == 1) return s->rows[w->row * w->graph->courses + course];
    const float *a = s->learner + w->row * s->dimensions, *b = s->course + (int64_t)course * s->dimensions;
    float sum[8] = {0};
    int64_t d = 0;
    for (; d + 8 <= s->dimensions; d += 8)
        for (int k = 0; k < 8; k++) sum[k] += a[d + k] * b[d + k];
    for (int k = 0; d < s->dimensions; d++, k++) sum[k] += a[d] * b[d];
    double dot = s->learner_bias[w->row] + s->course_bias[course];
    for (int k = 0; k < 8; k++) dot += sum[k];
    return 1.0 / (1.0 + exp(-dot));
}

/* A group with a fact that holds asks for nothing more. */
static bool is_met(const Work *w, int32_t group) {
    const Graph *g = w->graph;
    for (int32_t e = g->entry_ptr[group]; e < g->entry_ptr[group + 1]; e++)
        if (holds(w, g->entry_fact[e])) return true;
    return false;
}

static void pose_needs(Work *w, int32_t course) {
    const Graph *g = w->graph;
    for (int32_t group = g->group_ptr[course]; group < g->group_ptr[course + 1]; group++) {
        if (is_met(w, group)) continue;
        int32_t entries = g->entry_ptr[group + 1] - g->entry_ptr[group];
        int32_t item = entries == 1 ? item_of(w, g->entry_fact[g->entry_ptr[group]]) : new_item(w, -1 - group);
        push(w, &w->needs, item);
    }
    push(w, &w->need_ptr, (int32_t)w->needs.size);
}

/* Return the number of a course, or NONE where it cannot be a step. */
static int32_t number_of(Work *w, int32_t course) {
    if (w->course_mark[course] == w->tick) return w->course_number[course];
    w->course_mark[course] = w->tick;
    if (!is_usable(w, course)) return w->course_number[course] = NONE;
    double relevance = relevance_of(w, course), minutes = w->graph->minutes[course];
    double lost = minutes * (1.0 - relevance);
    double tie = w->options->balanced ? minutes : lost;
    push(w, &w->id, course);
    push(w, &w->minutes, w->graph->minutes[course]);
    push_real(w, &w->relevance, relevance);
    push_real(w, &w->own_price, (w->options->balanced ? minutes + w->options->irrelevance * lost : minutes) + 1e-6 * tie);
    w->course_number[course] = (int32_t)w->courses++;
    pose_needs(w, course);
    return w->course_number[course];
}

static void add_provider(Work *w, Ints *to, int32_t course, int64_t start) {
    int32_t number = number_of(w, course);
    if (number == NONE) return;
    for (int64_t i = start; i < to->size; i++)
        if (to->at[i] == number) return;
    push(w, to, number);
}

/* Append the courses that can be the first to give a fact to a list, those that it has from `start` on left out. */
void add_providers(Work *w, Ints *to, int32_t fact, int64_t start) {
    const Graph *g = w->graph;
    if (fact < g->courses) {
        add_provider(w, to, fact, start);
        return;
    }
    int32_t state = fact - (int32_t)g->courses, competence = g->state_competence[state];
    if (w->competence_mark[competence] == w->tick && w->is_loose[competence]) {
        /* A waived course counts as taken without what it teaches: who builds on it may be the first to give that. */
        for (int32_t t = g->teachers.ptr[competence]; t < g->teachers.ptr[competence + 1]; t++)
            if (g->teacher_level[t] >= g->state_level[state]) add_provider(w, to, g->teachers.values[t], start);
        return;
    }
    for (int32_t t = g->givers.ptr[state]; t < g->givers.ptr[state + 1]; t++) add_provider(w, to, g->givers.values[t], start);
}

static void pose_item(Work *w, int64_t item) {
    const Graph *g = w->graph;
    int32_t fact = w->item_fact.at[item];
    int64_t start = w->all_providers.size;
    if (fact >= 0) {
        add_providers(w, &w->all_providers, fact, start);
    } else {
        int32_t group = -1 - fact;
        for (int32_t e = g->entry_ptr[group]; e < g->entry_ptr[group + 1]; e++) add_providers(w, &w->all_providers, g->entry_fact[e], start);
    }
    push(w, &w->all_provider_ptr, (int32_t)w->all_providers.size);
}

/* Return the fact of a goal, or NONE for a level that no framework has. */
int32_t goal_fact(const Work *w, int64_t target) {
    const Graph *g = w->graph;
    const Learners *l = w->learners;
    if (l->goal_course.values[target] >= 0) return l->goal_course.values[target];
    int64_t level = l->goal_level[target];
    if (level < 1 || level > g->levels) return NONE;
    return (int32_t)(g->courses + l->goal_competence[target] * g->levels + level - 1);
}

bool goal_is_held(const Work *w, int64_t target) {
    const Learners *l = w->learners;
    if (l->goal_course.values[target] >= 0) return is_taken(w, l->goal_course.values[target]);
    return level_held(w, l->goal_competence[target]) >= l->goal_level[target];
}

static void pose_goals(Work *w) {
    const Learners *l = w->learners;
    for (int64_t t = l->goal_course.ptr[w->row]; t < l->goal_course.ptr[w->row + 1]; t++) {
        int32_t fact = goal_is_held(w, t) ? NONE : goal_fact(w, t);
        int32_t item = fact == NONE ? NONE : item_of(w, fact);
        push(w, &w->target_item, item);
        if (item == NONE) continue;
        push(w, &w->goals, item);
        push_real(w, &w->weight, l->goal_weight[t]);
    }
}

/* Transpose compressed rows: of `rows` rows into `columns`. */
static void transpose(Work *w, const Ints *ptr, const Ints *values, Ints *to_ptr, Ints *to, int64_t columns) {
    int64_t rows = ptr->size - 1;
    filled(w, to_ptr, columns + 1, 0);
    ints(w, to, values->size);
    for (int64_t i = 0; i < values->size; i++) to_ptr->at[values->at[i] + 1]++;
    for (int64_t c = 0; c < columns; c++) to_ptr->at[c + 1] += to_ptr->at[c];
    for (int64_t r = 0; r < rows; r++)
        for (int32_t i = ptr->at[r]; i < ptr->at[r + 1]; i++) to->at[to_ptr->at[values->at[i]]++] = (int32_t)r;
    memmove(to_ptr->at + 1, to_ptr->at, (size_t)columns * sizeof(int32_t));
    to_ptr->at[0] = 0;
}

void pose_problem(Work *w) {
    Ints *lists[] = {&w->id,   &w->minutes,      &w->need_ptr,    &w->needs, &w->all_provider_ptr, &w->all_providers,
                     &w->item_fact, &w->target_item, &w->goals};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) lists[i]->size = 0;
    w->relevance.size = w->own_price.size = w->weight.size = 0;
    w->courses = w->items = 0;
    push(w, &w->need_ptr, 0);
    push(w, &w->all_provider_ptr, 0);
    pose_goals(w);
    for (int64_t item = 0; item < w->items; item++) pose_item(w, item);
    transpose(w, &w->need_ptr, &w->needs, &w->user_ptr, &w->users, w->items);
    transpose(w, &w->all_provider_ptr, &w->all_providers, &w->give_ptr, &w->gives, w->courses);
}
