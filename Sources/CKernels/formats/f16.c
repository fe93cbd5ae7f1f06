/* F16: IEEE 754 binary16. */
#define FORMAT f16
#define FORMAT_NAME "F16"
#define FORMAT_ID 1
#define VALUE_BYTES 2
#define FORMAT_FILE "../f16.c"

#ifndef ROWS /* one value */
#include "half.h"

static inline float f16_value(const uint8_t *bytes) { return ck_load_half(bytes); }

#include "float_tile.h"

#else /* sixteen */

INLINE void values_of(const uint8_t *source, wide *values) {
    typedef _Float16 halves __attribute__((ext_vector_type(16)));
    halves stored;
    memcpy(&stored, source, sizeof stored);
    *values = __builtin_convertvector(stored, wide);
}

#endif
