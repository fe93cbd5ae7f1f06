/* Cores that work on one row of values. */

typedef int8_t block_codes __attribute__((ext_vector_type(32)));
typedef int16_t block_words __attribute__((ext_vector_type(16)));

/* Of each half of a block: in the lower 16 bits the sum of codes 0 and 1 of every four, in the upper ones of codes 2
 * and 3. */
CORE void sum_pairs(block_codes codes, int32_t sums[2]) {
    block_words words = (block_words)codes;
    block_words pairs = ((words << 8) >> 8) + (words >> 8);
    pairs += __builtin_shufflevector(pairs, pairs, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11);
    pairs += __builtin_shufflevector(pairs, pairs, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
    int32_t __attribute__((ext_vector_type(8))) packed = (int32_t __attribute__((ext_vector_type(8))))pairs;
    sums[0] = packed[0];
    sums[1] = packed[4];
}

/* Both 16-bit sums together. */
CORE int32_t sum_of_pairs(int32_t packed) { return (int16_t)packed + (packed >> 16); }

/* Sixteen values times `inverse`, rounded to the nearest within ±127. */
CORE ints rounded(floats values, float inverse) {
    const floats rounder = splat(12582912.0f); /* 1.5 * 2^23 */
    /* A statement of its own: in one expression with the sum the compiler would fuse it, on some processors only. */
    floats scaled = values * splat(inverse);
    ints codes = __builtin_convertvector((scaled + rounder) - rounder, ints);
    /* 127 / largest may round up far enough to give 128 for subnormal blocks. */
    codes = codes > 127 ? (ints)127 : codes;
    return codes < -127 ? (ints)-127 : codes;
}

static void quantize(const float *input, size_t count, ck_activation *activations) {
    typedef int8_t half_codes __attribute__((ext_vector_type(LANES)));
    for (size_t i = 0; i < count; i += 32, activations++) {
        floats low = load(input + i), high = load(input + i + 16);
        /* Compared as integers, so that a NaN is the largest and its block's scale becomes NaN. */
        ints low_bits = (ints)low & 0x7fffffff, high_bits = (ints)high & 0x7fffffff;
        int32_t most = __builtin_reduce_max(low_bits > high_bits ? low_bits : high_bits);
        float largest_value = ck_float_from_bits((uint32_t)most);
        bool usable = most > 0 && most < 0x7f800000;
        float inverse = usable ? 127.0f / largest_value : 0.0f;
        half_codes first = __builtin_convertvector(rounded(usable ? low : splat(0), inverse), half_codes);
        half_codes second = __builtin_convertvector(rounded(usable ? high : splat(0), inverse), half_codes);
        block_codes codes = __builtin_shufflevector(first, second, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
                                                    16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31);
        memcpy(activations->codes, &codes, sizeof codes);
        int32_t *pairs = activations->pair_sums;
        sum_pairs(codes, pairs);
        int32_t sums[2] = {sum_of_pairs(pairs[0]), sum_of_pairs(pairs[1])};
        pairs[2] = (int32_t)((uint32_t)(uint16_t)(pairs[0] + pairs[1]) |
                             ((uint32_t)(pairs[0] >> 16) + (uint32_t)(pairs[1] >> 16)) << 16);
        activations->scale = largest_value / 127.0f;
        activations->sum = activations->scale * (float)(sums[0] + sums[1]);
        for (unsigned h = 0; h < 2; h++) activations->starts[h] = -128 * sums[h];
        activations->starts[2] = -128 * (sums[0] + sums[1]);
    }
}

static void norm(const ck_norm *norm, const float *input, const float *weight, float *output) {
    size_t count = norm->columns, i;
    float mean = 0;
    if (norm->centered) {
        floats sums = splat(0);
        for (i = 0; i + LANES <= count; i += LANES) sums += load(input + i);
        float sum = sum_of_lanes(sums);
        for (; i < count; i++) sum += input[i];
        mean = sum / (float)count;
    }
    floats squares = splat(0);
    for (i = 0; i + LANES <= count; i += LANES) {
        floats value = load(input + i) - splat(mean);
        squares = MULTIPLY_ADD(value, value, squares);
    }
    float sum = sum_of_lanes(squares);
    for (; i < count; i++) sum += (input[i] - mean) * (input[i] - mean);
    float scale = 1.0f / sqrtf(sum / (float)count + norm->epsilon);
    for (i = 0; i + LANES <= count; i += LANES) {
        floats normed = (load(input + i) - splat(mean)) * splat(scale) * load(weight + i);
        if (norm->bias) normed += load(norm->bias + i);
        store(output + i, norm->accumulate ? load(output + i) + normed : normed);
    }
    for (; i < count; i++) {
        float normed = (input[i] - mean) * scale * weight[i] + (norm->bias ? norm->bias[i] : 0);
        output[i] = norm->accumulate ? output[i] + normed : normed;
    }
}

/* tanh u = 1 - 2 / (1 + e^(2u)) */
CORE floats hyperbolic_tangent(floats u) { return splat(1) - splat(2) / (splat(1) + exponential(u + u)); }

/* The normal distribution's share below x: e^(-x^2 / 2) times a polynomial in 1 / (1 + p |x| / sqrt 2), within 1e-7
 * (Abramowitz and Stegun 1964, 7.1.26). */
CORE floats normal_share(floats x) {
    floats z = choose(x < splat(0), -x, x) * splat(0.70710678118654752f);
    floats t = splat(1) / MULTIPLY_ADD(splat(0.3275911f), z, splat(1));
    floats p = splat(1.061405429f);
    p = MULTIPLY_ADD(p, t, splat(-1.453152027f));
    p = MULTIPLY_ADD(p, t, splat(1.421413741f));
    p = MULTIPLY_ADD(p, t, splat(-0.284496736f));
    p = MULTIPLY_ADD(p, t, splat(0.254829592f));
    floats tail = splat(0.5f) * p * t * exponential(-z * z);
    return choose(x < splat(0), tail, splat(1) - tail);
}

CORE floats activated(ck_gate gate, floats x) {
    if (gate == CK_GATE_GELU_EXACT) return x * normal_share(x);
    floats exponent = x;
    if (gate == CK_GATE_GELU) {
        /* x/2 (1 + tanh u) = x / (1 + e^(-2u)), u = sqrt(2/pi) (x + 0.044715 x^3) */
        floats cubed = x * x * x;
        exponent = splat(2 * 0.7978845608028654f) * MULTIPLY_ADD(splat(0.044715f), cubed, x);
    }
    return x / (splat(1.0f) + exponential(-exponent));
}

static void gate(ck_gate gate, float *gates, const float *ups, size_t count) {
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        floats active = activated(gate, load(gates + i));
        store(gates + i, ups ? active * load(ups + i) : active);
    }
    for (; i < count; i++) gates[i] = activated(gate, splat(gates[i]))[0] * (ups ? ups[i] : 1);
}

CORE floats scaled(floats value, float scale, float cap) {
    value *= splat(scale);
    return cap == 0 ? value : splat(cap) * hyperbolic_tangent(value / splat(cap));
}

static void scale(float *values, size_t count, float scale, float cap) {
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) store(values + i, scaled(load(values + i), scale, cap));
    for (; i < count; i++) values[i] = scaled(splat(values[i]), scale, cap)[0];
}

static void narrow(const float *input, size_t count, uint16_t *output, size_t stride) {
    for (size_t i = 0; i < count; i += LANES) {
        uint16_t narrowed[LANES];
        store_halves(narrowed, load(input + i));
        for (unsigned lane = 0; lane < LANES; lane++) output[(i + lane) * stride] = narrowed[lane];
    }
}

static void narrow_to_codes(const float *input, size_t count, int8_t *output, size_t stride, uint16_t *scales,
                            size_t scale_stride) {
    for (size_t i = 0; i < count; i += 32) {
        ck_activation block;
        quantize(input + i, 32, &block);
        /* The codes belong to the scale that is kept. */
        scales[i / 32 * scale_stride] = ck_half_from_float(block.scale);
        for (unsigned j = 0; j < 32; j++) output[(i + j) * stride] = block.codes[j];
    }
}
