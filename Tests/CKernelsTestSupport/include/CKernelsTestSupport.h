/* What tests ask of the kernels' inner parts, which Swift can't see. */
#ifndef CK_TEST_SUPPORT_H
#define CK_TEST_SUPPORT_H

#include <stddef.h>

/* An operation that reads some ranges; their addresses are made up and never read. */
typedef struct {
    size_t first_range; /* ranges have numbers; the same number is the same range */
    size_t ranges;
    size_t bytes;       /* of each */
} ck_test_operation;

/* How many bytes a waiting worker of a team of `shares` asks for after the last of these operations, a multiple of the
 * step that it takes. */
size_t ck_test_read_ahead(const ck_test_operation *operations, size_t count, unsigned worker, unsigned shares);

#endif
