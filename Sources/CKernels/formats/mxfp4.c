/* MXFP4: 32 values, value = 2^(e - 127) * table[code] (OCP Microscaling Formats 1.0): codes are floats of four bits, of
 * which the table holds the doubles.
 * Block: byte e; 16 bytes with codes 0…15 in their low nibbles and 16…31 in their high ones. */

#define FORMAT mxfp4
#define FORMAT_NAME "MXFP4"
#define FORMAT_ID 39
#define BLOCK 32
#define BLOCK_BYTES 17
#define GROUP 32
#define CENTRE 0
#define MINIMUM 0
#define UNIT_GROUPS 1
#define SIGNED_CODES 1
#define FORMAT_FILE "../mxfp4.c"

#ifndef ROWS /* the scalar view */
#include "group.h"
#include "half.h"

static const int8_t mxfp4_values[16] = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

CK_OFFSET_IN_ORDER(mxfp4, 32)

static inline ck_group mxfp4_group(const uint8_t *block, unsigned g) {
    (void)g;
    /* Half of 2^(e - 127), because the table is doubled; the two least are subnormal. */
    uint32_t bits = block[0] < 2 ? 0x00200000u << block[0] : (uint32_t)(block[0] - 1) << 23;
    ck_group group = {.scale = ck_float_from_bits(bits)};
    for (unsigned i = 0; i < 32; i++)
        group.codes[i] = mxfp4_values[i < 16 ? block[1 + i] & 15 : block[1 + i - 16] >> 4];
    return group;
}

#include "tile.h"

#else /* ROWS rows side by side */

typedef struct {
    floats scale;
} block_header;

INLINE block_header open(place rows) {
    lanes exponent = load_first(rows) & 255;
    lanes small = (lanes)(0x00200000) << (exponent & 1), usual = (exponent - 1) << 23;
    return (block_header){(floats)(exponent < 2 ? small : usual)};
}

INLINE void load(const block_header *header, place rows, unsigned unit, group_codes *group) {
    (void)unit;
    load_nibbles(place_at(rows, 1), group->codes);
    for (unsigned v = 0; v < 8; v++) group->codes[v] = look_up(mxfp4_values, group->codes[v]);
    group->scale = header->scale;
}

#endif
