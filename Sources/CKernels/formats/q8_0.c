/* Q8_0: 32 values, value = d * code.
 * Block: half d; 32 signed bytes. */
#include "group.h"
#include "half.h"

#define FORMAT q8_0
#define FORMAT_NAME "Q8_0"
#define FORMAT_ID 8
#define BLOCK 32
#define BLOCK_BYTES 34
#define GROUP 32
#define CENTRE 0
#define MINIMUM 0
#define UNIT_GROUPS 1
#define SIGNED_CODES 1

CK_OFFSET_IN_ORDER(q8_0, 32)

static inline ck_group q8_0_group(const uint8_t *block, unsigned g) {
    (void)g;
    ck_group group = {.scale = ck_load_half(block)};
    for (unsigned i = 0; i < 32; i++) group.codes[i] = (int8_t)block[2 + i];
    return group;
}

#if defined(__x86_64__)
#include "avx2.h"

typedef struct {
    __m256 scale, minimum;
} q8_0_header;

CK_AVX2_INLINE q8_0_header q8_0_open(ck_rows rows) {
    q8_0_header header;
    ck_floats_of_halves(ck_load_dwords(rows), &header.scale, &header.minimum);
    return header;
}

CK_AVX2_INLINE void q8_0_load(const q8_0_header *header, ck_rows rows, unsigned unit, ck_panel_32 *panel) {
    (void)unit;
    ck_load_transposed(ck_rows_at(rows, 2), panel->codes);
    ck_load_transposed(ck_rows_at(rows, 18), panel->codes + 4);
    panel->scale = header->scale;
}
#endif

#include "tile.h"
