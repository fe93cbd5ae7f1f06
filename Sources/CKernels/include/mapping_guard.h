/* Keeps the process alive when a mapped file shrinks or can't be read any more.
 *
 * Touching a page that the file no longer has raises SIGBUS. A guarded mapping then gets zeros from that page on and
 * is marked as damaged: its reader goes on with nonsense for a moment, and asks ck_mapping_is_damaged before it
 * believes a result. Any other SIGBUS goes to the handler that was there before.
 */
#ifndef CK_MAPPING_GUARD_H
#define CK_MAPPING_GUARD_H

#include <stdbool.h>
#include <stddef.h>

/* How many mappings can be guarded at a time. */
enum { CK_MAPPING_LIMIT = 1024 };

/* Guards `bytes` bytes of a private or shared file mapping that begins at the page `start`. Returns a handle, or -1 if
 * CK_MAPPING_LIMIT mappings are guarded already or the signal handler can't be installed. The handler is put back in
 * front if somebody has replaced it since. */
int ck_mapping_guard(const void *start, size_t bytes);
/* Whether a page of the mapping was missing when it was touched. */
bool ck_mapping_is_damaged(int handle);
/* Ends the guard; to be called before the mapping is removed. */
void ck_mapping_release(int handle);

#endif
