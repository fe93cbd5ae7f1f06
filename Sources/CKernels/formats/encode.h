/* What encoders share: the search for scales, by least squares. The error of codes q at a scale d is
 * sum of w (x - d q)^2; for given codes the best scale is sum of w x q / sum of w q^2. Codes for some scales about the
 * plain one are tried, and the best of them wins. Weights w favour large values, which matter more in products. */
#ifndef CK_ENCODE_H
#define CK_ENCODE_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "half.h"

enum { CK_ENCODED_GROUP = 32 }; /* values of the largest group */

static inline int ck_nearest(float value, int low, int high) {
    float rounded = roundf(value);
    return rounded < (float)low ? low : rounded > (float)high ? high : (int)rounded;
}

/* w = mean |x| + |x| */
static inline void ck_weigh(const float *values, unsigned count, float *weights) {
    float sum = 0;
    for (unsigned i = 0; i < count; i++) sum += fabsf(values[i]);
    for (unsigned i = 0; i < count; i++) weights[i] = sum / (float)count + fabsf(values[i]);
}

/* The value that is farthest from zero, with its sign. */
static inline float ck_farthest(const float *values, unsigned count) {
    float farthest = 0;
    for (unsigned i = 0; i < count; i++)
        if (fabsf(values[i]) > fabsf(farthest)) farthest = values[i];
    return farthest;
}

/* The scale of codes low…high, where low is negative and farther from zero; 0 for zeros only. */
static inline float ck_search_scale(const float *values, unsigned count, int low, int high) {
    float weights[CK_ENCODED_GROUP], farthest = ck_farthest(values, count), best = 0, scale = 0;
    if (farthest == 0) return 0;
    ck_weigh(values, count, weights);
    for (int step = -12; step <= 12; step++) {
        float inverse = ((float)low + 0.1f * (float)step) / farthest, xq = 0, qq = 0;
        for (unsigned i = 0; i < count; i++) {
            float code = (float)ck_nearest(inverse * values[i], low, high);
            xq += weights[i] * values[i] * code;
            qq += weights[i] * code * code;
        }
        /* The error is sum of w x^2 less this. */
        if (qq > 0 && xq * xq > best * qq) {
            best = xq * xq / qq;
            scale = xq / qq;
        }
    }
    return scale;
}

/* The scale of codes 0…high and the minimum that is added: values are about scale * code + minimum. The minimum is 0 or
 * less, unless it may be any. */
static inline float ck_search_range(const float *values, unsigned count, int high, int any, float *minimum) {
    float weights[CK_ENCODED_GROUP], least = values[0], most = values[0], w = 0, x = 0;
    ck_weigh(values, count, weights);
    for (unsigned i = 0; i < count; i++) {
        least = fminf(least, values[i]);
        most = fmaxf(most, values[i]);
        w += weights[i];
        x += weights[i] * values[i];
    }
    if (!any && least > 0) least = 0;
    *minimum = least;
    if (most == least) return 0;
    float best = INFINITY, scale = (most - least) / (float)high;
    for (int step = -10; step <= 20; step++) {
        float inverse = ((float)high + 0.1f * (float)step) / (most - least), q = 0, qq = 0, xq = 0;
        int codes[CK_ENCODED_GROUP];
        for (unsigned i = 0; i < count; i++) {
            codes[i] = ck_nearest(inverse * (values[i] - least), 0, high);
            float wq = weights[i] * (float)codes[i];
            q += wq;
            qq += wq * (float)codes[i];
            xq += wq * values[i];
        }
        float determinant = w * qq - q * q;
        if (determinant <= 0) continue;
        float d = (w * xq - q * x) / determinant, m = (qq * x - q * xq) / determinant;
        if (!any && m > 0) {
            m = 0;
            d = xq / qq;
        }
        float error = 0;
        for (unsigned i = 0; i < count; i++) {
            float difference = d * (float)codes[i] + m - values[i];
            error += weights[i] * difference * difference;
        }
        if (error < best) {
            best = error;
            scale = d;
            *minimum = m;
        }
    }
    return scale;
}

static inline void ck_store_half(void *bytes, float value) {
    uint16_t half = ck_half_from_float(value);
    memcpy(bytes, &half, 2);
}

/* The inverse of a scale, 0 for one that is 0. */
static inline float ck_inverse(float scale) { return scale != 0 ? 1 / scale : 0; }

/* Nibbles of 32 codes: 0…15 in the low ones, 16…31 in the high ones. */
static inline void ck_store_nibbles(uint8_t *bytes, const uint8_t *codes) {
    for (unsigned i = 0; i < 16; i++) bytes[i] = (uint8_t)((codes[i] & 15) | codes[i + 16] << 4);
}

#endif
