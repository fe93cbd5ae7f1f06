/* Q5_K: 256 values in eight groups, value = d * scale * code - dmin * minimum.
 * Block: halves d, dmin; 12 bytes of 6-bit scales and minimums; 32 bytes of fifth bits, bit g of byte i for value i
 * of group g; 128 bytes, in runs of 32 that hold an even group in their low nibbles and the next in their high ones.
 * Codes are centred, scale * (code - 16) + (minimum + 16 scale), so that sums of products fit in 16 bits. */
#include "group.h"
#include "half.h"
#include "k_scales.h"

#define FORMAT q5_k
#define FORMAT_NAME "Q5_K"
#define FORMAT_ID 13
#define BLOCK 256
#define BLOCK_BYTES 176
#define GROUP 32
#define CENTRE 16
#define MINIMUM 1
#define UNIT_GROUPS 2

CK_OFFSET_IN_ORDER(q5_k, 32)

static inline ck_group q5_k_group(const uint8_t *block, unsigned g) {
    unsigned scale, minimum;
    ck_k_scale(block + 4, g, &scale, &minimum);
    ck_group group = {.scale = ck_load_half(block) * (float)scale};
    group.minimum = -ck_load_half(block + 2) * (float)minimum + 16 * group.scale;
    const uint8_t *bits = block + 16, *nibbles = block + 48 + g / 2 * 32;
    for (unsigned i = 0; i < 32; i++) {
        int nibble = g % 2 ? nibbles[i] >> 4 : nibbles[i] & 15;
        group.codes[i] = (int16_t)(nibble + (bits[i] >> g & 1) * 16 - 16);
    }
    return group;
}

#if defined(__x86_64__)
typedef struct {
    ck_k_header k;
    __m256i bits[8];
} q5_k_header;

CK_AVX2_INLINE q5_k_header q5_k_open(ck_rows rows) {
    q5_k_header header = {.k = ck_k_open(rows)};
    for (unsigned j = 0; j < 8; j++) {
        __m256 shift = _mm256_mul_ps(header.k.scales[j], _mm256_set1_ps(16));
        header.k.minimums[j] = _mm256_add_ps(header.k.minimums[j], shift);
    }
    ck_load_transposed(ck_rows_at(rows, 16), header.bits);
    ck_load_transposed(ck_rows_at(rows, 32), header.bits + 4);
    return header;
}

CK_AVX2_INLINE void q5_k_load(const q5_k_header *header, ck_rows rows, unsigned unit, ck_panel_32 *panel) {
    const __m128i even = _mm_cvtsi32_si128((int)(2 * unit)), odd = _mm_cvtsi32_si128((int)(2 * unit + 1));
    const __m256i one = _mm256_set1_epi8(1);
    for (unsigned half = 0; half < 2; half++) {
        __m256i bytes[4];
        ck_load_transposed(ck_rows_at(rows, 48 + 32 * unit + 16 * half), bytes);
        for (unsigned v = 0; v < 4; v++) {
            __m256i bits = header->bits[4 * half + v];
            __m256i low = _mm256_slli_epi16(_mm256_and_si256(_mm256_srl_epi16(bits, even), one), 4);
            __m256i high = _mm256_slli_epi16(_mm256_and_si256(_mm256_srl_epi16(bits, odd), one), 4);
            panel[0].codes[4 * half + v] = _mm256_or_si256(ck_low_nibbles(bytes[v]), low);
            panel[1].codes[4 * half + v] = _mm256_or_si256(ck_high_nibbles(bytes[v]), high);
        }
    }
    for (unsigned g = 0; g < 2; g++) {
        panel[g].scale = header->k.scales[2 * unit + g];
        panel[g].minimum = header->k.minimums[2 * unit + g];
    }
}
#endif

#include "tile.h"
