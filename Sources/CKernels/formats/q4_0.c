/* Q4_0: 32 values, value = d * (code - 8).
 * Block: half d; 16 bytes, values 0…15 in the low nibbles, 16…31 in the high ones. */

#define FORMAT q4_0
#define FORMAT_NAME "Q4_0"
#define FORMAT_ID 2
#define BLOCK 32
#define BLOCK_BYTES 18
#define GROUP 32
#define CENTRE 8
#define MINIMUM 0
#define UNIT_GROUPS 1
#define SIGNED_CODES 0
#define FORMAT_FILE "../q4_0.c"
#define ENCODES

#ifndef ROWS /* the scalar view */
#include "encode.h"
#include "group.h"
#include "half.h"

CK_OFFSET_IN_ORDER(q4_0, 32)

static inline ck_group q4_0_group(const uint8_t *block, unsigned g) {
    (void)g;
    ck_group group = {.scale = ck_load_half(block)};
    for (unsigned i = 0; i < 16; i++) {
        group.codes[i] = (int16_t)((block[2 + i] & 15) - 8);
        group.codes[i + 16] = (int16_t)((block[2 + i] >> 4) - 8);
    }
    return group;
}

static void q4_0_encode_block(const float *values, uint8_t *block) {
    int8_t codes[32];
    ck_store_half(block, ck_search_scale(values, 32, -8, 7));
    ck_nearest_codes(values, 32, (ck_line){ck_load_half(block), 0}, -8, 7, codes);
    for (unsigned i = 0; i < 32; i++) codes[i] += 8;
    ck_store_nibbles(block + 2, codes);
}

#include "tile.h"

#else /* ROWS rows side by side */

typedef struct {
    floats scale;
} block_header;

INLINE block_header open(place rows) { return (block_header){low_halves(load_first(rows))}; }

INLINE void load(const block_header *header, place rows, unsigned unit, group_codes *group) {
    (void)unit;
    load_nibbles(place_at(rows, 2), group->codes);
    group->scale = header->scale;
}

#endif
