// SHA-256 (FIPS 180-4) by libcrypto, which uses the CPU's own instructions for it.
#ifndef CCRYPTO_H
#define CCRYPTO_H

#include <stddef.h>
#include <stdint.h>

enum { CCRYPTO_SHA256_BYTES = 32 };

typedef struct ccrypto_sha256 ccrypto_sha256;

// NULL if libcrypto isn't there or refuses, or there is no memory.
ccrypto_sha256 *ccrypto_sha256_create(void);
void ccrypto_sha256_destroy(ccrypto_sha256 *hash);
// 1 if it worked.
int ccrypto_sha256_update(ccrypto_sha256 *hash, const void *bytes, size_t count);
// Writes the digest of all that was given; the hash takes nothing more afterwards. 1 if it worked.
int ccrypto_sha256_finish(ccrypto_sha256 *hash, uint8_t digest[CCRYPTO_SHA256_BYTES]);

#endif
