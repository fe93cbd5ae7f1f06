/* The cores for any processor. */
#include "inner.h"

#define MULTIPLY_ADD(a, b, c) ((a) * (b) + (c))
#include "vector.h"

CORE floats load_halves(const uint16_t *source) {
    floats value;
    for (int i = 0; i < LANES; i++) value[i] = ck_float_from_half(source[i]);
    return value;
}

CORE void store_halves(uint16_t *target, floats value) {
    for (int i = 0; i < LANES; i++) target[i] = ck_half_from_float(value[i]);
}

#define TILE_QUERIES 4
#include "inner_rows.h"
#include "inner_attention.h"
#include "inner_logits.h"
#include "inner_cores.h"

const ck_inner ck_inner_scalar = CORES;
