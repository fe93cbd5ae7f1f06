/* 16-bit floats, without the processor's help. */
#ifndef CK_HALF_H
#define CK_HALF_H

#include <stdint.h>
#include <string.h>

static inline float ck_float_from_bits(uint32_t bits) {
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

static inline uint32_t ck_bits_of_float(float value) {
    uint32_t bits;
    memcpy(&bits, &value, 4);
    return bits;
}

/* IEEE 754 binary16 to binary32: exact. */
static inline float ck_float_from_half(uint16_t half) {
    uint32_t sign = (uint32_t)(half & 0x8000) << 16, magnitude = half & 0x7fff;
    if (magnitude >= 0x7c00) return ck_float_from_bits(sign | 0x7f800000 | (magnitude & 0x3ff) << 13);
    /* Scaling by 2^112 moves the exponent's bias from 15 to 127 and mends subnormals on the way. */
    float value = ck_float_from_bits(magnitude << 13) * 0x1p112f;
    return ck_float_from_bits(sign | ck_bits_of_float(value));
}

/* binary32 to binary16, to the nearest, ties to even. */
static inline uint16_t ck_half_from_float(float value) {
    uint32_t bits = ck_bits_of_float(value), sign = bits >> 16 & 0x8000, magnitude = bits & 0x7fffffff;
    if (magnitude > 0x7f800000) return (uint16_t)(sign | 0x7e00);
    if (magnitude >= 0x477ff000) return (uint16_t)(sign | 0x7c00);
    if (magnitude < 0x38800000) {
        /* Adding 0.5 leaves the subnormal's bits, rounded, at the bottom of the significand. */
        float shifted = ck_float_from_bits(magnitude) + 0.5f;
        return (uint16_t)(sign | (ck_bits_of_float(shifted) - 0x3f000000));
    }
    uint32_t odd = magnitude >> 13 & 1;
    return (uint16_t)(sign | (magnitude - 0x38000000 + 0xfff + odd) >> 13);
}

/* A half as it lies in a file, at any alignment. */
static inline float ck_load_half(const void *bytes) {
    uint16_t half;
    memcpy(&half, bytes, 2);
    return ck_float_from_half(half);
}

#endif
