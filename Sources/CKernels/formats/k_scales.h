/* The 6-bit scales and minimums that Q4_K and Q5_K share: eight of each in 12 bytes. Scale j < 4 is the low six bits
 * of byte j, minimum j < 4 those of byte j + 4; for j >= 4 the low four bits are in byte j + 4 (scale in the low
 * nibble, minimum in the high one) and the high two are the top bits of bytes j - 4 and j. */
#ifndef CK_K_SCALES_H
#define CK_K_SCALES_H

#include <stdint.h>

static inline void ck_k_scale(const uint8_t *packed, unsigned j, unsigned *scale, unsigned *minimum) {
    if (j < 4) {
        *scale = packed[j] & 63;
        *minimum = packed[j + 4] & 63;
    } else {
        *scale = (packed[j + 4] & 15u) | (packed[j - 4] & 0xc0u) >> 2;
        *minimum = packed[j + 4] >> 4 | (packed[j] & 0xc0u) >> 2;
    }
}

#endif
