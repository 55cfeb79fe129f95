/* Lists that grow. Where there is no memory left, planning is given up by a jump to planner_run. */
#include <stdlib.h>
#include <string.h>

#include "planner.h"

void reserve(Work *w, void **at, int64_t *capacity, int64_t size, size_t item) {
    if (size <= *capacity) return;
    int64_t larger = *capacity * 2 > size ? *capacity * 2 : size + 16;
    void *moved = realloc(*at, (size_t)larger * item);
    if (moved == NULL) longjmp(w->broke, 1);
    *at = moved;
    *capacity = larger;
}

void ints(Work *w, Ints *list, int64_t size) {
    reserve(w, (void **)&list->at, &list->capacity, size, sizeof(int32_t));
    list->size = size;
}

void filled(Work *w, Ints *list, int64_t size, int32_t value) {
    ints(w, list, size);
    for (int64_t i = 0; i < size; i++) list->at[i] = value;
}

void push(Work *w, Ints *list, int32_t value) {
    if (list->size == list->capacity) reserve(w, (void **)&list->at, &list->capacity, list->size + 1, sizeof(int32_t));
    list->at[list->size++] = value;
}

void reals(Work *w, Reals *list, int64_t size) {
    reserve(w, (void **)&list->at, &list->capacity, size, sizeof(double));
    list->size = size;
}

void push_real(Work *w, Reals *list, double value) {
    if (list->size == list->capacity) reserve(w, (void **)&list->at, &list->capacity, list->size + 1, sizeof(double));
    list->at[list->size++] = value;
}

/* Return the place of one more row of a buffer, all zero. */
void *emit(Work *w, Buffer *buffer, size_t item) {
    reserve(w, &buffer->at, &buffer->capacity, buffer->size + 1, item);
    void *row = (char *)buffer->at + (size_t)buffer->size++ * item;
    return memset(row, 0, item);
}

/* Say that a ragged row ends where its values end now. */
void end_row(Work *w, Buffer *ends, const Buffer *rows) {
    *(int64_t *)emit(w, ends, sizeof(int64_t)) = rows->size;
}
