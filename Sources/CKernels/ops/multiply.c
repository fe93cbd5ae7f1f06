/* Matrix products: tiles of rows, handed out in runs. */
#include "../threads/team.h"
#include "inner.h"

typedef struct {
    const ck_product *products;
    size_t count;
    const ck_activation *activations;
    const float *values;
    size_t tokens;
    size_t tiles, tiles_per_run;
    ck_cpu cpu;
} arguments_of_multiply;

static size_t tiles_of(const ck_matrix *matrix) { return (matrix->rows + CK_TILE_ROWS - 1) / CK_TILE_ROWS; }

/* output (+)= results + bias, for some rows of every token. */
static inline __attribute__((always_inline)) void add_results(const ck_product *product, const float *results,
                                                              size_t tokens, size_t first, const size_t rows) {
    for (size_t t = 0; t < tokens; t++, results += CK_TILE_ROWS) {
        float *output = product->output + t * product->output_stride + first;
        for (size_t r = 0; r < rows; r++) {
            float value = product->bias ? results[r] + product->bias[first + r] : results[r];
            output[r] = product->accumulate ? output[r] + value : value;
        }
    }
}

static void multiply_tile(const arguments_of_multiply *all, const ck_product *product, size_t index, uint8_t *scratch) {
    const ck_matrix *matrix = &product->matrix;
    size_t first = index * CK_TILE_ROWS;
    size_t rows = matrix->rows - first < CK_TILE_ROWS ? matrix->rows - first : CK_TILE_ROWS;
    ck_tile tile = {
        .weights = matrix->data + first * matrix->row_bytes,
        .row_bytes = matrix->row_bytes,
        .columns = matrix->columns,
        .rows = (unsigned)rows,
        .activations = all->activations,
        .values = all->values,
        .tokens = all->tokens,
        .output = product->output + first,
        .output_stride = product->output_stride,
        .panel = scratch,
    };
    bool direct = !product->bias && !product->accumulate;
    if (!direct) {
        tile.output = (float *)(scratch + CK_PANEL_BYTES);
        tile.output_stride = CK_TILE_ROWS;
    }
    matrix->format->multiply[all->cpu](&tile);
    if (direct) return;
    /* A whole tile's loops have a length that the compiler knows. */
    if (rows == CK_TILE_ROWS) add_results(product, tile.output, all->tokens, first, CK_TILE_ROWS);
    else add_results(product, tile.output, all->tokens, first, rows);
}

static void multiply(ck_team *team, const void *arguments, unsigned worker) {
    const arguments_of_multiply *all = arguments;
    uint8_t *scratch = ck_team_scratch(team, worker);
    size_t runs = (all->tiles + all->tiles_per_run - 1) / all->tiles_per_run;
    for (size_t run; ck_team_next(team, worker, runs, &run);) {
        size_t begin = run * all->tiles_per_run, end = begin + all->tiles_per_run;
        if (end > all->tiles) end = all->tiles;
        const ck_product *product = all->products;
        size_t before = 0; /* tiles of the products before this one */
        for (size_t tile = begin; tile < end; tile++) {
            while (tile - before >= tiles_of(&product->matrix)) before += tiles_of(&product++->matrix);
            multiply_tile(all, product, tile - before, scratch);
        }
    }
}

/* Weights that are reused for many tokens aren't what the time goes into. */
enum { STREAMED_TOKENS = 8 };

static void note_reading(ck_team *team, const ck_product *products, size_t count, size_t tokens) {
    ck_range ranges[CK_READING_RANGES];
    if (tokens > STREAMED_TOKENS || count > CK_READING_RANGES) count = 0;
    for (size_t i = 0; i < count; i++)
        ranges[i] = (ck_range){products[i].matrix.data, products[i].matrix.rows * products[i].matrix.row_bytes};
    ck_team_note_reading(team, ranges, count);
}

void ck_multiply(ck_team *team, const ck_product *products, size_t count, const ck_activation *activations,
                 const float *values, size_t tokens) {
    arguments_of_multiply all = {
        .products = products,
        .count = count,
        .activations = activations,
        .values = values,
        .tokens = tokens,
        .cpu = ck_cpu_selected(),
    };
    for (size_t i = 0; i < count; i++) {
        all.tiles += tiles_of(&products[i].matrix);
    }
    ck_team_reserve(team, CK_PANEL_BYTES + tokens * CK_TILE_ROWS * sizeof(float));
    /* Runs long enough to stream, short enough that no worker waits long for the last one. */
    size_t runs = (size_t)ck_team_width(team) * 16;
    all.tiles_per_run = ck_team_width(team) == 1   ? all.tiles
                        : tokens > STREAMED_TOKENS ? 1
                                                   : (all.tiles + runs - 1) / runs;
    note_reading(team, products, count, tokens);
    ck_team_run(team, multiply, &all);
}
