/* F32: IEEE 754 binary32. */
#define FORMAT f32
#define FORMAT_NAME "F32"
#define FORMAT_ID 0
#define VALUE_BYTES 4
#define FORMAT_FILE "../f32.c"

#ifndef ROWS /* one value */
#include "half.h"

static inline float f32_value(const uint8_t *bytes) {
    float value;
    memcpy(&value, bytes, 4);
    return value;
}

#include "float_tile.h"

#else /* sixteen */

INLINE void values_of(const uint8_t *source, wide *values) {
    memcpy(values, source, sizeof *values);
}

#endif
