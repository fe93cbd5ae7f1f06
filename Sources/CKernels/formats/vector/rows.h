/* Vocabulary of the vector kernels: ROWS rows side by side, a 32-bit lane for each. Written in the compiler's own
 * vector types; included once for each variant, after the file that says what its processor does in its own way. */

/* output[i][row] = bytes 4i…4i+3 at this place of the row, for 16 bytes of each row: a transposition of 32-bit
 * elements, four rows in each 128 bits of a vector. */
INLINE void load_transposed(place rows, bytes output[4]) {
    lanes r0 = load_quads(rows, 0), r1 = load_quads(rows, 1), r2 = load_quads(rows, 2), r3 = load_quads(rows, 3);
    lanes a = interleave_low_32(r0, r1), b = interleave_high_32(r0, r1);
    lanes c = interleave_low_32(r2, r3), d = interleave_high_32(r2, r3);
    output[0] = (bytes)interleave_low_64(a, c);
    output[1] = (bytes)interleave_high_64(a, c);
    output[2] = (bytes)interleave_low_64(b, d);
    output[3] = (bytes)interleave_high_64(b, d);
}

/* The first 32 bits at this place; 16 bytes of each row are read. */
INLINE lanes load_first(place rows) {
    lanes a = interleave_low_32(load_quads(rows, 0), load_quads(rows, 1));
    lanes c = interleave_low_32(load_quads(rows, 2), load_quads(rows, 3));
    return interleave_low_64(a, c);
}

/* The first 32 bits and the next 32; 16 bytes of each row are read. */
INLINE void load_first_two(place rows, lanes *first, lanes *second) {
    lanes a = interleave_low_32(load_quads(rows, 0), load_quads(rows, 1));
    lanes c = interleave_low_32(load_quads(rows, 2), load_quads(rows, 3));
    *first = interleave_low_64(a, c);
    *second = interleave_high_64(a, c);
}

/* The last 32 of the 128 bits at this place. */
INLINE lanes load_last(place rows) {
    lanes b = interleave_high_32(load_quads(rows, 0), load_quads(rows, 1));
    lanes d = interleave_high_32(load_quads(rows, 2), load_quads(rows, 3));
    return interleave_high_64(b, d);
}

/* The lower, or upper, 16 bits of each lane as a half. */
INLINE floats low_halves(lanes pairs) {
    typedef uint16_t words __attribute__((ext_vector_type(ROWS)));
    typedef _Float16 halves __attribute__((ext_vector_type(ROWS)));
    words low = __builtin_convertvector(pairs & 0xffff, words);
    return __builtin_convertvector((halves)low, floats);
}
INLINE floats high_halves(lanes pairs) { return low_halves(pairs >> 16); }

/* Byte `index` of each lane as an unsigned number. */
INLINE floats byte_of(lanes packed, unsigned index) {
    return __builtin_convertvector((integers)(packed >> 8 * index & 255), floats);
}

/* Splits 16 bytes of each row into the codes 0…15 (low nibbles) and 16…31 (high nibbles) of a group. */
INLINE void load_nibbles(place rows, bytes codes[8]) {
    bytes packed[4];
    load_transposed(rows, packed);
    for (unsigned v = 0; v < 4; v++) {
        codes[v] = packed[v] & 15;
        codes[v + 4] = packed[v] >> 4;
    }
}

/* The 6-bit scales and minimums of the eight groups of a super-block (k_scales.h), and its halves d and dmin. */
typedef struct {
    floats d, dmin;
    lanes scales[2], minimums[2]; /* byte j % 4 of [j / 4] */
} k_header;

/* Rows at the block's start: halves d, dmin, then the 12 bytes. */
INLINE k_header open_k(place rows) {
    bytes packed[4];
    load_transposed(rows, packed);
    k_header header = {.d = low_halves((lanes)packed[0]), .dmin = high_halves((lanes)packed[0])};
    header.scales[0] = (lanes)(packed[1] & 63);
    header.minimums[0] = (lanes)(packed[2] & 63);
    header.scales[1] = (lanes)((packed[3] & 15) | (packed[1] >> 2 & 48));
    header.minimums[1] = (lanes)((packed[3] >> 4) | (packed[2] >> 2 & 48));
    return header;
}
