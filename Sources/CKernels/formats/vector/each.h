/* Compiles the vector part of a format once for each variant of the processor: the includer's FORMAT_FILE, which
 * gives the loads, and VECTOR_TILE, which multiplies. ROWS is defined only meanwhile: it tells a format's file which of
 * its parts is asked for. */
#include <stdbool.h>
#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif
#include "names.h"

#if defined(__x86_64__)

#define VARIANT avx2
#define ROWS 8
#define STREAMED_TOKENS 4
#define PASS_TOKENS 4
#define TURNS_SIGNED_CODES false
#define NARROWER OF_FORMAT(multiply_scalar)
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#include "types.h"
#include "avx2.h"
#include "rows.h"
#include FORMAT_FILE
#include VECTOR_TILE
#pragma clang attribute pop
#include "end.h"

#define VARIANT avx512
#define ROWS 16
#define STREAMED_TOKENS 8
#define PASS_TOKENS 8
#define TURNS_SIGNED_CODES true
#define NARROWER multiply_tile_avx2
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))), \
                             apply_to = function)
#include "types.h"
#include "avx512.h"
#include "rows.h"
#include FORMAT_FILE
#include VECTOR_TILE
#pragma clang attribute pop
#include "end.h"

#define VECTOR_VARIANTS [CK_CPU_AVX2] = multiply_tile_avx2, [CK_CPU_AVX512] = multiply_tile_avx512

#elif defined(__aarch64__)

#define VARIANT neon
#define ROWS 4
#define STREAMED_TOKENS 8
#define PASS_TOKENS 8
#define TURNS_SIGNED_CODES false
#define NARROWER OF_FORMAT(multiply_scalar)
#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)
#include "types.h"
#include "neon.h"
#include "rows.h"
#include FORMAT_FILE
#include VECTOR_TILE
#pragma clang attribute pop
#include "end.h"

#define VECTOR_VARIANTS [CK_CPU_NEON] = multiply_tile_neon

#else
#define VECTOR_VARIANTS
#endif
