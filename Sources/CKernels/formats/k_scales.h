/* The 6-bit scales and minimums that Q4_K and Q5_K share: eight of each in 12 bytes. Scale j < 4 is the low six bits
 * of byte j, minimum j < 4 those of byte j + 4; for j >= 4 the low four bits are in byte j + 4 (scale in the low
 * nibble, minimum in the high one) and the high two are the top bits of bytes j - 4 and j. */
#ifndef CK_K_SCALES_H
#define CK_K_SCALES_H

#include <stdint.h>

#include "avx2.h"

static inline void ck_k_scale(const uint8_t *packed, unsigned j, unsigned *scale, unsigned *minimum) {
    if (j < 4) {
        *scale = packed[j] & 63;
        *minimum = packed[j + 4] & 63;
    } else {
        *scale = (packed[j + 4] & 15u) | (packed[j - 4] & 0xc0u) >> 2;
        *minimum = packed[j + 4] >> 4 | (packed[j] & 0xc0u) >> 2;
    }
}

#if defined(__x86_64__)
/* Scales and minimums of the eight groups of a super-block, for eight rows. */
typedef struct {
    __m256 scales[8], minimums[8];
} ck_k_header;

/* Rows at the block's start: halves d, dmin, then the 12 bytes. Minimums are subtracted, so they come negated. */
CK_AVX2_INLINE ck_k_header ck_k_open(ck_rows rows) {
    __m256 d, dmin;
    ck_floats_of_halves(ck_load_dwords(rows), &d, &dmin);
    __m256i packed[4];
    ck_load_transposed(ck_rows_at(rows, 4), packed);
    const __m256i six = _mm256_set1_epi8(0x3f), four = _mm256_set1_epi8(0x0f), top = _mm256_set1_epi8(0x30);
    __m256i scales[2], minimums[2];
    scales[0] = _mm256_and_si256(packed[0], six);
    minimums[0] = _mm256_and_si256(packed[1], six);
    scales[1] = _mm256_or_si256(_mm256_and_si256(packed[2], four),
                                _mm256_and_si256(_mm256_srli_epi16(packed[0], 2), top));
    minimums[1] = _mm256_or_si256(_mm256_and_si256(_mm256_srli_epi16(packed[2], 4), four),
                                  _mm256_and_si256(_mm256_srli_epi16(packed[1], 2), top));
    __m256 negative = _mm256_sub_ps(_mm256_setzero_ps(), dmin);
    ck_k_header header;
    for (unsigned j = 0; j < 8; j++) {
        header.scales[j] = _mm256_mul_ps(d, ck_unsigned_byte(scales[j / 4], j % 4));
        header.minimums[j] = _mm256_mul_ps(negative, ck_unsigned_byte(minimums[j / 4], j % 4));
    }
    return header;
}
#endif

#endif
