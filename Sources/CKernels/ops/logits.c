/* What models and sampling do with the logits of a whole vocabulary. */
#include "../threads/team.h"
#include "inner.h"

#include <math.h>
#include <string.h>

enum { RUN = 4096 }; /* values */

typedef struct {
    float *logits;
    size_t count;
    float scale, cap;
} arguments_of_scale;

static void scale_logits(ck_team *team, const void *arguments, unsigned worker) {
    const arguments_of_scale *all = arguments;
    for (size_t run; ck_team_next(team, worker, (all->count + RUN - 1) / RUN, &run);) {
        size_t first = run * RUN, count = all->count - first < RUN ? all->count - first : RUN;
        ck_inner_selected()->scale(all->logits + first, count, all->scale, all->cap);
    }
}

void ck_scale_logits(ck_team *team, float *logits, size_t count, float scale, float cap) {
    ck_team_run_items(team, scale_logits, &(arguments_of_scale){logits, count, scale, cap}, (count + RUN - 1) / RUN);
}

double ck_survey(const float *logits, size_t count, float *maxima, double *entropy) {
    return ck_inner_selected()->survey(logits, count, maxima, entropy);
}

double ck_divergence(const float *reference, const float *logits, size_t count) {
    return ck_inner_selected()->divergence(reference, logits, count);
}

size_t ck_rank(const float *logits, size_t count, size_t index) {
    const ck_inner *inner = ck_inner_selected();
    float logit = isnan(logits[index]) ? -INFINITY : logits[index];
    size_t later = count - index - 1;
    /* Earlier ones come first if they are equal, later ones only if they are larger. */
    size_t before = inner->count_at_least(logits, index, logit);
    if (logit < INFINITY) before += inner->count_at_least(logits + index + 1, later, nextafterf(logit, INFINITY));
    return before + 1;
}

float ck_maximum(const float *values, size_t count) { return ck_inner_selected()->maximum(values, count); }

void ck_weigh_blocks(const float *logits, size_t count, float most, float scale, float *weights) {
    ck_inner_selected()->weigh_blocks(logits, count, most, scale, weights);
}

/* The float whose place among all floats, in ascending order, is `place`; and back. */
static float float_at(int64_t place) {
    uint32_t bits = place >= 0 ? (uint32_t)place : (uint32_t)(-place - 1) | 0x80000000u;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static int64_t place_of(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits & 0x80000000u ? -(int64_t)(bits & 0x7fffffffu) - 1 : (int64_t)bits;
}

float ck_rank_threshold(const float *values, size_t count, size_t k) {
    const ck_inner *inner = ck_inner_selected();
    /* Halving what lies between two floats takes 32 counts at most, whatever the values are. */
    int64_t low = place_of(-INFINITY), high = place_of(inner->maximum(values, count)) + 1;
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        size_t found = inner->count_at_least(values, count, float_at(middle));
        if (found == k) return float_at(middle);
        if (found > k)
            low = middle;
        else
            high = middle;
    }
    return float_at(low);
}

size_t ck_at_least(const float *logits, const float *maxima, size_t count, float threshold, int32_t *indices,
                   size_t capacity) {
    size_t found = 0;
    for (size_t first = 0; first < count; first += CK_LOGIT_BLOCK) {
        if (!(maxima[first / CK_LOGIT_BLOCK] >= threshold)) continue;
        size_t end = count - first < CK_LOGIT_BLOCK ? count : first + CK_LOGIT_BLOCK;
        for (size_t i = first; i < end; i++) {
            if (!(logits[i] >= threshold)) continue;
            if (found < capacity) indices[found] = (int32_t)i;
            found++;
        }
    }
    return found;
}

void ck_mask_logits(const float *logits, size_t count, const uint64_t *allowed, size_t words, float *masked,
                    float *maxima) {
    for (size_t first = 0; first < count; first += CK_LOGIT_BLOCK) {
        size_t end = count - first < CK_LOGIT_BLOCK ? count : first + CK_LOGIT_BLOCK;
        float highest = -INFINITY;
        for (size_t part = first; part < end; part += 64) {
            uint64_t word = part / 64 < words ? allowed[part / 64] : 0;
            size_t last = end - part < 64 ? end : part + 64;
            for (size_t i = part; i < last; i++) masked[i] = -INFINITY;
            /* Most words have few bits, or are all ones where text is free. */
            for (; word; word &= word - 1) {
                size_t i = part + (size_t)__builtin_ctzll(word);
                if (i >= last) break;
                masked[i] = logits[i];
                if (logits[i] > highest) highest = logits[i];
            }
        }
        maxima[first / CK_LOGIT_BLOCK] = highest;
    }
}
