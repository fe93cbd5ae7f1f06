#include "read_ahead.h"

enum {
    LINE = 64,
    STEP = 4 * LINE,
    /* A part of the second-level cache that leaves room for what the operation itself needs. */
    BUDGET = 192 * 1024,
    /* What follows the operation before the first one, and after one that isn't worth a guess: stays empty. */
    NOTHING = 0,
};

/* Never NOTHING. */
static uint32_t hash(const uint8_t *data) {
    return 1 + (uint32_t)(((uintptr_t)data / LINE * 0x9e3779b97f4a7c15u) >> 32) % (CK_READINGS - 1);
}

static void remember(ck_reading *reading, const ck_range *ranges, size_t count) {
    for (size_t i = 0; i < CK_READING_RANGES; i++) {
        bool used = count <= CK_READING_RANGES && i < count;
        atomic_store_explicit(&reading->ranges[i].data, used ? ranges[i].data : NULL, memory_order_relaxed);
        atomic_store_explicit(&reading->ranges[i].bytes, used ? ranges[i].bytes : 0, memory_order_relaxed);
    }
}

void ck_read_ahead_note(ck_read_ahead *ahead, const ck_range *ranges, size_t count, unsigned shares) {
    if (ahead->previous != NOTHING) remember(&ahead->following[ahead->previous], ranges, count);
    ahead->previous = count > 0 ? hash(ranges[0].data) : NOTHING;
    atomic_store_explicit(&ahead->shares, shares, memory_order_relaxed);
    uint32_t guess = atomic_load_explicit(&ahead->guess, memory_order_relaxed);
    atomic_store_explicit(&ahead->guess, (guess / CK_READINGS + 1) * CK_READINGS + ahead->previous,
                          memory_order_relaxed);
}

static size_t bytes_of(ck_reading *reading, unsigned range) {
    return atomic_load_explicit(&reading->ranges[range].bytes, memory_order_relaxed);
}

/* Goes to the beginning of the worker's share. */
static void begin(ck_reading *reading, ck_reader *reader, unsigned worker, unsigned shares) {
    reader->budget = 0;
    if (worker >= shares) return;
    size_t bytes = 0;
    for (unsigned i = 0; i < CK_READING_RANGES; i++) bytes += bytes_of(reading, i);
    size_t share = bytes / shares;
    reader->next = share * worker;
    reader->budget = share < BUDGET ? share : BUDGET;
    reader->range = 0;
    while (reader->range < CK_READING_RANGES && reader->next >= bytes_of(reading, reader->range))
        reader->next -= bytes_of(reading, reader->range++);
}

bool ck_read_ahead_step(ck_read_ahead *ahead, ck_reader *reader, unsigned worker) {
    uint32_t guess = atomic_load_explicit(&ahead->guess, memory_order_relaxed);
    ck_reading *reading = &ahead->following[guess % CK_READINGS];
    if (guess != reader->guess) {
        reader->guess = guess;
        begin(reading, reader, worker, atomic_load_explicit(&ahead->shares, memory_order_relaxed));
    }
    if (reader->budget < STEP || reader->range == CK_READING_RANGES) return false;
    const uint8_t *data = atomic_load_explicit(&reading->ranges[reader->range].data, memory_order_relaxed);
    for (size_t line = 0; line < STEP; line += LINE) __builtin_prefetch(data + reader->next + line, 0, 2);
    reader->budget -= STEP;
    reader->next += STEP;
    if (reader->next >= bytes_of(reading, reader->range)) {
        reader->next = 0;
        reader->range++;
    }
    return true;
}
