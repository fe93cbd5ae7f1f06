/* What sampling asks of a whole vocabulary. */
#include "inner.h"

size_t ck_argmax(const float *values, size_t count) { return ck_inner_selected()->argmax(values, count); }

double ck_log_sum_exp(const float *values, size_t count) { return ck_inner_selected()->log_sum_exp(values, count); }

size_t ck_at_least(const float *values, size_t count, float threshold, int32_t *indices, size_t capacity) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(values[i] >= threshold)) continue;
        if (found < capacity) indices[found] = (int32_t)i;
        found++;
    }
    return found;
}
