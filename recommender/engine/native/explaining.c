/* Why each step is in the program, and what the learner need not do. */
#include "planner.h"

#define RELEVANT 0.5 /* from this relevance on a step is said to be relevant                                            */

static bool is_same(Reason a, Reason b) {
    return a.code == b.code && a.level == b.level && a.competence == b.competence && a.value == b.value;
}

/* Tell a reason of a step, once. */
static void tell(Work *w, int32_t place, Reason reason) {
    const Reason *told = w->told.at;
    for (int32_t i = w->told_head.at[place]; i != NONE; i = w->told_next.at[i])
        if (is_same(told[i], reason)) return;
    int32_t number = (int32_t)w->told.size;
    *(Reason *)emit(w, &w->told, sizeof(Reason)) = reason;
    push(w, &w->told_next, NONE);
    if (w->told_head.at[place] == NONE) w->told_head.at[place] = number;
    else w->told_next.at[w->told_tail.at[place]] = number;
    w->told_tail.at[place] = number;
}

static Reason about(const Work *w, uint8_t code, int32_t fact, int32_t course) {
    const Graph *g = w->graph;
    Reason reason = {code, 0, 0, NONE, course};
    if (fact >= g->courses) {
        reason.competence = g->state_competence[fact - g->courses];
        reason.level = (uint8_t)g->state_level[fact - g->courses];
    }
    return reason;
}

/* A step is told for the goals that it is the first to reach. */
static void tell_goals(Work *w) {
    const Learners *l = w->learners;
    int64_t start = l->goal_course.ptr[w->row];
    for (int64_t t = start; t < l->goal_course.ptr[w->row + 1]; t++) {
        int32_t item = w->target_item.at[t - start];
        if (item == NONE || w->first.at[item] == NONE) continue;
        tell(w, w->first.at[item], about(w, GOAL, w->item_fact.at[item], l->goal_course.values[t]));
    }
}

static bool gives_fact(const Work *w, int32_t id, int32_t fact) {
    const Graph *g = w->graph;
    if (fact < g->courses) return id == fact;
    int64_t state = fact - g->courses;
    for (int32_t t = g->teaches.ptr[id]; t < g->teaches.ptr[id + 1]; t++)
        if (g->teaches.values[t] == g->state_competence[state] && g->teach_level[t] >= g->state_level[state]) return true;
    return false;
}

/* Return the fact by which a step satisfies an item: of a group, its first entry that the step gives. */
static int32_t satisfied_by(const Work *w, int32_t item, int32_t id) {
    const Graph *g = w->graph;
    int32_t fact = w->item_fact.at[item];
    if (fact >= 0) return fact;
    int32_t group = -1 - fact;
    for (int32_t e = g->entry_ptr[group]; e < g->entry_ptr[group + 1]; e++)
        if (gives_fact(w, id, g->entry_fact[e])) return g->entry_fact[e];
    return NONE;
}

/* A step is told for the groups of later steps that it is the first to satisfy. */
static void tell_prerequisites(Work *w) {
    for (int64_t i = 0; i < w->program.size; i++) {
        int32_t course = w->program.at[i];
        for (int32_t n = w->need_ptr.at[course]; n < w->need_ptr.at[course + 1]; n++) {
            int32_t item = w->needs.at[n], place = w->first.at[item];
            int32_t fact = satisfied_by(w, item, w->id.at[w->program.at[place]]);
            tell(w, place, about(w, PREREQUISITE_OF, fact, w->id.at[course]));
        }
    }
}

static void tell_term(Work *w, int32_t place, uint8_t code, int32_t term) {
    if (term != NONE) tell(w, place, (Reason){code, 0, 0, NONE, term});
}

static int32_t first_language(const Work *w, int32_t id) {
    const Rows *listed = &w->graph->course_for.language;
    int32_t best = NONE;
    for (int32_t i = listed->ptr[id]; i < listed->ptr[id + 1]; i++) {
        int32_t tag = listed->values[i];
        if (w->language_mark[tag] != w->tick) continue;
        if (best == NONE || w->language_rank[tag] < w->language_rank[best]) best = tag;
    }
    return best;
}

static void tell_fit(Work *w, int32_t place, bool is_tight) {
    const Graph *g = w->graph;
    const Targeting *t = &g->course_for;
    int32_t course = w->program.at[place], id = w->id.at[course];
    tell_term(w, place, FITS_AUDIENCE, deepest(&t->audience, id, w->audience_mark, w->tick, &g->audiences));
    tell_term(w, place, FITS_REGION, deepest(&t->region, id, w->region_mark, w->tick, &g->regions));
    tell_term(w, place, FITS_INDUSTRY, deepest(&t->industry, id, w->industry_mark, w->tick, &g->industries));
    tell_term(w, place, FITS_LANGUAGE, first_language(w, id));
    if (w->scores->kind && w->relevance.at[course] >= RELEVANT) tell(w, place, (Reason){RELEVANT_TO_YOU, 0, 0, NONE, NONE});
    for (int32_t i = g->after.ptr[id]; i < g->after.ptr[id + 1]; i++) {
        int32_t other = g->after.values[i];
        int32_t number = w->course_mark[other] == w->tick ? w->course_number[other] : NONE;
        bool came_before = number != NONE && w->place.at[number] != NONE && w->place.at[number] < place;
        if (came_before || is_taken(w, other)) tell(w, place, (Reason){RECOMMENDED_AFTER, 0, 0, NONE, other});
    }
    if (is_tight) tell(w, place, (Reason){FITS_BUDGET, 0, 0, NONE, NONE});
}

/* Every step serves a goal, so that each is told to reach one or to be the first to satisfy a group of a later step. */
void write_reasons(Work *w, bool is_tight) {
    filled(w, &w->told_head, w->program.size, NONE);
    ints(w, &w->told_tail, w->program.size);
    w->told.size = w->told_next.size = 0;
    tell_goals(w);
    tell_prerequisites(w);
    for (int32_t place = 0; place < w->program.size; place++) {
        tell_fit(w, place, is_tight);
        const Reason *told = w->told.at;
        for (int32_t i = w->told_head.at[place]; i != NONE; i = w->told_next.at[i])
            *(Reason *)emit(w, &w->out.reasons, sizeof(Reason)) = told[i];
        end_row(w, &w->out.reason_ends, &w->out.reasons);
    }
}

/* Return the course, or the competence at a level, that a fact is. */
Thing thing_of(const Graph *g, int32_t fact) {
    if (fact < g->courses) return (Thing){fact, NONE, 0};
    return (Thing){NONE, g->state_competence[fact - g->courses], g->state_level[fact - g->courses]};
}

/* Return what a goal names. */
Thing goal_of(const Learners *l, int64_t target) {
    int32_t course = l->goal_course.values[target];
    return course >= 0 ? (Thing){course, NONE, 0} : (Thing){NONE, l->goal_competence[target], l->goal_level[target]};
}

static void skip_thing(Work *w, int64_t start, Thing thing) {
    const Thing *skipped = w->out.skipped.at;
    for (int64_t i = start; i < w->out.skipped.size; i++)
        if (skipped[i].course == thing.course && skipped[i].competence == thing.competence && skipped[i].level == thing.level)
            return;
    uint8_t source = COMPLETED;
    if (thing.course != NONE) source = (uint8_t)w->source[thing.course];
    else if (w->mastered[thing.competence] >= thing.level) source = MASTERED;
    *(Thing *)emit(w, &w->out.skipped, sizeof(Thing)) = thing;
    *(uint8_t *)emit(w, &w->out.skipped_source, sizeof(uint8_t)) = source;
}

/* Goals held from the start, then requirements of steps that are: each once. */
void write_skipped(Work *w) {
    const Graph *g = w->graph;
    const Learners *l = w->learners;
    int64_t start = w->out.skipped.size;
    for (int64_t t = l->goal_course.ptr[w->row]; t < l->goal_course.ptr[w->row + 1]; t++) {
        if (!goal_is_held(w, t)) continue;
        skip_thing(w, start, goal_of(l, t));
    }
    for (int64_t i = 0; i < w->program.size; i++) {
        int32_t id = w->id.at[w->program.at[i]];
        for (int32_t group = g->group_ptr[id]; group < g->group_ptr[id + 1]; group++)
            for (int32_t e = g->entry_ptr[group]; e < g->entry_ptr[group + 1]; e++) {
                if (!holds(w, g->entry_fact[e])) continue;
                skip_thing(w, start, thing_of(g, g->entry_fact[e]));
                break;
            }
    }
    end_row(w, &w->out.skipped_ends, &w->out.skipped);
}
