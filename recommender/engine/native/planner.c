/* What Python calls: a workspace, programs of a range of learners, and the arrays that they lie in. */
#include <stdlib.h>
#include <string.h>

#include "planner.h"

static void *zeros(Work *w, int64_t size, size_t item) {
    void *at = calloc((size_t)(size > 0 ? size : 1), item);
    if (at == NULL) longjmp(w->broke, 1);
    return at;
}

static void open_arrays(Work *w) {
    const Graph *g = w->graph;
    int64_t facts = g->courses + g->competences * g->levels;
    const struct {
        int32_t **at;
        int64_t size;
    } arrays[] = {
        {&w->open_mark, g->courses},       {&w->taken_mark, g->courses},      {&w->source, g->courses},
        {&w->skip_mark, g->courses},       {&w->only_mark, g->courses},
        {&w->course_mark, g->courses},     {&w->course_number, g->courses},   {&w->fact_mark, facts},
        {&w->fact_item, facts},            {&w->fact_seen, facts},            {&w->competence_mark, g->competences},
        {&w->mastered, g->competences},    {&w->held, g->competences},
        {&w->audience_mark, g->audiences.size}, {&w->region_mark, g->regions.size},
        {&w->industry_mark, g->industries.size}, {&w->language_mark, g->languages}, {&w->language_rank, g->languages},
    };
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) *arrays[i].at = zeros(w, arrays[i].size, sizeof(int32_t));
    w->is_open = zeros(w, g->courses, sizeof(bool));
    w->is_loose = zeros(w, g->competences, sizeof(bool));
    w->share = zeros(w, g->courses, sizeof(double));
    for (int64_t c = 0; c < g->courses; c++) w->share[c] = 1;
}

void planner_close(Work *w) {
    if (w == NULL) return;
    int32_t *arrays[] = {w->open_mark, w->taken_mark, w->source, w->skip_mark, w->only_mark, w->course_mark,
                         w->course_number, w->fact_mark, w->fact_item, w->fact_seen, w->competence_mark, w->mastered, w->held,
                         w->audience_mark, w->region_mark, w->industry_mark, w->language_mark, w->language_rank};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) free(arrays[i]);
    Ints *lists[] = {&w->id, &w->minutes, &w->need_ptr, &w->needs, &w->all_provider_ptr, &w->all_providers, &w->provider_ptr, &w->providers, &w->give_ptr, &w->gives,
                     &w->user_ptr, &w->users, &w->item_fact, &w->target_item, &w->goals, &w->waiting, &w->heap, &w->rank, &w->best,
                     &w->chosen, &w->covered, &w->needed, &w->family, &w->stamped, &w->least_minutes, &w->landmark_ptr,
                     &w->landmark_end, &w->landmarks, &w->queue, &w->picked, &w->offers, &w->found, &w->suspects, &w->is_goal, &w->program,
                     &w->other, &w->place, &w->first, &w->second, &w->use, &w->count, &w->who, &w->stack, &w->flags,
                     &w->scratch, &w->pairs, &w->priority, &w->facts, &w->roots, &w->rounds, &w->explored, &w->told_head, &w->told_tail,
                     &w->told_next};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) free(lists[i]->at);
    Reals *numbers[] = {&w->relevance, &w->own_price, &w->price, &w->weight, &w->course_cost, &w->item_cost, &w->asked,
                        &w->least_price, &w->offer_cost};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) free(numbers[i]->at);
    Buffer *buffers = (Buffer *)&w->out;
    for (size_t i = 0; i < sizeof(Out) / sizeof(Buffer); i++) free(buffers[i].at);
    free(w->told.at);
    free(w->is_open);
    free(w->is_loose);
    free(w->share);
    free(w->frames);
    free(w->wishes);
    free(w->bits);
    free(w);
}

/* Return a workspace for a graph, which has to outlive it; NULL where there is no memory. */
Work *planner_open(const Graph *graph) {
    Work *w = calloc(1, sizeof(Work));
    if (w == NULL) return NULL;
    w->graph = graph;
    if (setjmp(w->broke)) {
        planner_close(w);
        return NULL;
    }
    open_arrays(w);
    return w;
}

static uint8_t status_of(const Work *w) {
    const Learners *l = w->learners;
    int64_t start = l->goal_course.ptr[w->row];
    bool is_complete = true, is_partial = false;
    for (int64_t t = start; t < l->goal_course.ptr[w->row + 1]; t++) {
        int32_t item = w->target_item.at[t - start];
        bool is_reached = item != NONE && w->first.at[item] != NONE;
        is_partial |= is_reached;
        is_complete &= is_reached || goal_is_held(w, t);
    }
    return is_complete ? COMPLETE : is_partial ? PARTIAL : INFEASIBLE;
}

static void write_steps(Work *w) {
    int64_t total = 0;
    for (int64_t i = 0; i < w->program.size; i++) {
        int32_t course = w->program.at[i];
        total += w->minutes.at[course];
        *(int32_t *)emit(w, &w->out.course, sizeof(int32_t)) = w->id.at[course];
        *(float *)emit(w, &w->out.relevance, sizeof(float)) = (float)w->relevance.at[course];
    }
    *(int64_t *)emit(w, &w->out.minutes, sizeof(int64_t)) = total;
    *(uint8_t *)emit(w, &w->out.status, sizeof(uint8_t)) = status_of(w);
    end_row(w, &w->out.steps, &w->out.course);
}

static void plan(Work *w, int64_t row) {
    meet_learner(w, row);
    pose_problem(w);
    choose_program(w);
    put_in_order(w, &w->program);
    write_steps(w);
    write_alternatives(w);
    write_variants(w);
    write_skipped(w);
    bool is_tight = write_unmet(w);
    write_reasons(w, is_tight);
}

/* Plan the learners from `start` up to `end`, and leave their programs in the workspace. Return -1 where memory ran out. */
int32_t planner_run(Work *w, const Learners *learners, const Relevance *scores, const Options *options, int64_t start, int64_t end) {
    w->learners = learners;
    w->scores = scores;
    w->options = options;
    Buffer *buffers = (Buffer *)&w->out;
    for (size_t i = 0; i < sizeof(Out) / sizeof(Buffer); i++) buffers[i].size = 0;
    if (setjmp(w->broke)) return NONE;
    for (int64_t row = start; row < end; row++) plan(w, row);
    return 0;
}

const Out *planner_out(const Work *w) { return &w->out; }
