/* F32: IEEE 754 binary32. */
#include "avx2.h"
#include "half.h"

#define FORMAT f32
#define FORMAT_NAME "F32"
#define FORMAT_ID 0
#define VALUE_BYTES 4

static inline float f32_value(const uint8_t *bytes) {
    float value;
    memcpy(&value, bytes, 4);
    return value;
}

#if defined(__x86_64__)
CK_AVX2_INLINE __m256 f32_values_avx2(const uint8_t *bytes) { return _mm256_loadu_ps((const float *)bytes); }
#endif

#include "float_tile.h"
