/* The whole contract between the engine and its kernels.
 *
 * Shapes are written [slowest]…[fastest]. All arithmetic on quantized weights follows one rule, whatever the number
 * of tokens, threads or the way a token came in: a dot product is the sum, group by group in a fixed order, of
 *
 *     y += weight_scale * activation_scale * (exact integer dot product of the group)
 *     y += weight_minimum * activation_scale * (exact integer sum of the group)          (formats with a minimum)
 *
 * with one float addition for each term. A token's result therefore has the same bits in decode and in prefill, in
 * any chunk, beside any other tokens and on any number of threads.
 */
#ifndef CK_KERNELS_H
#define CK_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---------------------------------------------------------------------------------------------- the processor -- */

typedef enum {
    CK_CPU_SCALAR, /* any */
    CK_CPU_AVX2,   /* x86-64 with AVX2, FMA and F16C */
    CK_CPU_AVX512, /* x86-64 with AVX-512 F, BW, DQ, VL and VNNI */
    CK_CPU_NEON,   /* 64-bit Arm with the dot product extension */
    CK_CPU_VARIANTS,
} ck_cpu;

/* The variant in use: the best that this processor has, unless the environment's DIPTYCH_CPU (scalar, avx2, avx512, neon) names a
 * lesser one. Chosen once. */
ck_cpu ck_cpu_selected(void);
/* Whether this processor can run a variant. */
bool ck_cpu_supports(ck_cpu cpu);
/* "scalar", "avx2", "avx512", "neon"; NULL past the last variant. */
const char *ck_cpu_name(ck_cpu cpu);
/* Processors that this process may run on. */
unsigned ck_cpu_count(void);

/* -------------------------------------------------------------------------------------------------- the workers -- */

/* A team of threads that runs one operation at a time together with the caller. Idle workers spin briefly, then
 * park, so that a team at rest costs nothing. A team serves one caller at a time. */
typedef struct ck_team ck_team;

/* Makes a team of `workers` (1 to 64), the caller among them; NULL if threads or memory can't be had. */
ck_team *ck_team_create(unsigned workers);
void ck_team_destroy(ck_team *team);
/* How many of the workers the next operations use (at least 1, at most all). Results don't depend on it. */
void ck_team_set_width(ck_team *team, unsigned workers);
/* Bytes of working space that the team's workers hold. */
size_t ck_team_scratch_bytes(const ck_team *team);

/* ---------------------------------------------------------------------------------------------- tensor formats -- */

/* 32 values of an activation, quantized with one scale; exactly one cache line. */
typedef struct {
    int8_t codes[32];     /* round(x / scale), within ±127 */
    float scale;          /* max |x| / 127 */
    float sum;            /* scale * sum of codes: what a minimum is multiplied by */
    int32_t pair_sums[3]; /* two 16-bit sums, of codes 0,1 and 2,3 of every four: over codes 0…15, 16…31, and all */
    int32_t starts[3];    /* -128 times the sum of codes 0…15, 16…31, and all */
} ck_activation;

enum {
    CK_TILE_ROWS = 16,
    CK_PANEL_COLUMNS = 768,
    /* Working space of a tile: some columns of its rows, unpacked. The widest are groups of 16 columns: four vectors
     * of codes, scales and minimums, 64 bytes each. */
    CK_PANEL_BYTES = CK_PANEL_COLUMNS / 16 * 6 * 64,
};

/* Rows of a matrix times the activations of some tokens; the unit of work of a multiplication. */
typedef struct {
    const uint8_t *weights;           /* first row */
    size_t row_bytes;                 /* from one row to the next */
    size_t columns;                   /* values in a row: a multiple of the format's block size */
    unsigned rows;                    /* 1…CK_TILE_ROWS */
    const ck_activation *activations; /* [tokens][columns / 32], for CK_INPUT_QUANTIZED */
    const float *values;              /* [tokens][columns], for CK_INPUT_FLOAT */
    size_t tokens;                    /* at least 1 */
    float *output;                    /* [tokens][output_stride], this tile's rows first */
    size_t output_stride;
    void *panel;                      /* CK_PANEL_BYTES, 64-byte aligned */
} ck_tile;

typedef enum { CK_INPUT_QUANTIZED, CK_INPUT_FLOAT } ck_input;

/* All that is known about a tensor format. A new one is a file that defines this, and a line in registry.c. */
typedef struct {
    uint32_t id;         /* in GGUF files */
    const char *name;    /* "Q4_K" */
    uint32_t block_size; /* values in a block */
    uint32_t block_bytes;
    ck_input input;      /* what `multiply` reads */
    /* output[i] = value i of a row of `count` values (a multiple of block_size). */
    void (*decode)(const void *row, float *output, size_t count);
    /* row = `count` finite values (a multiple of block_size) with the least squared error that a search finds, the same
     * bytes on every processor; NULL for formats that files aren't written in here. */
    void (*encode)(const float *values, void *row, size_t count);
    /* output[token][row] = dot product, for each variant of the processor that this file was compiled for. */
    void (*multiply[CK_CPU_VARIANTS])(const ck_tile *tile);
} ck_format;

/* The format with this id, or NULL where there is none here. */
const ck_format *ck_format_find(uint32_t id);
/* Format number `index` of the list, or NULL past its end. */
const ck_format *ck_format_at(size_t index);
/* The name of an id, also of those that can't be computed with; NULL if nobody knows it. */
const char *ck_format_name(uint32_t id);
/* One tile by one variant of the kernels, which this processor must support. */
void ck_format_multiply(const ck_format *format, ck_cpu cpu, const ck_tile *tile);

enum { CK_CONVERTED_AT_ONCE = 4096 }; /* values: whole blocks of every format */

/* Sums of squares: of values, and of what an encoding changed them by. */
typedef struct {
    double values, differences;
} ck_change;

/* Writes `count` values (whole blocks of both formats) anew in `target`, which has `encode`. `changes` is working space
 * for ceil(count / CK_CONVERTED_AT_ONCE) of them; the result is their sum. It isn't finite where the values aren't, in
 * `values`, and where they are too large for the target, in `differences`. */
ck_change ck_convert(ck_team *team, const ck_format *source, const void *input, const ck_format *target, void *output,
                     size_t count, ck_change *changes);

/* -------------------------------------------------------------------------------------------------- operations -- */

/* Weights as they lie in the file: [rows][columns]. */
typedef struct {
    const ck_format *format;
    const uint8_t *data;
    size_t rows, columns, row_bytes;
} ck_matrix;

/* output[token][row] = sum over columns of matrix[row][column] * input[token][column]
 *                      + bias[row]                            (unless NULL)
 *                      + output[token][row] as it was before  (if `accumulate`) */
typedef struct {
    ck_matrix matrix;
    const float *bias;
    float *output;
    size_t output_stride;
    bool accumulate;
} ck_product;

/* Several products of one input, in one go. `activations` or `values` may be NULL if no matrix reads it. */
void ck_multiply(ck_team *team, const ck_product *products, size_t count, const ck_activation *activations,
                 const float *values, size_t tokens);

/* activations[token] = quantized input[token]; columns a multiple of 32.
 * A value that isn't finite makes its block's results not finite. */
void ck_quantize(ck_team *team, const float *input, size_t tokens, size_t columns, ck_activation *activations);

/* output[i] = scale * row[ids[i]] of a matrix, [count][columns]. */
void ck_embed(const ck_matrix *matrix, const int32_t *ids, size_t count, float scale, float *output);

/* output[i] += scale * input[i]. */
void ck_add_scaled(ck_team *team, const float *input, float scale, size_t count, float *output);

/* Normalization, row by row; input and output may be the same.
 * Root mean square (Zhang and Sennrich 2019): input / sqrt(mean(input^2) + epsilon) * weight;
 * `centered` (layer normalization, Ba et al. 2016): the same of input - mean(input). Then + bias, unless it is NULL.
 * Row r begins at input + r / inner * stride + r % inner * columns, so that heads inside wider rows can be normed; its
 * weights begin at weight + r % inner * weight_stride. `activations`, unless NULL, gets the rows quantized. */
typedef struct {
    const float *input;
    float *output;
    size_t rows, columns, inner, stride;
    const float *weight, *bias;
    size_t weight_stride;
    float epsilon;
    bool centered;
    bool accumulate; /* output += result, rather than output = result */
    ck_activation *activations;
} ck_norm;
void ck_normalize(ck_team *team, const ck_norm *norm);

/* Rotary position embedding (Su et al. 2021), in place on [tokens][heads][head_size], rows `stride` apart:
 * each pair (a, b) becomes (a cos - b sin, a sin + b cos). Pairs are neighbours (2i, 2i + 1), or halves
 * (i, i + rotated / 2) if `halves`. cosines and sines: [tokens][rotated / 2]. */
typedef struct {
    float *values;
    size_t tokens, heads, head_size, rotated, stride;
    const float *cosines, *sines;
    bool halves;
} ck_rotation;
void ck_rotate(ck_team *team, const ck_rotation *rotation);

/* What a cache holds of a value: a half; a signed byte, with a half as scale for each 32 components; or a float. */
typedef enum { CK_CACHE_F16, CK_CACHE_Q8_0, CK_CACHE_F32 } ck_cache_format;

/* One layer's keys and values. Keys: [heads][capacity / 16][head_size][16], so that a vector holds one component of
 * sixteen positions; values: [heads][capacity][head_size]. Scales (Q8_0 only; head_size a multiple of 32):
 * keys' [heads][capacity / 16][head_size / 32][16], values' [heads][capacity][head_size / 32]. */
typedef struct {
    ck_cache_format format;
    void *keys, *values;
    uint16_t *key_scales, *value_scales;
    size_t heads, head_size, capacity; /* capacity: a multiple of 16 */
} ck_cache;

/* Writes the keys and values of `tokens` positions from `position` on: [tokens][heads][head_size], `stride` apart. */
void ck_cache_store(ck_team *team, const ck_cache *cache, const float *keys, const float *values, size_t stride,
                    size_t position, size_t tokens);

/* Grouped-query attention (Ainslie et al. 2023). Query head h attends with cache head h / (heads / cache heads);
 * position p sees positions max(0, p - window + 1)…p, or 0…p if window is 0; if `bidirectional`, all up to the last
 * one of these tokens. A score s becomes cap * tanh(s / cap), unless cap is 0 (Gemma Team 2024).
 * queries, output: [tokens][heads][head_size], `stride` apart. */
typedef struct {
    const float *queries;
    float *output;
    size_t tokens, heads, position, window;
    size_t query_stride, output_stride;
    float scale; /* of the scores, before softmax */
    float cap;
    bool bidirectional;
    ck_cache cache;
} ck_attention;
void ck_attend(ck_team *team, const ck_attention *attention);

/* gate = activation(gate) * up, or activation(gate) alone if `ups` is NULL: [tokens][columns], quantized into
 * `activations` unless it is NULL. GELU (Hendrycks and Gimpel 2016) in its tanh form, and exactly, by the error
 * function. */
typedef enum { CK_GATE_SILU, CK_GATE_GELU, CK_GATE_GELU_EXACT } ck_gate;
void ck_apply_gate(ck_team *team, ck_gate gate, float *gates, const float *ups, size_t tokens, size_t columns,
                   ck_activation *activations);

/* ------------------------------------------------------------------------------------------------------- logits -- */

/* Each logit becomes scale * logit, and then cap * tanh(that / cap), unless cap is 0. */
void ck_scale_logits(ck_team *team, float *logits, size_t count, float scale, float cap);

/* A vocabulary's logits are looked at in blocks: the largest logit of a block tells whether the others matter.
 * Logits that aren't numbers never win and weigh nothing. */
enum { CK_LOGIT_BLOCK = 128 };

/* One pass over `count` logits: writes the largest of each block, [ceil(count / CK_LOGIT_BLOCK)], -infinity if it has
 * none, and returns log(sum(exp(logits))). `entropy`, unless NULL, gets that of the distribution p = softmax(logits) in
 * nats, -sum(p log(p)), within 5e-6; 0 where no logit is finite or one is infinite.
 *
 * The sum is within 1e-6 of the exact one, relatively: terms are exact to 6e-7 at worst, and blocks that lie 30 or more below
 * the largest logit seen before them are left out, which for a vocabulary of 2^18 hides at most 2^18 e^-30 < 3e-8. */
double ck_survey(const float *logits, size_t count, float *maxima, double *entropy);
/* The largest of `count` values. */
float ck_maximum(const float *values, size_t count);
/* The k-th largest value: at least k of `count` values are no smaller. -infinity if there are fewer numbers. */
float ck_rank_threshold(const float *values, size_t count, size_t k);
/* Copies the logits whose bit is set in `allowed`, [words], lowest bit first, and writes -infinity for the others, as well
 * as the largest of each block, as ck_survey does. */
void ck_mask_logits(const float *logits, size_t count, const uint64_t *allowed, size_t words, float *masked,
                    float *maxima);
/* Indices of the logits that are at least `threshold`, ascending, at most `capacity`; returns how many there are in
 * all. Blocks whose `maxima` are less aren't read. */
size_t ck_at_least(const float *logits, const float *maxima, size_t count, float threshold, int32_t *indices,
                   size_t capacity);
/* The place of logit `index` among all, the largest first and equal ones by index: 1 for the first. */
size_t ck_rank(const float *logits, size_t count, size_t index);
/* How far q = softmax(logits) is from p = softmax(reference), both [count]: the divergence of Kullback and Leibler
 * (1951), sum(p log(p / q)), in nats, within 1e-5 (1 + itself); exactly 0 for equal logits. A logit that is no number, or
 * more than 87 below the largest, counts as 87 below, so that the result is finite. Not a number where either has no
 * finite logit, or an infinite one. */
double ck_divergence(const float *reference, const float *logits, size_t count);
/* weights[block] = sum(exp(scale (logit - most))), where `most` is the largest logit. */
void ck_weigh_blocks(const float *logits, size_t count, float most, float scale, float *weights);

#endif
