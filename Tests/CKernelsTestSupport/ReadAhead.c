#include "CKernelsTestSupport.h"

#include <stdlib.h>

#include "read_ahead.h"

enum { STEP = 256, MOST_RANGES = 8 };

size_t ck_test_read_ahead(const ck_test_operation *operations, size_t count, unsigned worker, unsigned shares) {
    ck_read_ahead *ahead = calloc(1, sizeof *ahead);
    if (!ahead) return 0;
    for (size_t i = 0; i < count; i++) {
        ck_range ranges[MOST_RANGES];
        for (size_t r = 0; r < operations[i].ranges && r < MOST_RANGES; r++) {
            uintptr_t address = (operations[i].first_range + r + 1) << 32;
            ranges[r] = (ck_range){(const uint8_t *)address, operations[i].bytes};
        }
        ck_read_ahead_note(ahead, ranges, operations[i].ranges, shares);
    }
    size_t bytes = 0;
    ck_reader reader = {0};
    while (ck_read_ahead_step(ahead, &reader, worker)) bytes += STEP;
    free(ahead);
    return bytes;
}
