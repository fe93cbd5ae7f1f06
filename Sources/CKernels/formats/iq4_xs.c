/* IQ4_XS: 256 values in eight groups, value = d * (scale - 32) * table[code].
 * Block: half d; 16 bits with the high two bits of each group's scale, the first group's lowest; 4 bytes with the low
 * four, two groups in each; 128 bytes, 16 for each group as in IQ4_NL. */

#define FORMAT iq4_xs
#define FORMAT_NAME "IQ4_XS"
#define FORMAT_ID 23
#define BLOCK 256
#define BLOCK_BYTES 136
#define GROUP 32
#define CENTRE 0
#define MINIMUM 0
#define UNIT_GROUPS 1
#define SIGNED_CODES 1
#define FORMAT_FILE "../iq4_xs.c"

#ifndef ROWS /* the scalar view */
#include "group.h"
#include "half.h"
#include "iq4_table.h"

CK_OFFSET_IN_ORDER(iq4_xs, 32)

static inline ck_group iq4_xs_group(const uint8_t *block, unsigned g) {
    unsigned high = (unsigned)(block[2] | block[3] << 8) >> 2 * g & 3, low = block[4 + g / 2] >> g % 2 * 4 & 15;
    ck_group group = {.scale = ck_load_half(block) * (float)((int)(low | high << 4) - 32)};
    const uint8_t *nibbles = block + 8 + 16 * g;
    for (unsigned i = 0; i < 32; i++) group.codes[i] = ck_iq4_values[i < 16 ? nibbles[i] & 15 : nibbles[i - 16] >> 4];
    return group;
}

#include "tile.h"

#else /* ROWS rows side by side */

typedef struct {
    floats d;
    lanes high, low;
} block_header;

INLINE block_header open(place rows) {
    lanes first, second;
    load_first_two(rows, &first, &second);
    return (block_header){low_halves(first), first >> 16, second};
}

INLINE void load(const block_header *header, place rows, unsigned unit, group_codes *group) {
    load_nibbles(place_at(rows, 8 + 16 * unit), group->codes);
    for (unsigned v = 0; v < 8; v++) group->codes[v] = look_up(ck_iq4_values, group->codes[v]);
    lanes scale = (header->low >> 4 * unit & 15) | (header->high >> 2 * unit & 3) << 4;
    group->scale = header->d * __builtin_convertvector((integers)scale - 32, floats);
}

#endif
