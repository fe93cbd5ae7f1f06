/* Q5_1: 32 values, value = d * code + m.
 * Block: halves d, m; 32 fifth bits; 16 bytes, values 0…15 in the low nibbles, 16…31 in the high ones.
 * Codes are centred, d * (code - 16) + (m + 16 d), so that sums of products fit in 16 bits. */
#include "group.h"
#include "half.h"

#define FORMAT q5_1
#define FORMAT_NAME "Q5_1"
#define FORMAT_ID 7
#define BLOCK 32
#define BLOCK_BYTES 24
#define GROUP 32
#define CENTRE 16
#define MINIMUM 1
#define UNIT_GROUPS 1

CK_OFFSET_IN_ORDER(q5_1, 32)

static inline ck_group q5_1_group(const uint8_t *block, unsigned g) {
    (void)g;
    ck_group group = {.scale = ck_load_half(block)};
    group.minimum = ck_load_half(block + 2) + 16 * group.scale;
    uint32_t bits;
    memcpy(&bits, block + 4, 4);
    for (unsigned i = 0; i < 16; i++) {
        group.codes[i] = (int16_t)((block[8 + i] & 15) + (bits >> i & 1) * 16 - 16);
        group.codes[i + 16] = (int16_t)((block[8 + i] >> 4) + (bits >> (i + 16) & 1) * 16 - 16);
    }
    return group;
}

#if defined(__x86_64__)
#include "avx2.h"

typedef struct {
    __m256 scale, minimum;
} q5_1_header;

CK_AVX2_INLINE q5_1_header q5_1_open(ck_rows rows) {
    q5_1_header header;
    ck_floats_of_halves(ck_load_dwords(rows), &header.scale, &header.minimum);
    header.minimum = _mm256_add_ps(header.minimum, _mm256_mul_ps(header.scale, _mm256_set1_ps(16)));
    return header;
}

CK_AVX2_INLINE void q5_1_load(const q5_1_header *header, ck_rows rows, unsigned unit, ck_panel_32 *panel) {
    (void)unit;
    ck_load_nibbles(ck_rows_at(rows, 8), panel->codes);
    ck_add_fifth_bits(ck_load_dwords(ck_rows_at(rows, 4)), panel->codes);
    panel->scale = header->scale;
    panel->minimum = header->minimum;
}
#endif

#include "tile.h"
