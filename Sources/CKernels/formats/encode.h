/* How encoders choose scales and codes: so that the squared error of the values is least, of which a file's relative
 * error is the sum. For given codes the best scale is known (least squares), for a given scale the nearest codes are;
 * scales about the plain one are tried, since the error has many small valleys, and the best is refined in turns.
 *
 * Groups have 16 or 32 finite values. The results are the same on every processor: nothing is fused. */
#ifndef CK_ENCODE_H
#define CK_ENCODE_H

#include <stdint.h>
#include <string.h>

#include "half.h"

enum { CK_ENCODED_GROUP = 32 }; /* values of the largest group */

/* values are about scale * code + offset */
typedef struct {
    float scale, offset;
} ck_line;

/* The scale, of either sign, for codes low…high (low < 0 < high); 0 for zeros only. */
float ck_search_scale(const float *values, unsigned count, int low, int high);
/* The same for codes that stand for sixteen ascending values. */
float ck_search_table_scale(const float *values, unsigned count, const int8_t table[16]);
/* Scale (not negative) and offset for codes 0…high; the offset is 0 or less if `is_below`. */
ck_line ck_search_line(const float *values, unsigned count, int high, int is_below);

/* The codes low…high nearest to the values; all 0, or the one nearest to it, for a scale of 0. */
void ck_nearest_codes(const float *values, unsigned count, ck_line line, int low, int high, int8_t *codes);
void ck_nearest_table_codes(const float *values, unsigned count, float scale, const int8_t table[16], int8_t *codes);

/* 256 values in eight groups of 32, as Q4_K and Q5_K have them: codes 0…high; writes the halves d, dmin and the 12 bytes
 * of scales and minimums (k_scales.h) to the block's start. */
void ck_encode_lines(const float *values, int high, uint8_t *block, int8_t codes[256]);
/* 256 values in sixteen groups of 16, as Q6_K has them: codes low…high, scales that are signed bytes; returns d's half. */
uint16_t ck_encode_scales(const float *values, int low, int high, int8_t scales[16], int8_t codes[256]);

static inline void ck_store_half(void *bytes, float value) {
    uint16_t half = ck_half_from_float(value);
    memcpy(bytes, &half, 2);
}

/* Nibbles of 32 codes: 0…15 in the low ones, 16…31 in the high ones. */
static inline void ck_store_nibbles(uint8_t *bytes, const int8_t *codes) {
    for (unsigned i = 0; i < 16; i++) bytes[i] = (uint8_t)((codes[i] & 15) | (codes[i + 16] & 15) << 4);
}

#endif
