/* The tensor formats there are: one line each. */
#include "kernels.h"

extern const ck_format f32_format, f16_format, bf16_format, q4_0_format, q4_1_format, q5_0_format, q5_1_format,
    q8_0_format, q2_k_format, q3_k_format, q4_k_format, q5_k_format, q6_k_format, q8_k_format, iq4_nl_format,
    iq4_xs_format, mxfp4_format;

static const ck_format *const formats[] = {
    &f32_format,
    &f16_format,
    &bf16_format,
    &q4_0_format,
    &q4_1_format,
    &q5_0_format,
    &q5_1_format,
    &q8_0_format,
    &q2_k_format,
    &q3_k_format,
    &q4_k_format,
    &q5_k_format,
    &q6_k_format,
    &q8_k_format,
    &iq4_nl_format,
    &iq4_xs_format,
    &mxfp4_format,
};

/* Names of ids that files in the wild use, so that an error can say what it found. Source: the GGUF specification. */
static const char *const known_names[] = {
    [0] = "F32",       [1] = "F16",       [2] = "Q4_0",      [3] = "Q4_1",      [4] = "Q4_2",     [5] = "Q4_3",
    [6] = "Q5_0",      [7] = "Q5_1",      [8] = "Q8_0",      [9] = "Q8_1",      [10] = "Q2_K",    [11] = "Q3_K",
    [12] = "Q4_K",     [13] = "Q5_K",     [14] = "Q6_K",     [15] = "Q8_K",     [16] = "IQ2_XXS", [17] = "IQ2_XS",
    [18] = "IQ3_XXS",  [19] = "IQ1_S",    [20] = "IQ4_NL",   [21] = "IQ3_S",    [22] = "IQ2_S",   [23] = "IQ4_XS",
    [24] = "I8",       [25] = "I16",      [26] = "I32",      [27] = "I64",      [28] = "F64",     [29] = "IQ1_M",
    [30] = "BF16",     [31] = "Q4_0_4_4", [32] = "Q4_0_4_8", [33] = "Q4_0_8_8", [34] = "TQ1_0",   [35] = "TQ2_0",
    [36] = "IQ4_NL_4_4", [37] = "IQ4_NL_4_8", [38] = "IQ4_NL_8_8", [39] = "MXFP4", [40] = "NVFP4", [41] = "Q1_0",
};

const ck_format *ck_format_at(size_t index) {
    return index < sizeof formats / sizeof *formats ? formats[index] : NULL;
}

const ck_format *ck_format_find(uint32_t id) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (formats[i]->id == id) return formats[i];
    return NULL;
}

const char *ck_format_name(uint32_t id) {
    return id < sizeof known_names / sizeof *known_names ? known_names[id] : NULL;
}

void ck_format_multiply(const ck_format *format, ck_cpu cpu, const ck_tile *tile) { format->multiply[cpu](tile); }
