/* Q5_1: 32 values, value = d * code + m.
 * Block: halves d, m; 32 fifth bits; 16 bytes, values 0…15 in the low nibbles, 16…31 in the high ones.
 * Codes are centred, d * (code - 16) + (m + 16 d), so that sums of products fit in 16 bits. */

#define FORMAT q5_1
#define FORMAT_NAME "Q5_1"
#define FORMAT_ID 7
#define BLOCK 32
#define BLOCK_BYTES 24
#define GROUP 32
#define CENTRE 16
#define MINIMUM 1
#define UNIT_GROUPS 1
#define SIGNED_CODES 0
#define FORMAT_FILE "../q5_1.c"
#define ENCODES

#ifndef ROWS /* the scalar view */
#include "encode.h"
#include "group.h"
#include "half.h"

CK_OFFSET_IN_ORDER(q5_1, 32)

static inline ck_group q5_1_group(const uint8_t *block, unsigned g) {
    (void)g;
    ck_group group = {.scale = ck_load_half(block)};
    group.minimum = ck_load_half(block + 2) + 16 * group.scale;
    uint32_t bits;
    memcpy(&bits, block + 4, 4);
    for (unsigned i = 0; i < 16; i++) {
        group.codes[i] = (int16_t)((block[8 + i] & 15) + (bits >> i & 1) * 16 - 16);
        group.codes[i + 16] = (int16_t)((block[8 + i] >> 4) + (bits >> (i + 16) & 1) * 16 - 16);
    }
    return group;
}

static void q5_1_encode_block(const float *values, uint8_t *block) {
    int8_t codes[32];
    uint32_t bits = 0;
    ck_line line = ck_search_line(values, 32, 31, 0);
    ck_store_half(block, line.scale);
    ck_store_half(block + 2, line.offset);
    ck_nearest_codes(values, 32, (ck_line){ck_load_half(block), ck_load_half(block + 2)}, 0, 31, codes);
    for (unsigned i = 0; i < 32; i++) bits |= (uint32_t)(codes[i] >> 4) << i;
    memcpy(block + 4, &bits, 4);
    ck_store_nibbles(block + 8, codes);
}

#include "tile.h"

#else /* ROWS rows side by side */

typedef struct {
    floats scale, minimum;
    lanes bits;
} block_header;

INLINE block_header open(place rows) {
    lanes first, second;
    load_first_two(rows, &first, &second);
    floats scale = low_halves(first);
    return (block_header){scale, high_halves(first) + scale * 16, second};
}

INLINE void load(const block_header *header, place rows, unsigned unit, group_codes *group) {
    (void)unit;
    load_nibbles(place_at(rows, 8), group->codes);
    for (unsigned v = 0; v < 8; v++) group->codes[v] |= spread_bits(header->bits, v);
    group->scale = header->scale;
    group->minimum = header->minimum;
}

#endif
