#include "CCrypto.h"

#include <dlfcn.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdbool.h>

// The functions in use, with libcrypto's own types. Loaded with the first hash: most runs of a program make none.
static struct {
    __typeof__(&EVP_MD_CTX_new) create;
    __typeof__(&EVP_MD_CTX_free) destroy;
    __typeof__(&EVP_DigestInit_ex) begin;
    __typeof__(&EVP_DigestUpdate) update;
    __typeof__(&EVP_DigestFinal_ex) finish;
    __typeof__(&EVP_sha256) sha256;
} libcrypto;

static bool is_ready;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    static const char *const names[] = {"libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.3.dylib"};
    void *library = NULL;
    for (size_t i = 0; !library && i < sizeof names / sizeof *names; i++)
        library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
    const struct {
        const char *name;
        void *function;
    } wanted[] = {
        {"EVP_MD_CTX_new", &libcrypto.create},     {"EVP_MD_CTX_free", &libcrypto.destroy},
        {"EVP_DigestInit_ex", &libcrypto.begin},   {"EVP_DigestUpdate", &libcrypto.update},
        {"EVP_DigestFinal_ex", &libcrypto.finish}, {"EVP_sha256", &libcrypto.sha256},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        void *found = dlsym(library, wanted[i].name);
        if (!found) return;
        // POSIX lets a function's address travel as an object's.
        *(void **)wanted[i].function = found;
    }
    is_ready = true;
}

// The context is libcrypto's own; only its name is hidden.

ccrypto_sha256 *ccrypto_sha256_create(void) {
    pthread_once(&once, load);
    EVP_MD_CTX *context = is_ready ? libcrypto.create() : NULL;
    if (context && libcrypto.begin(context, libcrypto.sha256(), NULL) != 1) {
        libcrypto.destroy(context);
        return NULL;
    }
    return (ccrypto_sha256 *)context;
}

void ccrypto_sha256_destroy(ccrypto_sha256 *hash) { libcrypto.destroy((EVP_MD_CTX *)hash); }

int ccrypto_sha256_update(ccrypto_sha256 *hash, const void *bytes, size_t count) {
    return libcrypto.update((EVP_MD_CTX *)hash, bytes, count);
}

int ccrypto_sha256_finish(ccrypto_sha256 *hash, uint8_t digest[CCRYPTO_SHA256_BYTES]) {
    return libcrypto.finish((EVP_MD_CTX *)hash, digest, NULL);
}
