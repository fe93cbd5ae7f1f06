/* The list of a variant's cores. */
#define CORES                                                                                                 \
    {                                                                                                         \
        .quantize = quantize, .norm = norm, .gate = gate, .scale = scale, .narrow = narrow,                   \
        .narrow_to_codes = narrow_to_codes, .attention_tile = TILE_QUERIES, .attend = attend, .join = join,   \
        .survey = survey, .maximum = maximum, .count_at_least = count_at_least, .weigh_blocks = weigh_blocks, \
        .divergence = divergence,                                                                             \
    }
