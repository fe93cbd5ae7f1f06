/* Q3_K: 256 values in sixteen groups, value = d * (scale - 32) * (code - 4).
 * Block: 32 bytes of high bits; 64 bytes of low two bits; 12 bytes of 6-bit scales; half d. Each half of the block (128
 * values, 32 bytes) holds the low bits of its values i, i + 32, i + 64, i + 96 in byte i, lowest pair first; their high
 * bits are the four lower bits, or in the second half the four upper ones, of byte i of the high bits. Scales: the low
 * nibbles of bytes 0…7 are the low bits of scales 0…7, their high nibbles those of 8…15; bytes 8…11 hold the high two
 * bits of scales j, j + 4, j + 8, j + 12, lowest pair first.
 * Groups are taken in the order 0 2 4 6 1 3 5 7 of each half: those that share bytes come together. */

#define FORMAT q3_k
#define FORMAT_NAME "Q3_K"
#define FORMAT_ID 11
#define BLOCK 256
#define BLOCK_BYTES 110
#define GROUP 16
#define CENTRE 4
#define MINIMUM 0
#define UNIT_GROUPS 4
#define SIGNED_CODES 0
#define FORMAT_FILE "../q3_k.c"

#ifndef ROWS /* the scalar view */
#include "group.h"
#include "half.h"

/* Group g as taken: half of the block, then which 16 of every 32 values, then which 32. */
static inline unsigned q3_k_offset(unsigned g) { return g / 8 * 128 + g % 4 * 32 + g / 4 % 2 * 16; }

static inline ck_group q3_k_group(const uint8_t *block, unsigned g) {
    unsigned half = g / 8, run = g % 4, first = g / 4 % 2 * 16, j = q3_k_offset(g) / 16;
    const uint8_t *scales = block + 96, *low = block + 32 + 32 * half + first;
    int scale = (j < 8 ? scales[j] & 15 : scales[j - 8] >> 4) | (scales[8 + j % 4] >> j / 4 * 2 & 3) << 4;
    ck_group group = {.scale = ck_load_half(block + 108) * (float)(scale - 32)};
    for (unsigned i = 0; i < 16; i++) {
        int high = block[first + i] >> (4 * half + run) & 1;
        group.codes[i] = (int16_t)((low[i] >> 2 * run & 3) + 4 * high - 4);
    }
    return group;
}

#include "tile.h"

#else /* ROWS rows side by side */

typedef struct {
    floats d;
    lanes scales[4]; /* byte j % 4 of [j / 4] */
} block_header;

INLINE block_header open(place rows) {
    /* The last sixteen bytes of the block: two that don't matter, the scales, d. */
    bytes packed[4];
    load_transposed(place_at(rows, 94), packed);
    lanes words[4];
    for (unsigned v = 0; v < 4; v++) words[v] = (lanes)packed[v];
    lanes first = words[0] >> 16 | words[1] << 16, second = words[1] >> 16 | words[2] << 16;
    lanes high = words[2] >> 16 | words[3] << 16;
    block_header header = {.d = high_halves(words[3])};
    const unsigned nibbles = 0x0f0f0f0f, pairs = 0x03030303;
    header.scales[0] = (first & nibbles) | (high & pairs) << 4;
    header.scales[1] = (second & nibbles) | (high >> 2 & pairs) << 4;
    header.scales[2] = (first >> 4 & nibbles) | (high >> 4 & pairs) << 4;
    header.scales[3] = (second >> 4 & nibbles) | (high >> 6 & pairs) << 4;
    return header;
}

INLINE void load(const block_header *header, place rows, unsigned unit, group_codes *groups) {
    unsigned half = unit / 2, first = unit % 2 * 16;
    bytes low[4], high[4];
    load_transposed(place_at(rows, 32 + 32 * half + first), low);
    load_transposed(place_at(rows, first), high);
    for (unsigned v = 0; v < 4; v++) {
        bytes own = high[v] >> 4 * half;
        groups[0].codes[v] = (low[v] & 3) | (own << 2 & 4);
        groups[1].codes[v] = (low[v] >> 2 & 3) | (own << 1 & 4);
        groups[2].codes[v] = (low[v] >> 4 & 3) | (own & 4);
        groups[3].codes[v] = (low[v] >> 6) | (own >> 1 & 4);
    }
    for (unsigned g = 0; g < 4; g++) {
        unsigned j = 8 * half + 2 * g + unit % 2;
        integers scale = (integers)(header->scales[j / 4] >> j % 4 * 8 & 255) - 32;
        groups[g].scale = header->d * __builtin_convertvector(scale, floats);
    }
}

#endif
