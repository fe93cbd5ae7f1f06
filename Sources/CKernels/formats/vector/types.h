/* Types of the vector kernels: ROWS rows side by side, a 32-bit lane for each. */
typedef uint8_t bytes __attribute__((ext_vector_type(4 * ROWS)));
typedef uint32_t lanes __attribute__((ext_vector_type(ROWS)));
typedef int32_t integers __attribute__((ext_vector_type(ROWS)));
typedef float floats __attribute__((ext_vector_type(ROWS)));
typedef float wide __attribute__((ext_vector_type(16)));

typedef struct {
    const uint8_t *quads[ROWS / 4]; /* every fourth row */
    size_t row_bytes;
} place;

#ifdef GROUP
/* One group, unpacked: row r's part of codes[v] holds the codes of columns 4v…4v+3. */
typedef struct {
    bytes codes[GROUP / 4];
    floats scale, minimum;
} group_codes;
#endif

INLINE place place_at(place rows, size_t offset) {
    for (unsigned q = 0; q < ROWS / 4; q++) rows.quads[q] += offset;
    return rows;
}

/* lane[row] = 32 bits, the same in every lane */
INLINE lanes broadcast(const void *source) {
    uint32_t value;
    memcpy(&value, source, 4);
    return (lanes)(value);
}
