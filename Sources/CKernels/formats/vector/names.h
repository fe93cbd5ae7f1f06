/* Names of the vector vocabulary. A format's file is compiled once for each variant of the processor, and each time
 * these words mean that variant's own types and functions. */
#ifndef CK_VECTOR_NAMES_H
#define CK_VECTOR_NAMES_H

#define JOIN_AGAIN(a, b) a##_##b
#define JOIN(a, b) JOIN_AGAIN(a, b)
#define OF_VARIANT(name) JOIN(name, VARIANT)

/* Types. */
#define bytes OF_VARIANT(bytes)         /* four bytes a row */
#define lanes OF_VARIANT(lanes)         /* 32 bits a row */
#define integers OF_VARIANT(integers)   /* the same, signed */
#define floats OF_VARIANT(floats)       /* a float a row */
#define wide OF_VARIANT(wide)           /* sixteen floats of one row */
#define place OF_VARIANT(place)         /* the same place in ROWS consecutive rows */
#define group_codes OF_VARIANT(group_codes) /* a group, unpacked */
#define block_header OF_VARIANT(block_header) /* what the groups of a block share */

/* What each processor does in its own way. */
#define load_quads OF_VARIANT(load_quads)
#define interleave_low_32 OF_VARIANT(interleave_low_32)
#define interleave_high_32 OF_VARIANT(interleave_high_32)
#define interleave_low_64 OF_VARIANT(interleave_low_64)
#define interleave_high_64 OF_VARIANT(interleave_high_64)
#define spread_bits OF_VARIANT(spread_bits)
#define look_up OF_VARIANT(look_up)
#define dot_product OF_VARIANT(dot_product)

/* What is said in terms of these. */
#define broadcast OF_VARIANT(broadcast)
#define place_at OF_VARIANT(place_at)
#define load_transposed OF_VARIANT(load_transposed)
#define load_first OF_VARIANT(load_first)
#define load_first_two OF_VARIANT(load_first_two)
#define load_last OF_VARIANT(load_last)
#define low_halves OF_VARIANT(low_halves)
#define high_halves OF_VARIANT(high_halves)
#define byte_of OF_VARIANT(byte_of)
#define load_nibbles OF_VARIANT(load_nibbles)
#define k_header OF_VARIANT(k_header)
#define open_k OF_VARIANT(open_k)

/* What a format defines, and what is made of it. */
#define open OF_VARIANT(open)
#define load OF_VARIANT(load)
#define values_of OF_VARIANT(values_of)
#define sum_of OF_VARIANT(sum_of)
#define multiply_block OF_VARIANT(multiply_block)
#define accumulate OF_VARIANT(accumulate)
#define stream OF_VARIANT(stream)
#define load_groups OF_VARIANT(load_groups)
#define rows_of OF_VARIANT(rows_of)
#define unpack OF_VARIANT(unpack)
#define pass OF_VARIANT(pass)
#define weights_ahead OF_VARIANT(weights_ahead)
#define ask_for OF_VARIANT(ask_for)
#define stream_tokens OF_VARIANT(stream_tokens)
#define multiply_panels OF_VARIANT(multiply_panels)
#define multiply_tile OF_VARIANT(multiply_tile)

#define INLINE static inline __attribute__((always_inline))

#endif
