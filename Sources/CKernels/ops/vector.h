/* Sixteen floats as one value, in the compiler's own vector types, so that the cores are written once. Each variant's
 * file says what a fused multiply-add and a half are there; narrower processors take several steps for one, and the
 * results are the same. */
#ifndef CK_VECTOR_H
#define CK_VECTOR_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../formats/half.h"

enum { LANES = 16 };

typedef float floats __attribute__((ext_vector_type(LANES)));
typedef int32_t ints __attribute__((ext_vector_type(LANES)));

/* Vectors are passed to functions that are always inlined: no calling convention is involved. */
#pragma clang diagnostic ignored "-Wpsabi"

#define CORE static inline __attribute__((always_inline))

CORE floats splat(float value) { return (floats)(value); }

CORE floats load(const float *source) {
    floats value;
    memcpy(&value, source, sizeof value);
    return value;
}

CORE void store(float *target, floats value) { memcpy(target, &value, sizeof value); }

CORE floats choose(ints mask, floats yes, floats no) { return mask ? yes : no; }

CORE floats largest(floats a, floats b) { return choose(a > b, a, b); }

/* Sums and maxima across lanes, always in the same tree. */
CORE float sum_of_lanes(floats v) {
    float __attribute__((ext_vector_type(8))) eight = v.lo + v.hi;
    float __attribute__((ext_vector_type(4))) four = eight.lo + eight.hi;
    float __attribute__((ext_vector_type(2))) two = four.lo + four.hi;
    return two.lo + two.hi;
}

CORE float largest_lane(floats v) {
    for (unsigned width = LANES / 2; width > 0; width /= 2)
        for (unsigned i = 0; i < width; i++) v[i] = v[i] > v[i + width] ? v[i] : v[i + width];
    return v[0];
}

/* Sixteen signed bytes. */
CORE floats load_codes(const int8_t *source) {
    typedef int8_t codes __attribute__((ext_vector_type(LANES)));
    codes value;
    memcpy(&value, source, sizeof value);
    return __builtin_convertvector(value, floats);
}

/* e^x to about 2 units in the last place; 0 below -87, infinity above 88.7. x = n ln 2 + r, |r| <= ln 2 / 2; e^r by
 * a minimax polynomial (Cephes, Moshier 1989), 2^n by its exponent bits. */
CORE floats exponential(floats x) {
    const floats rounder = splat(12582912.0f); /* 1.5 * 2^23 */
    floats clamped = choose(x < splat(-87.0f), splat(-87.0f), x);
    clamped = choose(clamped > splat(88.7f), splat(88.7f), clamped);
    floats n = MULTIPLY_ADD(clamped, splat(1.44269504088896341f), rounder) - rounder;
    floats r = MULTIPLY_ADD(n, splat(-0.693359375f), clamped);
    r = MULTIPLY_ADD(n, splat(2.12194440e-4f), r);
    floats p = splat(1.9875691500e-4f);
    p = MULTIPLY_ADD(p, r, splat(1.3981999507e-3f));
    p = MULTIPLY_ADD(p, r, splat(8.3334519073e-3f));
    p = MULTIPLY_ADD(p, r, splat(4.1665795894e-2f));
    p = MULTIPLY_ADD(p, r, splat(1.6666665459e-1f));
    p = MULTIPLY_ADD(p, r, splat(5.0000001201e-1f));
    p = MULTIPLY_ADD(p, r * r, r) + splat(1.0f);
    /* In two factors, so that 2^128 is reached without overflowing an exponent. */
    ints whole = __builtin_convertvector(n, ints), half = whole >> 1;
    floats first = (floats)((half + 127) << 23);
    floats second = (floats)((whole - half + 127) << 23);
    floats result = p * first * second;
    result = choose(x < splat(-87.0f), splat(0.0f), result);
    result = choose(x > splat(88.7f), splat(INFINITY), result);
    return choose(x != x, x, result);
}

#endif
