/* The serial cores of the operations, once for each variant of the processor. Operations divide the work among the
 * team and call these. They are written once, in vector.h's terms, in the inner_*.h files. */
#ifndef CK_INNER_H
#define CK_INNER_H

#include "kernels.h"

/* One work item of attention: some queries that read the same cache head, against one segment of it. Query q of a
 * cache head is query head q % group of token q / group. */
typedef struct {
    const ck_attention *attention;
    size_t cache_head, first_query, count, segment;
    float *weights; /* [count][CK_ATTENTION_SEGMENT], working space */
    float *partial; /* [count][ck_attention_row]: weighted values, highest score, sum of weights */
} ck_attention_item;

enum { CK_ATTENTION_SEGMENT = 256 }; /* positions: a multiple of 64 */

static inline size_t ck_attention_row(size_t head_size) { return head_size + 16; }

/* The last position that one of the tokens sees. */
static inline size_t ck_last_seen(const ck_attention *attention, size_t token) {
    return attention->position + (attention->bidirectional ? attention->tokens - 1 : token);
}

typedef struct {
    void (*quantize)(const float *input, size_t count, ck_activation *activations);
    /* One row of a normalization. */
    void (*norm)(const ck_norm *norm, const float *input, const float *weight, float *output);
    void (*gate)(ck_gate gate, float *gates, const float *ups, size_t count);
    /* Queries that an item may have. */
    size_t attention_tile;
    void (*attend)(const ck_attention_item *item);
    /* Adds one query's row of a later segment to its row of earlier ones, which begins with a highest score of
     * -infinity and zeros. */
    void (*join)(float *result, const float *partial, size_t head_size);
    /* Float to half, `stride` halves from one to the next. */
    void (*narrow)(const float *input, size_t count, uint16_t *output, size_t stride);
    /* Float to signed bytes with a half as scale for each 32. */
    void (*narrow_to_codes)(const float *input, size_t count, int8_t *output, size_t stride, uint16_t *scales,
                            size_t scale_stride);
    /* values = scale * values, then softly capped unless cap is 0. */
    void (*scale)(float *values, size_t count, float scale, float cap);
    double (*survey)(const float *logits, size_t count, float *maxima, double *entropy);
    double (*divergence)(const float *reference, const float *logits, size_t count);
    float (*maximum)(const float *values, size_t count);
    size_t (*count_at_least)(const float *values, size_t count, float threshold);
    void (*weigh_blocks)(const float *logits, size_t count, float most, float scale, float *weights);
} ck_inner;

extern const ck_inner ck_inner_scalar, ck_inner_avx2, ck_inner_avx512, ck_inner_neon;

/* The cores for the selected variant. */
const ck_inner *ck_inner_selected(void);

#endif
