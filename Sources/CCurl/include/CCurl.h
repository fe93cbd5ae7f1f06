// A typed face for libcurl: its setters and getters are variadic, which Swift cannot call.
//
// The library is loaded when something is to be fetched, not when the program starts: with the libraries that it needs
// itself it takes several megabytes and milliseconds, and most runs never go to the network.
#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>
#include <stddef.h>

// Takes `size` bytes; returning anything but `size` ends the transfer.
typedef size_t (*ccurl_receive)(char *bytes, size_t one, size_t size, void *context);
// Called about once a second and on every change; returning anything but 0 ends the transfer.
typedef int (*ccurl_progress)(
    void *context, curl_off_t download_total, curl_off_t downloaded, curl_off_t upload_total, curl_off_t uploaded);

// Loads libcurl and makes it ready, once; 0 if it isn't there. Comes before everything below.
int ccurl_load(void);
// What the library's file is called, for an error that says what is missing.
const char *ccurl_library_name(void);

CURL *ccurl_init(void);
// Forgets all settings; what connects it to a server stays.
void ccurl_reset(CURL *curl);
void ccurl_cleanup(CURL *curl);

// What drives a transfer step by step, and keeps its connection for the next one.
CURLM *ccurl_multi_init(void);
CURLMcode ccurl_multi_add(CURLM *multi, CURL *curl);
CURLMcode ccurl_multi_remove(CURLM *multi, CURL *curl);
// Does what can be done without waiting. `running` becomes 0 when the transfer has ended.
CURLMcode ccurl_multi_perform(CURLM *multi, int *running);
// Waits until there is something to do, for `milliseconds`, or until somebody wakes it.
CURLMcode ccurl_multi_poll(CURLM *multi, int milliseconds);
// May be called from any thread while the multi handle exists.
CURLMcode ccurl_multi_wakeup(CURLM *multi);
// How the transfer ended; -1 while it goes on.
int ccurl_multi_result(CURLM *multi);
CURLMcode ccurl_multi_cleanup(CURLM *multi);
const char *ccurl_multi_error_text(CURLMcode code);
const char *ccurl_error_text(CURLcode code);
struct curl_slist *ccurl_append(struct curl_slist *list, const char *line);
void ccurl_free_list(struct curl_slist *list);

CURLcode ccurl_set_long(CURL *curl, CURLoption option, long value);
CURLcode ccurl_set_string(CURL *curl, CURLoption option, const char *value);
CURLcode ccurl_set_headers(CURL *curl, struct curl_slist *headers);
CURLcode ccurl_set_body(CURL *curl, ccurl_receive receive, void *context);
CURLcode ccurl_set_header(CURL *curl, ccurl_receive receive, void *context);
CURLcode ccurl_set_progress(CURL *curl, ccurl_progress progress, void *context);
// Sends a POST with these bytes, which outlive the transfer.
CURLcode ccurl_set_post(CURL *curl, const void *bytes, size_t count);
// `buffer` takes at least CURL_ERROR_SIZE bytes and outlives the transfer.
CURLcode ccurl_set_error_buffer(CURL *curl, char *buffer);

// 0 if there has been no response.
long ccurl_response_code(CURL *curl);
// The operating system's error number of a failed connection; 0 if there was none.
long ccurl_system_error(CURL *curl);
// Microseconds from the start of the transfer to one of CURLINFO_NAMELOOKUP_TIME_T, CURLINFO_CONNECT_TIME_T, …; 0 until
// it has come to that.
curl_off_t ccurl_time(CURL *curl, CURLINFO info);
// How many connections the transfer had to make.
long ccurl_connection_count(CURL *curl);
// CURL_HTTP_VERSION_…; 0 if there has been no response.
long ccurl_http_version(CURL *curl);

#endif
