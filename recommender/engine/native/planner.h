/* The planner's kernel: from learners and a compiled graph, as arrays, to programs, as arrays.
 *
 * docs/planning.md states the problem and the method; this header states the shapes. Nothing here allocates a Python
 * object, so that several threads may plan at once, each in a workspace (Work) of its own. A program depends on nothing
 * but the graph, the learner, their relevance and the options: neither on the thread nor on who was planned before.
 *
 * Vocabulary. A *fact* is "course c is taken" (fact c) or "competence k is held at level l" (fact C + k L + l - 1). An *item*
 * is something needed that does not hold yet: one fact, or a group of which any entry will do. Courses and items of one
 * learner are numbered afresh; `id` is a course's number in the graph.
 */
#ifndef PLANNER_H
#define PLANNER_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NONE (-1)
#define EPSILON 1e-9

/* --- What comes in: read only, laid out like the ctypes structures of layout.py ------------------------------------ */

typedef struct {
    const int32_t *ptr, *values;
} Rows;

typedef struct {
    Rows audience, region, industry, language;
    const int32_t *accessibility;
    const double *megabytes;
} Targeting;

typedef struct {
    const int32_t *parent, *depth;
    int64_t size;
} Tree;

typedef struct {
    int64_t courses, competences, levels, languages;
    const int32_t *minutes;
    const int32_t *group_ptr, *entry_ptr, *entry_fact;
    Rows teaches;                /* by course: competence ...                                                       */
    const int32_t *teach_level;  /* ... and level                                                                   */
    Rows teachers;               /* by competence: course ...                                                       */
    const int32_t *teacher_level;
    Rows givers;                 /* by state (k L + l - 1): courses that can be the first to give it               */
    const int32_t *state_competence, *state_level;
    Rows after;
    Tree audiences, regions, industries;
    Targeting course_for, variant_for;
    const int32_t *module_ptr, *variant_ptr;
} Graph;

typedef struct {
    const int64_t *ptr;
    const int32_t *values;
} Lists;

typedef struct {
    int64_t size;
    Lists audiences, industries, languages; /* languages in the learner's order, each once                         */
    const int32_t *region;
    const int32_t *needs;
    const double *megabytes; /* the limit; infinite where there is none                                            */
    const int64_t *budget;   /* minutes; NONE where there is none                                                  */
    Lists completed, waived, skip; /* what is skipped is never a step                                                */
    Lists keep, started;           /* the program before, in its order, and what was started: cheap, and first        */
    Lists only;                    /* NULL, or the courses among which the search may choose                          */
    Lists mastered; /* competences                                                                                   */
    const int32_t *mastered_level;
    Lists goal_course; /* NONE for a competence                                                                    */
    const int32_t *goal_competence, *goal_level;
    const double *goal_weight;
} Learners;

typedef struct {
    int64_t kind;          /* 0: no model; 1: rows; 2: factors                                                      */
    const double *rows;    /* [N, C] in [0, 1]                                                                      */
    const float *learner;  /* [N, D]                                                                                */
    const float *learner_bias;
    const float *course;   /* [C, D]                                                                                */
    const float *course_bias;
    int64_t dimensions;
} Relevance;

typedef struct {
    int64_t balanced;   /* the objective: 0 minutes, 1 balanced                                                     */
    double irrelevance; /* what a minute of no relevance weighs more than one of full relevance                     */
    int64_t trials;     /* how many choices one search tries at most                                                */
    int64_t goal_trials; /* how many choices of goals are tried where the budget does not allow all                 */
} Options;

/* --- What goes out ------------------------------------------------------------------------------------------------- */

typedef struct {
    int32_t course, competence, level;
} Thing;

typedef struct {
    uint8_t code, level;
    uint16_t spare;
    int32_t competence, value;
} Reason;

typedef struct {
    int32_t code, level, course, competence, value;
} Block;

typedef struct {
    void *at;
    int64_t size, capacity;
} Buffer;

typedef struct {
    Buffer status, minutes, steps, course, relevance, alternatives, reason_ends, reasons, variant_ends, variants,
        skipped_ends, skipped, skipped_source, unmet_ends, unmet, unmet_reason, block_ends, blocks;
} Out;

enum { COMPLETE, PARTIAL, INFEASIBLE };
enum { MASTERED, COMPLETED, WAIVED };
enum { NOBODY_TEACHES, NOT_OPEN, UNREACHABLE, OVER_BUDGET };
enum { BY_COURSE, BY_COMPETENCE, BY_AUDIENCE, BY_REGION, BY_INDUSTRY, BY_LANGUAGE, BY_NEED, BY_MEGABYTES, BY_MINUTES };
enum {
    GOAL, PREREQUISITE_OF, FITS_AUDIENCE, FITS_REGION, FITS_INDUSTRY, FITS_LANGUAGE, RELEVANT_TO_YOU, POPULAR,
    RECOMMENDED_AFTER, FITS_BUDGET
};

/* --- The workspace -------------------------------------------------------------------------------------------------- */

typedef struct {
    int32_t *at;
    int64_t size, capacity;
} Ints;

typedef struct {
    double *at;
    int64_t size, capacity;
} Reals;

/* A state of the search that one can return to. */
typedef struct {
    int64_t queue, head, picked;
    double cost, bound;
    int64_t minutes, least_minutes;
} Mark;

typedef struct {
    Mark mark;
    int64_t start, next, end; /* providers in `offers`                                                             */
} Frame;

typedef struct {
    const Graph *graph;
    const Learners *learners;
    const Relevance *scores;
    const Options *options;
    int64_t row;
    int32_t tick; /* marks of an earlier tick are void                                                              */
    jmp_buf broke;

    /* The learner on the graph: marks by course, competence, term and language. */
    int32_t *open_mark, *taken_mark, *source, *skip_mark, *only_mark;
    double *share; /* of its price, what a course costs the search; 1 unless it is kept or started                   */
    bool *is_open;
    int32_t *competence_mark, *mastered, *held;
    bool *is_loose; /* a course that teaches the competence was waived                                               */
    int32_t *audience_mark, *region_mark, *industry_mark, *language_mark, *language_rank;

    /* The learner's problem. */
    int32_t *fact_mark, *fact_item, *fact_seen, *course_mark, *course_number;
    Ints id, minutes, need_ptr, needs, all_provider_ptr, all_providers, give_ptr, gives, user_ptr, users, item_fact;
    Ints target_item, goals; /* the item of each target (NONE: held or nobody teaches it); goal items, each once  */
    Reals relevance, own_price, price, weight;
    int64_t courses, items;

    /* Costs. */
    Ints waiting, heap, rank, best, provider_ptr, providers; /* less what cannot be reached                        */
    Reals course_cost, item_cost, asked;

    /* The search. */
    Ints chosen, covered, needed, family, stamped, least_minutes, landmark_ptr, landmark_end, landmarks, queue, picked, offers,
        found, suspects;
    int32_t banned; /* a course that is not to be branched on                                                      */
    Reals least_price, offer_cost;
    Frame *frames;
    int64_t frame_count, frame_capacity, head, frame_minutes;
    double cost, bound;
    int64_t spent, least_spent;

    /* Programs. */
    struct Wish *wishes;
    int64_t wish_capacity;
    Ints is_goal, program, other, place, first, second, use, count, who, stack, flags, scratch, pairs, priority;
    Ints facts, roots, rounds, explored, told_head, told_tail, told_next;
    Buffer told;
    bool is_afresh; /* the search was started anew, to see what goals lack                                          */
    int32_t seen;
    uint64_t *bits;
    int64_t bit_capacity;

    Out out;
} Work;

/* memory.c */
void reserve(Work *w, void **at, int64_t *capacity, int64_t size, size_t item);
void ints(Work *w, Ints *list, int64_t size);
void filled(Work *w, Ints *list, int64_t size, int32_t value);
void push(Work *w, Ints *list, int32_t value);
void reals(Work *w, Reals *list, int64_t size);
void push_real(Work *w, Reals *list, double value);
void *emit(Work *w, Buffer *buffer, size_t item);
void end_row(Work *w, Buffer *ends, const Buffer *rows);

/* learner.c */
void meet_learner(Work *w, int64_t row);
bool is_open(Work *w, int32_t course);
bool is_usable(Work *w, int32_t course);
bool is_taken(const Work *w, int32_t course);
bool holds(const Work *w, int32_t fact);
int32_t level_held(const Work *w, int32_t competence);
bool admits(const Work *w, const Targeting *targeting, int32_t row);
int32_t deepest(const Rows *rows, int32_t row, const int32_t *mark, int32_t tick, const Tree *tree);

/* problem.c */
void pose_problem(Work *w);
void add_providers(Work *w, Ints *to, int32_t fact, int64_t start);
int32_t goal_fact(const Work *w, int64_t target);
bool goal_is_held(const Work *w, int64_t target);

/* costs.c */
void weigh(Work *w, const double *price);
bool is_reachable(const Work *w, int32_t item);

/* choosing.c */
void start_search(Work *w);
Mark mark_of(const Work *w);
void return_to(Work *w, Mark mark);
void need(Work *w, int32_t item);
void choose(Work *w, int32_t course);
bool propagate(Work *w);

/* searching.c */
double search(Work *w, double below, int64_t minutes, int64_t trials);

/* goals.c */
void choose_program(Work *w);
void reprice(Work *w);

/* serving.c */
int64_t found_order(Work *w, Ints *courses);
bool all_serve(Work *w, const Ints *courses);
void prune(Work *w, Ints *courses);

/* ordering.c, alternatives.c, explaining.c, unmet.c, variants.c */
void put_in_order(Work *w, Ints *courses);
void write_alternatives(Work *w);
void write_reasons(Work *w, bool is_tight);
Thing thing_of(const Graph *g, int32_t fact);
Thing goal_of(const Learners *l, int64_t target);
void write_skipped(Work *w);
bool write_unmet(Work *w);
void write_variants(Work *w);

/* planner.c */
Work *planner_open(const Graph *graph);
void planner_close(Work *w);
int32_t planner_run(Work *w, const Learners *learners, const Relevance *scores, const Options *options, int64_t start, int64_t end);
const Out *planner_out(const Work *w);

#endif
