/* The KV cache and attention over it. */
#include "../threads/team.h"
#include "inner.h"

#include <math.h>
#include <string.h>

typedef struct {
    const ck_cache *cache;
    const float *keys, *values;
    size_t stride, position, tokens;
} arguments_of_store;

static void store_position(const ck_cache *cache, size_t head, size_t position, const float *key, const float *value) {
    const ck_inner *inner = ck_inner_selected();
    size_t size = cache->head_size, row = head * cache->capacity + position;
    size_t block = (head * cache->capacity + position) / 16, lane = position % 16;
    if (cache->format == CK_CACHE_F16) {
        inner->narrow(key, size, (uint16_t *)cache->keys + block * size * 16 + lane, 16);
        inner->narrow(value, size, (uint16_t *)cache->values + row * size, 1);
    } else if (cache->format == CK_CACHE_F32) {
        float *keys = (float *)cache->keys + block * size * 16 + lane;
        for (size_t d = 0; d < size; d++) keys[16 * d] = key[d];
        memcpy((float *)cache->values + row * size, value, size * sizeof(float));
    } else {
        inner->narrow_to_codes(key, size, (int8_t *)cache->keys + block * size * 16 + lane, 16,
                               cache->key_scales + block * (size / 32) * 16 + lane, 16);
        inner->narrow_to_codes(value, size, (int8_t *)cache->values + row * size, 1,
                               cache->value_scales + row * (size / 32), 1);
    }
}

static void store(ck_team *team, const void *arguments, unsigned worker) {
    const arguments_of_store *all = arguments;
    size_t size = all->cache->head_size;
    for (size_t t; ck_team_next(team, worker, all->tokens, &t);)
        for (size_t h = 0; h < all->cache->heads; h++)
            store_position(all->cache, h, all->position + t, all->keys + t * all->stride + h * size,
                           all->values + t * all->stride + h * size);
}

void ck_cache_store(ck_team *team, const ck_cache *cache, const float *keys, const float *values, size_t stride,
                    size_t position, size_t tokens) {
    ck_team_run_items(team, store, &(arguments_of_store){cache, keys, values, stride, position, tokens}, tokens);
}

/* Attention in two ways that give the same bits. Many tiles of queries: each is an item, which goes through its
 * segments. Few (decode): each segment of each tile is an item, and then the segments are joined. */
typedef struct {
    const ck_attention *attention;
    size_t tile, tiles_per_head, tiles;
    size_t first_segment, segments; /* that any query sees */
    float *partials;                /* [tiles][segments][tile][ck_attention_row], if split */
} arguments_of_attend;

static size_t queries_per_head(const ck_attention *attention) {
    return attention->heads / attention->cache.heads * attention->tokens;
}

/* First segment that the earliest of some queries sees. */
static size_t first_segment(const ck_attention *attention, size_t first_query) {
    size_t position = attention->position + first_query / (attention->heads / attention->cache.heads);
    size_t window = attention->window;
    return window && position >= window ? (position - window + 1) / CK_ATTENTION_SEGMENT : 0;
}

static size_t last_segment(const ck_attention *attention, size_t last_query) {
    size_t token = last_query / (attention->heads / attention->cache.heads);
    return ck_last_seen(attention, token) / CK_ATTENTION_SEGMENT;
}

static ck_attention_item item_of(const arguments_of_attend *all, size_t tile, float *weights) {
    size_t queries = queries_per_head(all->attention), first = tile % all->tiles_per_head * all->tile;
    return (ck_attention_item){
        .attention = all->attention,
        .cache_head = tile / all->tiles_per_head,
        .first_query = first,
        .count = queries - first < all->tile ? queries - first : all->tile,
        .weights = weights,
    };
}

/* Joins the segments of one query's row and writes its output. */
static void finish(const ck_attention_item *item, size_t query, float *result) {
    const ck_attention *attention = item->attention;
    size_t size = attention->cache.head_size, group = attention->heads / attention->cache.heads;
    size_t index = item->first_query + query, head = item->cache_head * group + index % group;
    float *output = attention->output + index / group * attention->output_stride + head * size;
    float inverse = 1.0f / result[size + 1];
    for (size_t d = 0; d < size; d++) output[d] = result[d] * inverse;
}

static void clear(float *result, size_t size) {
    memset(result, 0, (size + 2) * sizeof(float));
    result[size] = -INFINITY;
}

static void attend_tiles(ck_team *team, const void *arguments, unsigned worker) {
    const arguments_of_attend *all = arguments;
    const ck_inner *inner = ck_inner_selected();
    size_t size = all->attention->cache.head_size, row = ck_attention_row(size);
    float *weights = ck_team_scratch(team, worker);
    float *partial = weights + all->tile * CK_ATTENTION_SEGMENT, *results = partial + all->tile * row;
    for (size_t tile; ck_team_next(team, worker, all->tiles, &tile);) {
        ck_attention_item item = item_of(all, tile, weights);
        item.partial = partial;
        for (size_t q = 0; q < item.count; q++) clear(results + q * row, size);
        size_t last = last_segment(all->attention, item.first_query + item.count - 1);
        for (item.segment = first_segment(all->attention, item.first_query); item.segment <= last; item.segment++) {
            inner->attend(&item);
            for (size_t q = 0; q < item.count; q++) inner->join(results + q * row, partial + q * row, size);
        }
        for (size_t q = 0; q < item.count; q++) finish(&item, q, results + q * row);
    }
}

static void attend_segments(ck_team *team, const void *arguments, unsigned worker) {
    const arguments_of_attend *all = arguments;
    size_t size = all->attention->cache.head_size, row = ck_attention_row(size);
    for (size_t index; ck_team_next(team, worker, all->tiles * all->segments, &index);) {
        ck_attention_item item = item_of(all, index / all->segments, ck_team_scratch(team, worker));
        item.segment = all->first_segment + index % all->segments;
        item.partial = all->partials + index * all->tile * row;
        if (item.segment < first_segment(all->attention, item.first_query) ||
            item.segment > last_segment(all->attention, item.first_query + item.count - 1))
            for (size_t q = 0; q < item.count; q++) clear(item.partial + q * row, size);
        else
            ck_inner_selected()->attend(&item);
    }
}

static void join_segments(const arguments_of_attend *all, float *result) {
    size_t size = all->attention->cache.head_size, row = ck_attention_row(size);
    for (size_t tile = 0; tile < all->tiles; tile++) {
        ck_attention_item item = item_of(all, tile, NULL);
        for (size_t q = 0; q < item.count; q++) {
            const float *partial = all->partials + (tile * all->segments * all->tile + q) * row;
            clear(result, size);
            for (size_t s = 0; s < all->segments; s++, partial += all->tile * row)
                ck_inner_selected()->join(result, partial, size);
            finish(&item, q, result);
        }
    }
}

void ck_attend(ck_team *team, const ck_attention *attention) {
    size_t tile = ck_inner_selected()->attention_tile, queries = queries_per_head(attention);
    size_t tiles_per_head = (queries + tile - 1) / tile, row = ck_attention_row(attention->cache.head_size);
    arguments_of_attend all = {
        .attention = attention,
        .tile = tile,
        .tiles_per_head = tiles_per_head,
        .tiles = tiles_per_head * attention->cache.heads,
        .first_segment = first_segment(attention, 0),
    };
    all.segments = last_segment(attention, queries - 1) - all.first_segment + 1;
    size_t space = tile * (CK_ATTENTION_SEGMENT + 2 * row) * sizeof(float);
    if (all.tiles >= 8 * (size_t)ck_team_width(team) || all.segments == 1 || ck_team_width(team) == 1) {
        ck_team_reserve(team, space);
        ck_team_run_items(team, attend_tiles, &all, all.tiles);
    } else {
        /* The caller's space holds the partial results behind its own weights. */
        ck_team_reserve(team, space + all.tiles * all.segments * tile * row * sizeof(float));
        all.partials = (float *)((uint8_t *)ck_team_scratch(team, 0) + space);
        ck_team_run_items(team, attend_segments, &all, all.tiles * all.segments);
        join_segments(&all, ck_team_scratch(team, 0));
    }
}
