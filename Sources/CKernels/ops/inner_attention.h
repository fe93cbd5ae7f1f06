/* The core of attention: some queries against one segment of one head of the cache.
 *
 * Scores are summed over components in order, a lane for each of sixteen positions; exponentials, relative to the
 * segment's highest score, are summed by lane, position p in lane p mod 16; values are summed over positions in order.
 * Positions that a query doesn't see count as exact zeros. Segments lie at fixed positions and are joined in order
 * (Milakov and Gimelshein 2018). So a query's result has the same bits whichever queries share its tile and whoever
 * computes which segment. */

enum { KEYS_AHEAD = 4096 }; /* bytes, within a segment */

/* One cache head, as the loops below read it. */
typedef struct {
    const ck_cache *cache;
    size_t head;
} cache_view;

/* Component `component` of the sixteen positions of block `block`. */
CORE floats load_key(cache_view view, size_t block, size_t component) {
    const ck_cache *cache = view.cache;
    size_t row = (view.head * cache->capacity / 16 + block) * cache->head_size + component;
    if (cache->format == CK_CACHE_F16) return load_halves((const uint16_t *)cache->keys + row * 16);
    if (cache->format == CK_CACHE_F32) return load((const float *)cache->keys + row * 16);
    size_t run = (view.head * cache->capacity / 16 + block) * (cache->head_size / 32) + component / 32;
    return load_codes((const int8_t *)cache->keys + row * 16) * load_halves(cache->key_scales + run * 16);
}

/* Components `component`… of one position's values. */
CORE floats load_value(cache_view view, size_t position, size_t component) {
    const ck_cache *cache = view.cache;
    size_t row = view.head * cache->capacity + position, index = row * cache->head_size + component;
    if (cache->format == CK_CACHE_F16) return load_halves((const uint16_t *)cache->values + index);
    if (cache->format == CK_CACHE_F32) return load((const float *)cache->values + index);
    float scale = ck_load_half(cache->value_scales + row * (cache->head_size / 32) + component / 32);
    return load_codes((const int8_t *)cache->values + index) * splat(scale);
}

CORE size_t bytes_of_component(cache_view view) {
    return view.cache->format == CK_CACHE_F16 ? 2 : view.cache->format == CK_CACHE_F32 ? 4 : 1;
}

/* Few queries read keys and values faster than memory brings them by itself, so they are asked for ahead, as evenly as
 * they can be: a segment's values while its keys are scored, the next segment's keys while its values are summed. */
CORE bool are_few(size_t count) { return count < TILE_QUERIES; }

/* Byte `part` of the keys of a block, and of the values of its positions, which are as many bytes. */
CORE size_t place_of(cache_view view, size_t block, size_t part) {
    const ck_cache *cache = view.cache;
    return (view.head * cache->capacity / 16 + block) * 16 * cache->head_size * bytes_of_component(view) + part;
}

/* scores[q][16 (b - first)…] of `step` blocks at a time. */
CORE void score_blocks(cache_view view, const float *const *queries, const size_t count, const size_t step,
                       size_t first, size_t blocks, float scale, float cap, float *scores) {
    size_t size = view.cache->head_size, row_bytes = 16 * bytes_of_component(view);
    for (size_t base = 0; base < blocks; base += step) {
        floats sums[TILE_QUERIES][TILE_QUERIES];
        for (size_t q = 0; q < count; q++)
            for (size_t b = 0; b < step; b++) sums[q][b] = splat(0);
        for (size_t d = 0; d < size; d++) {
            for (size_t b = 0; b < step; b++) {
                /* The last block is taken again where there are none left. */
                size_t block = first + (base + b < blocks ? base + b : blocks - 1);
                if (are_few(count) && d * row_bytes % 64 == 0) {
                    size_t place = place_of(view, block, d * row_bytes);
                    __builtin_prefetch((const uint8_t *)view.cache->keys + place + KEYS_AHEAD, 0, 3);
                    __builtin_prefetch((const uint8_t *)view.cache->values + place, 0, 2);
                }
                floats key = load_key(view, block, d);
                for (size_t q = 0; q < count; q++) sums[q][b] = MULTIPLY_ADD(splat(queries[q][d]), key, sums[q][b]);
            }
        }
        for (size_t q = 0; q < count; q++)
            for (size_t b = 0; b < step && base + b < blocks; b++)
                store(scores + q * CK_ATTENTION_SEGMENT + 16 * (base + b), scaled(sums[q][b], scale, cap));
    }
}

/* outputs[q][d…] = sum over positions of weight * value, for `step` vectors of components at a time. */
CORE void sum_values(cache_view view, const float *weights, const size_t count, const size_t step, size_t first,
                     size_t positions, size_t component, float *partial, size_t stride) {
    floats sums[TILE_QUERIES][TILE_QUERIES];
    for (size_t q = 0; q < count; q++)
        for (size_t s = 0; s < step; s++) sums[q][s] = splat(0);
    /* These components' share of the next segment's keys. */
    size_t row_bytes = 16 * step * bytes_of_component(view);
    const uint8_t *ahead = (const uint8_t *)view.cache->keys +
                           place_of(view, (first / CK_ATTENTION_SEGMENT + 1) * (CK_ATTENTION_SEGMENT / 16),
                                    component / 16 / step * CK_ATTENTION_SEGMENT * row_bytes);
    for (size_t p = 0; p < positions; p++) {
        if (are_few(count) && p * row_bytes % 64 == 0)
            for (size_t line = 0; line < row_bytes; line += 64) __builtin_prefetch(ahead + p * row_bytes + line, 0, 2);
        for (size_t s = 0; s < step; s++) {
            floats value = load_value(view, first + p, component + 16 * s);
            for (size_t q = 0; q < count; q++)
                sums[q][s] = MULTIPLY_ADD(splat(weights[q * CK_ATTENTION_SEGMENT + p]), value, sums[q][s]);
        }
    }
    for (size_t q = 0; q < count; q++)
        for (size_t s = 0; s < step; s++) store(partial + q * stride + component + 16 * s, sums[q][s]);
}

CORE void attend_queries(const ck_attention_item *item, const size_t count) {
    const ck_attention *attention = item->attention;
    /* Few queries take several blocks, or vectors of components, at once: enough sums to keep the units busy. */
    const size_t step = count > TILE_QUERIES / 2 ? 1 : count > TILE_QUERIES / 4 ? 2 : 4;
    size_t size = attention->cache.head_size, group = attention->heads / attention->cache.heads;
    size_t stride = ck_attention_row(size);
    size_t earliest = attention->position + item->first_query / group;
    size_t latest = ck_last_seen(attention, (item->first_query + count - 1) / group);
    size_t window = attention->window ? attention->window : SIZE_MAX;
    size_t begin = item->segment * CK_ATTENTION_SEGMENT, end = begin + CK_ATTENTION_SEGMENT;
    if (earliest >= window && earliest - window + 1 > begin) begin = (earliest - window + 1) / 16 * 16;
    if (end > latest + 1) end = latest + 1;
    size_t blocks = (end - begin + 15) / 16;
    cache_view view = {&attention->cache, item->cache_head};

    const float *queries[TILE_QUERIES];
    for (size_t q = 0; q < count; q++) {
        size_t index = item->first_query + q, head = item->cache_head * group + index % group;
        queries[q] = attention->queries + index / group * attention->query_stride + head * size;
    }
    score_blocks(view, queries, count, step, begin / 16, blocks, attention->scale, attention->cap,
                 item->weights);

    for (size_t q = 0; q < count; q++) {
        float *row = item->weights + q * CK_ATTENTION_SEGMENT, *partial = item->partial + q * stride;
        size_t position = attention->position + (item->first_query + q) / group;
        size_t seen_from = position >= window && position - window + 1 > begin ? position - window + 1 - begin : 0;
        size_t last = ck_last_seen(attention, (item->first_query + q) / group);
        size_t seen_to = last < begin ? 0 : last < end ? last + 1 - begin : end - begin;
        for (size_t i = 0; i < seen_from && i < blocks * 16; i++) row[i] = -INFINITY;
        for (size_t i = seen_to; i < blocks * 16; i++) row[i] = -INFINITY;
        floats most = splat(-INFINITY), sum = splat(0);
        for (size_t i = 0; i < blocks * 16; i += 16) most = largest(load(row + i), most);
        float highest = largest_lane(most);
        partial[size] = highest;
        /* A query may see nothing of a segment that others of its tile see. */
        floats origin = splat(highest > -INFINITY ? highest : 0);
        for (size_t i = 0; i < blocks * 16; i += 16) {
            floats weight = exponential(load(row + i) - origin);
            store(row + i, weight);
            sum += weight;
        }
        partial[size + 1] = sum_of_lanes(sum);
    }

    size_t component = 0;
    for (; component + 16 * step <= size; component += 16 * step)
        sum_values(view, item->weights, count, step, begin, end - begin, component, item->partial, stride);
    for (; component < size; component += 16)
        sum_values(view, item->weights, count, 1, begin, end - begin, component, item->partial, stride);
}

static void attend(const ck_attention_item *item) {
    switch (item->count) {
    case 1: attend_queries(item, 1); return;
    case 2: attend_queries(item, 2); return;
    case 3: attend_queries(item, 3); return;
    case 4: attend_queries(item, 4); return;
#if TILE_QUERIES == 8
    case 5: attend_queries(item, 5); return;
    case 6: attend_queries(item, 6); return;
    case 7: attend_queries(item, 7); return;
    case 8: attend_queries(item, 8); return;
#endif
    }
}

/* Adds a segment to a result, both rows of ck_attention_row floats: values, highest score, sum of weights. */
static void join(float *result, const float *partial, size_t size) {
    if (!(partial[size] > -INFINITY)) return;
    float highest = result[size] > partial[size] ? result[size] : partial[size];
    float own = result[size] > -INFINITY ? exponential(splat(result[size] - highest))[0] : 0;
    float other = exponential(splat(partial[size] - highest))[0];
    for (size_t d = 0; d < size; d += 16)
        store(result + d, MULTIPLY_ADD(load(partial + d), splat(other), load(result + d) * splat(own)));
    result[size] = highest;
    result[size + 1] = result[size + 1] * own + partial[size + 1] * other;
}
