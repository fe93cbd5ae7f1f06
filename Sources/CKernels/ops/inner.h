/* The serial cores of the operations, once for each variant of the processor. Operations divide the work among the
 * team and call these. They are written once, in vector.h's terms, in the inner_*.h files. */
#ifndef CK_INNER_H
#define CK_INNER_H

#include "kernels.h"

/* One work item of attention: up to four queries that read the same cache head. Query q of a cache head is query
 * head q % group of token q / group. */
typedef struct {
    const ck_attention *attention;
    size_t cache_head, first_query, count;
    float *scratch; /* ck_attention_scratch floats */
} ck_attention_item;

typedef struct {
    void (*quantize)(const float *input, size_t count, ck_activation *activations);
    /* output = (output +) input / rms(input) * weight */
    void (*norm)(const float *input, const float *weight, float epsilon, size_t count, bool accumulate, float *output);
    void (*gate)(ck_gate gate, float *gates, const float *ups, size_t count);
    void (*attend)(const ck_attention_item *item);
    /* Float to half, `stride` halves from one to the next. */
    void (*narrow)(const float *input, size_t count, uint16_t *output, size_t stride);
    double (*survey)(const float *logits, size_t count, float *maxima);
    float (*maximum)(const float *values, size_t count);
    size_t (*count_at_least)(const float *values, size_t count, float threshold);
    void (*weigh_blocks)(const float *logits, size_t count, float most, float scale, float *weights);
} ck_inner;

extern const ck_inner ck_inner_scalar, ck_inner_avx2;

/* The cores for the selected variant. */
const ck_inner *ck_inner_selected(void);

#endif
