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

/* table[index] for each byte, which is below 16. */
INLINE bytes look_up(const int8_t table[16], bytes indices) {
    __m256i entries = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
    return (bytes)_mm256_shuffle_epi8(entries, (__m256i)indices);
}

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

#ifdef GROUP
/* The exact dot product of a group's codes, less CENTRE, with an activation's, for each row.
 *
 * Unsigned bytes times signed ones, summed in 16 bits over the whole group. That is exact: either the codes are below
 * 16, or CENTRE * sum of activations is taken away, and the accumulator wraps around to a sum of signed codes that fits,
 * |code| <= CENTRE: 32 codes * 16 * 127 < 2^15 a pair, and 16 codes * 32 * 127 < 2^16 a pair. Signed codes don't fit;
 * they are added in 32 bits, as |w| * (a with w's sign): -128 becomes 128 unsigned, and a pair of products still
 * fits, 2 * 128 * 127 < 2^15. */
INLINE integers dot_product(const group_codes *group, const ck_activation *activation, unsigned first) {
    const __m256i ones = _mm256_set1_epi16(1);
    __m256i total = _mm256_setzero_si256();
    for (unsigned v = 0; v < GROUP / 4; v++) {
        __m256i codes = (__m256i)group->codes[v], a = (__m256i)broadcast(activation->codes + first + 4 * v);
        if (SIGNED_CODES) {
            __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(codes), _mm256_sign_epi8(a, codes));
            total = _mm256_add_epi32(total, _mm256_madd_epi16(pairs, ones));
        } else {
            total = _mm256_add_epi16(total, _mm256_maddubs_epi16(codes, a));
        }
    }
    if (SIGNED_CODES) return (integers)total;
    if (CENTRE) {
        __m256i sums = (__m256i)broadcast(&activation->pair_sums[GROUP == 32 ? 2 : first / 16]);
        total = _mm256_sub_epi16(total, _mm256_mullo_epi16(sums, _mm256_set1_epi16(CENTRE)));
    }
    return (integers)_mm256_madd_epi16(total, ones);
}
#endif
