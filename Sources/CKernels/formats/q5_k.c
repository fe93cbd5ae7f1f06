/* Q5_K: 256 values in eight groups, value = d * scale * code - dmin * minimum.
 * Block: halves d, dmin; 12 bytes of 6-bit scales and minimums; 32 bytes of fifth bits, bit g of byte i for value i
 * of group g; 128 bytes, in runs of 32 that hold an even group in their low nibbles and the next in their high ones.
 * Codes are centred, scale * (code - 16) + (minimum + 16 scale), so that sums of products fit in 16 bits. */

#define FORMAT q5_k
#define FORMAT_NAME "Q5_K"
#define FORMAT_ID 13
#define BLOCK 256
#define BLOCK_BYTES 176
#define GROUP 32
#define CENTRE 16
#define MINIMUM 1
#define UNIT_GROUPS 2
#define SIGNED_CODES 0
#define FORMAT_FILE "../q5_k.c"
#define ENCODES

#ifndef ROWS /* the scalar view */
#include "encode.h"
#include "group.h"
#include "half.h"
#include "k_scales.h"

CK_OFFSET_IN_ORDER(q5_k, 32)

static inline ck_group q5_k_group(const uint8_t *block, unsigned g) {
    unsigned scale, minimum;
    ck_k_scale(block + 4, g, &scale, &minimum);
    ck_group group = {.scale = ck_load_half(block) * (float)scale};
    group.minimum = -ck_load_half(block + 2) * (float)minimum + 16 * group.scale;
    const uint8_t *bits = block + 16, *nibbles = block + 48 + g / 2 * 32;
    for (unsigned i = 0; i < 32; i++) {
        int nibble = g % 2 ? nibbles[i] >> 4 : nibbles[i] & 15;
        group.codes[i] = (int16_t)(nibble + (bits[i] >> g & 1) * 16 - 16);
    }
    return group;
}

static void q5_k_encode_block(const float *values, uint8_t *block) {
    int8_t codes[256];
    ck_encode_lines(values, 31, block, codes);
    memset(block + 16, 0, 32);
    for (unsigned i = 0; i < 256; i++) block[16 + i % 32] |= (uint8_t)(codes[i] >> 4 << i / 32);
    for (unsigned i = 0; i < 128; i++)
        block[48 + i] = (uint8_t)((codes[i / 32 * 64 + i % 32] & 15) | codes[i / 32 * 64 + 32 + i % 32] << 4);
}

#include "tile.h"

#else /* ROWS rows side by side */

typedef struct {
    k_header k;
    bytes bits[8];
} block_header;

INLINE block_header open(place rows) {
    block_header header = {.k = open_k(rows)};
    load_transposed(place_at(rows, 16), header.bits);
    load_transposed(place_at(rows, 32), header.bits + 4);
    return header;
}

INLINE void load(const block_header *header, place rows, unsigned unit, group_codes *groups) {
    for (unsigned half = 0; half < 2; half++) {
        bytes packed[4];
        load_transposed(place_at(rows, 48 + 32 * unit + 16 * half), packed);
        for (unsigned v = 0; v < 4; v++) {
            bytes fifth = header->bits[4 * half + v] >> (uint8_t)(2 * unit);
            groups[0].codes[4 * half + v] = (packed[v] & 15) | (fifth << 4 & 16);
            groups[1].codes[4 * half + v] = (packed[v] >> 4) | (fifth << 3 & 16);
        }
    }
    for (unsigned g = 0; g < 2; g++) {
        unsigned j = 2 * unit + g;
        groups[g].scale = header->k.d * byte_of(header->k.scales[j / 4], j % 4);
        floats minimum = header->k.dmin * byte_of(header->k.minimums[j / 4], j % 4);
        groups[g].minimum = groups[g].scale * 16 - minimum;
    }
}

#endif
