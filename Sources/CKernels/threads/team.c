/* A team of workers with fork and join. An operation costs a store and a few cache-line transfers as long as the
 * workers spin; after a short while without work they park on a futex.
 *
 * Workers join an operation, they aren't waited for: when another process has taken a worker's processor, the others
 * take its share and the caller goes on. Only a worker that was interrupted in the midst of an item holds it up. */
#define _GNU_SOURCE
#include "team.h"
#include "read_ahead.h"

#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    /* First without, then with offers of the processor to others, who may be those that one waits for. */
    SPINS = 1000,
    SPINS_OF_A_YIELD = 50,
    YIELDS_BEFORE_PARKING = 60,
    WIDTH_BITS = 8,
    /* Of the gate: the workers inside, and whether no more may come in. */
    INSIDE = 0x7f,
    CLOSED = 0x80,
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
    ck_reader reader;
} worker_state;

struct ck_team {
    /* Counts operations in its upper bits and carries the operation's width in its lower ones, so that a worker
     * learns in one load whether there is work and whether it takes part. */
    _Alignas(64) _Atomic uint32_t ticket;
    /* The operation's number in the upper bits, as in the ticket; below them CLOSED and the workers INSIDE. */
    _Alignas(64) _Atomic uint32_t gate;
    _Alignas(64) _Atomic uint32_t parked;
    _Atomic bool closing;
    ck_operation operation;
    const void *arguments;
    unsigned workers, width;
    uint32_t number; /* of the operation */
    ck_read_ahead ahead;
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

/* Waits for a short while until some bits of a word differ from those seen, and reads ahead meanwhile; returns the
 * word. */
static uint32_t watch(worker_state *state, _Atomic uint32_t *word, uint32_t seen, uint32_t bits) {
    ck_team *team = state->team;
    uint32_t now = seen;
    for (unsigned yields = 0; yields < YIELDS_BEFORE_PARKING; yields++) {
        for (unsigned spin = 0; spin < (yields ? SPINS_OF_A_YIELD : SPINS); spin++) {
            now = atomic_load_explicit(word, memory_order_acquire);
            if ((now ^ seen) & bits) return now;
            if (!ck_read_ahead_step(&team->ahead, &state->reader, state->index)) pause_briefly();
        }
        sched_yield();
    }
    return now;
}

/* Waits until the ticket differs from the one seen; returns it. */
static uint32_t await_ticket(worker_state *state, uint32_t seen) {
    ck_team *team = state->team;
    for (;;) {
        uint32_t ticket = watch(state, &team->ticket, seen, UINT32_MAX);
        if (ticket != seen) return ticket;
        atomic_fetch_add(&team->parked, 1);
        futex_wait(&team->ticket, seen);
        atomic_fetch_sub(&team->parked, 1);
    }
}

/* Whether the ticket's operation is still going on, and the worker takes part from now on. */
static bool enter(ck_team *team, uint32_t ticket) {
    uint32_t gate = atomic_load(&team->gate);
    do {
        if ((gate ^ ticket) >> WIDTH_BITS || gate & CLOSED) return false;
    } while (!atomic_compare_exchange_weak(&team->gate, &gate, gate + 1));
    return true;
}

static void leave(ck_team *team) {
    uint32_t gate = atomic_fetch_sub(&team->gate, 1);
    if (gate & CLOSED && (gate & INSIDE) == 1) futex_wake(&team->gate);
}

static void *work(void *argument) {
    worker_state *state = argument;
    ck_team *team = state->team;
    uint32_t ticket = 0;
    for (;;) {
        ticket = await_ticket(state, ticket);
        if (atomic_load(&team->closing)) return NULL;
        if (state->index >= (ticket & ((1u << WIDTH_BITS) - 1)) || !enter(team, ticket)) continue;
        team->operation(team, team->arguments, state->index);
        leave(team);
    }
}

static void publish(ck_team *team, unsigned width) {
    uint32_t ticket = atomic_load_explicit(&team->ticket, memory_order_relaxed);
    uint32_t number = ((ticket >> WIDTH_BITS) + 1) << WIDTH_BITS;
    atomic_store(&team->gate, number);
    atomic_store(&team->ticket, number | width);
    if (atomic_load(&team->parked) > 0) futex_wake(&team->ticket);
}

ck_team *ck_team_create(unsigned workers) {
    if (workers < 1 || workers > MAXIMUM_WORKERS) return NULL;
    ck_team *team = aligned_alloc(64, (sizeof(ck_team) + 63) / 64 * 64);
    if (!team) return NULL;
    memset(team, 0, sizeof *team);
    team->workers = team->width = 1;
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

void ck_team_note_reading(ck_team *team, const ck_range *ranges, size_t count) {
    ck_read_ahead_note(&team->ahead, ranges, count, team->width);
}

void ck_team_run(ck_team *team, ck_operation operation, const void *arguments) {
    team->number++;
    if (team->width == 1) {
        operation(team, arguments, 0);
        return;
    }
    team->operation = operation;
    team->arguments = arguments;
    publish(team, team->width);
    operation(team, arguments, 0);
    /* All items are taken: those who haven't come yet needn't. */
    uint32_t gate = atomic_fetch_or(&team->gate, CLOSED) | CLOSED;
    while (gate & INSIDE) {
        gate = watch(&team->states[0], &team->gate, gate, INSIDE);
        if (gate & INSIDE) {
            futex_wait(&team->gate, gate);
            gate = atomic_load(&team->gate);
        }
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
