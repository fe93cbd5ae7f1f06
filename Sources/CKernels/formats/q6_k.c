/* Q6_K: 256 values in sixteen groups, value = d * scale * (code - 32).
 * Block: 128 bytes of low four bits; 64 bytes of high two bits; 16 signed scales; half d. Each half of the block
 * (128 values, 64 + 32 bytes) holds its values i, i + 32, i + 64, i + 96 in: low nibbles of bytes i and i + 32, then
 * their high nibbles; the two bits come from byte i, lowest pair first.
 * Groups are taken in the order 0 2 4 6 1 3 5 7 of each half: those that share bytes come together. */
#include "group.h"
#include "half.h"

#define FORMAT q6_k
#define FORMAT_NAME "Q6_K"
#define FORMAT_ID 14
#define BLOCK 256
#define BLOCK_BYTES 210
#define GROUP 16
#define CENTRE 32
#define MINIMUM 0
#define UNIT_GROUPS 4

/* Group g as taken: half of the block, then which 16 of every 32 values, then which 32. */
static inline unsigned q6_k_offset(unsigned g) { return g / 8 * 128 + g % 4 * 32 + g / 4 % 2 * 16; }

static inline ck_group q6_k_group(const uint8_t *block, unsigned g) {
    unsigned half = g / 8, run = g % 4, first = g / 4 % 2 * 16;
    const uint8_t *low = block + 64 * half + run % 2 * 32 + first, *high = block + 128 + 32 * half + first;
    ck_group group = {.scale = ck_load_half(block + 208) * (float)(int8_t)block[192 + q6_k_offset(g) / 16]};
    for (unsigned i = 0; i < 16; i++) {
        int nibble = run < 2 ? low[i] & 15 : low[i] >> 4;
        group.codes[i] = (int16_t)((nibble | (high[i] >> 2 * run & 3) << 4) - 32);
    }
    return group;
}

#if defined(__x86_64__)
#include "avx2.h"

typedef struct {
    __m256 scales[16];
} q6_k_header;

CK_AVX2_INLINE q6_k_header q6_k_open(ck_rows rows) {
    __m256 d, unused;
    /* d are the block's last two bytes: read with the two before them. */
    ck_floats_of_halves(ck_load_dwords(ck_rows_at(rows, 206)), &unused, &d);
    __m256i packed[4];
    ck_load_transposed(ck_rows_at(rows, 192), packed);
    q6_k_header header;
    for (unsigned j = 0; j < 16; j++) {
        __m256i top = _mm256_sll_epi32(packed[j / 4], _mm_cvtsi32_si128((int)(24 - j % 4 * 8)));
        header.scales[j] = _mm256_mul_ps(d, _mm256_cvtepi32_ps(_mm256_srai_epi32(top, 24)));
    }
    return header;
}

CK_AVX2_INLINE void q6_k_load(const q6_k_header *header, ck_rows rows, unsigned unit, ck_panel_16 *panel) {
    unsigned half = unit / 2, first = unit % 2 * 16;
    const __m256i two = _mm256_set1_epi8(0x30);
    __m256i low[4], low_next[4], high[4];
    ck_load_transposed(ck_rows_at(rows, 64 * half + first), low);
    ck_load_transposed(ck_rows_at(rows, 64 * half + 32 + first), low_next);
    ck_load_transposed(ck_rows_at(rows, 128 + 32 * half + first), high);
    for (unsigned v = 0; v < 4; v++) {
        __m256i bits = high[v];
        panel[0].codes[v] = _mm256_or_si256(ck_low_nibbles(low[v]), _mm256_and_si256(_mm256_slli_epi16(bits, 4), two));
        panel[1].codes[v] =
            _mm256_or_si256(ck_low_nibbles(low_next[v]), _mm256_and_si256(_mm256_slli_epi16(bits, 2), two));
        panel[2].codes[v] = _mm256_or_si256(ck_high_nibbles(low[v]), _mm256_and_si256(bits, two));
        panel[3].codes[v] =
            _mm256_or_si256(ck_high_nibbles(low_next[v]), _mm256_and_si256(_mm256_srli_epi16(bits, 2), two));
    }
    for (unsigned g = 0; g < 4; g++) panel[g].scale = header->scales[8 * half + 2 * g + unit % 2];
}
#endif

#include "tile.h"
