/* What this machine can do at most: reading memory, multiplying bytes, multiplying floats.
 *
 *   limits THREADS        reads a buffer of 1 GiB; multiplies with every variant that the processor has
 *   limits THREADS FILE   reads the mapped file
 *
 * One JSON object a line. Rates are in 10^9 bytes or operations a second, over all threads; a multiplication and an
 * addition are two operations. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { ROUNDS = 9, STEP = 256, AHEAD = 4096, REPEATS = 10 * 1000 * 1000, CHAINS = 12, MOST_THREADS = 64 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* --------------------------------------------------------------------------------------------- work of a thread -- */

/* Some work on `bytes` bytes, a multiple of STEP; what it returns keeps the compiler from leaving the work out. */
typedef uint64_t (*work_function)(const char *data, size_t bytes);

static uint64_t read_portable(const char *data, size_t bytes) {
    uint64_t sums[4] = {0};
    for (size_t at = 0; at < bytes; at += 32)
        for (size_t lane = 0; lane < 4; lane++) {
            uint64_t word;
            memcpy(&word, data + at + 8 * lane, 8);
            sums[lane] ^= word;
        }
    return sums[0] ^ sums[1] ^ sums[2] ^ sums[3];
}

#if defined(__x86_64__)
/* Without prefetching by hand one core doesn't have enough lines under way. */
#define PREFETCH(data)                                                                                                 \
    for (int line = 0; line < STEP; line += 64) _mm_prefetch((data) + AHEAD + line, _MM_HINT_T0)

__attribute__((target("avx512f"))) static uint64_t read_avx512(const char *data, size_t bytes) {
    __m512i sums[4] = {_mm512_setzero_si512(), _mm512_setzero_si512(), _mm512_setzero_si512(), _mm512_setzero_si512()};
    for (size_t at = 0; at < bytes; at += STEP) {
        PREFETCH(data + at);
        for (int lane = 0; lane < 4; lane++)
            sums[lane] = _mm512_xor_si512(sums[lane], _mm512_loadu_si512(data + at + 64 * lane));
    }
    __m512i sum = _mm512_xor_si512(_mm512_xor_si512(sums[0], sums[1]), _mm512_xor_si512(sums[2], sums[3]));
    return (uint64_t)_mm512_reduce_add_epi64(sum);
}

__attribute__((target("avx2"))) static uint64_t read_avx2(const char *data, size_t bytes) {
    __m256i sums[8];
    for (int lane = 0; lane < 8; lane++) sums[lane] = _mm256_setzero_si256();
    for (size_t at = 0; at < bytes; at += STEP) {
        PREFETCH(data + at);
        for (int lane = 0; lane < 8; lane++)
            sums[lane] = _mm256_xor_si256(sums[lane], _mm256_loadu_si256((const __m256i *)(data + at + 32 * lane)));
    }
    for (int lane = 1; lane < 8; lane++) sums[0] = _mm256_xor_si256(sums[0], sums[lane]);
    return (uint64_t)_mm256_extract_epi64(sums[0], 0) ^ (uint64_t)_mm256_extract_epi64(sums[0], 3);
}

/* Independent chains of dot products, all in registers. The empty assembly makes each round's sums needed. */
#define KEEP(sums)                                                                                                     \
    __asm__ volatile(""                                                                                                \
                     : "+x"(sums[0]), "+x"(sums[1]), "+x"(sums[2]), "+x"(sums[3]), "+x"(sums[4]), "+x"(sums[5]),       \
                       "+x"(sums[6]), "+x"(sums[7]), "+x"(sums[8]), "+x"(sums[9]), "+x"(sums[10]), "+x"(sums[11]))

__attribute__((target("avx512f,avx512vnni"))) static uint64_t multiply_avx512(const char *data, size_t bytes) {
    (void)bytes;
    __m512i sums[CHAINS], codes = _mm512_set1_epi8(data[0] | 1), values = _mm512_set1_epi8(5);
    for (int chain = 0; chain < CHAINS; chain++) sums[chain] = _mm512_set1_epi32(chain);
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        for (int chain = 0; chain < CHAINS; chain++) sums[chain] = _mm512_dpbusd_epi32(sums[chain], codes, values);
        KEEP(sums);
    }
    return (uint64_t)_mm512_reduce_add_epi32(sums[0]);
}

/* Summed in 16 bits, as a kernel may for as long as the sums fit. */
__attribute__((target("avx2"))) static uint64_t multiply_avx2(const char *data, size_t bytes) {
    (void)bytes;
    __m256i sums[CHAINS], codes = _mm256_set1_epi8(data[0] | 1), values = _mm256_set1_epi8(5);
    for (int chain = 0; chain < CHAINS; chain++) sums[chain] = _mm256_set1_epi16((short)chain);
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        for (int chain = 0; chain < CHAINS; chain++) {
            /* The product of every round is its own: the compiler must not compute it once. */
            __asm__ volatile("" : "+x"(codes));
            sums[chain] = _mm256_add_epi16(sums[chain], _mm256_maddubs_epi16(codes, values));
        }
        KEEP(sums);
    }
    return (uint64_t)_mm256_extract_epi64(sums[0], 0);
}

__attribute__((target("avx512f"))) static uint64_t add_products_avx512(const char *data, size_t bytes) {
    (void)bytes;
    __m512 sums[CHAINS], left = _mm512_set1_ps(data[0]), right = _mm512_set1_ps(0.5f);
    for (int chain = 0; chain < CHAINS; chain++) sums[chain] = _mm512_set1_ps((float)chain);
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        for (int chain = 0; chain < CHAINS; chain++) sums[chain] = _mm512_fmadd_ps(left, right, sums[chain]);
        KEEP(sums);
    }
    return (uint64_t)_mm512_reduce_add_ps(sums[0]);
}

__attribute__((target("avx2,fma"))) static uint64_t add_products_avx2(const char *data, size_t bytes) {
    (void)bytes;
    __m256 sums[CHAINS], left = _mm256_set1_ps(data[0]), right = _mm256_set1_ps(0.5f);
    for (int chain = 0; chain < CHAINS; chain++) sums[chain] = _mm256_set1_ps((float)chain);
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        for (int chain = 0; chain < CHAINS; chain++) sums[chain] = _mm256_fmadd_ps(left, right, sums[chain]);
        KEEP(sums);
    }
    return (uint64_t)_mm256_cvtss_f32(sums[0]);
}
#endif

static work_function best_reader(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) return read_avx512;
    if (__builtin_cpu_supports("avx2")) return read_avx2;
#endif
    return read_portable;
}

/* ------------------------------------------------------------------------------------------------- all threads -- */

typedef struct {
    work_function work;
    const char *data;
    size_t bytes;
} part;

static volatile uint64_t sink;

static void *run_part(void *argument) {
    const part *own = argument;
    sink = own->work(own->data, own->bytes);
    return NULL;
}

static int ascending(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

/* Runs the work on equal parts of the data and prints the rate of `amount` units in all. */
static void measure(const char *label, work_function work, const char *data, size_t bytes, int threads,
                    double amount) {
    double rates[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        pthread_t handles[MOST_THREADS];
        part parts[MOST_THREADS];
        size_t share = bytes / (size_t)threads / STEP * STEP;
        double start = now();
        for (int thread = 0; thread < threads; thread++) {
            parts[thread] = (part){work, data + share * (size_t)thread, share};
            if (pthread_create(&handles[thread], NULL, run_part, &parts[thread]) != 0) exit(1);
        }
        for (int thread = 0; thread < threads; thread++) pthread_join(handles[thread], NULL);
        rates[round] = amount / (now() - start) / 1e9;
    }
    qsort(rates, ROUNDS, sizeof *rates, ascending);
    printf("{%s, \"threads\": %d, \"median\": %.2f, \"min\": %.2f, \"max\": %.2f}\n", label, threads,
           rates[ROUNDS / 2], rates[0], rates[ROUNDS - 1]);
    fflush(stdout);
}

static void measure_file(const char *path, int threads) {
    struct stat facts;
    int file = open(path, O_RDONLY);
    if (file < 0 || fstat(file, &facts) != 0) {
        perror(path);
        exit(1);
    }
    size_t bytes = (size_t)facts.st_size;
    const char *data = mmap(NULL, bytes, PROT_READ, MAP_SHARED | MAP_POPULATE, file, 0);
    if (data == MAP_FAILED) {
        perror(path);
        exit(1);
    }
    measure("\"what\": \"read\"", best_reader(), data, bytes, threads, (double)bytes);
}

static void measure_memory(int threads) {
    size_t bytes = (size_t)1 << 30;
    char *data = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (data == MAP_FAILED) {
        perror("1 GiB of memory");
        exit(1);
    }
    madvise(data, bytes, MADV_HUGEPAGE);
    memset(data, 1, bytes);
    measure("\"what\": \"read\"", best_reader(), data, bytes, threads, (double)bytes);
#if defined(__x86_64__)
    double products = (double)REPEATS * CHAINS * threads;
    if (__builtin_cpu_supports("avx2")) {
        measure("\"what\": \"integer\", \"variant\": \"avx2\"", multiply_avx2, data, bytes, threads, products * 64);
        measure("\"what\": \"float\", \"variant\": \"avx2\"", add_products_avx2, data, bytes, threads, products * 16);
    }
    if (__builtin_cpu_supports("avx512vnni")) {
        measure("\"what\": \"integer\", \"variant\": \"avx512\"", multiply_avx512, data, bytes, threads,
                products * 128);
        measure("\"what\": \"float\", \"variant\": \"avx512\"", add_products_avx512, data, bytes, threads,
                products * 32);
    }
#endif
}

int main(int count, char **arguments) {
    int threads = count > 1 ? atoi(arguments[1]) : 0;
    if (threads < 1 || threads > MOST_THREADS) {
        fprintf(stderr, "usage: limits THREADS [FILE]\n");
        return 2;
    }
    if (count > 2)
        measure_file(arguments[2], threads);
    else
        measure_memory(threads);
}
