/* F16: IEEE 754 binary16. */
#include "avx2.h"
#include "half.h"

#define FORMAT f16
#define FORMAT_NAME "F16"
#define FORMAT_ID 1
#define VALUE_BYTES 2

static inline float f16_value(const uint8_t *bytes) { return ck_load_half(bytes); }

#if defined(__x86_64__)
CK_AVX2_INLINE __m256 f16_values_avx2(const uint8_t *bytes) {
    return _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)bytes));
}
#endif

#include "float_tile.h"
