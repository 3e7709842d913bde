/* gather.c - bulk work writes a page at a time: two calls for each frame of the log, and one
 * to read it when the log is written back to the file. Of a large import that was most of
 * what the kernel did. Here it is 120 KiB a call.
 *
 * SQLite's way to come between are the methods of a file (a VFS of one file). Those of the
 * log are replaced while much work goes on:
 *
 *	Frames (a header of 24 bytes, a page) that follow each other are held back. Whatever
 *	else is written, and the page of a frame that commits (its header says so), writes all
 *	that is held: a failure is the failure of the commit, and what readers are told of
 *	stands in the log.
 *	Between the file controls that say that a checkpoint begins and is done, which the
 *	file of the database gets, reading reads ahead: nobody writes to that part of the log.
 *
 * What a checkpoint writes to the file is not held: SQLite tells readers of it without
 * another call that could fail.
 */
#include <string.h>
#include "base/mem.h"
#include "store/lite.h"

/* The methods of a file in Unix take less than 128 KiB a call. */
enum { ROOM = 120 * 1024, FRAME_HEAD = 24 };

struct methods {
	sqlite3_io_methods ours;	/* first: a file's methods lead to what is behind them */
	const sqlite3_io_methods *real;
	sqlite3_file *file;
};

struct gather {
	struct methods log, file;
	char *held;			/* ROOM bytes of the log, n of them for the place `at` */
	sqlite3_int64 at;
	int n;
	sqlite3_int64 end;		/* of what was written last; -1: of nothing */
	bool in_frame, commits;		/* a frame's head was written: its page is next */
	bool reads_back;		/* a checkpoint is going on */
	char *ahead;			/* ROOM bytes of the log, n of them from `at` */
	sqlite3_int64 ahead_at;
	int ahead_n;
};

static struct gather *of_log(sqlite3_file *file)
{
	return (struct gather *)(uintptr_t)file->pMethods;
}

static struct gather *of_file(sqlite3_file *file)
{
	return (struct gather *)((uintptr_t)file->pMethods - offsetof(struct gather, file));
}

/* What could not be written is forgotten: its commit has failed. */
static int flush(struct gather *g)
{
	int n = g->n;

	g->n = 0;
	return n ? g->log.real->xWrite(g->log.file, g->held, n, g->at) : SQLITE_OK;
}

static int write_through(struct gather *g, const void *p, int n, sqlite3_int64 at)
{
	int rc = flush(g);

	g->end = at + n;
	return rc == SQLITE_OK ? g->log.real->xWrite(g->log.file, p, n, at) : rc;
}

static int hold(struct gather *g, const void *p, int n, sqlite3_int64 at)
{
	int rc = g->n + n > ROOM ? flush(g) : SQLITE_OK;

	if (rc != SQLITE_OK)
		return rc;
	if (g->n == 0)
		g->at = at;
	memcpy(g->held + g->n, p, (size_t)n);
	g->n += n;
	g->end = at + n;
	return SQLITE_OK;
}

static int log_write(sqlite3_file *file, const void *p, int n, sqlite3_int64 at)
{
	struct gather *g = of_log(file);
	bool follows = at == g->end && n < ROOM, is_page = g->in_frame;
	int rc;

	g->in_frame = follows && !is_page && n == FRAME_HEAD;
	if (!follows || !(g->in_frame || is_page))
		return write_through(g, p, n, at);
	if (g->in_frame)
		g->commits = memcmp((const char *)p + 4, "\0\0\0\0", 4) != 0;
	rc = hold(g, p, n, at);
	return rc == SQLITE_OK && is_page && g->commits ? flush(g) : rc;
}

/* Into the bytes that were read ahead; false: they are others. */
static bool take_ahead(const struct gather *g, void *p, int n, sqlite3_int64 at)
{
	if (at < g->ahead_at || at + n > g->ahead_at + g->ahead_n)
		return false;
	memcpy(p, g->ahead + (at - g->ahead_at), (size_t)n);
	return true;
}

static void read_ahead(struct gather *g, sqlite3_int64 at)
{
	struct methods *log = &g->log;
	sqlite3_int64 size;

	g->ahead_n = 0;
	if (log->real->xFileSize(log->file, &size) != SQLITE_OK || size <= at)
		return;
	size = size - at < ROOM ? size - at : ROOM;
	if (log->real->xRead(log->file, g->ahead, (int)size, at) != SQLITE_OK)
		return;
	g->ahead_at = at;
	g->ahead_n = (int)size;
}

static int log_read(sqlite3_file *file, void *p, int n, sqlite3_int64 at)
{
	struct gather *g = of_log(file);
	int rc = flush(g);

	if (rc != SQLITE_OK)
		return rc;
	if (g->reads_back && !take_ahead(g, p, n, at))
		read_ahead(g, at);
	if (g->reads_back && take_ahead(g, p, n, at))
		return SQLITE_OK;
	return g->log.real->xRead(file, p, n, at);
}

static int log_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct gather *g = of_log(file);
	int rc = flush(g);

	g->end = -1;
	return rc == SQLITE_OK ? g->log.real->xTruncate(file, size) : rc;
}

static int log_sync(sqlite3_file *file, int flags)
{
	struct gather *g = of_log(file);
	int rc = flush(g);

	return rc == SQLITE_OK ? g->log.real->xSync(file, flags) : rc;
}

static int log_size(sqlite3_file *file, sqlite3_int64 *ret)
{
	struct gather *g = of_log(file);
	int rc = flush(g);

	return rc == SQLITE_OK ? g->log.real->xFileSize(file, ret) : rc;
}

static int file_control(sqlite3_file *file, int what, void *arg)
{
	struct gather *g = of_file(file);

	g->ahead_n = 0;
	if (what == SQLITE_FCNTL_CKPT_START || what == SQLITE_FCNTL_CKPT_DONE)
		g->reads_back = what == SQLITE_FCNTL_CKPT_START;
	return g->file.real->xFileControl(file, what, arg);
}

static void methods_begin(struct methods *m, sqlite3_file *file)
{
	m->file = file;
	m->real = file->pMethods;
	m->ours = *m->real;
	file->pMethods = &m->ours;
}

static void methods_end(struct methods *m)
{
	m->file->pMethods = m->real;
}

void lite_gather(struct db *db)
{
	sqlite3_file *file = NULL, *log = NULL;
	struct gather *g;

	if (db->gather || !lite_exec(db, "SELECT 1 FROM sqlite_schema", NULL))	/* opens the log */
		return;
	sqlite3_file_control(db->lite, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	sqlite3_file_control(db->lite, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
	if (!file || !log || !file->pMethods || !log->pMethods)
		return;
	g = MEM_NEW(struct gather);
	g->end = -1;
	g->held = mem_resize(NULL, ROOM, 1);
	g->ahead = mem_resize(NULL, ROOM, 1);
	methods_begin(&g->file, file);
	g->file.ours.xFileControl = file_control;
	methods_begin(&g->log, log);
	g->log.ours.xWrite = log_write;
	g->log.ours.xRead = log_read;
	g->log.ours.xTruncate = log_truncate;
	g->log.ours.xSync = log_sync;
	g->log.ours.xFileSize = log_size;
	db->gather = g;
}

/* Nothing is held any more: not between transactions. */
void lite_scatter(struct db *db)
{
	struct gather *g = db->gather;

	if (!g)
		return;
	methods_end(&g->log);
	methods_end(&g->file);
	mem_free(g->held);
	mem_free(g->ahead);
	mem_free(g);
	db->gather = NULL;
}
