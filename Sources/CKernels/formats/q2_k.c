/* Q2_K: 256 values in sixteen groups, value = d * scale * code - dmin * minimum.
 * Block: 16 bytes, each with a group's scale in its low nibble and its minimum in its high one; 64 bytes of codes; halves
 * d, dmin. Each half of the block (128 values, 32 bytes) holds its values i, i + 32, i + 64, i + 96 in byte i, lowest
 * pair of bits first.
 * Groups are taken in the order 0 2 4 6 1 3 5 7 of each half: those that share bytes come together. */

#define FORMAT q2_k
#define FORMAT_NAME "Q2_K"
#define FORMAT_ID 10
#define BLOCK 256
#define BLOCK_BYTES 84
#define GROUP 16
#define CENTRE 0
#define MINIMUM 1
#define UNIT_GROUPS 4
#define SIGNED_CODES 0
#define FORMAT_FILE "../q2_k.c"

#ifndef ROWS /* the scalar view */
#include "group.h"
#include "half.h"

/* Group g as taken: half of the block, then which 16 of every 32 values, then which 32. */
static inline unsigned q2_k_offset(unsigned g) { return g / 8 * 128 + g % 4 * 32 + g / 4 % 2 * 16; }

static inline ck_group q2_k_group(const uint8_t *block, unsigned g) {
    unsigned scale = block[q2_k_offset(g) / 16];
    const uint8_t *bits = block + 16 + g / 8 * 32 + g / 4 % 2 * 16;
    ck_group group = {
        .scale = ck_load_half(block + 80) * (float)(scale & 15),
        .minimum = -ck_load_half(block + 82) * (float)(scale >> 4),
    };
    for (unsigned i = 0; i < 16; i++) group.codes[i] = bits[i] >> 2 * (g % 4) & 3;
    return group;
}

#include "tile.h"

#else /* ROWS rows side by side */

typedef struct {
    floats d, dmin;
    bytes scales[4];
} block_header;

INLINE block_header open(place rows) {
    /* d and dmin are the block's last four bytes: read with the twelve before them. */
    lanes halves = load_last(place_at(rows, 68));
    block_header header = {.d = low_halves(halves), .dmin = high_halves(halves)};
    load_transposed(rows, header.scales);
    return header;
}

INLINE void load(const block_header *header, place rows, unsigned unit, group_codes *groups) {
    bytes packed[4];
    load_transposed(place_at(rows, 16 + 16 * unit), packed);
    for (unsigned g = 0; g < 4; g++) {
        for (unsigned v = 0; v < 4; v++) groups[g].codes[v] = packed[v] >> 2 * g & 3;
        unsigned j = unit / 2 * 8 + 2 * g + unit % 2;
        lanes scale = (lanes)header->scales[j / 4] >> j % 4 * 8;
        groups[g].scale = header->d * __builtin_convertvector((integers)(scale & 15), floats);
        /* Minimums are subtracted. */
        groups[g].minimum = -header->dmin * __builtin_convertvector((integers)(scale >> 4 & 15), floats);
    }
}

#endif
