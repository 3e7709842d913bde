/* db.c - see db.h. Sizes are chosen by measurement: the numbers stand beside them. */
#include "store/db.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "store/lite.h"

#define BUSY_MS 5000
#define WAIT_US 150
#define WAIT_LONG_US 2000
#define MEND_LOOKS 3			/* a millisecond apart */

/* Small databases, thousands of them: the log is written back often and does not stay long.
 * The page cache of one handle is 256 KiB at most; the kernel caches the file anyway. */
#define PRAGMAS \
	"PRAGMA synchronous = FULL;" \
	"PRAGMA cell_size_check = ON;" \
	"PRAGMA cache_size = -256;" \
	"PRAGMA temp_store = MEMORY;" \
	"PRAGMA journal_size_limit = 65536;" \
	"PRAGMA wal_autocheckpoint = 256;"

/* Pages of 2048 bytes: an empty site is 54 KiB (1024: 28, 4096: 100), and rewriting a post of
 * 12 KiB costs 0.23 ms of processor (1024: 0.41, 4096: 0.13). Counts for a new file only. */
#define PRAGMAS_CREATE "PRAGMA page_size = 2048;"
#define PRAGMAS_WRITE "PRAGMA journal_mode = WAL;"
/* Before the first look into the file: the index of the log is then in memory of our own. */
#define PRAGMAS_ALONE "PRAGMA locking_mode = EXCLUSIVE;"
/* Only checkpoints wait for the disk: the file is never torn, the last commits may be lost. */
#define PRAGMAS_RELAXED "PRAGMA synchronous = NORMAL;"

static const struct { int what, max; } limits[] = {
	{ SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024 },	/* one value, one row */
	{ SQLITE_LIMIT_SQL_LENGTH, 64 * 1024 },
	{ SQLITE_LIMIT_EXPR_DEPTH, 100 },
	{ SQLITE_LIMIT_COMPOUND_SELECT, 20 },
	{ SQLITE_LIMIT_VARIABLE_NUMBER, LITE_PARAMS },
	{ SQLITE_LIMIT_ATTACHED, 0 },
	{ SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000 },
};

/* Each page that many commits touch is written back once in a while, not after each of them,
 * and none of them waits for the disk: db_sync() does. A log that begins anew is written over and
 * not cut, so its blocks are not given back and asked for again. */
#define BULK_ON \
	"PRAGMA cache_size = -16384;" \
	"PRAGMA cache_spill = OFF;" \
	"PRAGMA journal_size_limit = -1;" \
	"PRAGMA wal_autocheckpoint = 8192;" \
	"PRAGMA synchronous = NORMAL;"
#define BULK_OFF \
	"PRAGMA wal_autocheckpoint = 256;" \
	"PRAGMA wal_checkpoint;" \
	"PRAGMA cache_spill = ON;" \
	"PRAGMA journal_size_limit = 65536;" \
	"PRAGMA cache_size = -256;" \
	"PRAGMA shrink_memory;"

void db_init(void)
{
	sqlite3_config(SQLITE_CONFIG_MULTITHREAD);	/* a handle belongs to one thread */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);	/* else each malloc takes one global lock */
	sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);
	sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);	/* 48 KiB a handle for little gain */
	sqlite3_initialize();
}

/* A commit takes a fraction of a millisecond; SQLite's own waiting begins with one and two. */
static int wait_a_little(void *arg, int count)
{
	struct db *db = arg;
	int64_t us = count < 20 ? WAIT_US : WAIT_LONG_US;

	db->waited_us = count ? db->waited_us + us : us;
	if (db->waited_us > (int64_t)db->patience_ms * 1000)
		return 0;
	nanosleep(&(struct timespec){ 0, us * 1000 }, NULL);
	return 1;
}

static void db_patience(struct db *db, int ms)
{
	db->patience_ms = ms;
	sqlite3_busy_handler(db->lite, ms ? wait_a_little : NULL, db);
}

static void db_limits(struct db *db)
{
	for (size_t i = 0; i < ARRAY_LEN(limits); i++)
		sqlite3_limit(db->lite, limits[i].what, limits[i].max);
	sqlite3_db_config(db->lite, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	sqlite3_db_config(db->lite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db->lite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->lite, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db->lite, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
}

/* Is the mark still there after a writer who lives must have cleared it? */
static bool is_dead_mark(const struct db *db)
{
	for (int i = 0; i < MEND_LOOKS && gens_is_writing(db->gens, db->site); i++)
		nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
	return gens_is_writing(db->gens, db->site);
}

void lite_mend_locked(struct db *db)
{
	if (db->gens && gens_is_writing(db->gens, db->site) && is_dead_mark(db))
		gens_mend(db->gens, db->site);
}

void lite_mend(struct db *db)
{
	if (LIKELY(!db->gens || !gens_is_writing(db->gens, db->site)))
		return;
	db_patience(db, 0);
	if (lite_exec(db, "BEGIN IMMEDIATE", NULL)) {
		lite_mend_locked(db);
		sqlite3_exec(db->lite, "ROLLBACK", NULL, NULL, NULL);
	}
	db_patience(db, BUSY_MS);
}

bool lite_is_unchanging(const struct db *db)
{
	return db->gens && gens_is_private(db->gens);
}

static bool is_read_only(const struct db *db, const struct db_config *c)
{
	return c->read_only || lite_is_unchanging(db);
}

static char *log_path(const struct db *db)
{
	char *wal = mem_alloc(strlen(db->path) + sizeof "-wal");

	sprintf(wal, "%s-wal", db->path);
	return wal;
}

/* What has no log is whole in its file, and nobody can change it. With one SQLite reads both, as
 * long as the index of the log lies beside it. */
static int open_unchanging(struct db *db, int flags)
{
	CLEANUP(buf_release) struct buf uri = BUF(16 * KIB);

	buf_adds(&uri, "file:");
	for (const char *p = db->path; *p; p++)
		if (strchr("?#%", *p))
			buf_addf(&uri, "%%%02x", (unsigned)*p);
		else
			buf_addc(&uri, *p);
	buf_adds(&uri, "?immutable=1");
	return sqlite3_open_v2(uri.p, &db->lite, flags | SQLITE_OPEN_URI, NULL);
}

static bool has_log(const struct db *db)
{
	CLEANUP(mem_freep) char *wal = log_path(db);
	struct stat st;

	return stat(wal, &st) == 0 && st.st_size > 0;
}

static int open_file(struct db *db, const struct db_config *c)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

	if (lite_is_unchanging(db) && !has_log(db))
		return open_unchanging(db, flags | SQLITE_OPEN_READONLY);
	flags |= is_read_only(db, c) ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	if (c->create)
		flags |= SQLITE_OPEN_CREATE;
	return sqlite3_open_v2(c->path, &db->lite, flags, NULL);
}

static bool db_start(struct db *db, const struct db_config *c, struct fail *f)
{
	int rc = open_file(db, c);

	if ((rc & 0xff) == SQLITE_CANTOPEN && !c->create && !file_exists(c->path))
		return fail(f, FAIL_NOT_FOUND, "there is no database %s", c->path);
	if (rc != SQLITE_OK)
		return lite_fail(db, rc, f);
	db_limits(db);
	db_patience(db, c->alone ? 0 : BUSY_MS);
	if (c->alone && !lite_exec(db, PRAGMAS_ALONE, f))
		return false;
	if (!lite_exec(db, PRAGMAS, f) || (c->relaxed && !lite_exec(db, PRAGMAS_RELAXED, f)))
		return false;
	if (is_read_only(db, c))
		return true;
	if (c->create && !lite_exec(db, PRAGMAS_CREATE, f))
		return false;
	if (!lite_exec(db, PRAGMAS_WRITE, f))
		return false;
	return true;
}

bool db_open(const struct db_config *c, struct db **ret, struct fail *f)
{
	CLEANUP(db_closep) struct db *db = MEM_NEW(struct db);

	db->path = mem_cstr(str_of(c->path));
	db->gens = c->gens;
	db->site = c->site;
	db->tables = c->tables;
	db->relaxed = c->relaxed;
	db->alone = c->alone;
	db->tx.db = db;
	if (!db_start(db, c, f))
		return false;
	*ret = db;
	db = NULL;
	return true;
}

/* Defensive handles do not let anybody but FTS5 write to its tables. */
static void db_defend(struct db *db, bool on)
{
	sqlite3_db_config(db->lite, SQLITE_DBCONFIG_DEFENSIVE, (int)on, NULL);
}

/* Without it an import of 200 posts a transaction writes each page dozens of times: the
 * full text index alone is larger than the small cache. */
void db_bulk(struct db *db, bool on)
{
	if (db->held)
		return;			/* it is in memory, and none of these may change now */
	db->bulk = on;
	db_defend(db, !on);
	if (on) {
		lite_gather(db);
		sqlite3_exec(db->lite, BULK_ON, NULL, NULL, NULL);
		lite_checkpoint_begin(db);
		return;
	}
	(void)!lite_checkpoint_end(db, NULL);	/* db_sync() tells */
	db_hasten(db, false);		/* first: what is written back now waits for the disk */
	sqlite3_exec(db->lite, BULK_OFF, NULL, NULL, NULL);
	lite_scatter(db);
}

bool db_is_bulk(const struct db *db)
{
	return db->bulk;
}

static int64_t db_status(const struct db *db, int what)
{
	int now = 0, most = 0;

	sqlite3_db_status(db->lite, what, &now, &most, 0);
	return now;
}

void db_work(const struct db *db, struct db_work *ret)
{
	ret->looked = db_status(db, SQLITE_DBSTATUS_CACHE_HIT)
		+ db_status(db, SQLITE_DBSTATUS_CACHE_MISS);
	ret->written = db_status(db, SQLITE_DBSTATUS_CACHE_WRITE);
}

void db_hasten(struct db *db, bool on)
{
	if (db->held)
		return;
	const char *sql = on || db->relaxed ? "PRAGMA synchronous = NORMAL"
					    : "PRAGMA synchronous = FULL";

	sqlite3_exec(db->lite, sql, NULL, NULL, NULL);
}

/* What is in the file itself was synchronised when the log was written back to it. */
bool db_sync(struct db *db, struct fail *f)
{
	CLEANUP(mem_freep) char *wal = log_path(db);

	return db->held
		|| (lite_checkpoint_end(db, f) && (!file_exists(wal) || file_sync(wal, f)));
}

bool db_hold(struct db *db, struct fail *f)
{
	assert(!db->held && !db->tx.open);
	db->held = lite_exec(db, "BEGIN IMMEDIATE", f);
	return db->held;
}

void db_undo(struct db *db)
{
	assert(!db->tx.open);
	if (db->held && !sqlite3_get_autocommit(db->lite))
		sqlite3_exec(db->lite, "ROLLBACK", NULL, NULL, NULL);
	db->held = false;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	if (db->tx.open)
		tx_rollback(&db->tx);
	(void)!lite_checkpoint_end(db, NULL);	/* db_sync() tells */
	lite_scatter(db);
	lite_forget_all(db);
	lite_forget_tokens(db);
	sqlite3_close(db->lite);
	deps_release(&db->tx.deps);
	mem_free(db->tx.raises.p);
	mem_free(db->path);
	mem_free(db);
}

void db_closep(struct db **db)
{
	db_close(*db);
}

uint64_t db_site(const struct db *db)
{
	return db->site;
}

const char *db_path(const struct db *db)
{
	return db->path;
}
