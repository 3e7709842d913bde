/* gather.c - bulk work writes a page at a time: two calls for the log, one more, and one to
 * read it, when the log is written back to the file. Of a large import that was most of what
 * the kernel did. Here it is 120 KiB a call.
 *
 * SQLite's way to come between are the methods of a file (a VFS of one file). Those of the
 * database and of its log are replaced while much work goes on:
 *
 *	the log: frames (a header of 24 bytes, a page) that follow each other are held back.
 *	Whatever else is written, and the page of a frame that commits (its header says so),
 *	writes all that is held, so that a failure is the failure of the commit and what readers
 *	are told of stands in the file.
 *	the file: it is written in a checkpoint only, which ends with xSync, before readers
 *	are told. What follows on what is held, is held.
 *	Reading a log back, between the file controls that say that a checkpoint begins and is
 *	done, reads ahead: nobody writes to that part of it.
 */
#include <string.h>
#include "base/mem.h"
#include "store/lite.h"

/* The methods of a file in Unix take less than 128 KiB a call. */
enum { ROOM = 120 * 1024, FRAME_HEAD = 24 };

struct stream {
	sqlite3_io_methods methods;	/* first: a file's methods lead to its stream */
	const sqlite3_io_methods *real;
	sqlite3_file *file;
	char *held;			/* ROOM bytes, n of them for the place `at` */
	sqlite3_int64 at;
	int n;
	sqlite3_int64 end;		/* of what was written last; -1: of nothing */
};

struct gather {
	struct stream file, log;
	bool in_frame, commits;		/* a frame's head was written: its page is next */
	bool reads_back;		/* a checkpoint is going on */
	char *ahead;			/* ROOM bytes of the log, n of them from `at` */
	sqlite3_int64 ahead_at;
	int ahead_n;
};

static struct stream *stream_of(sqlite3_file *file)
{
	return (struct stream *)(uintptr_t)file->pMethods;
}

static struct gather *of_file(sqlite3_file *file)
{
	return (struct gather *)stream_of(file);
}

static struct gather *of_log(sqlite3_file *file)
{
	return (struct gather *)((char *)stream_of(file) - offsetof(struct gather, log));
}

/* What could not be written is forgotten: its commit, or its checkpoint, has failed. */
static int flush(struct stream *s)
{
	int n = s->n;

	s->n = 0;
	return n ? s->real->xWrite(s->file, s->held, n, s->at) : SQLITE_OK;
}

static int write_through(struct stream *s, const void *p, int n, sqlite3_int64 at)
{
	int rc = flush(s);

	s->end = at + n;
	return rc == SQLITE_OK ? s->real->xWrite(s->file, p, n, at) : rc;
}

static int hold(struct stream *s, const void *p, int n, sqlite3_int64 at)
{
	int rc = s->n + n > ROOM ? flush(s) : SQLITE_OK;

	if (rc != SQLITE_OK)
		return rc;
	if (s->n == 0)
		s->at = at;
	memcpy(s->held + s->n, p, (size_t)n);
	s->n += n;
	s->end = at + n;
	return SQLITE_OK;
}

/* ---- the log ---- */

static int log_write(sqlite3_file *file, const void *p, int n, sqlite3_int64 at)
{
	struct gather *g = of_log(file);
	struct stream *s = &g->log;
	bool follows = at == s->end && n < ROOM, is_page = g->in_frame;
	int rc;

	g->in_frame = follows && !is_page && n == FRAME_HEAD;
	if (!follows || !(g->in_frame || is_page))
		return write_through(s, p, n, at);
	if (g->in_frame)
		g->commits = memcmp((const char *)p + 4, "\0\0\0\0", 4) != 0;
	rc = hold(s, p, n, at);
	return rc == SQLITE_OK && is_page && g->commits ? flush(s) : rc;
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
	struct stream *s = &g->log;
	sqlite3_int64 size;

	g->ahead_n = 0;
	if (s->real->xFileSize(s->file, &size) != SQLITE_OK || size <= at)
		return;
	size = size - at < ROOM ? size - at : ROOM;
	if (s->real->xRead(s->file, g->ahead, (int)size, at) != SQLITE_OK)
		return;
	g->ahead_at = at;
	g->ahead_n = (int)size;
}

static int log_read(sqlite3_file *file, void *p, int n, sqlite3_int64 at)
{
	struct gather *g = of_log(file);
	int rc = flush(&g->log);

	if (rc != SQLITE_OK)
		return rc;
	if (g->reads_back && !take_ahead(g, p, n, at))
		read_ahead(g, at);
	if (g->reads_back && take_ahead(g, p, n, at))
		return SQLITE_OK;
	return g->log.real->xRead(file, p, n, at);
}

/* ---- the file ---- */

static int file_write(sqlite3_file *file, const void *p, int n, sqlite3_int64 at)
{
	struct stream *s = &of_file(file)->file;
	int rc = at == s->end ? SQLITE_OK : flush(s);

	if (rc != SQLITE_OK)
		return rc;
	return n < ROOM ? hold(s, p, n, at) : write_through(s, p, n, at);
}

static int file_read(sqlite3_file *file, void *p, int n, sqlite3_int64 at)
{
	struct stream *s = &of_file(file)->file;
	int rc = flush(s);

	return rc == SQLITE_OK ? s->real->xRead(file, p, n, at) : rc;
}

static int file_control(sqlite3_file *file, int what, void *arg)
{
	struct gather *g = of_file(file);

	g->ahead_n = 0;
	if (what == SQLITE_FCNTL_CKPT_START || what == SQLITE_FCNTL_CKPT_DONE)
		g->reads_back = what == SQLITE_FCNTL_CKPT_START;
	return g->file.real->xFileControl(file, what, arg);
}

/* ---- both ---- */

static int any_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct stream *s = stream_of(file);
	int rc = flush(s);

	s->end = -1;
	return rc == SQLITE_OK ? s->real->xTruncate(file, size) : rc;
}

static int any_sync(sqlite3_file *file, int flags)
{
	struct stream *s = stream_of(file);
	int rc = flush(s);

	return rc == SQLITE_OK ? s->real->xSync(file, flags) : rc;
}

static int any_size(sqlite3_file *file, sqlite3_int64 *ret)
{
	struct stream *s = stream_of(file);
	int rc = flush(s);

	return rc == SQLITE_OK ? s->real->xFileSize(file, ret) : rc;
}

static void stream_begin(struct stream *s, sqlite3_file *file)
{
	s->file = file;
	s->real = file->pMethods;
	s->methods = *s->real;
	s->methods.xTruncate = any_truncate;
	s->methods.xSync = any_sync;
	s->methods.xFileSize = any_size;
	s->held = mem_resize(NULL, ROOM, 1);
	s->end = -1;
	file->pMethods = &s->methods;
}

/* Nothing is held any more: not between transactions and checkpoints. */
static void stream_end(struct stream *s)
{
	s->file->pMethods = s->real;
	mem_free(s->held);
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
	stream_begin(&g->file, file);
	g->file.methods.xWrite = file_write;
	g->file.methods.xRead = file_read;
	g->file.methods.xFileControl = file_control;
	stream_begin(&g->log, log);
	g->log.methods.xWrite = log_write;
	g->log.methods.xRead = log_read;
	g->ahead = mem_resize(NULL, ROOM, 1);
	db->gather = g;
}

void lite_scatter(struct db *db)
{
	struct gather *g = db->gather;

	if (!g)
		return;
	stream_end(&g->log);
	stream_end(&g->file);
	mem_free(g->ahead);
	mem_free(g);
	db->gather = NULL;
}
