/* IQ4_NL: 32 values, value = d * table[code].
 * Block: half d; 16 bytes with codes 0…15 in their low nibbles and 16…31 in their high ones. */

#define FORMAT iq4_nl
#define FORMAT_NAME "IQ4_NL"
#define FORMAT_ID 20
#define BLOCK 32
#define BLOCK_BYTES 18
#define GROUP 32
#define CENTRE 0
#define MINIMUM 0
#define UNIT_GROUPS 1
#define SIGNED_CODES 1
#define FORMAT_FILE "../iq4_nl.c"
#define ENCODES

#ifndef ROWS /* the scalar view */
#include "encode.h"
#include "group.h"
#include "half.h"
#include "iq4_table.h"

CK_OFFSET_IN_ORDER(iq4_nl, 32)

static inline ck_group iq4_nl_group(const uint8_t *block, unsigned g) {
    (void)g;
    ck_group group = {.scale = ck_load_half(block)};
    for (unsigned i = 0; i < 32; i++)
        group.codes[i] = ck_iq4_values[i < 16 ? block[2 + i] & 15 : block[2 + i - 16] >> 4];
    return group;
}

static void iq4_nl_encode_block(const float *values, uint8_t *block) {
    int8_t codes[32];
    ck_store_half(block, ck_search_table_scale(values, 32, ck_iq4_values));
    ck_nearest_table_codes(values, 32, ck_load_half(block), ck_iq4_values, codes);
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
    for (unsigned v = 0; v < 8; v++) group->codes[v] = look_up(ck_iq4_values, group->codes[v]);
    group->scale = header->scale;
}

#endif
