/* The cores for x86 processors with AVX2, FMA and F16C. */
#include "inner.h"

#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)

#define MULTIPLY_ADD(a, b, c) __builtin_elementwise_fma(a, b, c)
#include "vector.h"

#define LOAD_HALVES(source) ((floats)_mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(source))))
#define STORE_HALVES(target, value) \
    _mm_storeu_si128((__m128i *)(target), _mm256_cvtps_ph((__m256)(value), _MM_FROUND_TO_NEAREST_INT))

#include "inner_attention.h"
#include "inner_logits.h"
#include "inner_rows.h"

#pragma clang attribute pop

const ck_inner ck_inner_avx2 = {
    quantize, norm, gate, attend, narrow, survey, maximum, count_at_least, weigh_blocks};
#endif
