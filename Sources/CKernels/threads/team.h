/* What operations ask of the team; see team.c. */
#ifndef CK_TEAM_H
#define CK_TEAM_H

#include "kernels.h"
#include "read_ahead.h"

/* An operation as each worker runs it. The items of an operation are dealt out by ck_team_next. */
typedef void (*ck_operation)(ck_team *team, const void *arguments, unsigned worker);

/* Runs the operation on the team's current width of workers, the caller as worker 0, and returns when all items are
 * done. Workers that come too late for it don't take part: whatever an operation does, it does by items. */
void ck_team_run(ck_team *team, ck_operation operation, const void *arguments);

/* The same; an operation of a single item isn't worth waking anybody for, and the caller does it alone. */
void ck_team_run_items(ck_team *team, ck_operation operation, const void *arguments, size_t items);

/* Takes one of the operation's `items` numbers, 0, 1, 2 …, each of which is given once; false when none is left.
 * Every worker has a contiguous share of them that it takes in order, the same one each time, so that weights stay in
 * the caches that are near it; when it is done it takes what others have left. */
bool ck_team_next(ck_team *team, unsigned worker, size_t items, size_t *item);

/* Tells what the next operation streams from memory, in the order in which its items do, so that waiting workers can
 * guess what to read ahead; with a `count` of 0, that there is nothing worth a guess. */
void ck_team_note_reading(ck_team *team, const ck_range *ranges, size_t count);

/* How many workers run this operation. */
unsigned ck_team_width(const ck_team *team);

/* At least `bytes` of this worker's own working space, 64-byte aligned, its contents undefined. Never NULL: it is
 * reserved by ck_team_reserve before the operation runs. */
void *ck_team_scratch(ck_team *team, unsigned worker);

/* Makes every worker's working space at least this large; called between operations. */
void ck_team_reserve(ck_team *team, size_t bytes);

#endif
