/* What AVX2 does in its own way: eight rows in a vector. */

/* 128 bits of rows i and 4 + i. */
INLINE lanes load_quads(place rows, unsigned i) {
    const uint8_t *a = rows.quads[0] + i * rows.row_bytes, *b = rows.quads[1] + i * rows.row_bytes;
    return (lanes)_mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)a)),
                                          _mm_loadu_si128((const __m128i *)b), 1);
}

INLINE lanes interleave_low_32(lanes a, lanes b) { return (lanes)_mm256_unpacklo_epi32((__m256i)a, (__m256i)b); }
INLINE lanes interleave_high_32(lanes a, lanes b) { return (lanes)_mm256_unpackhi_epi32((__m256i)a, (__m256i)b); }
INLINE lanes interleave_low_64(lanes a, lanes b) { return (lanes)_mm256_unpacklo_epi64((__m256i)a, (__m256i)b); }
INLINE lanes interleave_high_64(lanes a, lanes b) { return (lanes)_mm256_unpackhi_epi64((__m256i)a, (__m256i)b); }

/* Byte j of each lane: 16 if bit 4v + j of the row's lane is set, else 0. */
INLINE bytes spread_bits(lanes bits, unsigned v) {
    /* The bit is brought into the upper half of its byte, where 16 is the least that it can be worth. */
    const __m256i own = _mm256_set1_epi32((int)0x80402010);
    const __m256i first_bytes = _mm256_set_epi32(0x0c0c0c0c, 0x08080808, 0x04040404, 0, 0x0c0c0c0c, 0x08080808,
                                                 0x04040404, 0);
    __m256i source = (__m256i)(v % 2 ? bits : bits << 4);
    __m256i copies = _mm256_shuffle_epi8(source, _mm256_add_epi8(first_bytes, _mm256_set1_epi8((char)(v / 2))));
    return (bytes)_mm256_min_epu8(_mm256_and_si256(copies, own), _mm256_set1_epi8(16));
}

/* The exact dot product of a group's codes, less `centre`, with an activation's, for each row.
 *
 * Unsigned bytes times signed ones, summed in 16 bits over the whole group. That is exact: either the codes are below
 * 16, or the accumulator begins at -centre * sum of activations, and wraps around to a sum of signed codes that fits,
 * |code| <= centre: 32 codes * 16 * 127 < 2^15 a pair, and 16 codes * 32 * 127 < 2^16 a pair. */
INLINE integers dot_product(const bytes *codes, const ck_activation *activation, unsigned first, unsigned count,
                            unsigned centre, bool codes_are_signed) {
    const int8_t *values = activation->codes + first;
    const __m256i ones = _mm256_set1_epi16(1);
    if (codes_are_signed) {
        /* |w| * (a with w's sign); -128 becomes 128 unsigned, and pairs of products still fit: 2 * 128 * 127 < 2^15. */
        __m256i dot = _mm256_setzero_si256();
        for (unsigned v = 0; v < count / 4; v++) {
            __m256i w = (__m256i)codes[v], a = (__m256i)broadcast(values + 4 * v);
            __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(w), _mm256_sign_epi8(a, w));
            dot = _mm256_add_epi32(dot, _mm256_madd_epi16(pairs, ones));
        }
        return (integers)dot;
    }
    __m256i pairs = _mm256_maddubs_epi16((__m256i)codes[0], (__m256i)broadcast(values));
    if (centre) {
        const int32_t *sums = &activation->pair_sums[count == 32 ? 2 : first / 16];
        pairs = _mm256_sub_epi16(pairs, _mm256_slli_epi16((__m256i)broadcast(sums), __builtin_ctz(centre)));
    }
    for (unsigned v = 1; v < count / 4; v++)
        pairs = _mm256_add_epi16(pairs, _mm256_maddubs_epi16((__m256i)codes[v], (__m256i)broadcast(values + 4 * v)));
    return (integers)_mm256_madd_epi16(pairs, ones);
}
