/* Which cores run here. */
#include "inner.h"

const ck_inner *ck_inner_selected(void) {
#if defined(__x86_64__)
    if (ck_cpu_selected() >= CK_CPU_AVX2) return &ck_inner_avx2;
#endif
    return &ck_inner_scalar;
}
