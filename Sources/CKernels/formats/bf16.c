/* BF16: the upper half of a binary32. */
#define FORMAT bf16
#define FORMAT_NAME "BF16"
#define FORMAT_ID 30
#define VALUE_BYTES 2
#define FORMAT_FILE "../bf16.c"

#ifndef ROWS /* one value */
#include "half.h"

static inline float bf16_value(const uint8_t *bytes) {
    return ck_float_from_bits((uint32_t)bytes[0] << 16 | (uint32_t)bytes[1] << 24);
}

#include "float_tile.h"

#else /* sixteen */

INLINE void values_of(const uint8_t *source, wide *values) {
    typedef uint16_t words __attribute__((ext_vector_type(16)));
    typedef uint32_t wide_bits __attribute__((ext_vector_type(16)));
    words stored;
    memcpy(&stored, source, sizeof stored);
    *values = (wide)(__builtin_convertvector(stored, wide_bits) << 16);
}

#endif
