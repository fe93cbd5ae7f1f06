/* A team of workers with fork and join. An operation costs a store and a few cache-line transfers as long as the
 * workers spin; after a short while without work they park on a futex. */
#define _GNU_SOURCE
#include "team.h"

#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    SPINS_BEFORE_PARKING = 4000,
    WIDTH_BITS = 8,
    MAXIMUM_WORKERS = 64,
};

typedef struct {
    /* The operation's number in the upper half, items taken of this worker's share in the lower one: a share that
     * was last used by an earlier operation counts as full without being reset. */
    _Alignas(64) _Atomic uint64_t taken;
    _Alignas(64) void *scratch;
    size_t scratch_bytes;
    pthread_t thread;
    ck_team *team;
    unsigned index;
} worker_state;

struct ck_team {
    /* Counts operations in its upper bits and carries the operation's width in its lower ones, so that a worker
     * learns in one load whether there is work and whether it takes part. */
    _Alignas(64) _Atomic uint32_t ticket;
    _Alignas(64) _Atomic uint32_t remaining;
    _Alignas(64) _Atomic uint32_t parked;
    _Atomic bool closing;
    ck_operation operation;
    const void *arguments;
    unsigned workers, width;
    uint32_t number; /* of the operation */
    worker_state states[MAXIMUM_WORKERS];
};

static inline void pause_briefly(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static void futex_wait(_Atomic uint32_t *word, uint32_t seen) {
    syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, seen, NULL, NULL, 0);
}

static void futex_wake(_Atomic uint32_t *word) { syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0); }

/* Waits until the ticket differs from the one seen; returns it. */
static uint32_t await_ticket(ck_team *team, uint32_t seen) {
    for (;;) {
        for (unsigned spin = 0; spin < SPINS_BEFORE_PARKING; spin++) {
            uint32_t ticket = atomic_load_explicit(&team->ticket, memory_order_acquire);
            if (ticket != seen) return ticket;
            pause_briefly();
        }
        atomic_fetch_add(&team->parked, 1);
        futex_wait(&team->ticket, seen);
        atomic_fetch_sub(&team->parked, 1);
    }
}

static void *work(void *argument) {
    worker_state *state = argument;
    ck_team *team = state->team;
    uint32_t ticket = 0;
    for (;;) {
        ticket = await_ticket(team, ticket);
        if (atomic_load(&team->closing)) return NULL;
        if (state->index >= (ticket & ((1u << WIDTH_BITS) - 1))) continue;
        team->operation(team, team->arguments, state->index);
        if (atomic_fetch_sub(&team->remaining, 1) == 1) futex_wake(&team->remaining);
    }
}

static void publish(ck_team *team, unsigned width) {
    uint32_t ticket = atomic_load_explicit(&team->ticket, memory_order_relaxed);
    uint32_t count = (ticket >> WIDTH_BITS) + 1;
    atomic_store(&team->ticket, count << WIDTH_BITS | width);
    if (atomic_load(&team->parked) > 0) futex_wake(&team->ticket);
}

ck_team *ck_team_create(unsigned workers) {
    if (workers < 1 || workers > MAXIMUM_WORKERS) return NULL;
    ck_team *team = aligned_alloc(64, (sizeof(ck_team) + 63) / 64 * 64);
    if (!team) return NULL;
    *team = (ck_team){.workers = 1, .width = 1};
    for (unsigned i = 0; i < workers; i++) team->states[i] = (worker_state){.team = team, .index = i};
    for (unsigned i = 1; i < workers; i++) {
        if (pthread_create(&team->states[i].thread, NULL, work, &team->states[i]) != 0) {
            ck_team_destroy(team);
            return NULL;
        }
        team->workers = team->width = i + 1;
    }
    return team;
}

void ck_team_destroy(ck_team *team) {
    if (!team) return;
    atomic_store(&team->closing, true);
    publish(team, 0);
    for (unsigned i = 1; i < team->workers; i++) pthread_join(team->states[i].thread, NULL);
    for (unsigned i = 0; i < team->workers; i++) free(team->states[i].scratch);
    free(team);
}

void ck_team_set_width(ck_team *team, unsigned workers) {
    team->width = workers < 1 ? 1 : workers > team->workers ? team->workers : workers;
}

unsigned ck_team_width(const ck_team *team) { return team->width; }

static bool take(_Atomic uint64_t *taken, uint32_t operation, size_t share, size_t *index) {
    uint64_t seen = atomic_load_explicit(taken, memory_order_relaxed), next;
    do {
        *index = seen >> 32 == operation ? (uint32_t)seen : 0;
        if (*index >= share) return false;
        next = (uint64_t)operation << 32 | (*index + 1);
    } while (!atomic_compare_exchange_weak_explicit(taken, &seen, next, memory_order_relaxed, memory_order_relaxed));
    return true;
}

bool ck_team_next(ck_team *team, unsigned worker, size_t items, size_t *item) {
    for (unsigned i = 0; i < team->width; i++) {
        unsigned owner = (worker + i) % team->width;
        size_t begin = items * owner / team->width, end = items * (owner + 1) / team->width, index;
        if (!take(&team->states[owner].taken, team->number, end - begin, &index)) continue;
        *item = begin + index;
        return true;
    }
    return false;
}

void ck_team_run(ck_team *team, ck_operation operation, const void *arguments) {
    team->number++;
    if (team->width == 1) {
        operation(team, arguments, 0);
        return;
    }
    team->operation = operation;
    team->arguments = arguments;
    atomic_store_explicit(&team->remaining, team->width - 1, memory_order_relaxed);
    publish(team, team->width);
    operation(team, arguments, 0);
    for (;;) {
        for (unsigned spin = 0; spin < SPINS_BEFORE_PARKING; spin++) {
            if (atomic_load_explicit(&team->remaining, memory_order_acquire) == 0) return;
            pause_briefly();
        }
        uint32_t remaining = atomic_load(&team->remaining);
        if (remaining > 0) futex_wait(&team->remaining, remaining);
    }
}

void ck_team_run_items(ck_team *team, ck_operation operation, const void *arguments, size_t items) {
    unsigned width = team->width;
    if (items == 1) team->width = 1;
    ck_team_run(team, operation, arguments);
    team->width = width;
}

void *ck_team_scratch(ck_team *team, unsigned worker) { return team->states[worker].scratch; }

void ck_team_reserve(ck_team *team, size_t bytes) {
    bytes = (bytes + 63) / 64 * 64;
    for (unsigned i = 0; i < team->workers; i++) {
        worker_state *state = &team->states[i];
        if (state->scratch_bytes >= bytes) continue;
        void *grown = aligned_alloc(64, bytes);
        if (!grown) {
            /* Working space is a few hundred kilobytes; without it no operation can run or report. */
            fprintf(stderr, "InferenceCore: out of memory: %zu bytes of working space for a worker\n", bytes);
            abort();
        }
        free(state->scratch);
        state->scratch = grown;
        state->scratch_bytes = bytes;
    }
}

size_t ck_team_scratch_bytes(const ck_team *team) {
    size_t total = 0;
    for (unsigned i = 0; i < team->workers; i++) total += team->states[i].scratch_bytes;
    return total;
}
