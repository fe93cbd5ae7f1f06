/* BF16: the upper half of a binary32. */
#include "avx2.h"
#include "half.h"

#define FORMAT bf16
#define FORMAT_NAME "BF16"
#define FORMAT_ID 30
#define VALUE_BYTES 2

static inline float bf16_value(const uint8_t *bytes) {
    return ck_float_from_bits((uint32_t)bytes[0] << 16 | (uint32_t)bytes[1] << 24);
}

#if defined(__x86_64__)
CK_AVX2_INLINE __m256 bf16_values_avx2(const uint8_t *bytes) {
    __m256i wide = _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)bytes));
    return _mm256_castsi256_ps(_mm256_slli_epi32(wide, 16));
}
#endif

#include "float_tile.h"
