/* Operations that take each row of values for itself. */
#include "../threads/team.h"
#include "inner.h"

/* ------------------------------------------------------------------------------------------------- quantization -- */

typedef struct {
    const float *input;
    size_t tokens, columns;
    ck_activation *activations;
} arguments_of_quantize;

static void quantize(ck_team *team, const void *arguments, unsigned worker) {
    const arguments_of_quantize *all = arguments;
    for (size_t t; ck_team_next(team, worker, all->tokens, &t);)
        ck_inner_selected()->quantize(all->input + t * all->columns, all->columns,
                                      all->activations + t * (all->columns / 32));
}

void ck_quantize(ck_team *team, const float *input, size_t tokens, size_t columns, ck_activation *activations) {
    ck_team_run_items(team, quantize, &(arguments_of_quantize){input, tokens, columns, activations}, tokens);
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

static void norm(ck_team *team, const void *arguments, unsigned worker) {
    const ck_norm *all = arguments;
    for (size_t token; ck_team_next(team, worker, (all->rows + all->inner - 1) / all->inner, &token);) {
        for (size_t r = 0; r < all->inner; r++) {
            size_t offset = token * all->stride + r * all->columns;
            float *output = all->output + offset;
            ck_inner_selected()->norm(all, all->input + offset, all->weight + r * all->weight_stride, output);
            if (all->activations)
                ck_inner_selected()->quantize(output, all->columns,
                                              all->activations + (token * all->inner + r) * (all->columns / 32));
        }
    }
}

void ck_normalize(ck_team *team, const ck_norm *arguments) {
    ck_team_run_items(team, norm, arguments, (arguments->rows + arguments->inner - 1) / arguments->inner);
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
    for (size_t t; ck_team_next(team, worker, all->tokens, &t);)
        for (size_t h = 0; h < all->heads; h++)
            rotate_row(all, all->values + t * all->stride + h * all->head_size, all->cosines + t * half,
                       all->sines + t * half);
}

void ck_rotate(ck_team *team, const ck_rotation *rotation) { ck_team_run_items(team, rotate, rotation, rotation->tokens); }

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
