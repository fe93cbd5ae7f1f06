/* Rows of floats of some width times some tokens. A format gives
 *   values_of(const uint8_t *source, wide *values)   sixteen values
 * A dot product is summed in sixteen lanes, column c in lane c mod 16; the lanes are added in a fixed tree. */
#define TILE_ROWS 4
#if ROWS == 16
#define TILE_TOKENS 4
#else
#define TILE_TOKENS 1
#endif

INLINE float sum_of(const wide *values) {
    wide v = *values;
    for (unsigned width = 8; width > 0; width /= 2)
        for (unsigned i = 0; i < width; i++) v[i] += v[i + width];
    return v[0];
}

/* Some rows times some tokens, both known to the compiler. */
INLINE void multiply_block(const ck_tile *tile, unsigned row, size_t token, const unsigned row_count,
                           const unsigned token_count) {
    size_t columns = tile->columns, whole = columns / 16 * 16;
    const uint8_t *weights = tile->weights + row * tile->row_bytes;
    const float *values = tile->values + token * columns;
    wide sums[TILE_ROWS][TILE_TOKENS];
    for (unsigned r = 0; r < row_count; r++)
        for (unsigned t = 0; t < token_count; t++) sums[r][t] = (wide)(0.0f);
    for (size_t c = 0; c < whole; c += 16) {
        wide inputs[TILE_TOKENS];
        for (unsigned t = 0; t < token_count; t++) memcpy(&inputs[t], values + t * columns + c, sizeof(wide));
        for (unsigned r = 0; r < row_count; r++) {
            const uint8_t *source = weights + r * tile->row_bytes + VALUE_BYTES * c;
            __builtin_prefetch(source + 1024, 0, 3);
            wide weight;
            values_of(source, &weight);
            for (unsigned t = 0; t < token_count; t++)
                sums[r][t] = __builtin_elementwise_fma(weight, inputs[t], sums[r][t]);
        }
    }
    for (unsigned r = 0; r < row_count; r++) {
        for (unsigned t = 0; t < token_count; t++) {
            float sum = sum_of(&sums[r][t]);
            for (size_t c = whole; c < columns; c++)
                sum += OF_FORMAT(value)(weights + r * tile->row_bytes + VALUE_BYTES * c) * values[t * columns + c];
            tile->output[(token + t) * tile->output_stride + row + r] = sum;
        }
    }
}

static void multiply_tile(const ck_tile *tile) {
    unsigned row = 0;
    for (; row + TILE_ROWS <= tile->rows; row += TILE_ROWS) {
        size_t token = 0;
        for (; token + TILE_TOKENS <= tile->tokens; token += TILE_TOKENS)
            multiply_block(tile, row, token, TILE_ROWS, TILE_TOKENS);
        for (; token < tile->tokens; token++) multiply_block(tile, row, token, TILE_ROWS, 1);
    }
    for (; row < tile->rows; row++)
        for (size_t token = 0; token < tile->tokens; token++) multiply_block(tile, row, token, 1, 1);
}

#undef TILE_ROWS
#undef TILE_TOKENS
