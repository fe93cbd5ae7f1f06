/* Q4_K: 256 values in eight groups, value = d * scale * code - dmin * minimum.
 * Block: halves d, dmin; 12 bytes of 6-bit scales and minimums; 128 bytes, in runs of 32 that hold an even group in
 * their low nibbles and the next group in their high ones. */
#include "group.h"
#include "half.h"
#include "k_scales.h"

#define FORMAT q4_k
#define FORMAT_NAME "Q4_K"
#define FORMAT_ID 12
#define BLOCK 256
#define BLOCK_BYTES 144
#define GROUP 32
#define CENTRE 0
#define MINIMUM 1
#define UNIT_GROUPS 2

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

#if defined(__x86_64__)
typedef ck_k_header q4_k_header;

CK_AVX2_INLINE q4_k_header q4_k_open(ck_rows rows) { return ck_k_open(rows); }

CK_AVX2_INLINE void q4_k_load(const q4_k_header *header, ck_rows rows, unsigned unit, ck_panel_32 *panel) {
    for (unsigned half = 0; half < 2; half++) {
        __m256i bytes[4];
        ck_load_transposed(ck_rows_at(rows, 16 + 32 * unit + 16 * half), bytes);
        for (unsigned v = 0; v < 4; v++) {
            panel[0].codes[4 * half + v] = ck_low_nibbles(bytes[v]);
            panel[1].codes[4 * half + v] = ck_high_nibbles(bytes[v]);
        }
    }
    for (unsigned g = 0; g < 2; g++) {
        panel[g].scale = header->scales[2 * unit + g];
        panel[g].minimum = header->minimums[2 * unit + g];
    }
}
#endif

#include "tile.h"
