/* Q6_K: 256 values in sixteen groups, value = d * scale * (code - 32).
 * Block: 128 bytes of low four bits; 64 bytes of high two bits; 16 signed scales; half d. Each half of the block
 * (128 values, 64 + 32 bytes) holds its values i, i + 32, i + 64, i + 96 in: low nibbles of bytes i and i + 32, then
 * their high nibbles; the two bits come from byte i, lowest pair first.
 * Groups are taken in the order 0 2 4 6 1 3 5 7 of each half: those that share bytes come together. */

#define FORMAT q6_k
#define FORMAT_NAME "Q6_K"
#define FORMAT_ID 14
#define BLOCK 256
#define BLOCK_BYTES 210
#define GROUP 16
#define CENTRE 32
#define MINIMUM 0
#define UNIT_GROUPS 4
#define SIGNED_CODES 0
#define FORMAT_FILE "../q6_k.c"
#define ENCODES

#ifndef ROWS /* the scalar view */
#include "encode.h"
#include "group.h"
#include "half.h"

/* Group g as taken: half of the block, then which 16 of every 32 values, then which 32. */
static inline unsigned q6_k_offset(unsigned g) { return g / 8 * 128 + g % 4 * 32 + g / 4 % 2 * 16; }

static inline ck_group q6_k_group(const uint8_t *block, unsigned g) {
    unsigned half = g / 8, run = g % 4, first = g / 4 % 2 * 16;
    const uint8_t *low = block + 64 * half + run % 2 * 32 + first, *high = block + 128 + 32 * half + first;
    ck_group group = {.scale = ck_load_half(block + 208) * (float)(int8_t)block[192 + q6_k_offset(g) / 16]};
    for (unsigned i = 0; i < 16; i++) {
        int nibble = run < 2 ? low[i] & 15 : low[i] >> 4;
        group.codes[i] = (int16_t)((nibble | (high[i] >> 2 * run & 3) << 4) - 32);
    }
    return group;
}

static void q6_k_encode_block(const float *values, uint8_t *block) {
    int8_t codes[256];
    uint16_t d = ck_encode_scales(values, -32, 31, (int8_t *)block + 192, codes);
    memcpy(block + 208, &d, 2);
    memset(block, 0, 192);
    for (unsigned i = 0; i < 256; i++) {
        unsigned code = (unsigned)(codes[i] + 32), half = i / 128, run = i % 128 / 32, place = i % 32;
        block[64 * half + run % 2 * 32 + place] |= (uint8_t)((code & 15) << run / 2 * 4);
        block[128 + 32 * half + place] |= (uint8_t)(code >> 4 << 2 * run);
    }
}

#include "tile.h"

#else /* ROWS rows side by side */

typedef struct {
    floats d;
    bytes scales[4];
} block_header;

INLINE block_header open(place rows) {
    /* d is the block's last two bytes: read with the fourteen before them. */
    block_header header = {.d = high_halves(load_last(place_at(rows, 194)))};
    load_transposed(place_at(rows, 192), header.scales);
    return header;
}

INLINE void load(const block_header *header, place rows, unsigned unit, group_codes *groups) {
    unsigned half = unit / 2, first = unit % 2 * 16;
    bytes low[4], low_next[4], high[4];
    load_transposed(place_at(rows, 64 * half + first), low);
    load_transposed(place_at(rows, 64 * half + 32 + first), low_next);
    load_transposed(place_at(rows, 128 + 32 * half + first), high);
    for (unsigned v = 0; v < 4; v++) {
        groups[0].codes[v] = (low[v] & 15) | (high[v] << 4 & 48);
        groups[1].codes[v] = (low_next[v] & 15) | (high[v] << 2 & 48);
        groups[2].codes[v] = (low[v] >> 4) | (high[v] & 48);
        groups[3].codes[v] = (low_next[v] >> 4) | (high[v] >> 2 & 48);
    }
    for (unsigned g = 0; g < 4; g++) {
        unsigned j = 8 * half + 2 * g + unit % 2;
        integers scale = (integers)((lanes)header->scales[j / 4] << (24 - j % 4 * 8)) >> 24;
        groups[g].scale = header->d * __builtin_convertvector(scale, floats);
    }
}

#endif
