#include "encode.h"

#include <math.h>

#include "k_scales.h"

/* The same bits with and without fused multiply-adds. */
#pragma STDC FP_CONTRACT OFF

/* Eight values as one; processors with narrower vectors take several steps for them. */
typedef float floats __attribute__((ext_vector_type(8)));
#pragma clang diagnostic ignored "-Wpsabi"
#define INLINE static inline __attribute__((always_inline))

enum { LANES = 8, STEPS = 10, TURNS = 4 };
static const float STEP = 0.25f; /* of a code, by which the farthest value's place is moved */

INLINE floats load(const float *values) {
    floats eight;
    memcpy(&eight, values, sizeof eight);
    return eight;
}

INLINE float total(floats parts) {
    float __attribute__((ext_vector_type(4))) four = parts.lo + parts.hi;
    return (four.x + four.z) + (four.y + four.w);
}

/* Within low…high; low for what isn't a number. */
INLINE floats within(floats values, float low, float high) {
    values = values > low ? values : (floats)low;
    return values < high ? values : (floats)high;
}

/* To the nearest whole number, ties to even, below 2^22: larger ones have no room for a fraction when it is added. */
INLINE floats whole(floats values) { return (values + 0x1.8p23f) - 0x1.8p23f; }

INLINE int nearest(float value, float low, float high) { return (int)whole(within(value, low, high)).x; }

INLINE float inverse_of(float scale) { return scale != 0 ? 1 / scale : 0; }

INLINE float as_half(float value) { return ck_float_from_half(ck_half_from_float(value)); }

/* -------------------------------------------------------------------------------------------------- one scale ---- */

/* What codes stand for: whole numbers low…high, or a table's values. */
typedef struct {
    float low, high;
    const float *middles; /* between the table's neighbours: 15; NULL for whole numbers */
    const float *steps;   /* from one value of the table to the next */
} levels;

INLINE floats nearest_levels(const levels *levels, floats values) {
    if (!levels->middles) return whole(within(values, levels->low, levels->high));
    floats found = levels->low;
    for (unsigned i = 0; i < 15; i++) found += values > levels->middles[i] ? (floats)levels->steps[i] : 0;
    return found;
}

/* By how much a scale's levels lower the squared error, and the scale that is best for those levels. */
INLINE float gain_of(const float *values, unsigned count, const levels *levels, float inverse, float *scale) {
    floats products = 0, squares = 0;
    for (unsigned i = 0; i < count; i += LANES) {
        floats own = load(values + i), level = nearest_levels(levels, own * inverse);
        products += own * level;
        squares += level * level;
    }
    float product = total(products), square = total(squares);
    if (!(square > 0)) return 0;
    *scale = product / square;
    return *scale * product;
}

INLINE float search_levels(const float *values, unsigned count, const levels *levels) {
    float farthest = 0, best = 0, scale = 0;
    for (unsigned i = 0; i < count; i++) farthest = fmaxf(farthest, fabsf(values[i]));
    if (farthest == 0) return 0;
    float end = fmaxf(levels->high, -levels->low), step = STEP * (levels->middles ? 16 : 1), found = 0;
    /* Levels that don't mirror each other fit either way round. */
    for (int sign = levels->low == -levels->high ? 1 : -1; sign <= 1; sign += 2) {
        for (int place = -STEPS; place <= STEPS; place++) {
            float inverse = (float)sign * (end + step * (float)place) / farthest;
            float gain = gain_of(values, count, levels, inverse, &found);
            if (gain > best) {
                best = gain;
                scale = found;
            }
        }
    }
    for (unsigned turn = 0; turn < TURNS; turn++) {
        float gain = gain_of(values, count, levels, inverse_of(scale), &found);
        if (!(gain > best)) break;
        best = gain;
        scale = found;
    }
    return scale;
}

float ck_search_scale(const float *values, unsigned count, int low, int high) {
    levels levels = {(float)low, (float)high, NULL, NULL};
    return search_levels(values, count, &levels);
}

static void table_levels(const int8_t table[16], float middles[15], float steps[15]) {
    for (unsigned i = 0; i < 15; i++) {
        middles[i] = 0.5f * (float)(table[i] + table[i + 1]);
        steps[i] = (float)(table[i + 1] - table[i]);
    }
}

float ck_search_table_scale(const float *values, unsigned count, const int8_t table[16]) {
    float middles[15], steps[15];
    table_levels(table, middles, steps);
    levels levels = {table[0], table[15], middles, steps};
    return search_levels(values, count, &levels);
}

void ck_nearest_table_codes(const float *values, unsigned count, float scale, const int8_t table[16], int8_t *codes) {
    float middles[15], steps[15], inverse = inverse_of(scale);
    table_levels(table, middles, steps);
    for (unsigned i = 0; i < count; i++) {
        codes[i] = 0;
        for (unsigned m = 0; m < 15; m++) codes[i] = (int8_t)(codes[i] + (values[i] * inverse > middles[m]));
    }
}

void ck_nearest_codes(const float *values, unsigned count, ck_line line, int low, int high, int8_t *codes) {
    float inverse = inverse_of(line.scale);
    for (unsigned i = 0; i < count; i++)
        codes[i] = (int8_t)nearest((values[i] - line.offset) * inverse, (float)low, (float)high);
}

/* Squared error with the nearest codes. */
INLINE float error_of(const float *values, unsigned count, ck_line line, float low, float high) {
    float inverse = inverse_of(line.scale);
    floats squares = 0;
    for (unsigned i = 0; i < count; i += LANES) {
        floats above = load(values + i) - line.offset;
        floats difference = above - line.scale * whole(within(above * inverse, low, high));
        squares += difference * difference;
    }
    return total(squares);
}

/* -------------------------------------------------------------------------------------------- scale and offset --- */

/* The best line for the codes that are nearest by another one, and its squared error with those codes; infinity where
 * all codes are equal. */
INLINE float refit_line(const float *values, unsigned count, ck_line line, float high, float highest_offset,
                        ck_line *fit) {
    float inverse = inverse_of(line.scale);
    floats sums = 0, codes = 0, squares = 0, products = 0, own = 0;
    for (unsigned i = 0; i < count; i += LANES) {
        floats value = load(values + i), code = whole(within((value - line.offset) * inverse, 0, high));
        sums += value;
        codes += code;
        squares += code * code;
        products += value * code;
        own += value * value;
    }
    float n = (float)count, x = total(sums), q = total(codes), qq = total(squares), xq = total(products);
    float determinant = n * qq - q * q;
    if (!(determinant > 0)) return INFINITY;
    float offset = (qq * x - q * xq) / determinant;
    if (offset > highest_offset) offset = highest_offset;
    float scale = (xq - offset * q) / qq;
    *fit = (ck_line){scale, offset};
    return total(own) - 2 * (scale * xq + offset * x) + scale * (scale * qq + 2 * offset * q) + n * offset * offset;
}

ck_line ck_search_line(const float *values, unsigned count, int high, int is_below) {
    float least = values[0], most = values[0], shifted[CK_ENCODED_GROUP];
    for (unsigned i = 0; i < count; i++) {
        least = values[i] < least ? values[i] : least;
        most = values[i] > most ? values[i] : most;
    }
    if (is_below && least > 0) least = 0;
    if (!(most > least)) return (ck_line){0, least};
    /* Counted from the least value, sums lose no digits to what all values have in common. */
    for (unsigned i = 0; i < count; i++) shifted[i] = values[i] - least;
    float range = most - least, highest_offset = is_below ? -least : INFINITY, error = INFINITY;
    ck_line best = {range / (float)high, 0}, fit = best;
    /* The range is stretched or clipped at its upper end, at both, or at its lower one. */
    for (int place = -STEPS; place <= STEPS; place++) {
        float slack = STEP * (float)place, scale = range / ((float)high + slack);
        for (int end = 0; end <= 2; end++) {
            ck_line line = {scale, 0.5f * (float)end * slack * scale};
            float found = refit_line(shifted, count, line, (float)high, highest_offset, &fit);
            if (!(found < error)) continue;
            error = found;
            best = fit;
        }
    }
    for (unsigned turn = 0; turn < TURNS; turn++) {
        float found = refit_line(shifted, count, best, (float)high, highest_offset, &fit);
        if (!(found < error)) break;
        error = found;
        best = fit;
    }
    return (ck_line){best.scale, best.offset + least};
}

/* ------------------------------------------------------------------------------------------------ super-blocks --- */

typedef struct {
    float d, dmin, error;
    uint8_t scales[8], minimums[8];
} lines;

INLINE ck_line line_of(const lines *lines, unsigned g) {
    return (ck_line){lines->d * (float)lines->scales[g], -lines->dmin * (float)lines->minimums[g]};
}

/* Moves each group's scale and minimum to the best of their neighbours. */
static void settle_lines(const float *values, float high, lines *lines) {
    lines->error = 0;
    for (unsigned g = 0; g < 8; g++) {
        int scale = lines->scales[g], minimum = lines->minimums[g];
        float least = INFINITY;
        for (int s = scale - 1; s <= scale + 1; s++) {
            for (int m = minimum - 1; m <= minimum + 1; m++) {
                if (s < 0 || s > 63 || m < 0 || m > 63) continue;
                ck_line line = {lines->d * (float)s, -lines->dmin * (float)m};
                float error = error_of(values + 32 * g, 32, line, 0, high);
                if (!(error < least)) continue;
                least = error;
                lines->scales[g] = (uint8_t)s;
                lines->minimums[g] = (uint8_t)m;
            }
        }
        lines->error += least;
    }
}

/* d and dmin that are best for the codes and the groups' whole numbers: two equations of least squares. */
static void refit_lines(const float *values, int high, lines *lines) {
    double aa = 0, ab = 0, bb = 0, xa = 0, xb = 0;
    for (unsigned g = 0; g < 8; g++) {
        int8_t codes[32];
        ck_nearest_codes(values + 32 * g, 32, line_of(lines, g), 0, high, codes);
        for (unsigned i = 0; i < 32; i++) {
            float a = (float)(lines->scales[g] * codes[i]), b = -(float)lines->minimums[g], x = values[32 * g + i];
            aa += a * a;
            ab += a * b;
            bb += b * b;
            xa += x * a;
            xb += x * b;
        }
    }
    double determinant = aa * bb - ab * ab;
    if (determinant > 0) {
        lines->d = as_half((float)((xa * bb - xb * ab) / determinant));
        lines->dmin = as_half((float)((xb * aa - xa * ab) / determinant));
    } else if (aa > 0) {
        lines->d = as_half((float)(xa / aa));
    }
}

static void store_lines(const lines *lines, uint8_t *block) {
    ck_store_half(block, lines->d);
    ck_store_half(block + 2, lines->dmin);
    uint8_t *packed = block + 4;
    for (unsigned g = 0; g < 4; g++) {
        unsigned scale = lines->scales[g + 4], minimum = lines->minimums[g + 4];
        packed[g] = (uint8_t)(lines->scales[g] | scale >> 4 << 6);
        packed[g + 4] = (uint8_t)(lines->minimums[g] | minimum >> 4 << 6);
        packed[g + 8] = (uint8_t)((scale & 15) | (minimum & 15) << 4);
    }
}

void ck_encode_lines(const float *values, int high, uint8_t *block, int8_t codes[256]) {
    ck_line found[8];
    float most_scale = 0, most_minimum = 0;
    for (unsigned g = 0; g < 8; g++) {
        found[g] = ck_search_line(values + 32 * g, 32, high, 1);
        most_scale = fmaxf(most_scale, found[g].scale);
        most_minimum = fmaxf(most_minimum, -found[g].offset);
    }
    lines now = {.d = as_half(most_scale / 63), .dmin = as_half(most_minimum / 63)};
    for (unsigned g = 0; g < 8; g++) {
        now.scales[g] = (uint8_t)nearest(found[g].scale * inverse_of(now.d), 0, 63);
        now.minimums[g] = (uint8_t)nearest(-found[g].offset * inverse_of(now.dmin), 0, 63);
    }
    lines best = {.error = INFINITY};
    for (unsigned turn = 0; turn < TURNS; turn++) {
        settle_lines(values, (float)high, &now);
        if (turn > 0 && !(now.error < best.error)) break;
        best = now;
        refit_lines(values, high, &now);
    }
    store_lines(&best, block);
    for (unsigned g = 0; g < 8; g++)
        ck_nearest_codes(values + 32 * g, 32, line_of(&best, g), 0, high, codes + 32 * g);
}

typedef struct {
    float d, error;
    int8_t scales[16];
} scales;

static void settle_scales(const float *values, float low, float high, scales *scales) {
    scales->error = 0;
    for (unsigned g = 0; g < 16; g++) {
        int scale = scales->scales[g];
        float least = INFINITY;
        for (int s = scale > -128 ? scale - 1 : scale; s <= scale + 1 && s <= 127; s++) {
            float error = error_of(values + 16 * g, 16, (ck_line){scales->d * (float)s, 0}, low, high);
            if (!(error < least)) continue;
            least = error;
            scales->scales[g] = (int8_t)s;
        }
        scales->error += least;
    }
}

static void refit_scales(const float *values, int low, int high, scales *scales) {
    double aa = 0, xa = 0;
    for (unsigned g = 0; g < 16; g++) {
        int8_t codes[16];
        ck_nearest_codes(values + 16 * g, 16, (ck_line){scales->d * (float)scales->scales[g], 0}, low, high, codes);
        for (unsigned i = 0; i < 16; i++) {
            float a = (float)(scales->scales[g] * codes[i]);
            aa += a * a;
            xa += a * values[16 * g + i];
        }
    }
    if (aa > 0) scales->d = as_half((float)(xa / aa));
}

uint16_t ck_encode_scales(const float *values, int low, int high, int8_t result[16], int8_t codes[256]) {
    float found[16], farthest = 0;
    for (unsigned g = 0; g < 16; g++) {
        found[g] = ck_search_scale(values + 16 * g, 16, low, high);
        if (fabsf(found[g]) > fabsf(farthest)) farthest = found[g];
    }
    scales now = {.d = as_half(farthest / -128)};
    for (unsigned g = 0; g < 16; g++)
        now.scales[g] = (int8_t)nearest(found[g] * inverse_of(now.d), -128, 127);
    scales best = {.error = INFINITY};
    for (unsigned turn = 0; turn < TURNS; turn++) {
        settle_scales(values, (float)low, (float)high, &now);
        if (turn > 0 && !(now.error < best.error)) break;
        best = now;
        refit_scales(values, low, high, &now);
    }
    memcpy(result, best.scales, sizeof best.scales);
    for (unsigned g = 0; g < 16; g++)
        ck_nearest_codes(values + 16 * g, 16, (ck_line){best.d * (float)best.scales[g], 0}, low, high, codes + 16 * g);
    return ck_half_from_float(best.d);
}
