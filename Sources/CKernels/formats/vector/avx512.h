/* What AVX-512 with VNNI does in its own way: sixteen rows in a vector. */

/* 128 bits of rows i, 4 + i, 8 + i and 12 + i. */
INLINE lanes load_quads(place rows, unsigned i) {
#define QUAD(q) _mm_loadu_si128((const __m128i *)(rows.quads[q] + i * rows.row_bytes))
    __m512i all = _mm512_castsi128_si512(QUAD(0));
    all = _mm512_inserti32x4(all, QUAD(1), 1);
    all = _mm512_inserti32x4(all, QUAD(2), 2);
    return (lanes)_mm512_inserti32x4(all, QUAD(3), 3);
#undef QUAD
}

INLINE lanes interleave_low_32(lanes a, lanes b) { return (lanes)_mm512_unpacklo_epi32((__m512i)a, (__m512i)b); }
INLINE lanes interleave_high_32(lanes a, lanes b) { return (lanes)_mm512_unpackhi_epi32((__m512i)a, (__m512i)b); }
INLINE lanes interleave_low_64(lanes a, lanes b) { return (lanes)_mm512_unpacklo_epi64((__m512i)a, (__m512i)b); }
INLINE lanes interleave_high_64(lanes a, lanes b) { return (lanes)_mm512_unpackhi_epi64((__m512i)a, (__m512i)b); }

/* table[index] for each byte, which is below 16. */
INLINE bytes look_up(const int8_t table[16], bytes indices) {
    __m512i entries = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)table));
    return (bytes)_mm512_shuffle_epi8(entries, (__m512i)indices);
}

/* Byte j of each lane: 16 if bit 4v + j of the row's lane is set, else 0. */
INLINE bytes spread_bits(lanes bits, unsigned v) {
    /* Entry n has 16 in byte j where bit j of n is set; an index is the lane's lowest four bits. */
    const __m512i table = _mm512_set_epi32(0x10101010, 0x10101000, 0x10100010, 0x10100000, 0x10001010, 0x10001000,
                                           0x10000010, 0x10000000, 0x00101010, 0x00101000, 0x00100010, 0x00100000,
                                           0x00001010, 0x00001000, 0x00000010, 0x00000000);
    return (bytes)_mm512_permutexvar_epi32((__m512i)(bits >> 4 * v), table);
}

#ifdef GROUP
/* The exact dot product of a group's codes, less CENTRE, with an activation's, for each row: summed in 32 bits from
 * -CENTRE * sum of activations on, which costs nothing where it is loaded as it stands. Signed codes come with their
 * highest bit turned, which makes them unsigned with a centre of 128. */
INLINE integers dot_product(const group_codes *group, const ck_activation *activation, unsigned first) {
    const int centre = SIGNED_CODES ? 128 : CENTRE;
    __m512i total = _mm512_setzero_si512();
    if (centre) {
        integers start = (integers)broadcast(&activation->starts[GROUP == 32 ? 2 : first / 16]);
        total = (__m512i)(start >> __builtin_ctz(128 / centre));
    }
    for (unsigned v = 0; v < GROUP / 4; v++)
        total = _mm512_dpbusd_epi32(total, (__m512i)group->codes[v],
                                    (__m512i)broadcast(activation->codes + first + 4 * v));
    return (integers)total;
}
#endif
