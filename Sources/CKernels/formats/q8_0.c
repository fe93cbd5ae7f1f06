/* Q8_0: 32 values, value = d * code.
 * Block: half d; 32 signed bytes. */

#define FORMAT q8_0
#define FORMAT_NAME "Q8_0"
#define FORMAT_ID 8
#define BLOCK 32
#define BLOCK_BYTES 34
#define GROUP 32
#define CENTRE 0
#define MINIMUM 0
#define UNIT_GROUPS 1
#define SIGNED_CODES 1
#define FORMAT_FILE "../q8_0.c"
#define ENCODES

#ifndef ROWS /* the scalar view */
#include "encode.h"
#include "group.h"
#include "half.h"

CK_OFFSET_IN_ORDER(q8_0, 32)

static inline ck_group q8_0_group(const uint8_t *block, unsigned g) {
    (void)g;
    ck_group group = {.scale = ck_load_half(block)};
    for (unsigned i = 0; i < 32; i++) group.codes[i] = (int8_t)block[2 + i];
    return group;
}

static void q8_0_encode_block(const float *values, uint8_t *block) {
    int8_t codes[32];
    ck_store_half(block, ck_search_scale(values, 32, -127, 127));
    ck_nearest_codes(values, 32, (ck_line){ck_load_half(block), 0}, -127, 127, codes);
    memcpy(block + 2, codes, 32);
}

#include "tile.h"

#else /* ROWS rows side by side */

typedef struct {
    floats scale;
} block_header;

INLINE block_header open(place rows) { return (block_header){low_halves(load_first(rows))}; }

INLINE void load(const block_header *header, place rows, unsigned unit, group_codes *group) {
    (void)unit;
    load_transposed(place_at(rows, 2), group->codes);
    load_transposed(place_at(rows, 18), group->codes + 4);
    group->scale = header->scale;
}

#endif
