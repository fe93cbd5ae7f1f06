/* Formats whose values are floats of some width: no activations are quantized for them. A format's file defines
 * FORMAT, FORMAT_NAME, FORMAT_ID, VALUE_BYTES,
 *   float <FORMAT>_value(const uint8_t *)          one value, and
 *   __m256 <FORMAT>_values_avx2(const uint8_t *)   eight of them,
 * then includes this file. A dot product is summed in sixteen lanes, column c in lane c mod 16. */
#include "half.h"
#include "kernels.h"

#define JOIN_AGAIN(a, b) a##_##b
#define JOIN(a, b) JOIN_AGAIN(a, b)
#define OF_FORMAT(name) JOIN(FORMAT, name)

static void OF_FORMAT(decode)(const void *row, float *output, size_t count) {
    const uint8_t *bytes = row;
    for (size_t i = 0; i < count; i++) output[i] = OF_FORMAT(value)(bytes + VALUE_BYTES * i);
}

static void OF_FORMAT(multiply_scalar)(const ck_tile *tile) {
    for (size_t t = 0; t < tile->tokens; t++) {
        const float *values = tile->values + t * tile->columns;
        for (unsigned r = 0; r < tile->rows; r++) {
            const uint8_t *row = tile->weights + r * tile->row_bytes;
            float lanes[16] = {0};
            for (size_t c = 0; c < tile->columns; c++)
                lanes[c % 16] += OF_FORMAT(value)(row + VALUE_BYTES * c) * values[c];
            for (unsigned width = 8; width > 0; width /= 2)
                for (unsigned i = 0; i < width; i++) lanes[i] += lanes[i + width];
            tile->output[t * tile->output_stride + r] = lanes[0];
        }
    }
}

#if defined(__x86_64__)
#include "avx2.h"

CK_AVX2 static void OF_FORMAT(multiply_avx2)(const ck_tile *tile) {
    size_t columns = tile->columns, whole = columns / 16 * 16;
    for (unsigned r = 0; r < tile->rows; r++) {
        const uint8_t *row = tile->weights + r * tile->row_bytes;
        for (size_t t = 0; t < tile->tokens; t++) {
            const float *values = tile->values + t * columns;
            __m256 low = _mm256_setzero_ps(), high = _mm256_setzero_ps();
            for (size_t c = 0; c < whole; c += 16) {
                low = _mm256_fmadd_ps(OF_FORMAT(values_avx2)(row + VALUE_BYTES * c), _mm256_loadu_ps(values + c), low);
                high = _mm256_fmadd_ps(OF_FORMAT(values_avx2)(row + VALUE_BYTES * (c + 8)),
                                       _mm256_loadu_ps(values + c + 8), high);
            }
            __m256 eight = _mm256_add_ps(low, high);
            __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
            __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
            float sum = _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
            for (size_t c = whole; c < columns; c++) sum += OF_FORMAT(value)(row + VALUE_BYTES * c) * values[c];
            tile->output[t * tile->output_stride + r] = sum;
        }
    }
}
#define MULTIPLY_AVX2 OF_FORMAT(multiply_avx2)
#else
#define MULTIPLY_AVX2 OF_FORMAT(multiply_scalar)
#endif

const ck_format OF_FORMAT(format) = {
    .id = FORMAT_ID,
    .name = FORMAT_NAME,
    .block_size = 1,
    .block_bytes = VALUE_BYTES,
    .input = CK_INPUT_FLOAT,
    .decode = OF_FORMAT(decode),
    .multiply = {[CK_CPU_SCALAR] = OF_FORMAT(multiply_scalar), [CK_CPU_AVX2] = MULTIPLY_AVX2},
};
