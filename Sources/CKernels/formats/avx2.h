/* Vocabulary of the AVX2 kernels: eight rows side by side, a 32-bit lane for each. */
#ifndef CK_AVX2_H
#define CK_AVX2_H
#if defined(__x86_64__)

#include <immintrin.h>
#include <stdint.h>
#include <string.h>

#define CK_AVX2 __attribute__((target("avx2,fma,f16c")))
#define CK_AVX2_INLINE static inline __attribute__((target("avx2,fma,f16c"), always_inline))

/* The same place in eight consecutive rows. */
typedef struct {
    const uint8_t *first, *fifth; /* rows 0 and 4 */
    size_t row_bytes;
} ck_rows;

CK_AVX2_INLINE ck_rows ck_rows_at(ck_rows rows, size_t bytes) {
    return (ck_rows){rows.first + bytes, rows.fifth + bytes, rows.row_bytes};
}

/* lane[row] = 32 bits at this place of the row */
CK_AVX2_INLINE __m256i ck_load_dwords(ck_rows rows) {
    size_t s = rows.row_bytes;
#define DWORD(p) _mm_loadu_si32(p)
#define FOUR(p)                                                                                  \
    _mm_unpacklo_epi64(_mm_unpacklo_epi32(DWORD(p), DWORD((p) + s)),                             \
                       _mm_unpacklo_epi32(DWORD((p) + 2 * s), DWORD((p) + 3 * s)))
    return _mm256_inserti128_si256(_mm256_castsi128_si256(FOUR(rows.first)), FOUR(rows.fifth), 1);
#undef FOUR
#undef DWORD
}

/* lanes[i][row] = bytes 4i…4i+3 at this place of the row, for 16 bytes of each row: a transposition of 32-bit
 * elements, four rows in each half of a vector. */
CK_AVX2_INLINE void ck_load_transposed(ck_rows rows, __m256i lanes[4]) {
    size_t s = rows.row_bytes;
#define PAIR(r)                                                                                              \
    _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)(rows.first + (r) * s))), \
                            _mm_loadu_si128((const __m128i *)(rows.fifth + (r) * s)), 1)
    __m256i r0 = PAIR(0), r1 = PAIR(1), r2 = PAIR(2), r3 = PAIR(3);
#undef PAIR
    __m256i a = _mm256_unpacklo_epi32(r0, r1), b = _mm256_unpackhi_epi32(r0, r1);
    __m256i c = _mm256_unpacklo_epi32(r2, r3), d = _mm256_unpackhi_epi32(r2, r3);
    lanes[0] = _mm256_unpacklo_epi64(a, c);
    lanes[1] = _mm256_unpackhi_epi64(a, c);
    lanes[2] = _mm256_unpacklo_epi64(b, d);
    lanes[3] = _mm256_unpackhi_epi64(b, d);
}

/* The two halves in each 32-bit lane as floats: low[row], high[row]. */
CK_AVX2_INLINE void ck_floats_of_halves(__m256i dwords, __m256 *low, __m256 *high) {
    __m256i lows = _mm256_and_si256(dwords, _mm256_set1_epi32(0xffff));
    __m256i packed = _mm256_packus_epi32(lows, _mm256_srli_epi32(dwords, 16));
    packed = _mm256_permute4x64_epi64(packed, 0xd8);
    *low = _mm256_cvtph_ps(_mm256_castsi256_si128(packed));
    *high = _mm256_cvtph_ps(_mm256_extracti128_si256(packed, 1));
}

/* Byte `index` of each lane as an unsigned number. */
CK_AVX2_INLINE __m256 ck_unsigned_byte(__m256i lanes, unsigned index) {
    __m256i byte = _mm256_and_si256(_mm256_srl_epi32(lanes, _mm_cvtsi32_si128(8 * (int)index)), _mm256_set1_epi32(255));
    return _mm256_cvtepi32_ps(byte);
}

/* One group of eight rows, unpacked: lane[row] of codes[v] holds the codes of columns 4v…4v+3. */
typedef struct {
    __m256i codes[8];
    __m256 scale, minimum;
} ck_panel_32;
typedef struct {
    __m256i codes[4];
    __m256 scale, minimum;
} ck_panel_16;

CK_AVX2_INLINE __m256i ck_low_nibbles(__m256i bytes) { return _mm256_and_si256(bytes, _mm256_set1_epi8(15)); }
CK_AVX2_INLINE __m256i ck_high_nibbles(__m256i bytes) { return ck_low_nibbles(_mm256_srli_epi16(bytes, 4)); }

CK_AVX2_INLINE __m256i ck_broadcast_dword(const void *bytes) {
    int32_t value;
    memcpy(&value, bytes, 4);
    return _mm256_set1_epi32(value);
}

/* Splits 16 bytes of each row into the codes 0…15 (low nibbles) and 16…31 (high nibbles) of a group. */
CK_AVX2_INLINE void ck_load_nibbles(ck_rows rows, __m256i codes[8]) {
    __m256i bytes[4];
    ck_load_transposed(rows, bytes);
    for (unsigned v = 0; v < 4; v++) {
        codes[v] = ck_low_nibbles(bytes[v]);
        codes[v + 4] = ck_high_nibbles(bytes[v]);
    }
}

/* Adds 16 to code i of each row where bit i of the row's lane is set. */
CK_AVX2_INLINE void ck_add_fifth_bits(__m256i bits, __m256i codes[8]) {
    const __m256i of_byte = _mm256_set_epi8(-128, 64, 32, 16, 8, 4, 2, 1, -128, 64, 32, 16, 8, 4, 2, 1, -128, 64, 32,
                                            16, 8, 4, 2, 1, -128, 64, 32, 16, 8, 4, 2, 1);
    const __m256i low = _mm256_shuffle_epi32(of_byte, 0x00), high = _mm256_shuffle_epi32(of_byte, 0x55);
    const __m256i first_bytes = _mm256_set_epi32(0x0c0c0c0c, 0x08080808, 0x04040404, 0, 0x0c0c0c0c, 0x08080808,
                                                 0x04040404, 0);
    for (unsigned v = 0; v < 8; v++) {
        __m256i byte = _mm256_add_epi8(first_bytes, _mm256_set1_epi8((char)(v / 2)));
        __m256i mask = v % 2 ? high : low;
        __m256i set = _mm256_cmpeq_epi8(_mm256_and_si256(_mm256_shuffle_epi8(bits, byte), mask), mask);
        codes[v] = _mm256_or_si256(codes[v], _mm256_and_si256(set, _mm256_set1_epi8(16)));
    }
}

#endif
#endif
