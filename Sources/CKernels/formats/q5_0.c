/* Q5_0: 32 values, value = d * (code - 16).
 * Block: half d; 32 fifth bits; 16 bytes, values 0…15 in the low nibbles, 16…31 in the high ones. */

#define FORMAT q5_0
#define FORMAT_NAME "Q5_0"
#define FORMAT_ID 6
#define BLOCK 32
#define BLOCK_BYTES 22
#define GROUP 32
#define CENTRE 16
#define MINIMUM 0
#define UNIT_GROUPS 1
#define SIGNED_CODES 0
#define FORMAT_FILE "../q5_0.c"
#define ENCODES

#ifndef ROWS /* the scalar view */
#include "encode.h"
#include "group.h"
#include "half.h"

CK_OFFSET_IN_ORDER(q5_0, 32)

static inline ck_group q5_0_group(const uint8_t *block, unsigned g) {
    (void)g;
    ck_group group = {.scale = ck_load_half(block)};
    uint32_t bits;
    memcpy(&bits, block + 2, 4);
    for (unsigned i = 0; i < 16; i++) {
        group.codes[i] = (int16_t)((block[6 + i] & 15) + (bits >> i & 1) * 16 - 16);
        group.codes[i + 16] = (int16_t)((block[6 + i] >> 4) + (bits >> (i + 16) & 1) * 16 - 16);
    }
    return group;
}

static void q5_0_encode_block(const float *values, uint8_t *block) {
    int8_t codes[32];
    uint32_t bits = 0;
    ck_store_half(block, ck_search_scale(values, 32, -16, 15));
    ck_nearest_codes(values, 32, (ck_line){ck_load_half(block), 0}, -16, 15, codes);
    for (unsigned i = 0; i < 32; i++) {
        codes[i] += 16;
        bits |= (uint32_t)(codes[i] >> 4) << i;
    }
    memcpy(block + 2, &bits, 4);
    ck_store_nibbles(block + 6, codes);
}

#include "tile.h"

#else /* ROWS rows side by side */

typedef struct {
    floats scale;
    lanes bits;
} block_header;

INLINE block_header open(place rows) {
    lanes first, second;
    load_first_two(rows, &first, &second);
    return (block_header){low_halves(first), first >> 16 | second << 16};
}

INLINE void load(const block_header *header, place rows, unsigned unit, group_codes *group) {
    (void)unit;
    load_nibbles(place_at(rows, 6), group->codes);
    for (unsigned v = 0; v < 8; v++) group->codes[v] |= spread_bits(header->bits, v);
    group->scale = header->scale;
}

#endif
