#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>

#undef curl_easy_setopt
#undef curl_easy_getinfo

#ifdef __APPLE__
static const char library_name[] = "libcurl.4.dylib";
#else
static const char library_name[] = "libcurl.so.4";
#endif

// The functions in use, with libcurl's own types.
static struct {
    __typeof__(&curl_global_init) global_init;
    __typeof__(&curl_easy_init) init;
    __typeof__(&curl_easy_setopt) setopt;
    __typeof__(&curl_easy_getinfo) getinfo;
    __typeof__(&curl_easy_perform) perform;
    __typeof__(&curl_easy_cleanup) cleanup;
    __typeof__(&curl_easy_strerror) strerror;
    __typeof__(&curl_slist_append) append;
    __typeof__(&curl_slist_free_all) free_all;
} libcurl;

static int is_ready;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    void *library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
    const struct {
        const char *name;
        void *function;
    } wanted[] = {
        {"curl_global_init", &libcurl.global_init},   {"curl_easy_init", &libcurl.init},
        {"curl_easy_setopt", &libcurl.setopt},        {"curl_easy_getinfo", &libcurl.getinfo},
        {"curl_easy_perform", &libcurl.perform},      {"curl_easy_cleanup", &libcurl.cleanup},
        {"curl_easy_strerror", &libcurl.strerror},    {"curl_slist_append", &libcurl.append},
        {"curl_slist_free_all", &libcurl.free_all},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        void *found = dlsym(library, wanted[i].name);
        if (!found) return;
        // POSIX lets a function's address travel as an object's.
        *(void **)wanted[i].function = found;
    }
    is_ready = libcurl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

int ccurl_load(void) {
    pthread_once(&once, load);
    return is_ready;
}

const char *ccurl_library_name(void) { return library_name; }

CURL *ccurl_init(void) { return libcurl.init(); }

CURLcode ccurl_perform(CURL *curl) { return libcurl.perform(curl); }

void ccurl_cleanup(CURL *curl) { libcurl.cleanup(curl); }

const char *ccurl_error_text(CURLcode code) { return libcurl.strerror(code); }

struct curl_slist *ccurl_append(struct curl_slist *list, const char *line) { return libcurl.append(list, line); }

void ccurl_free_list(struct curl_slist *list) { libcurl.free_all(list); }

CURLcode ccurl_set_long(CURL *curl, CURLoption option, long value) { return libcurl.setopt(curl, option, value); }

CURLcode ccurl_set_string(CURL *curl, CURLoption option, const char *value) {
    return libcurl.setopt(curl, option, value);
}

CURLcode ccurl_set_headers(CURL *curl, struct curl_slist *headers) {
    return libcurl.setopt(curl, CURLOPT_HTTPHEADER, headers);
}

CURLcode ccurl_set_body(CURL *curl, ccurl_receive receive, void *context) {
    CURLcode code = libcurl.setopt(curl, CURLOPT_WRITEFUNCTION, receive);
    return code == CURLE_OK ? libcurl.setopt(curl, CURLOPT_WRITEDATA, context) : code;
}

CURLcode ccurl_set_header(CURL *curl, ccurl_receive receive, void *context) {
    CURLcode code = libcurl.setopt(curl, CURLOPT_HEADERFUNCTION, receive);
    return code == CURLE_OK ? libcurl.setopt(curl, CURLOPT_HEADERDATA, context) : code;
}

CURLcode ccurl_set_progress(CURL *curl, ccurl_progress progress, void *context) {
    CURLcode code = libcurl.setopt(curl, CURLOPT_XFERINFOFUNCTION, progress);
    if (code == CURLE_OK) code = libcurl.setopt(curl, CURLOPT_XFERINFODATA, context);
    return code == CURLE_OK ? libcurl.setopt(curl, CURLOPT_NOPROGRESS, 0L) : code;
}

CURLcode ccurl_set_error_buffer(CURL *curl, char *buffer) {
    return libcurl.setopt(curl, CURLOPT_ERRORBUFFER, buffer);
}

long ccurl_response_code(CURL *curl) {
    long code = 0;
    return libcurl.getinfo(curl, CURLINFO_RESPONSE_CODE, &code) == CURLE_OK ? code : 0;
}

long ccurl_system_error(CURL *curl) {
    long number = 0;
    return libcurl.getinfo(curl, CURLINFO_OS_ERRNO, &number) == CURLE_OK ? number : 0;
}
