/* Cores that work on one row of values. */

/* The sums of lanes 0, 1, 4, 5, 8 … and of lanes 2, 3, 6, 7, 10 … */
CORE void sum_pairs(ints v, int32_t sums[2]) {
    int32_t __attribute__((ext_vector_type(8))) eight = v.even + v.odd;
    int32_t __attribute__((ext_vector_type(4))) four = eight.lo + eight.hi;
    sums[0] = four.x + four.z;
    sums[1] = four.y + four.w;
}

static void quantize(const float *input, size_t count, ck_activation *activations) {
    typedef int8_t codes __attribute__((ext_vector_type(LANES)));
    for (size_t i = 0; i < count; i += 32, activations++) {
        floats values[2] = {load(input + i), load(input + i + 16)};
        /* Compared as integers, so that a NaN is the largest and its block's scale becomes NaN. */
        ints low = (ints)values[0] & 0x7fffffff, high = (ints)values[1] & 0x7fffffff;
        int32_t most = __builtin_reduce_max(low > high ? low : high);
        float largest_value = ck_float_from_bits((uint32_t)most);
        bool usable = most > 0 && most < 0x7f800000;
        activations->scale = largest_value / 127.0f;
        float inverse = usable ? 127.0f / largest_value : 0.0f;
        const floats rounder = splat(12582912.0f);
        int32_t pairs[3][2];
        for (unsigned h = 0; h < 2; h++) {
            floats scaled = usable ? values[h] * splat(inverse) : splat(0.0f);
            ints rounded = __builtin_convertvector((scaled + rounder) - rounder, ints);
            /* 127 / largest may round up far enough to give 128 for subnormal blocks. */
            rounded = rounded > 127 ? (ints)127 : rounded;
            rounded = rounded < -127 ? (ints)-127 : rounded;
            codes packed = __builtin_convertvector(rounded, codes);
            memcpy(activations->codes + 16 * h, &packed, sizeof packed);
            sum_pairs(rounded, pairs[h]);
        }
        for (unsigned p = 0; p < 2; p++) pairs[2][p] = pairs[0][p] + pairs[1][p];
        for (unsigned p = 0; p < 3; p++)
            activations->pair_sums[p] = (int32_t)((uint32_t)(uint16_t)pairs[p][0] | (uint32_t)pairs[p][1] << 16);
        activations->sum = activations->scale * (float)(pairs[2][0] + pairs[2][1]);
    }
}

static void norm(const float *input, const float *weight, float epsilon, size_t count, bool accumulate, float *output) {
    floats squares = splat(0);
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) squares = MULTIPLY_ADD(load(input + i), load(input + i), squares);
    float sum = sum_of_lanes(squares);
    for (; i < count; i++) sum += input[i] * input[i];
    float scale = 1.0f / sqrtf(sum / (float)count + epsilon);
    for (i = 0; i + LANES <= count; i += LANES) {
        floats normed = load(input + i) * splat(scale) * load(weight + i);
        store(output + i, accumulate ? load(output + i) + normed : normed);
    }
    for (; i < count; i++) {
        float normed = input[i] * scale * weight[i];
        output[i] = accumulate ? output[i] + normed : normed;
    }
}

CORE floats activated(ck_gate gate, floats x) {
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
    for (; i + LANES <= count; i += LANES) store(gates + i, activated(gate, load(gates + i)) * load(ups + i));
    for (; i < count; i++) gates[i] = activated(gate, splat(gates[i]))[0] * ups[i];
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
