/* What the vector variants' cores share: fused multiply-add, and halves that the processor converts. */
#define MULTIPLY_ADD(a, b, c) __builtin_elementwise_fma(a, b, c)
#include "vector.h"

typedef _Float16 halves __attribute__((ext_vector_type(LANES)));

CORE floats load_halves(const uint16_t *source) {
    halves value;
    memcpy(&value, source, sizeof value);
    return __builtin_convertvector(value, floats);
}

CORE void store_halves(uint16_t *target, floats value) {
    halves narrow = __builtin_convertvector(value, halves);
    memcpy(target, &narrow, sizeof narrow);
}
