/* Q4_1: 32 values, value = d * code + m.
 * Block: halves d, m; 16 bytes, values 0…15 in the low nibbles, 16…31 in the high ones. */

#define FORMAT q4_1
#define FORMAT_NAME "Q4_1"
#define FORMAT_ID 3
#define BLOCK 32
#define BLOCK_BYTES 20
#define GROUP 32
#define CENTRE 0
#define MINIMUM 1
#define UNIT_GROUPS 1
#define SIGNED_CODES 0
#define FORMAT_FILE "../q4_1.c"

#ifndef ROWS /* the scalar view */
#include "group.h"
#include "half.h"

CK_OFFSET_IN_ORDER(q4_1, 32)

static inline ck_group q4_1_group(const uint8_t *block, unsigned g) {
    (void)g;
    ck_group group = {.scale = ck_load_half(block), .minimum = ck_load_half(block + 2)};
    for (unsigned i = 0; i < 16; i++) {
        group.codes[i] = (int16_t)((block[4 + i] & 15));
        group.codes[i + 16] = (int16_t)((block[4 + i] >> 4));
    }
    return group;
}

#include "tile.h"

#else /* ROWS rows side by side */

typedef struct {
    floats scale, minimum;
} block_header;

INLINE block_header open(place rows) {
    lanes first = load_first(rows);
    return (block_header){low_halves(first), high_halves(first)};
}

INLINE void load(const block_header *header, place rows, unsigned unit, group_codes *group) {
    (void)unit;
    load_nibbles(place_at(rows, 4), group->codes);
    group->scale = header->scale;
    group->minimum = header->minimum;
}

#endif
