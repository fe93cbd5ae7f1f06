/* ROWS rows times some tokens, for any format with integer codes. A format gives, for each variant,
 *
 *   block_header, open(rows) -> block_header    what a block's groups share
 *   load(header, rows, unit, groups)            the codes, scales and minimums of UNIT_GROUPS groups
 *
 * Few tokens (decode): weights stream from memory, are transposed in registers and used at once. Many tokens
 * (prefill): some columns of the rows are unpacked once into a panel that stays in the first-level cache, every few
 * tokens pass over it, and so on with the next columns. Both do the same arithmetic in the same order, and so do
 * vectors of any width. */
#define UNITS (BLOCK / GROUP / UNIT_GROUPS)
#define LEAST_BYTES_AHEAD 11264
/* The first unit of such a block wants most of its lines at once, more than a core can wait for at a time: they are
 * brought into the first-level cache during the block before. */
#define LARGE_BLOCK (BLOCK_BYTES > 192)

INLINE floats accumulate(floats sum, const group_codes *group, const ck_activation *activation, unsigned first) {
    floats scale = group->scale * (floats)(activation->scale);
    sum = __builtin_elementwise_fma(__builtin_convertvector(dot_product(group, activation, first), floats), scale, sum);
    if (MINIMUM) {
        floats total = (floats)(GROUP == 32 ? activation->sum : ck_sum_of_half(activation, first / 16));
        sum = __builtin_elementwise_fma(group->minimum, total, sum);
    }
    return sum;
}

INLINE void load_groups(const block_header *header, place rows, unsigned unit, group_codes *groups) {
    load(header, rows, unit, groups);
    if (SIGNED_CODES && TURNS_SIGNED_CODES)
        for (unsigned g = 0; g < UNIT_GROUPS; g++)
            for (unsigned v = 0; v < GROUP / 4; v++) groups[g].codes[v] ^= 0x80;
}

INLINE place rows_of(const ck_tile *tile, unsigned row) {
    place rows = {.row_bytes = tile->row_bytes};
    for (unsigned q = 0; q < ROWS / 4; q++) rows.quads[q] = tile->weights + (row + 4 * q) * tile->row_bytes;
    return rows;
}

/* Weights straight from memory, for a number of tokens that the compiler knows. */
INLINE void stream(const ck_tile *tile, unsigned row, const size_t tokens) {
    size_t stride = tile->columns / 32;
    place rows = rows_of(tile, row);
    /* Whole sets of rows ahead, a line for each line of these: far enough for memory, near enough for the cache. */
    size_t set_bytes = ROWS * tile->row_bytes;
    const uint8_t *ahead = rows.quads[0] + (LEAST_BYTES_AHEAD + set_bytes - 1) / set_bytes * set_bytes;
    floats sums[STREAMED_TOKENS];
    for (size_t t = 0; t < tokens; t++) sums[t] = (floats)(0.0f);
    for (size_t base = 0; base < tile->columns; base += BLOCK) {
        block_header header = open(rows);
#pragma clang loop unroll(disable)
        for (unsigned unit = 0; unit < UNITS; unit++) {
            group_codes groups[UNIT_GROUPS];
            load_groups(&header, rows, unit, groups);
            for (unsigned line = 0; line < (ROWS * BLOCK_BYTES / UNITS + 63) / 64; line++)
                __builtin_prefetch(ahead + 64 * line, 0, 2);
            ahead += ROWS * BLOCK_BYTES / UNITS;
            if (LARGE_BLOCK)
                for (unsigned r = 0; r < ROWS; r++)
                    __builtin_prefetch(rows.quads[r / 4] + r % 4 * rows.row_bytes + BLOCK_BYTES + 64 * unit, 0, 3);
            for (unsigned g = 0; g < UNIT_GROUPS; g++) {
                size_t column = base + OF_FORMAT(offset)(unit * UNIT_GROUPS + g);
                for (size_t t = 0; t < tokens; t++)
                    sums[t] = accumulate(sums[t], &groups[g], tile->activations + t * stride + column / 32,
                                         column % 32);
            }
        }
        rows = place_at(rows, BLOCK_BYTES);
    }
    for (size_t t = 0; t < tokens; t++)
        memcpy(tile->output + t * tile->output_stride + row, &sums[t], sizeof(floats));
}

static void stream_tokens(const ck_tile *tile, unsigned row) {
    switch (tile->tokens) {
    case 1: stream(tile, row, 1); return;
    case 2: stream(tile, row, 2); return;
    case 3: stream(tile, row, 3); return;
    case 4: stream(tile, row, 4); return;
#if STREAMED_TOKENS >= 8
    case 5: stream(tile, row, 5); return;
    case 6: stream(tile, row, 6); return;
    case 7: stream(tile, row, 7); return;
    case 8: stream(tile, row, 8); return;
#endif
    }
}

/* Unpacks `count` columns of ROWS rows. */
static void unpack(place rows, size_t count, group_codes *panel) {
    for (size_t base = 0; base < count; base += BLOCK) {
        block_header header = open(rows);
#pragma clang loop unroll(disable)
        for (unsigned unit = 0; unit < UNITS; unit++, panel += UNIT_GROUPS) load_groups(&header, rows, unit, panel);
        rows = place_at(rows, BLOCK_BYTES);
    }
}

/* output += panel * activations, for `count` columns from `first` on; for the first ones, output = that. */
INLINE void pass(const group_codes *panel, size_t first, size_t count, const ck_activation *activations,
                 size_t stride, float *output, size_t output_stride, const size_t tokens) {
    floats sums[PASS_TOKENS];
    for (size_t t = 0; t < tokens; t++) {
        if (first > 0) memcpy(&sums[t], output + t * output_stride, sizeof(floats));
        else sums[t] = (floats)(0.0f);
    }
    for (size_t base = first; base < first + count; base += BLOCK) {
#pragma clang loop unroll(disable)
        for (unsigned g = 0; g < BLOCK / GROUP; g++, panel++) {
            size_t column = base + OF_FORMAT(offset)(g);
            group_codes group = *panel;
            for (size_t t = 0; t < tokens; t++)
                sums[t] = accumulate(sums[t], &group, activations + t * stride + column / 32, column % 32);
        }
    }
    for (size_t t = 0; t < tokens; t++) memcpy(output + t * output_stride, &sums[t], sizeof(floats));
}

/* The weights that will be unpacked next: asked for a few lines at a time, so that they are there when it is done and
 * never hold up the arithmetic before. */
typedef struct {
    place rows;
    unsigned lines; /* of each row */
    unsigned row, line;
} weights_ahead;

INLINE void ask_for(weights_ahead *ahead, unsigned lines) {
    for (; lines > 0 && ahead->row < ROWS; lines--) {
        const uint8_t *start = ahead->rows.quads[ahead->row / 4] + ahead->row % 4 * ahead->rows.row_bytes;
        __builtin_prefetch(start + 64 * ahead->line, 0, 2);
        if (++ahead->line < ahead->lines) continue;
        ahead->line = 0;
        ahead->row++;
    }
}

static void multiply_panels(const ck_tile *tile, unsigned row) {
    place rows = rows_of(tile, row), next_rows = place_at(rows, ROWS * tile->row_bytes);
    size_t stride = tile->columns / 32, output_stride = tile->output_stride;
    /* Panels of about the same width. */
    size_t blocks = tile->columns / BLOCK, panels = (tile->columns + CK_PANEL_COLUMNS - 1) / CK_PANEL_COLUMNS;
    size_t width = (blocks + panels - 1) / panels * BLOCK;
    for (size_t first = 0; first < tile->columns; first += width) {
        size_t count = tile->columns - first < width ? tile->columns - first : width;
        unpack(rows, count, tile->panel);
        rows = place_at(rows, count / BLOCK * BLOCK_BYTES);
        weights_ahead ahead = {
            .rows = first + count < tile->columns ? rows : next_rows,
            .lines = (unsigned)(width / BLOCK * BLOCK_BYTES / 64 + 1),
        };
        const ck_activation *activations = tile->activations;
        float *output = tile->output + row;
        size_t left = tile->tokens;
        unsigned lines = (unsigned)(ahead.lines * ROWS * PASS_TOKENS / left + 1);
        for (; left >= PASS_TOKENS; left -= PASS_TOKENS) {
            ask_for(&ahead, lines);
            pass(tile->panel, first, count, activations, stride, output, output_stride, PASS_TOKENS);
            activations += PASS_TOKENS * stride;
            output += PASS_TOKENS * output_stride;
        }
        for (; left > 0; left--) {
            pass(tile->panel, first, count, activations, stride, output, output_stride, 1);
            activations += stride;
            output += output_stride;
        }
    }
}

static void multiply_tile(const ck_tile *tile) {
    unsigned row = 0;
    for (; row + ROWS <= tile->rows; row += ROWS) {
        if (tile->tokens <= STREAMED_TOKENS) stream_tokens(tile, row);
        else multiply_panels(tile, row);
    }
    if (row == tile->rows) return;
    ck_tile rest = *tile;
    rest.weights += row * tile->row_bytes;
    rest.rows -= row;
    rest.output += row;
    NARROWER(&rest);
}

#undef UNITS
#undef LEAST_BYTES_AHEAD
#undef LARGE_BLOCK
