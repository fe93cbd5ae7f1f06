/* From one tensor format to another. */
#include "../threads/team.h"

#include <math.h>
#include <string.h>

typedef struct {
    const ck_format *source, *target;
    const uint8_t *input;
    uint8_t *output;
    size_t count;
    ck_change *changes;
} arguments_of_convert;

static size_t bytes_of(const ck_format *format, size_t count) { return count / format->block_size * format->block_bytes; }

static void convert(ck_team *team, const void *arguments, unsigned worker) {
    const arguments_of_convert *all = arguments;
    float *values = ck_team_scratch(team, worker), *decoded = values + CK_CONVERTED_AT_ONCE;
    size_t parts = (all->count + CK_CONVERTED_AT_ONCE - 1) / CK_CONVERTED_AT_ONCE;
    for (size_t part; ck_team_next(team, worker, parts, &part);) {
        size_t first = part * CK_CONVERTED_AT_ONCE, rest = all->count - first;
        size_t count = rest < CK_CONVERTED_AT_ONCE ? rest : CK_CONVERTED_AT_ONCE;
        uint8_t *output = all->output + bytes_of(all->target, first);
        all->source->decode(all->input + bytes_of(all->source, first), values, count);
        ck_change change = {0, 0};
        for (size_t i = 0; i < count; i++) change.values += (double)values[i] * values[i];
        if (isfinite(change.values)) {
            all->target->encode(values, output, count);
            all->target->decode(output, decoded, count);
            for (size_t i = 0; i < count; i++) {
                double difference = (double)decoded[i] - values[i];
                change.differences += difference * difference;
            }
        } else {
            memset(output, 0, bytes_of(all->target, count));
        }
        all->changes[part] = change;
    }
}

ck_change ck_convert(ck_team *team, const ck_format *source, const void *input, const ck_format *target, void *output,
                     size_t count, ck_change *changes) {
    size_t parts = (count + CK_CONVERTED_AT_ONCE - 1) / CK_CONVERTED_AT_ONCE;
    ck_team_reserve(team, 2 * CK_CONVERTED_AT_ONCE * sizeof(float));
    ck_team_run_items(team, convert, &(arguments_of_convert){source, target, input, output, count, changes}, parts);
    ck_change all = {0, 0};
    for (size_t part = 0; part < parts; part++) {
        all.values += changes[part].values;
        all.differences += changes[part].differences;
    }
    return all;
}
