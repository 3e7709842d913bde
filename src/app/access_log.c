/* access_log.c - see access_log.h. Lines are made in access_line.c. */
#include "app/access_log.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <unistd.h>

#include "app/access_line.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "work/mutex.h"
#include "work/thread.h"

/* So much between two naps is half a million lines a second. */
enum { NAP_MS = 100, FILL_MAX = 8 * MIB };

struct access_log {
	const char *data;
	struct thread *thread;		/* while it is on */
	atomic_bool stop;
	_Atomic uint64_t lines, dropped;
	const struct access_style *_Atomic style;

	struct mutex lock;		/* guards what follows */
	int fd;				/* -1: off */
	struct buf filling;

	struct buf writing;		/* the writer's */
	uint64_t told;			/* dropped lines that the log knows of */
};

struct access_log *access_log_new(const char *data)
{
	static const struct access_style plain = { .is_json = false };
	struct access_log *l = MEM_NEW(struct access_log);

	l->style = &plain;
	l->data = data;
	l->fd = -1;
	l->filling = (struct buf)BUF(FILL_MAX);
	l->writing = (struct buf)BUF(FILL_MAX);
	mutex_init(&l->lock, MUTEX_LEAF);
	return l;
}

static size_t count_lines(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

/* The other buffer fills while this one is written. The file is changed only while the
 * writer does not run. */
static void write_out(struct access_log *l)
{
	struct buf full;
	size_t n;

	mutex_lock(&l->lock);
	full = l->filling;
	l->filling = l->writing;
	l->writing = full;
	mutex_unlock(&l->lock);
	if (!full.n)
		return;
	n = count_lines(buf_str(&full));
	if (l->fd >= 0 && fd_write(l->fd, buf_str(&full)))
		atomic_fetch_add(&l->lines, n);
	else
		atomic_fetch_add(&l->dropped, n);
	buf_clear(&l->writing);
}

static void tell_dropped(struct access_log *l)
{
	uint64_t dropped = atomic_load(&l->dropped);

	if (dropped == l->told)
		return;
	log_warn("the access log lost %llu lines: the disk is slow or full",
		 (unsigned long long)(dropped - l->told));
	l->told = dropped;
}

static void run(void *arg)
{
	struct access_log *l = arg;

	for (unsigned turn = 1; !atomic_load(&l->stop); turn++) {
		usleep(NAP_MS * 1000);
		write_out(l);
		if (turn % 100 == 0)		/* every ten seconds */
			tell_dropped(l);
	}
	write_out(l);
	tell_dropped(l);
}

static void stop_writer(struct access_log *l)
{
	atomic_store(&l->stop, true);
	thread_join(l->thread);
	l->thread = NULL;
	atomic_store(&l->stop, false);
}

void access_log_free(struct access_log *l)
{
	if (!l)
		return;
	stop_writer(l);
	fd_close(&l->fd);
	buf_release(&l->filling);
	buf_release(&l->writing);
	mutex_release(&l->lock);
	mem_free(l);
}

static bool open_file(struct access_log *l, struct str name, int *ret, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *path = str_starts(name, STR("/")) ? arena_cstr(a, name)
						      : path_join(a, l->data, name);

	*ret = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
	return *ret >= 0 || fail_errno(f, "%s", path);
}

bool access_log_configure(struct access_log *l, const struct config *c, struct fail *f)
{
	int fd = -1, old;

	if (c->access_log.n && !open_file(l, c->access_log, &fd, f))
		return fail_in(f, "%s", "hameau.ini: [log] access");
	/* What was said before belongs into the old file. */
	stop_writer(l);
	mutex_lock(&l->lock);
	old = l->fd;
	l->fd = fd;
	atomic_store(&l->style, access_line_style(c));
	mutex_unlock(&l->lock);
	fd_close(&old);
	return fd < 0 || thread_start("access log", run, l, &l->thread, f);
}

bool access_log_is_on(struct access_log *l)
{
	MUTEX_HOLD(&l->lock);
	return l->fd >= 0;
}

void access_log_add(struct access_log *l, const struct request *rq, const struct reply *reply,
		    int64_t ns)
{
	char line[ACCESS_LINE_MAX];
	const struct access_style *style = atomic_load_explicit(&l->style, memory_order_relaxed);
	size_t n = access_line(line, style, rq, reply, ns);
	bool fits;

	mutex_lock(&l->lock);
	fits = n && n <= FILL_MAX - l->filling.n;
	if (fits)
		buf_add(&l->filling, str_from(line, n));
	mutex_unlock(&l->lock);
	if (!fits)
		atomic_fetch_add(&l->dropped, 1);
}

struct access_log_stats access_log_stats(struct access_log *l)
{
	return (struct access_log_stats){ atomic_load(&l->lines), atomic_load(&l->dropped) };
}
