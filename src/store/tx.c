/* tx.c - see tx.h, where the order of counters and snapshots is proved. */
#include "store/tx.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>
#include "base/limits.h"
#include "base/vec.h"
#include "store/lite.h"

/* A transaction that wrote more things than this makes the whole site stale instead: an
 * import of thousands of posts does that anyway. */
#define RAISES_MAX 8192

/* Ten thousand posts as lists show them. */
enum { KEPT_CHUNK = 64 * KIB, KEPT_MOST = 16 * MIB };

static const struct query BEGIN_READ = { .sql = "BEGIN" };
static const struct query BEGIN_WRITE = { .sql = "BEGIN IMMEDIATE" };
static const struct query COMMIT = { .sql = "COMMIT" };
static const struct query ROLLBACK = { .sql = "ROLLBACK" };
static const struct query HELD_BEGIN = { .sql = "SAVEPOINT whole" };
static const struct query HELD_COMMIT = { .sql = "RELEASE whole" };
static const struct query HELD_UNDO = { .sql = "ROLLBACK TO whole" };
static const struct query PART_BEGIN = { .sql = "SAVEPOINT part" };
static const struct query PART_KEEP = { .sql = "RELEASE part" };
static const struct query PART_DROP = { .sql = "ROLLBACK TO part" };

static bool tx_control(struct tx *tx, const struct query *q, struct fail *f)
{
	struct row *row = lite_row(tx->db, q, f);

	if (!row)
		return false;
	row_next(row);
	return row_end(row, f);
}

/* ---- counters ---- */

/* A read more. Before the snapshot a copy is good as it is; later it is good only while
 * nobody committed since the snapshot: copy first, then look. */
static void tx_copy(struct tx *tx, uint64_t site, unsigned kind, uint64_t key)
{
	struct gens *g = tx->db->gens;
	uint32_t had = tx->deps.n;

	if (!g || tx->kind == TX_WRITE)
		return;
	deps_add(&tx->deps, g, gens_slot(site, kind, key));
	if (!tx->started || tx->deps.n == had)
		return;
	if (gens_value(g, gens_slot(tx->db->site, GEN_COMMIT, 0)) != tx->commits)
		tx->moved = true;
}

/* Called before each statement, after its counters were copied. */
static void tx_start(struct tx *tx)
{
	struct gens *g = tx->db->gens;

	if (tx->started)
		return;
	if (g)
		tx->commits = gens_value(g, gens_slot(tx->db->site, GEN_COMMIT, 0));
	tx->started = true;
}

static void tx_note_raise(struct tx *tx, uint64_t site, unsigned kind, uint64_t key)
{
	uint32_t slot;

	assert(tx->kind == TX_WRITE);
	if (!tx->db->gens)
		return;
	if (tx->raises.n >= RAISES_MAX) {
		tx->raise_all = true;
		if (site == tx->db->site)
			return;
	}
	slot = gens_slot(site, kind, key);
	if (tx->raises.n && tx->raises.p[tx->raises.n - 1] == slot)
		return;
	*VEC_ADD(&tx->raises) = slot;
}

/* After COMMIT: the count of commits first, then what was written (tx.h, case 4). */
static void tx_raise_noted(struct tx *tx)
{
	struct gens *g = tx->db->gens;

	gens_raise(g, gens_slot(tx->db->site, GEN_COMMIT, 0));
	if (tx->raise_all)
		gens_raise(g, gens_slot(tx->db->site, GEN_EPOCH, 0));
	for (size_t i = 0; i < tx->raises.n; i++)
		gens_raise(g, tx->raises.p[i]);
}

/* ---- begin and end ---- */

/* SQLite may have rolled back by itself (a full disk). */
static bool is_lost(const struct tx *tx, struct fail *f)
{
	return sqlite3_get_autocommit(tx->db->lite)
		&& !fail(f, FAIL_IO, "the database %s has undone this after an error",
			 tx->db->path);
}

static bool tx_enter(struct tx *tx, struct fail *f)
{
	if (tx->db->held)
		return !is_lost(tx, f) && tx_control(tx, &HELD_BEGIN, f);
	return tx_control(tx, tx->kind == TX_WRITE ? &BEGIN_WRITE : &BEGIN_READ, f);
}

static bool tx_settle(struct tx *tx, struct fail *f)
{
	return tx_control(tx, tx->db->held ? &HELD_COMMIT : &COMMIT, f);
}

static void tx_undo(struct tx *tx)
{
	if (!tx->db->held)
		(void)tx_control(tx, &ROLLBACK, NULL);
	else if (tx_control(tx, &HELD_UNDO, NULL))
		(void)tx_control(tx, &HELD_COMMIT, NULL);
}

bool tx_begin(struct db *db, enum tx_kind kind, struct tx **ret, struct fail *f)
{
	struct tx *tx = &db->tx;

	assert(!tx->open && "one transaction at a time");
	tx->kind = kind;
	tx->started = tx->moved = tx->raise_all = false;
	tx->deps.n = 0;
	tx->raises.n = 0;
	if (kind == TX_READ)
		lite_mend(db);
	if (!tx_enter(tx, f))
		return false;
	tx->open = true;
	tx_copy(tx, 0, GEN_EPOCH, 0);
	tx_copy(tx, db->site, GEN_EPOCH, 0);
	if (kind == TX_WRITE)
		lite_mend_locked(db);
	*ret = tx;
	return true;
}

void tx_rollback(struct tx *tx)
{
	if (!tx || !tx->open)
		return;
	lite_rest_all(tx->db);
	if (!sqlite3_get_autocommit(tx->db->lite))
		tx_undo(tx);
	tx->kept = NULL;
	arena_freep(&tx->arena);
	tx->open = false;
}

void tx_rollbackp(struct tx **tx)
{
	tx_rollback(*tx);
}

/* Counters are raised whatever COMMIT says: a commit that failed late may have happened,
 * and a raise too many costs one rendering. */
static bool tx_commit_write(struct tx *tx, struct fail *f)
{
	struct gens *g = tx->db->gens;
	bool counts = g && (tx->raises.n || tx->raise_all);
	uint64_t mark;
	bool ok;

	if (is_lost(tx, f))
		return false;
	if (!counts)
		return tx_settle(tx, f);
	mark = gens_write_begin(g, tx->db->site);
	ok = tx_settle(tx, f);
	tx_raise_noted(tx);
	gens_write_end(g, tx->db->site, mark);
	return ok;
}

bool tx_commit(struct tx *tx, struct fail *f)
{
	bool ok = true;

	assert(tx->open);
	lite_rest_all(tx->db);
	if (tx->kind == TX_WRITE)
		ok = tx_commit_write(tx, f);
	if (ok && tx->kind == TX_WRITE)
		tx->open = false;
	tx_rollback(tx);
	return ok;
}

/* ---- parts ---- */

bool tx_part_begin(struct tx *tx, struct fail *f)
{
	assert(tx->kind == TX_WRITE);
	return tx_control(tx, &PART_BEGIN, f);
}

bool tx_part_keep(struct tx *tx, struct fail *f)
{
	return tx_control(tx, &PART_KEEP, f);
}

void tx_part_drop(struct tx *tx)
{
	lite_rest_all(tx->db);
	if (!sqlite3_get_autocommit(tx->db->lite) && tx_control(tx, &PART_DROP, NULL))
		(void)tx_control(tx, &PART_KEEP, NULL);
}

/* ---- what it tells ---- */

bool tx_version(struct tx *tx, int64_t *ret, struct fail *f)
{
	return lite_number(tx->db, "PRAGMA data_version", ret, f);
}

int64_t tx_changes(const struct tx *tx)
{
	return sqlite3_changes64(tx->db->lite);
}

struct db *tx_db(const struct tx *tx)
{
	return tx->db;
}

void tx_raise(struct tx *tx, unsigned kind, uint64_t key)
{
	tx_note_raise(tx, tx->db->site, kind, key);
}

void tx_raise_all(struct tx *tx)
{
	assert(tx->kind == TX_WRITE);
	tx->raise_all = true;
}

bool tx_raises_all(const struct tx *tx)
{
	return tx->raise_all;
}

bool tx_deps(const struct tx *tx, struct deps *add_to)
{
	if (tx->kind == TX_WRITE || tx->moved || !tx->db->gens)
		return false;
	deps_add_all(add_to, &tx->deps);
	return true;
}

/* ---- one snapshot, many results ---- */

uint32_t tx_mark(struct tx *tx)
{
	if (!tx->arena)
		tx->arena = arena_new(KEPT_CHUNK);
	return tx->deps.n;
}

bool tx_back(struct tx *tx, uint32_t mark)
{
	const struct deps kept = { tx->deps.p, mark, mark };
	const struct gens *g = tx->db->gens;

	assert(tx->kind == TX_READ && mark <= tx->deps.n);
	if (tx->moved || !g || gens_value(g, gens_slot(tx->db->site, GEN_COMMIT, 0)) != tx->commits
	    || !deps_fresh(&kept, g))
		return false;
	tx->deps.n = mark;
	if (arena_used(tx->arena) > KEPT_MOST) {
		tx->kept = NULL;
		arena_reset(tx->arena);
	}
	return true;
}

struct kept {
	struct kept *next;
	const void *whose;
	void *bytes;
};

void *tx_keep(struct tx *tx, const void *whose, size_t n)
{
	struct kept *kept = tx->kept;

	if (!tx->arena)
		return NULL;
	while (kept && kept->whose != whose)
		kept = kept->next;
	if (!kept) {
		kept = ARENA_NEW(tx->arena, struct kept);
		*kept = (struct kept){ tx->kept, whose, arena_alloc(tx->arena, n) };
		tx->kept = kept;
	}
	return kept->bytes;
}

struct arena *tx_arena(struct tx *tx)
{
	return tx->arena;
}

void tx_again(struct tx *tx, const struct query *q)
{
	const uint64_t none[LITE_PARAMS] = { 0 };

	lite_use(tx, q, none);
}

/* For run.c: what a statement declares, before it runs. */
void lite_use(struct tx *tx, const struct query *q, const uint64_t *values)
{
	const struct gen_use *use;

	for (use = q->reads; use < q->reads + QUERY_READS && use->kind; use++)
		tx_copy(tx, tx->db->site, use->kind, lite_key(use, values));
	for (use = q->writes; use < q->writes + QUERY_WRITES && use->kind; use++)
		tx_note_raise(tx, tx->db->site, use->kind, lite_key(use, values));
	tx_start(tx);
}
