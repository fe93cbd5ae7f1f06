/* The core of attention: up to four queries against one head of the cache.
 *
 * Scores are summed over components in order, a lane for each of eight positions; exponentials are summed by lane,
 * position p in lane p mod 8; values are summed over positions in order. Positions that a query doesn't see count as
 * exact zeros. So a query's result has the same bits whichever queries share its tile. */

CORE void attend_queries(const ck_attention_item *item, const size_t count) {
    const ck_attention *attention = item->attention;
    const ck_cache *cache = &attention->cache;
    size_t size = cache->head_size, group = attention->heads / cache->heads;
    size_t first_token = item->first_query / group, last_token = (item->first_query + count - 1) / group;
    size_t window = attention->window ? attention->window : SIZE_MAX;
    size_t earliest = attention->position + first_token, latest = attention->position + last_token;
    size_t first_block = earliest >= window ? (earliest - window + 1) / 8 : 0, last_block = latest / 8;
    size_t blocks = last_block - first_block + 1, stride = blocks * 8;
    float *scores = item->scratch; /* [count][stride] */

    const float *queries[4];
    float *outputs[4];
    for (size_t q = 0; q < count; q++) {
        size_t index = item->first_query + q, head = item->cache_head * group + index % group, token = index / group;
        queries[q] = attention->queries + token * attention->query_stride + head * size;
        outputs[q] = attention->output + token * attention->output_stride + head * size;
    }

    const uint16_t *keys = cache->keys + item->cache_head * cache->capacity * size;
    for (size_t block = 0; block < blocks; block += 2) {
        /* Two blocks at once keep enough sums in flight; a last odd one is computed twice. */
        size_t other = block + 1 < blocks ? block + 1 : block;
        const uint16_t *a = keys + (first_block + block) * 8 * size, *b = keys + (first_block + other) * 8 * size;
        floats sums[4][2];
        for (size_t q = 0; q < count; q++) sums[q][0] = sums[q][1] = splat(0);
        for (size_t d = 0; d < size; d++) {
            floats key_a = LOAD_HALVES(a + 8 * d), key_b = LOAD_HALVES(b + 8 * d);
            for (size_t q = 0; q < count; q++) {
                floats component = splat(queries[q][d]);
                sums[q][0] = MULTIPLY_ADD(component, key_a, sums[q][0]);
                sums[q][1] = MULTIPLY_ADD(component, key_b, sums[q][1]);
            }
        }
        for (size_t q = 0; q < count; q++) {
            store(scores + q * stride + 8 * block, sums[q][0] * splat(attention->scale));
            store(scores + q * stride + 8 * other, sums[q][block == other ? 0 : 1] * splat(attention->scale));
        }
    }

    float inverse[4];
    for (size_t q = 0; q < count; q++) {
        float *row = scores + q * stride;
        size_t position = attention->position + (item->first_query + q) / group, base = first_block * 8;
        size_t begin = position >= window ? position - window + 1 - base : 0, end = position + 1 - base;
        for (size_t i = 0; i < begin; i++) row[i] = -INFINITY;
        for (size_t i = end; i < stride; i++) row[i] = -INFINITY;
        floats most = splat(-INFINITY), sum = splat(0);
        for (size_t i = 0; i < stride; i += 8) most = largest(load(row + i), most);
        floats highest = splat(largest_lane(most));
        for (size_t i = 0; i < stride; i += 8) {
            floats weight = exponential(load(row + i) - highest);
            store(row + i, weight);
            sum += weight;
        }
        inverse[q] = 1.0f / sum_of_lanes(sum);
        memset(outputs[q], 0, size * sizeof(float));
    }

    /* Values pass through the first-level cache in runs, and each run serves all components. */
    enum { RUN = 64 };
    const uint16_t *values = cache->values + (item->cache_head * cache->capacity + first_block * 8) * size;
    size_t positions = latest + 1 - first_block * 8;
    for (size_t run = 0; run < positions; run += RUN) {
        size_t end = run + RUN < positions ? run + RUN : positions;
        for (size_t d = 0; d < size; d += 16) {
            floats sums[4][2];
            for (size_t q = 0; q < count; q++) {
                sums[q][0] = load(outputs[q] + d);
                sums[q][1] = load(outputs[q] + d + 8);
            }
            for (size_t p = run; p < end; p++) {
                floats low = LOAD_HALVES(values + p * size + d), high = LOAD_HALVES(values + p * size + d + 8);
                for (size_t q = 0; q < count; q++) {
                    floats weight = splat(scores[q * stride + p]);
                    sums[q][0] = MULTIPLY_ADD(weight, low, sums[q][0]);
                    sums[q][1] = MULTIPLY_ADD(weight, high, sums[q][1]);
                }
            }
            for (size_t q = 0; q < count; q++) {
                store(outputs[q] + d, sums[q][0]);
                store(outputs[q] + d + 8, sums[q][1]);
            }
        }
    }
    for (size_t q = 0; q < count; q++)
        for (size_t d = 0; d < size; d += 8) store(outputs[q] + d, load(outputs[q] + d) * splat(inverse[q]));
}

static void attend(const ck_attention_item *item) {
    switch (item->count) {
    case 1: attend_queries(item, 1); return;
    case 2: attend_queries(item, 2); return;
    case 3: attend_queries(item, 3); return;
    default: attend_queries(item, 4); return;
    }
}
