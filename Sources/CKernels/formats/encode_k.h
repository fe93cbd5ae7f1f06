/* The encoder that Q4_K and Q5_K share. */
#ifndef CK_ENCODE_K_H
#define CK_ENCODE_K_H

#include "encode.h"

/* Codes 0…high of 256 values in eight groups of 32; writes the halves d, dmin and the 12 bytes of scales and minimums
 * (k_scales.h) to the block's start. */
static inline void ck_encode_k(const float *values, uint8_t *block, int high, uint8_t codes[256]) {
    float scales[8], minimums[8], most_scale = 0, most_minimum = 0;
    for (unsigned g = 0; g < 8; g++) {
        scales[g] = ck_search_range(values + 32 * g, 32, high, 0, &minimums[g]);
        most_scale = fmaxf(most_scale, scales[g]);
        most_minimum = fmaxf(most_minimum, -minimums[g]);
    }
    ck_store_half(block, most_scale / 63);
    ck_store_half(block + 2, most_minimum / 63);
    float d = ck_load_half(block), dmin = ck_load_half(block + 2);
    memset(block + 4, 0, 12);
    for (unsigned g = 0; g < 8; g++) {
        unsigned scale = (unsigned)ck_nearest(scales[g] * ck_inverse(d), 0, 63);
        unsigned minimum = (unsigned)ck_nearest(-minimums[g] * ck_inverse(dmin), 0, 63);
        if (g < 4) {
            block[4 + g] |= (uint8_t)scale;
            block[8 + g] |= (uint8_t)minimum;
        } else {
            block[8 + g] = (uint8_t)((scale & 15) | (minimum & 15) << 4);
            block[g] |= (uint8_t)(scale >> 4 << 6);
            block[4 + g] |= (uint8_t)(minimum >> 4 << 6);
        }
        float inverse = ck_inverse(d * (float)scale), origin = dmin * (float)minimum;
        for (unsigned i = 0; i < 32; i++)
            codes[32 * g + i] = (uint8_t)ck_nearest((values[32 * g + i] + origin) * inverse, 0, high);
    }
}

#endif
