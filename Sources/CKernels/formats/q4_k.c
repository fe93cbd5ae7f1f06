/* Q4_K: 256 values in eight groups, value = d * scale * code - dmin * minimum.
 * Block: halves d, dmin; 12 bytes of 6-bit scales and minimums; 128 bytes, in runs of 32 that hold an even group in
 * their low nibbles and the next group in their high ones. */

#define FORMAT q4_k
#define FORMAT_NAME "Q4_K"
#define FORMAT_ID 12
#define BLOCK 256
#define BLOCK_BYTES 144
#define GROUP 32
#define CENTRE 0
#define MINIMUM 1
#define UNIT_GROUPS 2
#define SIGNED_CODES 0
#define FORMAT_FILE "../q4_k.c"
#define ENCODES

#ifndef ROWS /* the scalar view */
#include "encode.h"
#include "group.h"
#include "half.h"
#include "k_scales.h"

CK_OFFSET_IN_ORDER(q4_k, 32)

static inline ck_group q4_k_group(const uint8_t *block, unsigned g) {
    unsigned scale, minimum;
    ck_k_scale(block + 4, g, &scale, &minimum);
    ck_group group = {
        .scale = ck_load_half(block) * (float)scale,
        .minimum = -ck_load_half(block + 2) * (float)minimum,
    };
    const uint8_t *nibbles = block + 16 + g / 2 * 32;
    for (unsigned i = 0; i < 32; i++) group.codes[i] = g % 2 ? nibbles[i] >> 4 : nibbles[i] & 15;
    return group;
}

static void q4_k_encode_block(const float *values, uint8_t *block) {
    int8_t codes[256];
    ck_encode_lines(values, 15, block, codes);
    for (unsigned i = 0; i < 128; i++)
        block[16 + i] = (uint8_t)(codes[i / 32 * 64 + i % 32] | codes[i / 32 * 64 + 32 + i % 32] << 4);
}

#include "tile.h"

#else /* ROWS rows side by side */

typedef k_header block_header;

INLINE block_header open(place rows) { return open_k(rows); }

INLINE void load(const block_header *header, place rows, unsigned unit, group_codes *groups) {
    for (unsigned half = 0; half < 2; half++) {
        bytes packed[4];
        load_transposed(place_at(rows, 16 + 32 * unit + 16 * half), packed);
        for (unsigned v = 0; v < 4; v++) {
            groups[0].codes[4 * half + v] = packed[v] & 15;
            groups[1].codes[4 * half + v] = packed[v] >> 4;
        }
    }
    for (unsigned g = 0; g < 2; g++) {
        unsigned j = 2 * unit + g;
        groups[g].scale = header->d * byte_of(header->scales[j / 4], j % 4);
        /* Minimums are subtracted. */
        groups[g].minimum = -header->dmin * byte_of(header->minimums[j / 4], j % 4);
    }
}

#endif
