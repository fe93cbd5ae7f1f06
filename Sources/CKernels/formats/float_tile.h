/* Formats whose values are floats of some width: no activations are quantized for them. A format's file defines
 * FORMAT, FORMAT_NAME, FORMAT_ID, VALUE_BYTES, FORMAT_FILE and
 *   float <FORMAT>_value(const uint8_t *)     one value
 * and, where ROWS is defined,
 *   void values_of(const uint8_t *, wide *)   sixteen of them;
 * then, where it isn't, it includes this file. A dot product is summed in sixteen lanes, column c in lane c mod 16. */
#include <stdbool.h>

#include "half.h"
#include "kernels.h"

#include "vector/names.h"
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

#define VECTOR_TILE "float_tile.h"
#include "vector/each.h"

const ck_format OF_FORMAT(format) = {
    .id = FORMAT_ID,
    .name = FORMAT_NAME,
    .block_size = 1,
    .block_bytes = VALUE_BYTES,
    .input = CK_INPUT_FLOAT,
    .decode = OF_FORMAT(decode),
    .multiply = {[CK_CPU_SCALAR] = OF_FORMAT(multiply_scalar), VECTOR_VARIANTS},
};
