// A typed face for libcurl: its setters and getters are variadic, which Swift cannot call.
#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>
#include <stddef.h>

// Takes `size` bytes; returning anything but `size` ends the transfer.
typedef size_t (*ccurl_receive)(char *bytes, size_t one, size_t size, void *context);
// Called about once a second and on every change; returning anything but 0 ends the transfer.
typedef int (*ccurl_progress)(
    void *context, curl_off_t download_total, curl_off_t downloaded, curl_off_t upload_total, curl_off_t uploaded);

CURLcode ccurl_global_init(void);

CURLcode ccurl_set_long(CURL *curl, CURLoption option, long value);
CURLcode ccurl_set_string(CURL *curl, CURLoption option, const char *value);
CURLcode ccurl_set_headers(CURL *curl, struct curl_slist *headers);
CURLcode ccurl_set_body(CURL *curl, ccurl_receive receive, void *context);
CURLcode ccurl_set_header(CURL *curl, ccurl_receive receive, void *context);
CURLcode ccurl_set_progress(CURL *curl, ccurl_progress progress, void *context);
// `buffer` takes at least CURL_ERROR_SIZE bytes and outlives the transfer.
CURLcode ccurl_set_error_buffer(CURL *curl, char *buffer);

// 0 if there has been no response.
long ccurl_response_code(CURL *curl);
// The operating system's error number of a failed connection; 0 if there was none.
long ccurl_system_error(CURL *curl);

#endif
