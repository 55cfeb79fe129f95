/* One learner on the graph: what they hold, and what is open to them. */
#include "planner.h"

static void mark_with_ancestors(int32_t *mark, int32_t tick, const Tree *tree, int32_t term) {
    while (term >= 0 && mark[term] != tick) {
        mark[term] = tick;
        term = tree->parent[term];
    }
}

static void meet_competence(Work *w, int32_t competence) {
    if (w->competence_mark[competence] == w->tick) return;
    w->competence_mark[competence] = w->tick;
    w->mastered[competence] = w->held[competence] = 0;
    w->is_loose[competence] = false;
}

static void lift(int32_t *level, int32_t to) {
    if (*level < to) *level = to;
}

static void meet_terms(Work *w, int64_t row) {
    const Graph *g = w->graph;
    const Learners *l = w->learners;
    for (int64_t i = l->audiences.ptr[row]; i < l->audiences.ptr[row + 1]; i++)
        mark_with_ancestors(w->audience_mark, w->tick, &g->audiences, l->audiences.values[i]);
    for (int64_t i = l->industries.ptr[row]; i < l->industries.ptr[row + 1]; i++)
        mark_with_ancestors(w->industry_mark, w->tick, &g->industries, l->industries.values[i]);
    mark_with_ancestors(w->region_mark, w->tick, &g->regions, l->region[row]);
    for (int64_t i = l->languages.ptr[row]; i < l->languages.ptr[row + 1]; i++) {
        w->language_mark[l->languages.values[i]] = w->tick;
        w->language_rank[l->languages.values[i]] = (int32_t)(i - l->languages.ptr[row]);
    }
}

/* A completed course teaches what it teaches in this release; a waived one counts as taken, and teaches nothing. */
static void meet_courses(Work *w, int64_t row) {
    const Graph *g = w->graph;
    const Learners *l = w->learners;
    for (int64_t i = l->completed.ptr[row]; i < l->completed.ptr[row + 1]; i++) {
        int32_t course = l->completed.values[i];
        w->taken_mark[course] = w->tick;
        w->source[course] = COMPLETED;
        for (int32_t t = g->teaches.ptr[course]; t < g->teaches.ptr[course + 1]; t++) {
            meet_competence(w, g->teaches.values[t]);
            lift(&w->held[g->teaches.values[t]], g->teach_level[t]);
        }
    }
    for (int64_t i = l->waived.ptr[row]; i < l->waived.ptr[row + 1]; i++) {
        int32_t course = l->waived.values[i];
        if (is_taken(w, course)) continue;
        w->taken_mark[course] = w->tick;
        w->source[course] = WAIVED;
        for (int32_t t = g->teaches.ptr[course]; t < g->teaches.ptr[course + 1]; t++) {
            meet_competence(w, g->teaches.values[t]);
            w->is_loose[g->teaches.values[t]] = true;
        }
    }
    for (int64_t i = l->skip.ptr[row]; i < l->skip.ptr[row + 1]; i++) w->skip_mark[l->skip.values[i]] = w->tick;
    if (l->only.ptr == NULL) return;
    for (int64_t i = l->only.ptr[row]; i < l->only.ptr[row + 1]; i++) w->only_mark[l->only.values[i]] = w->tick;
}

void meet_learner(Work *w, int64_t row) {
    const Learners *l = w->learners;
    w->row = row;
    w->tick++;
    meet_terms(w, row);
    meet_courses(w, row);
    for (int64_t i = l->mastered.ptr[row]; i < l->mastered.ptr[row + 1]; i++) {
        int32_t competence = l->mastered.values[i];
        meet_competence(w, competence);
        lift(&w->mastered[competence], l->mastered_level[i]);
        lift(&w->held[competence], l->mastered_level[i]);
    }
}

bool is_taken(const Work *w, int32_t course) { return w->taken_mark[course] == w->tick; }

int32_t level_held(const Work *w, int32_t competence) {
    return w->competence_mark[competence] == w->tick ? w->held[competence] : 0;
}

/* Return whether a fact holds before the program starts. */
bool holds(const Work *w, int32_t fact) {
    const Graph *g = w->graph;
    if (fact < g->courses) return is_taken(w, fact);
    int64_t state = fact - g->courses;
    return level_held(w, g->state_competence[state]) >= g->state_level[state];
}

static bool matches(const Rows *rows, int32_t row, const int32_t *mark, int32_t tick) {
    int32_t start = rows->ptr[row], end = rows->ptr[row + 1];
    if (start == end) return true;
    for (int32_t i = start; i < end; i++)
        if (mark[rows->values[i]] == tick) return true;
    return false;
}

/* Return whether a course or variant is open to the learner; megabytes that are not given (NaN) are never too many. */
bool admits(const Work *w, const Targeting *targeting, int32_t row) {
    int32_t needs = w->learners->needs[w->row];
    return (targeting->accessibility[row] & needs) == needs &&
           matches(&targeting->audience, row, w->audience_mark, w->tick) &&
           matches(&targeting->region, row, w->region_mark, w->tick) &&
           matches(&targeting->industry, row, w->industry_mark, w->tick) &&
           matches(&targeting->language, row, w->language_mark, w->tick) &&
           !(targeting->megabytes[row] > w->learners->megabytes[w->row]);
}

bool is_open(Work *w, int32_t course) {
    if (w->open_mark[course] != w->tick) {
        w->open_mark[course] = w->tick;
        w->is_open[course] = admits(w, &w->graph->course_for, course);
    }
    return w->is_open[course];
}

/* Return whether a course may be a step. */
bool is_usable(Work *w, int32_t course) {
    return !is_taken(w, course) && w->skip_mark[course] != w->tick && is_open(w, course);
}

/* Return the deepest term that the row lists and the learner has (the first of equals), or NONE. */
int32_t deepest(const Rows *rows, int32_t row, const int32_t *mark, int32_t tick, const Tree *tree) {
    int32_t best = NONE;
    for (int32_t i = rows->ptr[row]; i < rows->ptr[row + 1]; i++) {
        int32_t term = rows->values[i];
        if (mark[term] != tick) continue;
        if (best == NONE || tree->depth[term] > tree->depth[best] ||
            (tree->depth[term] == tree->depth[best] && term < best))
            best = term;
    }
    return best;
}
