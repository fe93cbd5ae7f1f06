/* Cores that work on one row of values. */

static void quantize(const float *input, size_t count, ck_activation *activations) {
    for (size_t i = 0; i < count; i += 32, activations++) {
        /* Compared as integers, so that a NaN is the largest and its block's scale becomes NaN. */
        ints magnitude = 0;
        for (unsigned j = 0; j < 32; j += 8) {
            ints bits = (ints)load(input + i + j) & 0x7fffffff;
            magnitude = bits > magnitude ? bits : magnitude;
        }
        int32_t most = 0;
        for (int lane = 0; lane < 8; lane++) most = magnitude[lane] > most ? magnitude[lane] : most;
        float largest_value = ck_float_from_bits((uint32_t)most);
        bool usable = most > 0 && most < 0x7f800000;
        activations->scale = largest_value / 127.0f;
        floats inverse = splat(usable ? 127.0f / largest_value : 0.0f);
        const floats rounder = splat(12582912.0f);
        int32_t sums[4] = {0};
        for (unsigned j = 0; j < 32; j += 8) {
            floats scaled = usable ? load(input + i + j) * inverse : splat(0.0f);
            ints codes = __builtin_convertvector((scaled + rounder) - rounder, ints);
            /* 127 / largest may round up far enough to give 128 for subnormal blocks. */
            codes = codes > 127 ? (ints)127 : codes;
            codes = codes < -127 ? (ints)-127 : codes;
            for (unsigned lane = 0; lane < 8; lane++) {
                activations->codes[j + lane] = (int8_t)codes[lane];
                sums[j / 16 * 2 + lane % 4 / 2] += codes[lane];
            }
        }
        int32_t pairs[3][2] = {
            {sums[0], sums[1]}, {sums[2], sums[3]}, {sums[0] + sums[2], sums[1] + sums[3]}};
        for (unsigned p = 0; p < 3; p++)
            activations->pair_sums[p] = (int32_t)((uint32_t)(uint16_t)pairs[p][0] | (uint32_t)pairs[p][1] << 16);
        activations->sum = activations->scale * (float)(pairs[2][0] + pairs[2][1]);
    }
}

static void norm(const float *input, const float *weight, float epsilon, size_t count, bool accumulate, float *output) {
    floats squares[2] = {splat(0), splat(0)};
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        floats a = load(input + i), b = load(input + i + 8);
        squares[0] = MULTIPLY_ADD(a, a, squares[0]);
        squares[1] = MULTIPLY_ADD(b, b, squares[1]);
    }
    float sum = sum_of_lanes(squares[0] + squares[1]);
    for (; i < count; i++) sum += input[i] * input[i];
    float scale = 1.0f / sqrtf(sum / (float)count + epsilon);
    for (i = 0; i + 8 <= count; i += 8) {
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
    for (; i + 8 <= count; i += 8) store(gates + i, activated(gate, load(gates + i)) * load(ups + i));
    for (; i < count; i++) gates[i] = activated(gate, splat(gates[i]))[0] * ups[i];
}

static void narrow(const float *input, size_t count, uint16_t *output, size_t stride) {
    for (size_t i = 0; i < count; i += 8) {
        uint16_t halves[8];
        STORE_HALVES(halves, load(input + i));
        for (unsigned lane = 0; lane < 8; lane++) output[(i + lane) * stride] = halves[lane];
    }
}
