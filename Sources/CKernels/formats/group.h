/* The scalar view of quantized weights: one group of codes with its scale. */
#ifndef CK_GROUP_H
#define CK_GROUP_H

#include <stdint.h>

#include "kernels.h"

/* value[i] = scale * codes[i] + minimum */
typedef struct {
    int16_t codes[32];
    float scale, minimum;
} ck_group;

/* What a half block's minimum is multiplied by: scale * sum of its codes. */
static inline float ck_sum_of_half(const ck_activation *activation, unsigned half) {
    return activation->scale * ((float)activation->starts[half] * -0x1p-7f);
}

/* Groups that lie in the order of their values. */
#define CK_OFFSET_IN_ORDER(format, group_size) \
    static inline unsigned format##_offset(unsigned g) { return g * (group_size); }

#endif
