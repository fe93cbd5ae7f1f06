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

/* The code whose value is nearest. */
static inline unsigned iq4_nl_nearest(float value) {
    unsigned code = 0;
    while (code < 15 && value > 0.5f * (float)(ck_iq4_values[code] + ck_iq4_values[code + 1])) code++;
    return code;
}

static void iq4_nl_encode_block(const float *values, uint8_t *block) {
    float weights[32], farthest = ck_farthest(values, 32), best = 0, scale = 0;
    ck_weigh(values, 32, weights);
    for (int step = -14; farthest != 0 && step <= 14; step++) {
        /* The farthest value gets the first code, or the last with the other sign. */
        for (unsigned end = 0; end < 16; end += 15) {
            float inverse = ((float)ck_iq4_values[end] + (float)step) / farthest, xq = 0, qq = 0;
            for (unsigned i = 0; i < 32; i++) {
                float value = (float)ck_iq4_values[iq4_nl_nearest(inverse * values[i])];
                xq += weights[i] * values[i] * value;
                qq += weights[i] * value * value;
            }
            if (qq > 0 && xq * xq > best * qq) {
                best = xq * xq / qq;
                scale = xq / qq;
            }
        }
    }
    uint8_t codes[32];
    ck_store_half(block, scale);
    float inverse = ck_inverse(ck_load_half(block));
    for (unsigned i = 0; i < 32; i++) codes[i] = (uint8_t)iq4_nl_nearest(values[i] * inverse);
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
