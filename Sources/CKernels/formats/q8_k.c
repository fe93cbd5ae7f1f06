/* Q8_K: 256 values, value = d * code. Meant for what is multiplied with other K formats, but files may hold it.
 * Block: float d; 256 signed bytes; sixteen 16-bit sums of the codes of sixteen each, which aren't needed here. */

#define FORMAT q8_k
#define FORMAT_NAME "Q8_K"
#define FORMAT_ID 15
#define BLOCK 256
#define BLOCK_BYTES 292
#define GROUP 32
#define CENTRE 0
#define MINIMUM 0
#define UNIT_GROUPS 1
#define SIGNED_CODES 1
#define FORMAT_FILE "../q8_k.c"

#ifndef ROWS /* the scalar view */
#include "group.h"
#include "half.h"

#include <string.h>

CK_OFFSET_IN_ORDER(q8_k, 32)

static inline ck_group q8_k_group(const uint8_t *block, unsigned g) {
    ck_group group = {.scale = 0};
    memcpy(&group.scale, block, sizeof group.scale);
    for (unsigned i = 0; i < 32; i++) group.codes[i] = (int8_t)block[4 + 32 * g + i];
    return group;
}

#include "tile.h"

#else /* ROWS rows side by side */

typedef struct {
    floats d;
} block_header;

INLINE block_header open(place rows) { return (block_header){(floats)load_first(rows)}; }

INLINE void load(const block_header *header, place rows, unsigned unit, group_codes *group) {
    load_transposed(place_at(rows, 4 + 32 * unit), group->codes);
    load_transposed(place_at(rows, 20 + 32 * unit), group->codes + 4);
    group->scale = header->d;
}

#endif
