/* What workers do while they wait: they read ahead.
 *
 * Decoding is bound by memory, which rests while one thread norms, turns and quantizes and the others wait for it. A
 * model's weights are read in the same order for every token, so what was read next the last time is a good guess, and
 * a waiting worker can bring the beginning of its share of that into its second-level cache. */
#ifndef CK_READ_AHEAD_H
#define CK_READ_AHEAD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    const uint8_t *data;
    size_t bytes;
} ck_range;

enum {
    CK_READING_RANGES = 3, /* of an operation; more aren't guessed */
    CK_READINGS = 1024,    /* operations that are remembered: of a pass through a deep model */
};

/* What an operation reads. Waiting workers look at it whenever they like, so its parts are atomic. */
typedef struct {
    struct {
        _Atomic(const uint8_t *) data;
        _Atomic size_t bytes;
    } ranges[CK_READING_RANGES];
} ck_reading;

typedef struct {
    ck_reading following[CK_READINGS]; /* what came after the operation whose first range has this hash */
    _Atomic uint32_t guess;            /* index of what is likely to come next, and above it a count of guesses */
    _Atomic unsigned shares;           /* workers that it is divided among; the others have nothing to read */
    uint32_t previous;                 /* hash of the operation before, for the caller alone */
} ck_read_ahead;

/* Notes what the next operation reads, and guesses at what comes after it. For the caller's thread. */
void ck_read_ahead_note(ck_read_ahead *ahead, const ck_range *ranges, size_t count, unsigned shares);

/* One worker's place in what it reads ahead. */
typedef struct {
    uint32_t guess;
    unsigned range;
    size_t next;   /* byte of the range */
    size_t budget; /* bytes that are still worth asking for */
} ck_reader;

/* Asks for a few lines more, and returns at once; false if there is nothing left to ask for. */
bool ck_read_ahead_step(ck_read_ahead *ahead, ck_reader *reader, unsigned worker);

#endif
