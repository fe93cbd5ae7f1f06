/* Cores that look at the logits of a whole vocabulary. */

/* e^x for x below 88, with a relative error of at most 3e-7 as long as |x| <= 40, and none at 0; what lies below -87,
 * or is no number, counts as -87. x = n ln 2 + r, |r| <= ln 2 / 2; e^r by the polynomial of degree 5 with p(0) = 1 that
 * has the least relative error, 9.4e-8; 2^n by adding to its exponent bits. */
CORE floats logit_weight(floats x) {
    const floats rounder = splat(12582912.0f); /* 1.5 * 2^23: its last bits hold n */
    floats clamped = largest(x, splat(-87.0f));
    floats shifted = MULTIPLY_ADD(clamped, splat(1.44269504088896341f), rounder);
    floats r = MULTIPLY_ADD(shifted - rounder, splat(-0.693147180559945309f), clamped);
    floats p = splat(0.00829025544f);
    p = MULTIPLY_ADD(p, r, splat(0.0418981574f));
    p = MULTIPLY_ADD(p, r, splat(0.166676387f));
    p = MULTIPLY_ADD(p, r, splat(0.499991477f));
    p = MULTIPLY_ADD(p, r, splat(0.999999702f));
    p = MULTIPLY_ADD(p, r, splat(1));
    return (floats)((ints)p + ((ints)shifted << 23));
}

/* The largest value of a whole block. */
CORE float block_maximum(const float *block) {
    floats most[2] = {splat(-INFINITY), splat(-INFINITY)};
    for (size_t i = 0; i < CK_LOGIT_BLOCK; i += 2 * LANES) {
        most[0] = largest(load(block + i), most[0]);
        most[1] = largest(load(block + i + LANES), most[1]);
    }
    return largest_lane(largest(most[0], most[1]));
}

/* The sum of e^(scale (logit - origin)) over a whole block. */
CORE float block_weight(const float *block, float origin, float scale) {
    floats sums[4] = {splat(0), splat(0), splat(0), splat(0)};
    for (size_t i = 0; i < CK_LOGIT_BLOCK; i += 4 * LANES)
        for (size_t j = 0; j < 4; j++)
            sums[j] += logit_weight((load(block + i + LANES * j) - splat(origin)) * splat(scale));
    return sum_of_lanes((sums[0] + sums[1]) + (sums[2] + sums[3]));
}

/* Sums over a whole block, with w = e^(logit - origin): of w, the same bits as block_weight's, and of
 * w (logit - origin). */
typedef struct {
    float weight, moment;
} block_sums;

CORE block_sums block_moments(const float *block, float origin) {
    floats sums[4] = {splat(0), splat(0), splat(0), splat(0)}, moments[4] = {splat(0), splat(0), splat(0), splat(0)};
    for (size_t i = 0; i < CK_LOGIT_BLOCK; i += 4 * LANES)
        for (size_t j = 0; j < 4; j++) {
            /* What is far below, or no number, must not become zero times infinity. */
            floats distance = largest(load(block + i + LANES * j) - splat(origin), splat(-87.0f));
            floats weight = logit_weight(distance);
            sums[j] += weight;
            moments[j] = MULTIPLY_ADD(weight, distance, moments[j]);
        }
    return (block_sums){sum_of_lanes((sums[0] + sums[1]) + (sums[2] + sums[3])),
                        sum_of_lanes((moments[0] + moments[1]) + (moments[2] + moments[3]))};
}

/* The block that starts at `first`; the last one is filled up in `padded`. */
CORE const float *whole_block(const float *logits, size_t first, size_t count, float *padded) {
    if (count - first >= CK_LOGIT_BLOCK) return logits + first;
    for (size_t i = 0; i < CK_LOGIT_BLOCK; i++) padded[i] = first + i < count ? logits[first + i] : -INFINITY;
    return padded;
}

static double survey(const float *logits, size_t count, float *maxima, double *entropy) {
    enum { ahead = 1024 }; /* 4 KiB */
    float padded[CK_LOGIT_BLOCK];
    /* Weights are relative to `origin`, which follows the largest logit only in steps: close enough that differences
     * stay exact to 2.4e-7, seldom enough that the sum is hardly ever scaled. */
    float most = -INFINITY, origin = -INFINITY;
    double sum = 0, moment = 0;
    for (size_t first = 0; first < count; first += CK_LOGIT_BLOCK) {
        const float *block = whole_block(logits, first, count, padded);
        /* Arithmetic and reading take about as long: they go on side by side only if asked to. */
        for (size_t i = 0; i < CK_LOGIT_BLOCK; i += 16) __builtin_prefetch(logits + first + ahead + i);
        float highest = block_maximum(block);
        maxima[first / CK_LOGIT_BLOCK] = highest;
        if (highest > most) {
            most = highest;
            if (most > origin + 8) {
                double shift = (double)origin - (double)most;
                if (sum > 0) moment = exp(shift) * (moment + shift * sum);
                sum *= exp(shift);
                origin = most;
            }
        }
        if (!(highest > most - 30)) continue;
        if (!entropy) {
            sum += block_weight(block, origin, 1);
            continue;
        }
        block_sums sums = block_moments(block, origin);
        sum += sums.weight;
        moment += sums.moment;
    }
    bool isFinite = most != -INFINITY && most != INFINITY;
    /* -log(p) = log(sum) - (logit - origin), of which this is the mean. */
    if (entropy) *entropy = isFinite ? fmax(0, log(sum) - moment / sum) : 0;
    return isFinite ? (double)origin + log(sum) : most;
}

static float maximum(const float *values, size_t count) {
    floats most = splat(-INFINITY);
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) most = largest(load(values + i), most);
    float best = largest_lane(most);
    for (; i < count; i++) best = values[i] > best ? values[i] : best;
    return best;
}

static double divergence(const float *reference, const float *logits, size_t count) {
    float padded[2][CK_LOGIT_BLOCK];
    float highest = maximum(reference, count), other_highest = maximum(logits, count);
    if (!isfinite(highest) || !isfinite(other_highest)) return NAN;
    double sum = 0, other_sum = 0, moment = 0;
    for (size_t first = 0; first < count; first += CK_LOGIT_BLOCK) {
        const float *block = whole_block(reference, first, count, padded[0]);
        const float *other_block = whole_block(logits, first, count, padded[1]);
        floats sums = splat(0), other_sums = splat(0), moments = splat(0);
        for (size_t i = 0; i < CK_LOGIT_BLOCK; i += LANES) {
            floats distance = largest(load(block + i) - splat(highest), splat(-87.0f));
            floats other_distance = largest(load(other_block + i) - splat(other_highest), splat(-87.0f));
            floats weight = logit_weight(distance);
            sums += weight;
            other_sums += logit_weight(other_distance);
            moments = MULTIPLY_ADD(weight, distance - other_distance, moments);
        }
        sum += sum_of_lanes(sums);
        other_sum += sum_of_lanes(other_sums);
        moment += sum_of_lanes(moments);
    }
    /* log(p / q) = (distance - log(sum)) - (other distance - log(other sum)), of which this is the mean. */
    return fmax(0, moment / sum + (log(other_sum) - log(sum)));
}

static size_t count_at_least(const float *values, size_t count, float threshold) {
    ints found = 0;
    size_t i = 0, rest = 0;
    /* True is -1 in every lane. */
    for (; i + LANES <= count; i += LANES) found -= load(values + i) >= splat(threshold);
    for (; i < count; i++) rest += values[i] >= threshold;
    for (int lane = 0; lane < LANES; lane++) rest += (size_t)found[lane];
    return rest;
}

static void weigh_blocks(const float *logits, size_t count, float most, float scale, float *weights) {
    float padded[CK_LOGIT_BLOCK];
    for (size_t first = 0; first < count; first += CK_LOGIT_BLOCK)
        weights[first / CK_LOGIT_BLOCK] = block_weight(whole_block(logits, first, count, padded), most, scale);
}
