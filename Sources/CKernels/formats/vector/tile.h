/* ROWS rows times some tokens, for any format with integer codes. A format gives, for each variant,
 *
 *   block_header, open(rows) -> block_header    what a block's groups share
 *   load(header, rows, unit, groups)            the codes, scales and minimums of UNIT_GROUPS groups
 *
 * Few tokens (decode): weights stream from memory, are transposed in registers and used at once. Many tokens
 * (prefill): the rows are unpacked once into a panel that stays in the second-level cache, and every few tokens pass
 * over it. Both do the same arithmetic in the same order, and so do vectors of any width. */
#if GROUP == 32
#define group_codes codes_32
#else
#define group_codes codes_16
#endif
#define UNITS (BLOCK / GROUP / UNIT_GROUPS)

INLINE floats accumulate(floats sum, const group_codes *group, const ck_activation *activation, unsigned first) {
    integers dot = dot_product(group->codes, activation, first, GROUP, CENTRE, SIGNED_CODES);
    floats scale = group->scale * (floats)(activation->scale);
    sum = __builtin_elementwise_fma(__builtin_convertvector(dot, floats), scale, sum);
    if (MINIMUM) sum = __builtin_elementwise_fma(group->minimum, (floats)(activation->sum), sum);
    return sum;
}

INLINE void load_groups(const block_header *header, place rows, unsigned unit, group_codes *groups) {
    load(header, rows, unit, groups);
    if (SIGNED_CODES && TURNS_SIGNED_CODES)
        for (unsigned g = 0; g < UNIT_GROUPS; g++)
            for (unsigned v = 0; v < GROUP / 4; v++) groups[g].codes[v] ^= 0x80;
}

/* Weights straight from memory, for a number of tokens that the compiler knows. */
INLINE void stream(const ck_tile *tile, place rows, float *output, const size_t tokens) {
    size_t stride = tile->columns / 32;
    const uint8_t *ahead = rows.quads[0] + ROWS * tile->row_bytes; /* the next rows, a line for each line of these */
    floats sums[STREAMED_TOKENS];
    for (size_t t = 0; t < tokens; t++) sums[t] = (floats)(0.0f);
    for (size_t base = 0; base < tile->columns; base += BLOCK) {
        block_header header = open(rows);
#pragma clang loop unroll(disable)
        for (unsigned unit = 0; unit < UNITS; unit++) {
            group_codes groups[UNIT_GROUPS];
            load_groups(&header, rows, unit, groups);
            for (unsigned line = 0; line < (ROWS * BLOCK_BYTES / UNITS + 63) / 64; line++)
                __builtin_prefetch(ahead + 64 * line, 0, 3);
            ahead += ROWS * BLOCK_BYTES / UNITS;
            for (unsigned g = 0; g < UNIT_GROUPS; g++) {
                size_t column = base + OF_FORMAT(offset)(unit * UNIT_GROUPS + g);
                for (size_t t = 0; t < tokens; t++)
                    sums[t] = accumulate(sums[t], &groups[g], tile->activations + t * stride + column / 32,
                                         column % 32);
            }
        }
        rows = place_at(rows, BLOCK_BYTES);
    }
    for (size_t t = 0; t < tokens; t++) memcpy(output + t * tile->output_stride, &sums[t], sizeof(floats));
}

static void unpack(const ck_tile *tile, place rows, group_codes *panel) {
    for (size_t base = 0; base < tile->columns; base += BLOCK) {
        block_header header = open(rows);
#pragma clang loop unroll(disable)
        for (unsigned unit = 0; unit < UNITS; unit++, panel += UNIT_GROUPS) load_groups(&header, rows, unit, panel);
        rows = place_at(rows, BLOCK_BYTES);
    }
}

INLINE void pass(const ck_tile *tile, const group_codes *panel, float *output, size_t token, const size_t tokens) {
    size_t stride = tile->columns / 32;
    const ck_activation *activations = tile->activations + token * stride;
    floats sums[PASS_TOKENS];
    for (size_t t = 0; t < tokens; t++) sums[t] = (floats)(0.0f);
    for (size_t base = 0; base < tile->columns; base += BLOCK) {
#pragma clang loop unroll(disable)
        for (unsigned g = 0; g < BLOCK / GROUP; g++, panel++) {
            size_t column = base + OF_FORMAT(offset)(g);
            group_codes group = *panel;
            for (size_t t = 0; t < tokens; t++)
                sums[t] = accumulate(sums[t], &group, activations + t * stride + column / 32, column % 32);
        }
    }
    output += token * tile->output_stride;
    for (size_t t = 0; t < tokens; t++) memcpy(output + t * tile->output_stride, &sums[t], sizeof(floats));
}

static void multiply_rows(const ck_tile *tile, place rows, float *output) {
    switch (tile->tokens) {
    case 1: stream(tile, rows, output, 1); return;
    case 2: stream(tile, rows, output, 2); return;
    case 3: stream(tile, rows, output, 3); return;
    case 4: stream(tile, rows, output, 4); return;
#if STREAMED_TOKENS >= 8
    case 5: stream(tile, rows, output, 5); return;
    case 6: stream(tile, rows, output, 6); return;
    case 7: stream(tile, rows, output, 7); return;
    case 8: stream(tile, rows, output, 8); return;
#endif
    default: break;
    }
    group_codes *panel = tile->panel;
    unpack(tile, rows, panel);
    size_t token = 0;
    for (; token + PASS_TOKENS <= tile->tokens; token += PASS_TOKENS) pass(tile, panel, output, token, PASS_TOKENS);
    for (; token < tile->tokens; token++) pass(tile, panel, output, token, 1);
}

static void multiply_tile(const ck_tile *tile) {
    unsigned row = 0;
    for (; row + ROWS <= tile->rows; row += ROWS) {
        place rows = {.row_bytes = tile->row_bytes};
        for (unsigned q = 0; q < ROWS / 4; q++) rows.quads[q] = tile->weights + (row + 4 * q) * tile->row_bytes;
        multiply_rows(tile, rows, tile->output + row);
    }
    if (row == tile->rows) return;
    ck_tile rest = *tile;
    rest.weights += row * tile->row_bytes;
    rest.rows -= row;
    rest.output += row;
    NARROWER(&rest);
}

#undef group_codes
#undef UNITS
