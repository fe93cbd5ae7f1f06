#include "CCrypto.h"

#include <openssl/evp.h>

// The context is libcrypto's own; only its name is hidden.

ccrypto_sha256 *ccrypto_sha256_create(void) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (context && EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1) {
        EVP_MD_CTX_free(context);
        return NULL;
    }
    return (ccrypto_sha256 *)context;
}

void ccrypto_sha256_destroy(ccrypto_sha256 *hash) {
    EVP_MD_CTX_free((EVP_MD_CTX *)hash);
}

int ccrypto_sha256_update(ccrypto_sha256 *hash, const void *bytes, size_t count) {
    return EVP_DigestUpdate((EVP_MD_CTX *)hash, bytes, count);
}

int ccrypto_sha256_finish(ccrypto_sha256 *hash, uint8_t digest[CCRYPTO_SHA256_BYTES]) {
    return EVP_DigestFinal_ex((EVP_MD_CTX *)hash, digest, NULL);
}
