/* The cores for 64-bit Arm. */
#include "inner.h"

#if defined(__aarch64__)
#define TILE_QUERIES 4
#include "inner_fused.h"
#include "inner_rows.h"
#include "inner_attention.h"
#include "inner_logits.h"
#include "inner_cores.h"

const ck_inner ck_inner_neon = CORES;
#endif
