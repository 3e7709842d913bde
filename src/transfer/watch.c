/* watch.c - inotify on every folder below the root.
 *
 * A folder that appears is watched from then on; since files may have come into it
 * before that, each run looks at the whole tree anyway and inotify only says when.
 *
 *	waiting --saved--> settling --quiet, or long enough--> import_run --> waiting
 *	waiting --came, or went--> lingering --quiet for longer--> import_run --> waiting
 *	any --the root is gone--> lost --it is back--> all anew
 *
 * What only appeared may still be written to, and what went may be on its way back: both
 * linger. What was closed after writing or moved to its place is saved.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>
#include "base/date.h"
#include "base/file.h"
#include "transfer/tree.h"
#include "transfer/watch.h"

enum { SETTLE_MS = 40, SETTLE_MOST_MS = 400, LINGER_MS = 250, WAIT_MS = 1000, LOST_MS = 200,
	DEPTH_MAX = 32 };

static const uint32_t EVENTS = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM |
			       IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

struct watch {
	const struct watch_hooks *hooks;
	struct import *im;
	const char *folder;
	int fd;
	int root;			/* the watch on the folder itself */
	bool is_lost;			/* the folder was removed or moved away */
	bool has_new_dir;
};

enum change { CHANGE_NONE, CHANGE_LINGERS, CHANGE_SAVED };

static bool watch_dir(struct watch *w, const char *dir, int depth, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct dir_entry *list;
	size_t i, n;
	int wd = inotify_add_watch(w->fd, dir, EVENTS | (depth ? IN_DONT_FOLLOW : 0));

	if (depth == 0)
		w->root = wd;
	if (wd < 0 && errno == ENOSPC)
		return fail(f, FAIL_QUOTA, "%s: the system allows no more watches; raise "
			    "fs.inotify.max_user_watches", dir);
	if (depth > DEPTH_MAX || !dir_list(a, dir, &list, &n, NULL))
		return true;			/* gone again: the next run sees it */
	for (i = 0; i < n; i++)
		if (list[i].is_dir && !tree_skips(str_of(list[i].name), depth) &&
		    !watch_dir(w, path_join(a, dir, str_of(list[i].name)), depth + 1, f))
			return false;
	return true;
}

/* Editors' swap and backup files do not matter. */
static enum change change_of(const struct inotify_event *e)
{
	struct str name = e->len ? str_of(e->name) : STR_NONE;
	bool is_text = tree_kind_of(name) != TREE_OTHER || str_eq(name, STR("_redirects")) ||
		       str_ends(name, STR(".toml")) || str_ends(name, STR(".yml")) ||
		       str_ends(name, STR(".yaml"));

	if (e->mask & IN_Q_OVERFLOW)
		return CHANGE_SAVED;
	if (name.n == 0 || tree_skips(name, 1) || (!is_text && !(e->mask & IN_ISDIR)))
		return CHANGE_NONE;
	return e->mask & (IN_CLOSE_WRITE | IN_MOVED_TO) ? CHANGE_SAVED : CHANGE_LINGERS;
}

/* Takes what has come: the weightiest of it. */
static enum change drain(struct watch *w)
{
	_Alignas(struct inotify_event) char room[16 * 1024];
	enum change found = CHANGE_NONE;
	ssize_t n, at;

	while ((n = read(w->fd, room, sizeof room)) > 0)
		for (at = 0; at < n;) {
			const struct inotify_event *e = (const void *)(room + at);
			enum change c = change_of(e);

			found = c > found ? c : found;
			w->has_new_dir |= (e->mask & (IN_ISDIR | IN_Q_OVERFLOW)) != 0;
			w->is_lost |= e->wd == w->root &&
				      (e->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED));
			at += (ssize_t)(sizeof *e + e->len);
		}
	return found;
}

/* Waits for a change and for the quiet after it. False: nothing came in time. */
static bool settle(struct watch *w, int wait_ms)
{
	struct pollfd p = { .fd = w->fd, .events = POLLIN };
	enum change c, more;
	int64_t from;

	if (poll(&p, 1, wait_ms) <= 0)
		return false;
	c = drain(w);
	from = clock_ns();
	while (c != CHANGE_NONE && clock_ns() - from < SETTLE_MOST_MS * 1000000LL &&
	       poll(&p, 1, c == CHANGE_SAVED ? SETTLE_MS : LINGER_MS) > 0) {
		more = drain(w);
		c = more > c ? more : c;
	}
	return c != CHANGE_NONE;
}

static void run_once(struct watch *w)
{
	const struct import_options o = { .prune_seen = true };
	struct fail why = FAIL_INIT;
	struct receipt r;
	int64_t from = clock_ns();
	bool done;

	receipt_init(&r);
	done = import_run(w->im, &o, &r, &why);
	w->hooks->ran(w->hooks->ctx, &r, done ? NULL : &why, clock_ns() - from);
	receipt_release(&r);
}

static bool begin(struct watch *w, struct fail *f)
{
	fd_close(&w->fd);
	w->is_lost = false;
	w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (w->fd < 0)
		return fail_errno(f, "%s: cannot be watched", w->folder);
	return watch_dir(w, w->folder, 0, f);
}

/* The folder is gone: told once; what the site has stays. */
static bool wait_for_folder(struct watch *w, struct fail *f)
{
	struct fail why = FAIL_INIT;
	struct receipt r;

	if (!file_is_dir(w->folder)) {
		fail(&why, FAIL_NOT_FOUND,
		     "%s: the folder is gone; its texts stay on the site, and "
		     "watching goes on when it is back",
		     w->folder);
		receipt_init(&r);
		w->hooks->ran(w->hooks->ctx, &r, &why, 0);
		receipt_release(&r);
	}
	while (!file_is_dir(w->folder)) {
		poll(NULL, 0, LOST_MS);
		if (w->hooks->is_over(w->hooks->ctx))
			return true;
	}
	return begin(w, f);
}

static bool go_on(struct watch *w, struct fail *f)
{
	bool is_waiting = import_is_waiting(w->im);
	bool has_changed = settle(w, is_waiting ? IMPORT_AWAY_MS : WAIT_MS);

	if (w->hooks->is_over(w->hooks->ctx))
		return true;
	if (w->is_lost) {
		if (!wait_for_folder(w, f))
			return false;
		has_changed = !w->is_lost;
	}
	if (w->has_new_dir && !w->is_lost && !watch_dir(w, w->folder, 0, f))
		return false;
	w->has_new_dir = false;
	if (has_changed || (is_waiting && !w->is_lost))
		run_once(w);
	return true;
}

bool watch_run(struct import *im, const char *folder, const struct watch_hooks *hooks,
	       struct fail *f)
{
	struct watch w = { .hooks = hooks, .im = im, .folder = folder, .fd = -1 };
	bool done;

	if (!file_is_dir(folder))
		return fail(f, FAIL_NOT_FOUND, "%s: there is no such folder", folder);
	done = begin(&w, f);
	if (done)
		run_once(&w);
	while (done && !hooks->is_over(hooks->ctx))
		done = go_on(&w, f);
	fd_close(&w.fd);
	return done;
}
