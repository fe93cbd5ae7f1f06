/* How fast each tensor format is multiplied, apart from any model.
 *
 *   kernels THREADS
 *
 * One JSON object a line and format: decode, one token times a matrix of 1 GiB, which no cache holds, in 10^9 bytes
 * of weights a second; and prefill, 512 tokens times a matrix of 2048 x 2048, in chunks of 128 as the engine takes them,
 * in 10^9 operations a second. */
#define _GNU_SOURCE
#include "kernels.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

enum { ROUNDS = 9, COLUMNS = 2048, PREFILL_ROWS = 2048, TOKENS = 512, CHUNK = 128, BLOCK = 32 };
static const size_t STREAMED = (size_t)1 << 30;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void *allocate(size_t bytes) {
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        perror("memory");
        exit(1);
    }
    madvise(memory, bytes, MADV_HUGEPAGE);
    return memory;
}

/* Pseudo-random bytes from 0x20 to 0x3f: in every format moderate scales and values, none of them infinite or
 * subnormal, which some units compute more slowly. */
static void fill(uint8_t *data, size_t bytes) {
    uint64_t state = 88172645463325252u;
    for (size_t at = 0; at + 8 <= bytes; at += 8) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        *(uint64_t *)(data + at) = (state & 0x1f1f1f1f1f1f1f1fu) | 0x2020202020202020u;
    }
}

static int ascending(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

typedef struct {
    double median, most;
} rate;

static void multiply(ck_team *team, ck_product product, const ck_activation *activations, const float *values,
                     size_t tokens) {
    for (size_t done = 0; done < tokens; done += CHUNK) {
        ck_multiply(team, &product, 1, activations + done * (COLUMNS / BLOCK), values + done * COLUMNS,
                    tokens - done < CHUNK ? tokens - done : CHUNK);
        product.output += CHUNK * product.output_stride;
    }
}

static rate measure(ck_team *team, const ck_product *product, const ck_activation *activations, const float *values,
                    size_t tokens, double amount) {
    double rates[ROUNDS];
    multiply(team, *product, activations, values, tokens);
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        multiply(team, *product, activations, values, tokens);
        rates[round] = amount / (now() - start) / 1e9;
    }
    qsort(rates, ROUNDS, sizeof *rates, ascending);
    return (rate){rates[ROUNDS / 2], rates[ROUNDS - 1]};
}

int main(int count, char **arguments) {
    int threads = count > 1 ? atoi(arguments[1]) : 0;
    ck_team *team = threads > 0 ? ck_team_create((unsigned)threads) : NULL;
    if (team == NULL) {
        fprintf(stderr, "usage: kernels THREADS\n");
        return 2;
    }
    uint8_t *weights = allocate(STREAMED);
    fill(weights, STREAMED);
    float *values = allocate(sizeof(float) * TOKENS * COLUMNS);
    for (size_t i = 0; i < (size_t)TOKENS * COLUMNS; i++) values[i] = ((float)(i % 37) - 18) / 9;
    ck_activation *activations = allocate(sizeof(ck_activation) * TOKENS * COLUMNS / BLOCK);
    ck_quantize(team, values, TOKENS, COLUMNS, activations);

    for (size_t index = 0; ck_format_at(index) != NULL; index++) {
        const ck_format *format = ck_format_at(index);
        size_t row_bytes = (size_t)COLUMNS / format->block_size * format->block_bytes;
        size_t rows = STREAMED / row_bytes / CK_TILE_ROWS * CK_TILE_ROWS;
        size_t outputs = rows > (size_t)TOKENS * PREFILL_ROWS ? rows : (size_t)TOKENS * PREFILL_ROWS;
        float *output = allocate(sizeof(float) * outputs);
        ck_product decode = {{format, weights, rows, COLUMNS, row_bytes}, NULL, output, rows, false};
        ck_product prefill = {{format, weights, PREFILL_ROWS, COLUMNS, row_bytes}, NULL, output, PREFILL_ROWS, false};
        rate bytes = measure(team, &decode, activations, values, 1, (double)(rows * row_bytes));
        rate operations =
            measure(team, &prefill, activations, values, TOKENS, 2.0 * TOKENS * PREFILL_ROWS * COLUMNS);
        printf("{\"format\": \"%s\", \"integer\": %s, \"variant\": \"%s\", \"threads\": %d, \"gb_per_second\": %.2f, "
               "\"gb_per_second_most\": %.2f, \"gops\": %.1f, \"gops_most\": %.1f}\n",
               format->name, format->input == CK_INPUT_QUANTIZED ? "true" : "false",
               ck_cpu_name(ck_cpu_selected()), threads, bytes.median, bytes.most, operations.median, operations.most);
        fflush(stdout);
        munmap(output, sizeof(float) * outputs);
    }
    ck_team_destroy(team);
}
