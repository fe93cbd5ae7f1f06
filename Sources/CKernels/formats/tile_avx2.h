/* Eight rows times some tokens with AVX2, for any format with integer codes. Included by tile.h.
 *
 * A format gives
 *   UNIT_GROUPS    groups that are loaded together, and
 *   <FORMAT>_header, <FORMAT>_open(rows) -> header    what a block's groups share (scales of a super-block)
 *   <FORMAT>_load(header, rows, unit, panel *)   the unit's codes, scales and minimums
 *
 * Few tokens (decode): weights stream from memory, are transposed in registers and used at once. Many tokens
 * (prefill): the rows are unpacked once into a panel that stays in the second-level cache, and every four tokens
 * pass over it. Both do the same arithmetic in the same order.
 *
 * Codes are unsigned bytes times signed activations, summed in 16 bits over a whole group. That is exact: either the
 * codes are below 16, or the accumulator begins at -CENTRE * sum of activations, and wraps around to a sum of signed
 * codes that fits, |code| <= CENTRE: 32 codes * 16 * 127 < 2^15, and 16 codes * 32 * 127 < 2^16 / 2 a pair. */
#include "avx2.h"

#define VECTORS (GROUP / 4)
#if GROUP == 32
#define PANEL ck_panel_32
#else
#define PANEL ck_panel_16
#endif
#define UNITS (BLOCK / GROUP / UNIT_GROUPS)
#ifndef SIGNED_CODES
#define SIGNED_CODES 0
#endif

CK_AVX2_INLINE __m256 OF_FORMAT(accumulate)(__m256 sum, const PANEL *group, const ck_activation *activation,
                                            unsigned first) {
    const int8_t *codes = activation->codes + first;
    __m256i dot;
#if SIGNED_CODES
    /* |w| * (a with w's sign); -128 becomes 128 unsigned, and pairs of products still fit: 2 * 128 * 127 < 2^15. */
    dot = _mm256_setzero_si256();
    for (unsigned v = 0; v < VECTORS; v++) {
        __m256i w = group->codes[v], a = ck_broadcast_dword(codes + 4 * v);
        __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(w), _mm256_sign_epi8(a, w));
        dot = _mm256_add_epi32(dot, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
    }
#else
    __m256i pairs = _mm256_maddubs_epi16(group->codes[0], ck_broadcast_dword(codes));
#if CENTRE
    const int32_t *sums = &activation->pair_sums[GROUP == 32 ? 2 : first / 16];
    pairs = _mm256_sub_epi16(pairs, _mm256_slli_epi16(ck_broadcast_dword(sums), __builtin_ctz(CENTRE)));
#endif
    for (unsigned v = 1; v < VECTORS; v++)
        pairs = _mm256_add_epi16(pairs, _mm256_maddubs_epi16(group->codes[v], ck_broadcast_dword(codes + 4 * v)));
    dot = _mm256_madd_epi16(pairs, _mm256_set1_epi16(1));
#endif
    __m256 scale = _mm256_mul_ps(group->scale, _mm256_broadcast_ss(&activation->scale));
    sum = _mm256_fmadd_ps(_mm256_cvtepi32_ps(dot), scale, sum);
#if MINIMUM
    sum = _mm256_fmadd_ps(group->minimum, _mm256_broadcast_ss(&activation->sum), sum);
#endif
    return sum;
}

/* Weights straight from memory, for a number of tokens that the compiler knows. */
CK_AVX2_INLINE void OF_FORMAT(stream)(const ck_tile *tile, const size_t tokens) {
    size_t stride = tile->columns / 32, row_bytes = tile->row_bytes;
    ck_rows rows = {tile->weights, tile->weights + 4 * row_bytes, row_bytes};
    const uint8_t *ahead = tile->weights + 8 * row_bytes; /* the next tile, a line for each line of this one */
    __m256 sums[4];
    for (size_t t = 0; t < tokens; t++) sums[t] = _mm256_setzero_ps();
    for (size_t base = 0; base < tile->columns; base += BLOCK) {
        OF_FORMAT(header) header = OF_FORMAT(open)(rows);
#pragma clang loop unroll(disable)
        for (unsigned unit = 0; unit < UNITS; unit++) {
            PANEL groups[UNIT_GROUPS];
            OF_FORMAT(load)(&header, rows, unit, groups);
            for (unsigned line = 0; line < (8 * BLOCK_BYTES / UNITS + 63) / 64; line++)
                _mm_prefetch((const char *)ahead + 64 * line, _MM_HINT_T0);
            ahead += 8 * BLOCK_BYTES / UNITS;
            for (unsigned g = 0; g < UNIT_GROUPS; g++) {
                size_t column = base + OF_FORMAT(offset)(unit * UNIT_GROUPS + g);
                for (size_t t = 0; t < tokens; t++)
                    sums[t] = OF_FORMAT(accumulate)(
                        sums[t], &groups[g], tile->activations + t * stride + column / 32, column % 32);
            }
        }
        rows = ck_rows_at(rows, BLOCK_BYTES);
    }
    for (size_t t = 0; t < tokens; t++) _mm256_storeu_ps(tile->output + t * tile->output_stride, sums[t]);
}

CK_AVX2 static void OF_FORMAT(unpack)(const ck_tile *tile, PANEL *panel) {
    ck_rows rows = {tile->weights, tile->weights + 4 * tile->row_bytes, tile->row_bytes};
    for (size_t base = 0; base < tile->columns; base += BLOCK) {
        OF_FORMAT(header) header = OF_FORMAT(open)(rows);
#pragma clang loop unroll(disable)
        for (unsigned unit = 0; unit < UNITS; unit++, panel += UNIT_GROUPS)
            OF_FORMAT(load)(&header, rows, unit, panel);
        rows = ck_rows_at(rows, BLOCK_BYTES);
    }
}

CK_AVX2_INLINE void OF_FORMAT(pass)(const ck_tile *tile, const PANEL *panel, size_t token,
                                    const size_t tokens) {
    size_t stride = tile->columns / 32;
    const ck_activation *activations = tile->activations + token * stride;
    __m256 sums[4];
    for (size_t t = 0; t < tokens; t++) sums[t] = _mm256_setzero_ps();
    for (size_t base = 0; base < tile->columns; base += BLOCK) {
#pragma clang loop unroll(disable)
        for (unsigned g = 0; g < BLOCK / GROUP; g++, panel++) {
            size_t column = base + OF_FORMAT(offset)(g);
            PANEL group = *panel;
            for (size_t t = 0; t < tokens; t++)
                sums[t] = OF_FORMAT(accumulate)(
                    sums[t], &group, activations + t * stride + column / 32, column % 32);
        }
    }
    float *output = tile->output + token * tile->output_stride;
    for (size_t t = 0; t < tokens; t++) _mm256_storeu_ps(output + t * tile->output_stride, sums[t]);
}

CK_AVX2 static void OF_FORMAT(multiply_avx2)(const ck_tile *tile) {
    if (tile->rows < 8) {
        OF_FORMAT(multiply_scalar)(tile);
        return;
    }
    switch (tile->tokens) {
    case 1: OF_FORMAT(stream)(tile, 1); return;
    case 2: OF_FORMAT(stream)(tile, 2); return;
    case 3: OF_FORMAT(stream)(tile, 3); return;
    case 4: OF_FORMAT(stream)(tile, 4); return;
    default: break;
    }
    PANEL *panel = tile->panel;
    OF_FORMAT(unpack)(tile, panel);
    size_t token = 0;
    for (; token + 4 <= tile->tokens; token += 4) OF_FORMAT(pass)(tile, panel, token, 4);
    for (; token < tile->tokens; token++) OF_FORMAT(pass)(tile, panel, token, 1);
}
