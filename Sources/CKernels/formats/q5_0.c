/* Q5_0: 32 values, value = d * (code - 16).
 * Block: half d; 32 fifth bits; 16 bytes, values 0…15 in the low nibbles, 16…31 in the high ones. */
#include "group.h"
#include "half.h"

#define FORMAT q5_0
#define FORMAT_NAME "Q5_0"
#define FORMAT_ID 6
#define BLOCK 32
#define BLOCK_BYTES 22
#define GROUP 32
#define CENTRE 16
#define MINIMUM 0
#define UNIT_GROUPS 1

CK_OFFSET_IN_ORDER(q5_0, 32)

static inline ck_group q5_0_group(const uint8_t *block, unsigned g) {
    (void)g;
    ck_group group = {.scale = ck_load_half(block)};
    uint32_t bits;
    memcpy(&bits, block + 2, 4);
    for (unsigned i = 0; i < 16; i++) {
        group.codes[i] = (int16_t)((block[6 + i] & 15) + (bits >> i & 1) * 16 - 16);
        group.codes[i + 16] = (int16_t)((block[6 + i] >> 4) + (bits >> (i + 16) & 1) * 16 - 16);
    }
    return group;
}

#if defined(__x86_64__)
#include "avx2.h"

typedef struct {
    __m256 scale, minimum;
} q5_0_header;

CK_AVX2_INLINE q5_0_header q5_0_open(ck_rows rows) {
    q5_0_header header;
    ck_floats_of_halves(ck_load_dwords(rows), &header.scale, &header.minimum);
    return header;
}

CK_AVX2_INLINE void q5_0_load(const q5_0_header *header, ck_rows rows, unsigned unit, ck_panel_32 *panel) {
    (void)unit;
    ck_load_nibbles(ck_rows_at(rows, 6), panel->codes);
    ck_add_fifth_bits(ck_load_dwords(ck_rows_at(rows, 2)), panel->codes);
    panel->scale = header->scale;
}
#endif

#include "tile.h"
