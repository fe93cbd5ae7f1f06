/* Which variant of the kernels this processor runs. */
#define _GNU_SOURCE
#include "kernels.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#if defined(__aarch64__) && defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

static const char *const names[] = {[CK_CPU_SCALAR] = "scalar", [CK_CPU_AVX2] = "avx2", [CK_CPU_AVX512] = "avx512",
                                    [CK_CPU_NEON] = "neon"};

const char *ck_cpu_name(ck_cpu cpu) {
    return (size_t)cpu < sizeof names / sizeof *names ? names[cpu] : NULL;
}

bool ck_cpu_supports(ck_cpu cpu) {
    switch (cpu) {
    case CK_CPU_SCALAR: return true;
#if defined(__x86_64__)
    case CK_CPU_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
    case CK_CPU_AVX512:
        return ck_cpu_supports(CK_CPU_AVX2) && __builtin_cpu_supports("avx512f") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
#elif defined(__aarch64__) && defined(__linux__)
    case CK_CPU_NEON: return (getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0;
#elif defined(__aarch64__)
    case CK_CPU_NEON: return true;
#endif
    default: return false;
    }
}

ck_cpu ck_cpu_selected(void) {
    static _Atomic int chosen = -1;
    if (chosen >= 0) return (ck_cpu)chosen;
    ck_cpu best = CK_CPU_SCALAR;
    const char *wanted = getenv("DIPTYCH_CPU");
    for (ck_cpu cpu = CK_CPU_SCALAR; ck_cpu_name(cpu); cpu++) {
        if (ck_cpu_supports(cpu)) best = cpu;
        if (wanted && strcmp(wanted, ck_cpu_name(cpu)) == 0) break;
    }
    chosen = (int)best;
    return best;
}

unsigned ck_cpu_count(void) {
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 1;
    return (unsigned)CPU_COUNT(&allowed);
}
