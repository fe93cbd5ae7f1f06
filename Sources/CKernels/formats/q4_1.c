/* Q4_1: 32 values, value = d * code + m.
 * Block: halves d, m; 16 bytes, values 0…15 in the low nibbles, 16…31 in the high ones. */
#include "group.h"
#include "half.h"

#define FORMAT q4_1
#define FORMAT_NAME "Q4_1"
#define FORMAT_ID 3
#define BLOCK 32
#define BLOCK_BYTES 20
#define GROUP 32
#define CENTRE 0
#define MINIMUM 1
#define UNIT_GROUPS 1

CK_OFFSET_IN_ORDER(q4_1, 32)

static inline ck_group q4_1_group(const uint8_t *block, unsigned g) {
    (void)g;
    ck_group group = {.scale = ck_load_half(block), .minimum = ck_load_half(block + 2)};
    for (unsigned i = 0; i < 16; i++) {
        group.codes[i] = (int16_t)((block[4 + i] & 15));
        group.codes[i + 16] = (int16_t)((block[4 + i] >> 4));
    }
    return group;
}

#if defined(__x86_64__)
#include "avx2.h"

typedef struct {
    __m256 scale, minimum;
} q4_1_header;

CK_AVX2_INLINE q4_1_header q4_1_open(ck_rows rows) {
    q4_1_header header;
    ck_floats_of_halves(ck_load_dwords(rows), &header.scale, &header.minimum);
    return header;
}

CK_AVX2_INLINE void q4_1_load(const q4_1_header *header, ck_rows rows, unsigned unit, ck_panel_32 *panel) {
    (void)unit;
    ck_load_nibbles(ck_rows_at(rows, 4), panel->codes);
    panel->scale = header->scale;
    panel->minimum = header->minimum;
}
#endif

#include "tile.h"
