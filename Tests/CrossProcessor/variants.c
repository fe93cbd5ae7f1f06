/* The kernels of a processor that the Swift tests don't run on: every format's products by every variant against the
 * scalar reference; then the operations of the selected variant, printed for comparison with another run's. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels.h"

enum { COLUMNS = 768, ROWS = 16, TOKENS = 13 };

static uint64_t state = 88172645463325252ull;

static uint64_t next_random(void) {
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

static float next_unit(void) { return (float)(next_random() >> 40) / (float)(1 << 23) - 1; }

static void *aligned(size_t bytes) { return aligned_alloc(64, (bytes + 63) / 64 * 64); }

/* Random blocks; 16-bit floats among them have exponents around 2^-7, wherever they lie. */
static void fill(const ck_format *format, uint8_t *weights, size_t bytes, int fill) {
    static const struct {
        const char *name;
        int offsets[2];
    } halves[] = {{"Q4_0", {0, -1}}, {"Q5_0", {0, -1}}, {"Q8_0", {0, -1}}, {"Q4_1", {0, 2}},  {"Q5_1", {0, 2}},
                  {"Q4_K", {0, 2}},  {"Q5_K", {0, 2}},  {"Q6_K", {208, -1}}, {"F16", {0, -1}}};
    for (size_t i = 0; i < bytes; i++) weights[i] = fill < 0 ? (uint8_t)next_random() : (uint8_t)fill;
    for (size_t block = 0; block < bytes; block += format->block_bytes) {
        for (size_t i = 0; i < sizeof halves / sizeof *halves; i++)
            for (int j = 0; j < 2 && strcmp(halves[i].name, format->name) == 0; j++) {
                uint16_t half = (uint16_t)(0x2000 | (next_random() & 0x83ff));
                if (halves[i].offsets[j] >= 0) memcpy(weights + block + halves[i].offsets[j], &half, 2);
            }
        float value = next_unit();
        uint32_t bits;
        memcpy(&bits, &value, 4);
        if (format->id == 0) memcpy(weights + block, &value, 4);
        if (format->id == 30) memcpy(weights + block, (uint8_t *)&bits + 2, 2);
    }
}

/* How many results of a variant are off. */
static int compare(const ck_format *format, ck_cpu cpu, ck_tile tile, unsigned rows, size_t tokens) {
    float wanted[TOKENS * ROWS] = {0}, found[TOKENS * ROWS] = {0}, scale = 0;
    tile.rows = rows;
    tile.tokens = tokens;
    tile.output = wanted;
    ck_format_multiply(format, CK_CPU_SCALAR, &tile);
    tile.output = found;
    ck_format_multiply(format, cpu, &tile);
    for (size_t i = 0; i < tokens * ROWS; i++) scale = fmaxf(scale, fabsf(wanted[i]));
    int wrong = 0;
    for (size_t i = 0; i < tokens * ROWS; i++) wrong += !(fabsf(wanted[i] - found[i]) <= 1e-5f * scale);
    return wrong;
}

static int compare_formats(ck_team *team, const float *values) {
    int failures = 0, compared = 0;
    ck_activation *activations = aligned(sizeof(ck_activation) * TOKENS * COLUMNS / 32);
    ck_quantize(team, values, TOKENS, COLUMNS, activations);
    void *panel = aligned(CK_PANEL_BYTES);
    for (size_t f = 0; ck_format_at(f); f++) {
        const ck_format *format = ck_format_at(f);
        size_t row_bytes = COLUMNS / format->block_size * format->block_bytes;
        uint8_t *weights = aligned(row_bytes * ROWS);
        for (int filling = -1; filling < 256; filling += filling < 0 ? 1 : 85) {
            if (filling >= 0 && format->input == CK_INPUT_FLOAT) break;
            fill(format, weights, row_bytes * ROWS, filling);
            ck_tile tile = {.weights = weights, .row_bytes = row_bytes, .columns = COLUMNS, .activations = activations,
                            .values = values, .output_stride = ROWS, .panel = panel};
            for (ck_cpu cpu = CK_CPU_SCALAR + 1; cpu < CK_CPU_VARIANTS; cpu++)
                for (unsigned rows = 1; ck_cpu_supports(cpu) && rows <= ROWS; rows += 5)
                    for (size_t tokens = 1; tokens <= TOKENS; tokens += 2, compared++) {
                        int wrong = compare(format, cpu, tile, rows, tokens);
                        if (wrong)
                            fprintf(stderr, "%s, %s: %u rows, %zu tokens: %d wrong\n", format->name, ck_cpu_name(cpu),
                                    rows, tokens, wrong);
                        failures += wrong;
                    }
        }
        free(weights);
    }
    fprintf(stderr, "%d products compared, %d wrong\n", compared, failures);
    return failures + (compared == 0);
}

static void print(const char *name, const float *values, size_t count) {
    for (size_t i = 0; i < count; i++) printf("%s %.9g\n", name, values[i]);
}

static void print_attention(ck_team *team, ck_cache_format format, size_t window) {
    enum { HEADS = 6, CACHE_HEADS = 2, SIZE = 32, POSITIONS = 300, CAPACITY = 304 };
    static float keys[POSITIONS * CACHE_HEADS * SIZE], values[POSITIONS * CACHE_HEADS * SIZE];
    static float queries[POSITIONS * HEADS * SIZE], output[POSITIONS * HEADS * SIZE];
    /* Room for floats, the widest. */
    static uint16_t storage[4][2 * CACHE_HEADS * SIZE * CAPACITY];
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) keys[i] = next_unit(), values[i] = next_unit();
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) queries[i] = next_unit();
    ck_cache cache = {format, storage[0], storage[1], storage[2], storage[3], CACHE_HEADS, SIZE, CAPACITY};
    ck_cache_store(team, &cache, keys, values, CACHE_HEADS * SIZE, 0, POSITIONS);
    ck_attend(team, &(ck_attention){.queries = queries, .output = output, .tokens = POSITIONS, .heads = HEADS,
                                    .window = window, .query_stride = HEADS * SIZE, .output_stride = HEADS * SIZE,
                                    .scale = 0.3f, .cap = window ? 2.0f : 0.0f, .cache = cache});
    print("attention", output, sizeof output / sizeof *output);
}

int main(void) {
    ck_team *team = ck_team_create(2);
    float *values = aligned(sizeof(float) * TOKENS * COLUMNS), *weights = aligned(sizeof(float) * COLUMNS);
    float *output = aligned(sizeof(float) * TOKENS * COLUMNS);
    for (size_t i = 0; i < TOKENS * COLUMNS; i++) values[i] = next_unit();
    for (size_t i = 0; i < COLUMNS; i++) weights[i] = next_unit();
    fprintf(stderr, "variant %s\n", ck_cpu_name(ck_cpu_selected()));
    int failures = compare_formats(team, values);

    ck_normalize(team, &(ck_norm){.input = values, .output = output, .rows = TOKENS, .columns = COLUMNS, .inner = 1,
                                 .stride = COLUMNS, .weight = weights, .epsilon = 1e-5f});
    print("norm", output, TOKENS * COLUMNS);
    for (ck_gate gate = CK_GATE_SILU; gate <= CK_GATE_GELU_EXACT; gate++) {
        memcpy(output, values, sizeof(float) * TOKENS * COLUMNS);
        ck_apply_gate(team, gate, output, values, TOKENS, COLUMNS, NULL);
        print("gate", output, TOKENS * COLUMNS);
    }
    for (ck_cache_format format = CK_CACHE_F16; format <= CK_CACHE_F32; format++)
        for (size_t window = 0; window <= 40; window += 40) print_attention(team, format, window);
    ck_team_destroy(team);
    return failures != 0;
}
