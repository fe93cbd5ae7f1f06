/* From one format's block layout to its whole descriptor. A format's file defines
 *
 *   FORMAT         its name in symbols, such as q4_k
 *   FORMAT_NAME    its name for people, such as "Q4_K"
 *   FORMAT_ID      its id in GGUF files
 *   BLOCK          values in a block, and BLOCK_BYTES
 *   GROUP          values that share a scale: 32, or 16
 *   CENTRE         what is taken from a code to make it signed: 0, 8, 16, 32
 *   MINIMUM        1 if a group adds a minimum to each value
 *
 *   ck_group <FORMAT>_group(const uint8_t *block, unsigned g)
 *                  the scalar reference: group g's codes (less CENTRE), scale and minimum
 *   unsigned <FORMAT>_offset(unsigned g)
 *                  where group g's values lie in the block
 *
 *   SIGNED_CODES   1 if codes are signed bytes as they lie in the file
 *   FORMAT_FILE    its own file's name
 *
 *   ENCODES        defined if there is void <FORMAT>_encode_block(const float *values, uint8_t *block)
 *
 * and, where ROWS is defined, what vector/tile.h asks for; then, where it isn't, it includes this file. */
#include <stdbool.h>

#include "half.h"
#include "kernels.h"

#include "vector/names.h"
#define OF_FORMAT(name) JOIN(FORMAT, name)

static void OF_FORMAT(decode)(const void *row, float *output, size_t count) {
    const uint8_t *block = row;
    for (size_t base = 0; base < count; base += BLOCK, block += BLOCK_BYTES) {
        for (unsigned g = 0; g < BLOCK / GROUP; g++) {
            ck_group group = OF_FORMAT(group)(block, g);
            float *values = output + base + OF_FORMAT(offset)(g);
            for (unsigned i = 0; i < GROUP; i++) values[i] = group.scale * group.codes[i] + group.minimum;
        }
    }
}

static void OF_FORMAT(multiply_scalar)(const ck_tile *tile) {
    size_t stride = tile->columns / 32;
    for (size_t t = 0; t < tile->tokens; t++) {
        float *output = tile->output + t * tile->output_stride;
        for (unsigned r = 0; r < tile->rows; r++) {
            const uint8_t *block = tile->weights + r * tile->row_bytes;
            float sum = 0;
            for (size_t base = 0; base < tile->columns; base += BLOCK, block += BLOCK_BYTES) {
                for (unsigned g = 0; g < BLOCK / GROUP; g++) {
                    ck_group group = OF_FORMAT(group)(block, g);
                    size_t column = base + OF_FORMAT(offset)(g);
                    const ck_activation *activation = tile->activations + t * stride + column / 32;
                    const int8_t *codes = activation->codes + column % 32;
                    int32_t dot = 0;
                    for (unsigned i = 0; i < GROUP; i++) dot += group.codes[i] * codes[i];
                    sum += (float)dot * (group.scale * activation->scale);
                    if (MINIMUM) sum += group.minimum * (GROUP == 32 ? activation->sum
                                                                     : ck_sum_of_half(activation, column % 32 / 16));
                }
            }
            output[r] = sum;
        }
    }
}

#ifdef ENCODES
static void OF_FORMAT(encode)(const float *values, void *row, size_t count) {
    uint8_t *block = row;
    for (size_t base = 0; base < count; base += BLOCK, block += BLOCK_BYTES)
        OF_FORMAT(encode_block)(values + base, block);
}
#define ENCODE OF_FORMAT(encode)
#else
#define ENCODE NULL
#endif

#define VECTOR_TILE "tile.h"
#include "vector/each.h"

const ck_format OF_FORMAT(format) = {
    .id = FORMAT_ID,
    .name = FORMAT_NAME,
    .block_size = BLOCK,
    .block_bytes = BLOCK_BYTES,
    .input = CK_INPUT_QUANTIZED,
    .decode = OF_FORMAT(decode),
    .encode = ENCODE,
    .multiply = {[CK_CPU_SCALAR] = OF_FORMAT(multiply_scalar), VECTOR_VARIANTS},
};
