/* The KV cache and attention over it. */
#include "../threads/team.h"
#include "inner.h"

typedef struct {
    const ck_cache *cache;
    const float *keys, *values;
    size_t stride, position, tokens;
} arguments_of_store;

static void store(ck_team *team, const void *arguments, unsigned worker) {
    const arguments_of_store *all = arguments;
    const ck_cache *cache = all->cache;
    size_t size = cache->head_size;
    for (size_t t; ck_team_next(team, worker, all->tokens, &t);) {
        size_t position = all->position + t;
        for (size_t h = 0; h < cache->heads; h++) {
            const float *key = all->keys + t * all->stride + h * size;
            uint16_t *block = cache->keys + (h * cache->capacity + position / 8 * 8) * size;
            ck_inner_selected()->narrow(key, size, block + position % 8, 8);
            const float *value = all->values + t * all->stride + h * size;
            ck_inner_selected()->narrow(value, size, cache->values + (h * cache->capacity + position) * size, 1);
        }
    }
}

void ck_cache_store(ck_team *team, const ck_cache *cache, const float *keys, const float *values, size_t stride,
                    size_t position, size_t tokens) {
    ck_team_run(team, store, &(arguments_of_store){cache, keys, values, stride, position, tokens});
}

typedef struct {
    const ck_attention *attention;
    size_t queries_per_item, items_per_head;
} arguments_of_attend;

static void attend(ck_team *team, const void *arguments, unsigned worker) {
    const arguments_of_attend *all = arguments;
    const ck_attention *attention = all->attention;
    size_t queries = attention->heads / attention->cache.heads * attention->tokens;
    for (size_t item; ck_team_next(team, worker, all->items_per_head * attention->cache.heads, &item);) {
        size_t first = item % all->items_per_head * all->queries_per_item;
        size_t count = queries - first < all->queries_per_item ? queries - first : all->queries_per_item;
        ck_inner_selected()->attend(&(ck_attention_item){
            .attention = attention,
            .cache_head = item / all->items_per_head,
            .first_query = first,
            .count = count,
            .scratch = ck_team_scratch(team, worker),
        });
    }
}

void ck_attend(ck_team *team, const ck_attention *attention) {
    size_t queries = attention->heads / attention->cache.heads * attention->tokens;
    /* Four queries share what is read of the cache; fewer, where there would not be enough items to go round. */
    size_t per_item = 4, least = 2 * (size_t)ck_team_width(team);
    while (per_item > 1 && attention->cache.heads * ((queries + per_item - 1) / per_item) < least) per_item /= 2;
    size_t positions = (attention->position + attention->tokens + 15) / 8 * 8;
    ck_team_reserve(team, 4 * positions * sizeof(float));
    ck_team_run(team, attend, &(arguments_of_attend){attention, per_item, (queries + per_item - 1) / per_item});
}
