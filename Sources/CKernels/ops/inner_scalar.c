/* The cores for any processor. */
#include "inner.h"

/* Vectors are passed to functions that are always inlined: no calling convention is involved. */
#pragma clang diagnostic ignored "-Wpsabi"

#define MULTIPLY_ADD(a, b, c) ((a) * (b) + (c))
#include "vector.h"

CORE floats load_halves(const uint16_t *halves) {
    floats value;
    for (int i = 0; i < 8; i++) value[i] = ck_float_from_half(halves[i]);
    return value;
}
#define LOAD_HALVES(source) load_halves(source)
#define STORE_HALVES(target, value)                                                    \
    do {                                                                               \
        floats wide_ = (value);                                                        \
        for (int i_ = 0; i_ < 8; i_++) (target)[i_] = ck_half_from_float(wide_[i_]);   \
    } while (0)

#include "inner_attention.h"
#include "inner_logits.h"
#include "inner_rows.h"

const ck_inner ck_inner_scalar = {
    quantize, norm, gate, attend, narrow, survey, maximum, count_at_least, weigh_blocks};
