/* The cores for x86 processors with AVX2, FMA and F16C. */
#include "inner.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)

#define TILE_QUERIES 4
#include "inner_fused.h"
#include "inner_rows.h"
#include "inner_attention.h"
#include "inner_logits.h"
#include "inner_cores.h"

#pragma clang attribute pop

const ck_inner ck_inner_avx2 = CORES;
#endif
