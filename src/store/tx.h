/* tx.h - a transaction: what one piece of work reads and writes.
 *
 * A db has at most one transaction at a time. A read transaction sees one state of
 * the database to its end and collects what it depends on. A write transaction
 * takes the write lock at once (BEGIN IMMEDIATE) and raises at commit the counters
 * of what it wrote.
 *
 * Why a cached result is true
 * ---------------------------
 * A writer W:	COMMIT;  raise the site's GEN_COMMIT;  raise what it wrote.
 * A reader R:	c0 = GEN_COMMIT;  copy the counters of its first statement;
 *		its snapshot S begins;  first statement;
 *		each later statement: copy its counters, then look whether GEN_COMMIT
 *		is still c0; if not, the result cannot be cached (tx_deps is false).
 *
 * Claim: if a result's counters still have the copied values after some W has
 * finished, then W changed nothing that the result shows, or W is in S.
 * Let W be not in S, and let it write what is counted by slot x, which R depends on.
 *  1. W's COMMIT came after S began, so its raises came after c0 was read and after
 *     the first statement's counters were copied (had R read a raise of W, then W's
 *     commit would have happened before S began, and S would contain it).
 *  2. x copied before S: by 1 without W's raise. W raises it: not fresh.
 *  3. x copied later, without W's raise: W raises it: not fresh.
 *  4. x copied later, with W's raise: W had raised GEN_COMMIT before x (release),
 *     R read x (acquire) before GEN_COMMIT: it sees GEN_COMMIT != c0 and the result
 *     is not cached.
 * If W is in S but raises later than R copied, the result is thrown away once for
 * nothing.
 *
 * A writer that dies between COMMIT and raising leaves the site's writing mark set, which
 * it had set before COMMIT. Whoever begins a transaction and sees the mark tries for the
 * write lock; with the lock in hand and the mark still there its writer is dead, and all
 * of the site is made stale. So nobody can read what the dead one wrote while older
 * pages still pass for fresh; the disk level does not believe a marked site at all.
 */
#ifndef STORE_TX_H
#define STORE_TX_H

#include "store/db.h"
#include "store/row.h"

enum tx_kind { TX_READ, TX_WRITE };

struct tx;

MUST_CHECK bool tx_begin(struct db *db, enum tx_kind kind, struct tx **ret, struct fail *f);

/* Ends it, whatever is returned; rows still open are dropped. A read transaction has
 * nothing to commit: either function ends it. */
MUST_CHECK bool tx_commit(struct tx *tx, struct fail *f);
void tx_rollback(struct tx *tx);	/* NULL is fine */
void tx_rollbackp(struct tx **tx);	/* for CLEANUP; set the pointer to NULL after a commit */

/* Runs a statement. types says what follows, one letter for each parameter:
 *	i  int64_t (write (int64_t)1 for constants)	d  int
 *	s  struct str, as text				b  struct str, as bytes
 *	S  struct str, NULL when p is NULL		n  NULL, no argument
 * Text stays the caller's and must live until row_end(). NULL on failure. */
MUST_CHECK struct row *tx_run(struct tx *tx, const struct query *q, struct fail *f,
			      const char *types, ...);

/* Runs a statement to its end, for its effect. */
MUST_CHECK bool tx_exec(struct tx *tx, const struct query *q, struct fail *f,
			const char *types, ...);

/* The same for a statement whose parameters are all numbers: rows by the handful. */
MUST_CHECK bool tx_exec_ints(struct tx *tx, const struct query *q, const int64_t *values,
			     size_t n, struct fail *f);

/* The first column of the only row, a number: counts, ids. Without a row
 * FAIL_NOT_FOUND. NULL in the database is 0. */
MUST_CHECK bool tx_number(struct tx *tx, const struct query *q, int64_t *ret, struct fail *f,
			  const char *types, ...);

/* Another number than that of an earlier transaction on this db: somebody else has committed
 * in between. */
MUST_CHECK bool tx_version(struct tx *tx, int64_t *ret, struct fail *f);

/* For who makes many results from one snapshot: how much of what was read until now all of them
 * stand on, and on to the next, without what was read since. False: something was committed since
 * the snapshot began, or what they stand on is stale, so begin anew. Each result is as one that
 * read the same statements, later than its first: the proof above holds for it. */
uint32_t tx_mark(struct tx *tx);
MUST_CHECK bool tx_back(struct tx *tx, uint32_t mark);
/* What one of these results reads or makes from the snapshot, and others would once more: n bytes,
 * zeroed at first, that `whose` finds again, and the arena for what lies behind them. All of it
 * goes with the transaction, or by tx_back() when it has grown large. What a result depends on is
 * declared by statements of its own all the same. NULL: there is one result only. */
void *tx_keep(struct tx *tx, const void *whose, size_t n);
struct arena *tx_arena(struct tx *tx);
/* What this statement, one without parameters, gave earlier in the transaction is shown again. */
void tx_again(struct tx *tx, const struct query *q);

int64_t tx_changes(const struct tx *tx);	/* rows changed by the last statement */
struct db *tx_db(const struct tx *tx);

/* By hand, what no parameter names: a counter more to raise at commit. */
void tx_raise(struct tx *tx, unsigned kind, uint64_t key);

/* Makes everything of this site stale at commit: settings that every page shows. */
void tx_raise_all(struct tx *tx);
bool tx_raises_all(const struct tx *tx);	/* so nothing single need be found and raised */

/* Adds what was read so far. False: the result must not be cached (a write transaction,
 * or somebody committed while we read). Ask after the last statement, before the end. */
MUST_CHECK bool tx_deps(const struct tx *tx, struct deps *add_to);

/* A part of a write transaction that may fail alone (an import's one bad file). */
MUST_CHECK bool tx_part_begin(struct tx *tx, struct fail *f);
MUST_CHECK bool tx_part_keep(struct tx *tx, struct fail *f);
void tx_part_drop(struct tx *tx);

#endif
