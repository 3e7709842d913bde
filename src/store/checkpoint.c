/* checkpoint.c - while much is written, a thread of its own writes the log back to the file.
 *
 * It has a handle of its own, and does what a PRAGMA wal_checkpoint does: what was committed
 * so far goes to the file, synchronised, while the next commits go on to the log. So the
 * writer waits neither for the copying nor for the disk. Only a checkpoint that nobody
 * commits beside lets the log begin anew: where it has grown long, the writer does one
 * himself, with little left to copy.
 */
#include "base/mem.h"
#include "store/lite.h"
#include "work/cond.h"
#include "work/thread.h"

/* Bytes of the log. */
enum { EVERY = 8 << 20, LONG = 96 << 20 };

struct checkpoint {
	struct db *db;			/* its own */
	struct thread *thread;
	struct mutex lock;		/* over what follows */
	struct cond wake;
	bool due, ends;
	int failed;			/* what the disk said: SQLITE_OK, or SQLITE_IOERR... */
	int64_t frame;			/* bytes of a page: what a frame holds */
	int64_t seen;			/* the writer's: how long the log was the last time */
};

/* Waits for work; false: it is over. */
static bool wait_for_work(struct checkpoint *c)
{
	MUTEX_HOLD(&c->lock);

	while (!c->due && !c->ends)
		cond_wait(&c->wake, &c->lock);
	c->due = false;
	return !c->ends;
}

/* That somebody reads on, or that there is no room, is left to the writer, who does it again in
 * the end and is told. What the disk could not write, the kernel tells once. */
static void write_back(struct checkpoint *c, sqlite3 *lite)
{
	int rc = sqlite3_wal_checkpoint_v2(lite, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);

	if ((rc & 0xff) != SQLITE_IOERR)
		return;
	MUTEX_HOLD(&c->lock);
	c->failed = rc;
}

static void run(void *arg)
{
	struct checkpoint *c = arg;

	while (wait_for_work(c))
		write_back(c, c->db->lite);
}

static void demand(struct checkpoint *c, bool ends)
{
	MUTEX_HOLD(&c->lock);

	c->due = true;
	c->ends |= ends;
	cond_signal(&c->wake);
}

/* After each commit, by SQLite, instead of wal_autocheckpoint. */
static int after_commit(void *arg, sqlite3 *lite, const char *name, int frames)
{
	struct checkpoint *c = arg;

	int64_t size = frames * c->frame;

	(void)name;			/* "main": there is no other */
	if (size >= LONG)
		write_back(c, lite);
	else if (size >= c->seen && size < c->seen + EVERY)
		return SQLITE_OK;
	else
		demand(c, false);
	c->seen = size >= LONG ? 0 : size;
	return SQLITE_OK;
}

void lite_checkpoint_begin(struct db *db)
{
	const struct db_config config = { .path = db->path };
	struct checkpoint *c;

	if (db->checkpoint || db->path[0] == ':')
		return;
	c = MEM_NEW(struct checkpoint);
	mutex_init(&c->lock, MUTEX_LEAF);
	cond_init(&c->wake);
	db->checkpoint = c;
	if (!db_open(&config, &c->db, NULL)
	    || !lite_number(c->db, "PRAGMA page_size", &c->frame, NULL)
	    || !thread_start("checkpoint", run, c, &c->thread, NULL)) {
		(void)!lite_checkpoint_end(db, NULL);	/* then the writer does it */
		return;
	}
	db_hasten(c->db, true);
	lite_gather(c->db);
	sqlite3_wal_hook(db->lite, after_commit, c);
}

bool lite_checkpoint_end(struct db *db, struct fail *f)
{
	struct checkpoint *c = db->checkpoint;
	bool ok;

	if (!c)
		return true;
	if (c->thread) {
		sqlite3_wal_hook(db->lite, NULL, NULL);
		demand(c, true);
		thread_join(c->thread);
	}
	ok = c->failed == SQLITE_OK || lite_fail(c->db, c->failed, f);
	db_close(c->db);
	cond_release(&c->wake);
	mutex_release(&c->lock);
	mem_free(c);
	db->checkpoint = NULL;
	return ok;
}
