/* What 64-bit Arm with the dot product extension does in its own way: four rows in a vector. */

/* 128 bits of row i. */
INLINE lanes load_quads(place rows, unsigned i) {
    return (lanes)vreinterpretq_u32_u8(vld1q_u8(rows.quads[0] + i * rows.row_bytes));
}

INLINE lanes interleave_low_32(lanes a, lanes b) { return (lanes)vzip1q_u32((uint32x4_t)a, (uint32x4_t)b); }
INLINE lanes interleave_high_32(lanes a, lanes b) { return (lanes)vzip2q_u32((uint32x4_t)a, (uint32x4_t)b); }
INLINE lanes interleave_low_64(lanes a, lanes b) { return (lanes)vzip1q_u64((uint64x2_t)a, (uint64x2_t)b); }
INLINE lanes interleave_high_64(lanes a, lanes b) { return (lanes)vzip2q_u64((uint64x2_t)a, (uint64x2_t)b); }

/* table[index] for each byte, which is below 16. */
INLINE bytes look_up(const int8_t table[16], bytes indices) {
    return (bytes)vqtbl1q_u8(vld1q_u8((const uint8_t *)table), (uint8x16_t)indices);
}

/* Byte j of each lane: 16 if bit 4v + j of the row's lane is set, else 0. */
INLINE bytes spread_bits(lanes bits, unsigned v) {
    const uint8x16_t first_bytes = {0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12};
    const uint8x16_t own = {1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8};
    uint8x16_t copies = vqtbl1q_u8((uint8x16_t)(bits >> 4 * v), first_bytes);
    return (bytes)vandq_u8(vtstq_u8(copies, own), vdupq_n_u8(16));
}

#ifdef GROUP
/* The exact dot product of a group's codes, less CENTRE, with an activation's, for each row: summed in 32 bits from
 * -CENTRE * sum of activations on. Codes below 64 are signed bytes too. */
INLINE integers dot_product(const group_codes *group, const ck_activation *activation, unsigned first) {
    int32_t sums = activation->pair_sums[GROUP == 32 ? 2 : first / 16];
    int32x4_t total = vdupq_n_s32(-CENTRE * ((int16_t)sums + (sums >> 16)));
    for (unsigned v = 0; v < GROUP / 4; v++)
        total = vdotq_s32(total, (int8x16_t)group->codes[v],
                          (int8x16_t)broadcast(activation->codes + first + 4 * v));
    return (integers)total;
}
#endif
