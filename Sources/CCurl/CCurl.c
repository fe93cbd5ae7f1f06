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
    __typeof__(&curl_easy_reset) reset;
    __typeof__(&curl_easy_cleanup) cleanup;
    __typeof__(&curl_easy_strerror) strerror;
    __typeof__(&curl_slist_append) append;
    __typeof__(&curl_slist_free_all) free_all;
    __typeof__(&curl_multi_init) multi_init;
    __typeof__(&curl_multi_add_handle) multi_add_handle;
    __typeof__(&curl_multi_remove_handle) multi_remove_handle;
    __typeof__(&curl_multi_perform) multi_perform;
    __typeof__(&curl_multi_poll) multi_poll;
    __typeof__(&curl_multi_wakeup) multi_wakeup;
    __typeof__(&curl_multi_info_read) multi_info_read;
    __typeof__(&curl_multi_cleanup) multi_cleanup;
    __typeof__(&curl_multi_strerror) multi_strerror;
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
        {"curl_easy_reset", &libcurl.reset},          {"curl_easy_cleanup", &libcurl.cleanup},
        {"curl_easy_strerror", &libcurl.strerror},    {"curl_slist_append", &libcurl.append},
        {"curl_slist_free_all", &libcurl.free_all},
        {"curl_multi_init", &libcurl.multi_init},
        {"curl_multi_add_handle", &libcurl.multi_add_handle},
        {"curl_multi_remove_handle", &libcurl.multi_remove_handle},
        {"curl_multi_perform", &libcurl.multi_perform},
        {"curl_multi_poll", &libcurl.multi_poll},
        {"curl_multi_wakeup", &libcurl.multi_wakeup},
        {"curl_multi_info_read", &libcurl.multi_info_read},
        {"curl_multi_cleanup", &libcurl.multi_cleanup},
        {"curl_multi_strerror", &libcurl.multi_strerror},
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

void ccurl_reset(CURL *curl) { libcurl.reset(curl); }

void ccurl_cleanup(CURL *curl) { libcurl.cleanup(curl); }

CURLM *ccurl_multi_init(void) { return libcurl.multi_init(); }

CURLMcode ccurl_multi_add(CURLM *multi, CURL *curl) { return libcurl.multi_add_handle(multi, curl); }

CURLMcode ccurl_multi_remove(CURLM *multi, CURL *curl) { return libcurl.multi_remove_handle(multi, curl); }

CURLMcode ccurl_multi_perform(CURLM *multi, int *running) { return libcurl.multi_perform(multi, running); }

CURLMcode ccurl_multi_poll(CURLM *multi, int milliseconds) {
    return libcurl.multi_poll(multi, NULL, 0, milliseconds, NULL);
}

CURLMcode ccurl_multi_wakeup(CURLM *multi) { return libcurl.multi_wakeup(multi); }

int ccurl_multi_result(CURLM *multi) {
    int left = 0;
    const CURLMsg *message = libcurl.multi_info_read(multi, &left);
    return message && message->msg == CURLMSG_DONE ? (int)message->data.result : -1;
}

CURLMcode ccurl_multi_cleanup(CURLM *multi) { return libcurl.multi_cleanup(multi); }

const char *ccurl_multi_error_text(CURLMcode code) { return libcurl.multi_strerror(code); }

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

CURLcode ccurl_set_post(CURL *curl, const void *bytes, size_t count) {
    CURLcode code = libcurl.setopt(curl, CURLOPT_POST, 1L);
    if (code == CURLE_OK) code = libcurl.setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    return code == CURLE_OK ? libcurl.setopt(curl, CURLOPT_POSTFIELDS, count > 0 ? bytes : "") : code;
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

curl_off_t ccurl_time(CURL *curl, CURLINFO info) {
    curl_off_t microseconds = 0;
    return libcurl.getinfo(curl, info, &microseconds) == CURLE_OK ? microseconds : 0;
}

long ccurl_connection_count(CURL *curl) {
    long count = 0;
    return libcurl.getinfo(curl, CURLINFO_NUM_CONNECTS, &count) == CURLE_OK ? count : 0;
}

long ccurl_http_version(CURL *curl) {
    long version = 0;
    return libcurl.getinfo(curl, CURLINFO_HTTP_VERSION, &version) == CURLE_OK ? version : 0;
}
