/* Operations that take each row of values for itself. */
#include "../threads/team.h"
#include "inner.h"

enum { ROWS_AT_ONCE = 8 };

static size_t items_of(size_t rows) { return (rows + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE; }

/* Takes some of an operation's rows: `begin` up to `end`. */
static bool next_rows(ck_team *team, unsigned worker, size_t rows, size_t *begin, size_t *end) {
    size_t item;
    if (!ck_team_next(team, worker, items_of(rows), &item)) return false;
    *begin = item * ROWS_AT_ONCE;
    *end = *begin + ROWS_AT_ONCE < rows ? *begin + ROWS_AT_ONCE : rows;
    return true;
}

/* ------------------------------------------------------------------------------------------------- quantization -- */

typedef struct {
    const float *input;
    size_t tokens, columns;
    ck_activation *activations;
} arguments_of_quantize;

static void quantize(ck_team *team, const void *arguments, unsigned worker) {
    const arguments_of_quantize *all = arguments;
    for (size_t t, end; next_rows(team, worker, all->tokens, &t, &end);)
        ck_inner_selected()->quantize(all->input + t * all->columns, (end - t) * all->columns,
                                      all->activations + t * (all->columns / 32));
}

void ck_quantize(ck_team *team, const float *input, size_t tokens, size_t columns, ck_activation *activations) {
    ck_team_run_items(team, quantize, &(arguments_of_quantize){input, tokens, columns, activations}, items_of(tokens));
}

/* ----------------------------------------------------------------------------------------------------- embedding -- */

void ck_embed(const ck_matrix *matrix, const int32_t *ids, size_t count, float scale, float *output) {
    for (size_t i = 0; i < count; i++, output += matrix->columns) {
        matrix->format->decode(matrix->data + (size_t)ids[i] * matrix->row_bytes, output, matrix->columns);
        for (size_t c = 0; c < matrix->columns; c++) output[c] *= scale;
    }
}

/* ------------------------------------------------------------------------------------------------------ addition -- */

enum { RUN = 4096 }; /* values */

typedef struct {
    const float *input;
    float scale;
    size_t count;
    float *output;
} arguments_of_add;

static void add_scaled(ck_team *team, const void *arguments, unsigned worker) {
    const arguments_of_add *all = arguments;
    for (size_t run; ck_team_next(team, worker, (all->count + RUN - 1) / RUN, &run);)
        for (size_t i = run * RUN; i < all->count && i < (run + 1) * RUN; i++)
            all->output[i] += all->scale * all->input[i];
}

void ck_add_scaled(ck_team *team, const float *input, float scale, size_t count, float *output) {
    ck_team_run_items(team, add_scaled, &(arguments_of_add){input, scale, count, output}, (count + RUN - 1) / RUN);
}

/* ------------------------------------------------------------------------------------------------- normalization -- */

static void norm_rows(const ck_norm *all, size_t token) {
    const ck_inner *inner = ck_inner_selected();
    for (size_t r = 0; r < all->inner; r++) {
        size_t offset = token * all->stride + r * all->columns;
        float *output = all->output + offset;
        inner->norm(all, all->input + offset, all->weight + r * all->weight_stride, output);
        if (all->activations)
            inner->quantize(output, all->columns,
                            all->activations + (token * all->inner + r) * (all->columns / 32));
    }
}

static size_t tokens_of(const ck_norm *norm) { return (norm->rows + norm->inner - 1) / norm->inner; }

static void norm(ck_team *team, const void *arguments, unsigned worker) {
    const ck_norm *all = arguments;
    for (size_t token, end; next_rows(team, worker, tokens_of(all), &token, &end);)
        for (; token < end; token++) norm_rows(all, token);
}

void ck_normalize(ck_team *team, const ck_norm *arguments) {
    ck_team_run_items(team, norm, arguments, items_of(tokens_of(arguments)));
}

/* ------------------------------------------------------------------------------------------------------ rotation -- */

static void rotate_row(const ck_rotation *rotation, float *values, const float *cosines, const float *sines) {
    size_t half = rotation->rotated / 2, step = rotation->halves ? 1 : 2, gap = rotation->halves ? half : 1;
    for (size_t i = 0; i < half; i++) {
        float a = values[i * step], b = values[i * step + gap];
        values[i * step] = a * cosines[i] - b * sines[i];
        values[i * step + gap] = a * sines[i] + b * cosines[i];
    }
}

static void rotate(ck_team *team, const void *arguments, unsigned worker) {
    const ck_rotation *all = arguments;
    size_t half = all->rotated / 2;
    for (size_t t, end; next_rows(team, worker, all->tokens, &t, &end);)
        for (; t < end; t++)
            for (size_t h = 0; h < all->heads; h++)
                rotate_row(all, all->values + t * all->stride + h * all->head_size, all->cosines + t * half,
                           all->sines + t * half);
}

void ck_rotate(ck_team *team, const ck_rotation *rotation) {
    ck_team_run_items(team, rotate, rotation, items_of(rotation->tokens));
}

/* ---------------------------------------------------------------------------------------------------------- gate -- */

enum { GATE_RUN = 1024 }; /* values: a multiple of 32 */

typedef struct {
    ck_gate gate;
    float *gates;
    const float *ups;
    size_t tokens, columns, runs;
    ck_activation *activations;
} arguments_of_gate;

static void apply_gate(ck_team *team, const void *arguments, unsigned worker) {
    const arguments_of_gate *all = arguments;
    for (size_t item; ck_team_next(team, worker, all->tokens * all->runs, &item);) {
        size_t column = item % all->runs * GATE_RUN, offset = item / all->runs * all->columns + column;
        size_t count = all->columns - column < GATE_RUN ? all->columns - column : GATE_RUN;
        ck_inner_selected()->gate(all->gate, all->gates + offset, all->ups ? all->ups + offset : NULL, count);
        if (all->activations)
            ck_inner_selected()->quantize(all->gates + offset, count, all->activations + offset / 32);
    }
}

void ck_apply_gate(ck_team *team, ck_gate gate, float *gates, const float *ups, size_t tokens, size_t columns,
                   ck_activation *activations) {
    size_t runs = (columns + GATE_RUN - 1) / GATE_RUN;
    ck_team_run_items(team, apply_gate, &(arguments_of_gate){gate, gates, ups, tokens, columns, runs, activations}, tokens * runs);
}
