/* The program: all goals if they fit, else those of the greatest weight that do.
 *
 * Without a budget that binds, one search for all goals within reach. With one, goals are chosen by branch and bound over
 * sets of goals: each set is bounded from below by the minutes that follow from it, from above by what the other goals
 * could add if each took only the minutes that no other goal shares; sets that may be better are searched.
 *
 * Sources: S. Khuller, A. Moss, J. Naor, The budgeted maximum coverage problem, Information Processing Letters 70 (1999) 39-45;
 * G. Dantzig, Discrete-variable extremum problems, Operations Research 5 (1957) 266-277, for the fractional bound.
 */
#include <math.h>
#include <string.h>

#include "planner.h"

#define KEPT 1e-2     /* the share of its price that a course of the program before costs the search                 */
#define STARTED 1e-4  /* and one that was started                                                                   */
#define MANY 48       /* with more goals than these, marginal minutes are looked up once instead of again and again  */
#define LEAF 8        /* a set that is searched counts as so many choices of goals                                   */

typedef struct Wish {
    int32_t goal; /* a place in w->goals */
    double weight, own, density;
} Wish;

typedef struct {
    Work *w;
    Wish *wishes;
    int64_t size, budget, trials;
    double weight, cost; /* of the best so far, which lies in w->other */
} Choice;

static double weight_of(Work *w, const Ints *courses) {
    filled(w, &w->flags, w->items, 0);
    for (int64_t i = 0; i < courses->size; i++)
        for (int32_t g = w->give_ptr.at[courses->at[i]]; g < w->give_ptr.at[courses->at[i] + 1]; g++)
            w->flags.at[w->gives.at[g]] = 1;
    double weight = 0;
    for (int64_t g = 0; g < w->goals.size; g++)
        if (w->flags.at[w->goals.at[g]]) weight += w->weight.at[g];
    return weight;
}

static void copy(Work *w, Ints *to, const Ints *from) {
    ints(w, to, from->size);
    if (from->size) memcpy(to->at, from->at, (size_t)from->size * sizeof(int32_t));
}

/* Set what the courses of the program before, and those that were started, cost the search: what can stay stays. */
static void set_shares(Work *w) {
    const Learners *l = w->learners;
    for (int64_t i = l->keep.ptr[w->row]; i < l->keep.ptr[w->row + 1]; i++) w->share[l->keep.values[i]] = KEPT;
    for (int64_t i = l->started.ptr[w->row]; i < l->started.ptr[w->row + 1]; i++) w->share[l->started.values[i]] = STARTED;
}

static void forget_shares(Work *w) {
    const Learners *l = w->learners;
    for (int64_t i = l->keep.ptr[w->row]; i < l->keep.ptr[w->row + 1]; i++) w->share[l->keep.values[i]] = 1;
    for (int64_t i = l->started.ptr[w->row]; i < l->started.ptr[w->row + 1]; i++) w->share[l->started.values[i]] = 1;
}

/* Start a search, by the objective or (lean) by minutes, among all courses or only those that it may choose. */
static void set_prices(Work *w, bool lean, bool is_free) {
    reals(w, &w->asked, w->courses);
    for (int64_t c = 0; c < w->courses; c++) {
        int32_t id = w->id.at[c];
        double minutes = w->minutes.at[c];
        double price = lean ? minutes + 1e-6 * minutes * (1.0 - w->relevance.at[c]) : w->own_price.at[c];
        bool is_out = !is_free && w->learners->only.ptr != NULL && w->only_mark[id] != w->tick;
        w->asked.at[c] = is_out ? INFINITY : price * w->share[id];
    }
    weigh(w, w->asked.at);
    start_search(w);
}

/* Start a search among all courses, by the objective. */
void reprice(Work *w) { set_prices(w, false, true); }

/* Return the least minutes of a program that also reaches a goal, as far as conclusions go; -1 where it cannot be. */
static int64_t minutes_with(Work *w, int32_t goal) {
    Mark mark = mark_of(w);
    need(w, w->goals.at[goal]);
    int64_t minutes = propagate(w) ? w->spent + w->least_spent : NONE;
    return_to(w, mark);
    return minutes;
}

static void swap(Wish *a, Wish *b) {
    Wish kept = *a;
    *a = *b;
    *b = kept;
}

/* Order wishes by weight per further minute, given those in front; those that cannot fit at all are dropped. */
static void order_wishes(Choice *choice) {
    Work *w = choice->w;
    Mark mark = mark_of(w);
    for (int64_t done = 0; done < choice->size; done++) {
        int64_t base = w->spent + w->least_spent;
        for (int64_t i = done; i < choice->size; i++) {
            if (done > 0 && choice->size > MANY) break;
            int64_t minutes = minutes_with(w, choice->wishes[i].goal);
            if (done == 0 && (minutes < 0 || minutes > choice->budget)) {
                choice->wishes[i--] = choice->wishes[--choice->size];
                continue;
            }
            choice->wishes[i].density = choice->wishes[i].weight / (double)(minutes - base + 1) * (minutes <= choice->budget ? 1 : 1e-6);
        }
        int64_t best = done;
        for (int64_t i = done + 1; i < choice->size; i++) {
            Wish *x = &choice->wishes[i], *y = &choice->wishes[best];
            if (x->density > y->density || (x->density == y->density && x->goal < y->goal)) best = i;
        }
        if (done < choice->size) swap(&choice->wishes[done], &choice->wishes[best]);
        if (done < choice->size) {
            Mark before = mark_of(w);
            need(w, w->goals.at[choice->wishes[done].goal]);
            if (!propagate(w) || w->spent + w->least_spent > choice->budget) return_to(w, before);
        }
    }
    return_to(w, mark);
}

/* Find of each wish the minutes that it does not share with any other, as far as conclusions go. */
static void find_own_minutes(Choice *choice) {
    Work *w = choice->w;
    for (int64_t i = 0; i < choice->size; i++) choice->wishes[i].own = 0;
    if (choice->size > MANY) return;
    Mark mark = mark_of(w);
    for (int64_t i = 0; i < choice->size; i++) {
        for (int64_t k = 0; k < choice->size; k++)
            if (k != i) need(w, w->goals.at[choice->wishes[k].goal]);
        bool is_possible = propagate(w);
        int64_t without = w->spent + w->least_spent;
        int64_t with = is_possible ? minutes_with(w, choice->wishes[i].goal) : NONE;
        if (with > without) choice->wishes[i].own = (double)(with - without);
        return_to(w, mark);
    }
}

static double ratio(const Wish *wish) { return wish->own > 0 ? wish->weight / wish->own : INFINITY; }

/* List the wishes by weight per minute of their own, the best first. */
static void order_by_ratio(Choice *choice) {
    Work *w = choice->w;
    w->pairs.size = 0;
    for (int32_t i = 0; i < choice->size; i++) {
        push(w, &w->pairs, i);
        int64_t at = i;
        for (; at > 0 && ratio(&choice->wishes[w->pairs.at[at - 1]]) < ratio(&choice->wishes[i]); at--)
            w->pairs.at[at] = w->pairs.at[at - 1];
        w->pairs.at[at] = i;
    }
}

/* Return the most weight that the wishes from `depth` on can add in so many minutes, were they divisible. */
static double most_weight(const Choice *choice, int64_t depth, int64_t minutes) {
    double weight = 0, left = (double)minutes;
    for (int64_t i = 0; i < choice->size; i++) {
        const Wish *wish = &choice->wishes[choice->w->pairs.at[i]];
        if (choice->w->pairs.at[i] < depth) continue;
        if (wish->own > left) return weight + wish->weight * left / wish->own;
        weight += wish->weight;
        left -= wish->own;
    }
    return weight;
}

static void judge_set(Choice *choice, double weight) {
    Work *w = choice->w;
    choice->trials -= LEAF;
    double below = weight > choice->weight + EPSILON ? INFINITY : choice->cost;
    double cost = search(w, below, choice->budget, w->options->trials / 4);
    if (isinf(cost)) return;
    double reached = weight_of(w, &w->found);
    if (reached < choice->weight - EPSILON || (reached < choice->weight + EPSILON && cost >= choice->cost)) return;
    choice->weight = reached;
    choice->cost = cost;
    copy(w, &w->other, &w->found);
}

static void decide(Choice *choice, int64_t depth, double weight) {
    Work *w = choice->w;
    if (choice->trials-- <= 0) return;
    int64_t left = choice->budget - w->spent - w->least_spent;
    double most = weight + most_weight(choice, depth, left);
    if (most < choice->weight - EPSILON) return;
    if (most < choice->weight + EPSILON && w->cost + w->bound >= choice->cost - EPSILON) return;
    if (depth == choice->size) {
        judge_set(choice, weight);
        return;
    }
    Wish *wish = &choice->wishes[depth];
    Mark mark = mark_of(w);
    need(w, w->goals.at[wish->goal]);
    bool fits = propagate(w) && w->spent + w->least_spent <= choice->budget;
    if (fits) decide(choice, depth + 1, weight + wish->weight);
    return_to(w, mark);
    decide(choice, depth + 1, weight);
}

/* Add goals that still fit, one by one, to the program in `other`. */
static void extend(Choice *choice) {
    Work *w = choice->w;
    for (int64_t i = 0; i < choice->size; i++) {
        Mark mark = mark_of(w);
        for (int64_t k = 0; k < w->other.size; k++) choose(w, w->other.at[k]);
        int32_t item = w->goals.at[choice->wishes[i].goal];
        if (!w->covered.at[item]) {
            need(w, item);
            if (!isinf(search(w, INFINITY, choice->budget, w->options->trials / 8))) copy(w, &w->other, &w->found);
        }
        return_to(w, mark);
    }
}

/* Choose goals by minutes, and leave the courses for them in `other`. */
static void choose_goals(Work *w, int64_t budget) {
    set_prices(w, true, false);
    Choice choice = {w, NULL, 0, budget, w->options->goal_trials, 0, INFINITY};
    w->other.size = 0;
    reserve(w, (void **)&w->wishes, &w->wish_capacity, w->goals.size + 1, sizeof(Wish));
    choice.wishes = w->wishes;
    for (int32_t g = 0; g < w->goals.size; g++)
        if (is_reachable(w, w->goals.at[g])) choice.wishes[choice.size++] = (Wish){g, w->weight.at[g], 0, 0};
    order_wishes(&choice);
    find_own_minutes(&choice);
    order_by_ratio(&choice);
    decide(&choice, 0, 0);
    if (choice.trials <= 0) extend(&choice);
}

/* Search a program for the goals that the courses in `other` reach, by the objective; keep those where none is better. */
static void improve(Work *w, int64_t budget) {
    weight_of(w, &w->other);
    copy(w, &w->pairs, &w->flags);
    set_prices(w, false, false);
    for (int64_t g = 0; g < w->goals.size; g++)
        if (w->pairs.at[w->goals.at[g]]) need(w, w->goals.at[g]);
    double cost = 0;
    for (int64_t i = 0; i < w->other.size; i++) cost += w->price.at[w->other.at[i]];
    if (!isinf(search(w, cost, budget, w->options->trials))) copy(w, &w->other, &w->found);
}

static void choose_courses(Work *w) {
    int64_t budget = w->learners->budget[w->row];
    int64_t minutes = budget == NONE ? INT64_MAX : budget;
    set_prices(w, false, false);
    for (int64_t g = 0; g < w->goals.size; g++)
        if (is_reachable(w, w->goals.at[g])) need(w, w->goals.at[g]);
    w->found.size = 0;
    if (w->queue.size == 0) {
        w->program.size = 0;
        return;
    }
    if (isinf(search(w, INFINITY, minutes, w->options->trials))) {
        choose_goals(w, budget);
        if (w->options->balanced) improve(w, budget);
        copy(w, &w->program, &w->other);
    } else {
        copy(w, &w->program, &w->found);
    }
    prune(w, &w->program);
}

/* Leave in `program` the courses of the learner's program, in an order in which they can be taken. */
void choose_program(Work *w) {
    set_shares(w);
    choose_courses(w);
    forget_shares(w);
    if (w->learners->only.ptr != NULL) reprice(w);
}
