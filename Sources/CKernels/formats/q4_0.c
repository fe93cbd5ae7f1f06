/* Q4_0: 32 values, value = d * (code - 8).
 * Block: half d; 16 bytes, values 0…15 in the low nibbles, 16…31 in the high ones. */
#include "group.h"
#include "half.h"

#define FORMAT q4_0
#define FORMAT_NAME "Q4_0"
#define FORMAT_ID 2
#define BLOCK 32
#define BLOCK_BYTES 18
#define GROUP 32
#define CENTRE 8
#define MINIMUM 0
#define UNIT_GROUPS 1

CK_OFFSET_IN_ORDER(q4_0, 32)

static inline ck_group q4_0_group(const uint8_t *block, unsigned g) {
    (void)g;
    ck_group group = {.scale = ck_load_half(block)};
    for (unsigned i = 0; i < 16; i++) {
        group.codes[i] = (int16_t)((block[2 + i] & 15) - 8);
        group.codes[i + 16] = (int16_t)((block[2 + i] >> 4) - 8);
    }
    return group;
}

#if defined(__x86_64__)
#include "avx2.h"

typedef struct {
    __m256 scale, minimum;
} q4_0_header;

CK_AVX2_INLINE q4_0_header q4_0_open(ck_rows rows) {
    q4_0_header header;
    ck_floats_of_halves(ck_load_dwords(rows), &header.scale, &header.minimum);
    return header;
}

CK_AVX2_INLINE void q4_0_load(const q4_0_header *header, ck_rows rows, unsigned unit, ck_panel_32 *panel) {
    (void)unit;
    ck_load_nibbles(ck_rows_at(rows, 2), panel->codes);
    panel->scale = header->scale;
}
#endif

#include "tile.h"
