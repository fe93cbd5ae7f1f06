#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#endif

#include "mapping_guard.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MAP_NORESERVE
#define MAP_NORESERVE 0
#endif

/* The signal handler reads this table without a lock: `end` is 0 while a slot is free or being filled. */
typedef struct {
    _Atomic uintptr_t start;
    _Atomic uintptr_t end;
    _Atomic bool damaged;
} guarded;

static guarded table[CK_MAPPING_LIMIT];
static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;

/* Handlers that ours has taken the place of. Only appended to, so that a signal never sees a half-written one. */
enum { PREVIOUS_LIMIT = 8 };
static struct sigaction previous[PREVIOUS_LIMIT];
static _Atomic int previous_count;

/* Set while an earlier handler runs: it may call ours in turn. */
static _Thread_local volatile sig_atomic_t forwarding;

static uintptr_t page_size;

static void die_of(int signal_number, const siginfo_t *info) {
    struct sigaction fallback;
    memset(&fallback, 0, sizeof fallback);
    fallback.sa_handler = SIG_DFL;
    sigemptyset(&fallback.sa_mask);
    sigaction(signal_number, &fallback, NULL);
    /* A fault happens again as soon as the handler returns; a signal that was sent has to be sent again. */
    if (info->si_code <= 0) raise(signal_number);
}

static void forward(int signal_number, siginfo_t *info, void *context) {
    int count = atomic_load_explicit(&previous_count, memory_order_acquire);
    const struct sigaction *action = count > 0 ? &previous[count - 1] : NULL;
    if (action == NULL || forwarding) {
        die_of(signal_number, info);
        return;
    }
    if ((action->sa_flags & SA_SIGINFO) != 0 && action->sa_sigaction != NULL) {
        forwarding = 1;
        action->sa_sigaction(signal_number, info, context);
        forwarding = 0;
    } else if (action->sa_handler == SIG_IGN && info->si_code <= 0) {
        return;
    } else if (action->sa_handler == SIG_DFL || action->sa_handler == SIG_IGN) {
        die_of(signal_number, info);
    } else {
        forwarding = 1;
        action->sa_handler(signal_number);
        forwarding = 0;
    }
}

/* Zeros from the page of `address` to the end of its mapping; false if no guarded mapping holds it. All pages after
 * a missing one are missing too when a file was cut short, and one mapping for all of them stays within the system's
 * limit on the number of mappings. */
static bool mend(uintptr_t address) {
    for (int slot = 0; slot < CK_MAPPING_LIMIT; slot++) {
        uintptr_t end = atomic_load_explicit(&table[slot].end, memory_order_acquire);
        if (address >= end) continue;
        if (address < atomic_load_explicit(&table[slot].start, memory_order_relaxed)) continue;
        /* Before the zeros: whoever reads one of them must find the flag set afterwards. */
        atomic_store(&table[slot].damaged, true);
        uintptr_t page = address - address % page_size;
        void *zeros = mmap((void *)page, end - page, PROT_READ,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0);
        return zeros != MAP_FAILED;
    }
    return false;
}

static void on_bus_error(int signal_number, siginfo_t *info, void *context) {
    int saved_errno = errno;
    /* A signal that somebody sent has no address. */
    if (info->si_code <= 0 || !mend((uintptr_t)info->si_addr)) forward(signal_number, info, context);
    errno = saved_errno;
}

/* With the lock held. */
static bool install(void) {
    struct sigaction current;
    if (sigaction(SIGBUS, NULL, &current) != 0) return false;
    if ((current.sa_flags & SA_SIGINFO) != 0 && current.sa_sigaction == on_bus_error) return true;
    int count = atomic_load(&previous_count);
    /* Somebody keeps getting in front of ours: they have it as their previous handler by now. */
    if (count == PREVIOUS_LIMIT) return true;
    if (count == 0) page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
    previous[count] = current;
    atomic_store_explicit(&previous_count, count + 1, memory_order_release);

    struct sigaction ours;
    memset(&ours, 0, sizeof ours);
    ours.sa_sigaction = on_bus_error;
    ours.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
    ours.sa_mask = current.sa_mask;
    return sigaction(SIGBUS, &ours, NULL) == 0;
}

int ck_mapping_guard(const void *start, size_t bytes) {
    int handle = -1;
    pthread_mutex_lock(&table_lock);
    if (bytes > 0 && install()) {
        for (int slot = 0; slot < CK_MAPPING_LIMIT && handle < 0; slot++) {
            if (atomic_load(&table[slot].end) != 0) continue;
            /* To the end of the last page, which the mapping covers as a whole. */
            uintptr_t end = (uintptr_t)start + bytes;
            uintptr_t excess = end % page_size;
            if (excess != 0) end += page_size - excess;
            atomic_store(&table[slot].damaged, false);
            atomic_store(&table[slot].start, (uintptr_t)start);
            atomic_store_explicit(&table[slot].end, end, memory_order_release);
            handle = slot;
        }
    }
    pthread_mutex_unlock(&table_lock);
    return handle;
}

bool ck_mapping_is_damaged(int handle) {
    if (handle < 0 || handle >= CK_MAPPING_LIMIT) return false;
    return atomic_load_explicit(&table[handle].damaged, memory_order_acquire);
}

void ck_mapping_release(int handle) {
    if (handle < 0 || handle >= CK_MAPPING_LIMIT) return;
    pthread_mutex_lock(&table_lock);
    atomic_store(&table[handle].end, 0);
    pthread_mutex_unlock(&table_lock);
}
