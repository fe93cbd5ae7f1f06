/* Which cores run here. */
#include "inner.h"

const ck_inner *ck_inner_selected(void) {
    static const ck_inner *const variants[CK_CPU_VARIANTS] = {
        [CK_CPU_SCALAR] = &ck_inner_scalar,
#if defined(__x86_64__)
        [CK_CPU_AVX2] = &ck_inner_avx2,
        [CK_CPU_AVX512] = &ck_inner_avx512,
#elif defined(__aarch64__)
        [CK_CPU_NEON] = &ck_inner_neon,
#endif
    };
    return variants[ck_cpu_selected()];
}
