/* Which variant of each module the learner meets: of those open to them the most specific, else the base. */
#include <limits.h>

#include "planner.h"

typedef struct {
    int32_t region, audience, industry, language; /* depths, and less the rank of the language: the more the better     */
} Specificity;

static int32_t depth_of(const Rows *rows, int32_t row, const int32_t *mark, int32_t tick, const Tree *tree) {
    int32_t term = deepest(rows, row, mark, tick, tree);
    return term == NONE ? 0 : tree->depth[term];
}

static Specificity specificity_of(const Work *w, int32_t variant) {
    const Graph *g = w->graph;
    const Targeting *t = &g->variant_for;
    int32_t rank = INT_MAX;
    for (int32_t i = t->language.ptr[variant]; i < t->language.ptr[variant + 1]; i++) {
        int32_t tag = t->language.values[i];
        if (w->language_mark[tag] == w->tick && w->language_rank[tag] < rank) rank = w->language_rank[tag];
    }
    return (Specificity){
        depth_of(&t->region, variant, w->region_mark, w->tick, &g->regions),
        depth_of(&t->audience, variant, w->audience_mark, w->tick, &g->audiences),
        depth_of(&t->industry, variant, w->industry_mark, w->tick, &g->industries),
        -rank,
    };
}

static bool is_more(Specificity a, Specificity b) {
    if (a.region != b.region) return a.region > b.region;
    if (a.audience != b.audience) return a.audience > b.audience;
    if (a.industry != b.industry) return a.industry > b.industry;
    return a.language > b.language;
}

/* Variants are ordered by code, so that the first of equals is the one that the contract names. */
static int32_t variant_of(const Work *w, int32_t module) {
    int32_t best = NONE;
    Specificity most = {0};
    for (int32_t v = w->graph->variant_ptr[module]; v < w->graph->variant_ptr[module + 1]; v++) {
        if (!admits(w, &w->graph->variant_for, v)) continue;
        Specificity own = specificity_of(w, v);
        if (best != NONE && !is_more(own, most)) continue;
        best = v;
        most = own;
    }
    return best;
}

void write_variants(Work *w) {
    const Graph *g = w->graph;
    for (int64_t i = 0; i < w->program.size; i++) {
        int32_t id = w->id.at[w->program.at[i]];
        for (int32_t m = g->module_ptr[id]; m < g->module_ptr[id + 1]; m++)
            *(int32_t *)emit(w, &w->out.variants, sizeof(int32_t)) = variant_of(w, m);
        end_row(w, &w->out.variant_ends, &w->out.variants);
    }
}
