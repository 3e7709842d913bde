/* watch.c - inotify on every folder below the root.
 *
 * A folder that appears is watched from then on; since files may have come into it
 * before that, each run looks at the whole tree anyway and inotify only says when.
 *
 *	waiting --event--> settling --quiet, or long enough--> import_run --> waiting
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

enum { SETTLE_MS = 40, SETTLE_MOST_MS = 400, DEPTH_MAX = 32, WAIT_MS = 1000 };

static const uint32_t EVENTS = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM |
			       IN_MOVED_TO | IN_DELETE_SELF | IN_ONLYDIR | IN_DONT_FOLLOW;

static bool watch_dir(int fd, const char *dir, int depth, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct dir_entry *list;
	size_t i, n;

	if (inotify_add_watch(fd, dir, EVENTS) < 0 && errno == ENOSPC)
		return fail(f, FAIL_QUOTA, "%s: the system allows no more watches; raise "
			    "fs.inotify.max_user_watches", dir);
	if (depth > DEPTH_MAX || !dir_list(a, dir, &list, &n, NULL))
		return true;			/* gone again: the next run sees it */
	for (i = 0; i < n; i++)
		if (list[i].is_dir && !tree_skips(str_of(list[i].name), depth) &&
		    !watch_dir(fd, path_join(a, dir, str_of(list[i].name)), depth + 1, f))
			return false;
	return true;
}

/* Does it matter to the site? Editors' swap and backup files do not. */
static bool matters(const struct inotify_event *e)
{
	struct str name = e->len ? str_of(e->name) : STR_NONE;

	if (e->mask & (IN_Q_OVERFLOW | IN_DELETE_SELF))
		return true;
	if (tree_skips(name, 1))
		return false;
	return (e->mask & IN_ISDIR) || tree_kind_of(name) != TREE_OTHER ||
	       str_ends(name, STR(".toml")) || str_ends(name, STR(".yml")) ||
	       str_ends(name, STR(".yaml"));
}

/* Takes what has come; true: something that matters. *new_dir: a folder among it. */
static bool drain(int fd, bool *new_dir)
{
	_Alignas(struct inotify_event) char room[16 * 1024];
	bool found = false;
	ssize_t n, at;

	while ((n = read(fd, room, sizeof room)) > 0)
		for (at = 0; at < n;) {
			const struct inotify_event *e = (const void *)(room + at);

			found |= matters(e);
			*new_dir |= (e->mask & IN_ISDIR) || (e->mask & IN_Q_OVERFLOW);
			at += (ssize_t)(sizeof *e + e->len);
		}
	return found;
}

/* Waits for a change and for the quiet after it. False: nothing came in time. */
static bool settle(int fd, const struct watch_hooks *hooks, bool *new_dir)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int64_t from;

	if (poll(&p, 1, WAIT_MS) <= 0 || !drain(fd, new_dir))
		return false;
	from = clock_ns();
	while (clock_ns() - from < SETTLE_MOST_MS * 1000000LL && poll(&p, 1, SETTLE_MS) > 0)
		drain(fd, new_dir);
	return !hooks->is_over(hooks->ctx);
}

static void run_once(struct import *im, const struct watch_hooks *hooks)
{
	const struct import_options o = { .prune_seen = true };
	struct fail why = FAIL_INIT;
	struct receipt r;
	int64_t from = clock_ns();
	bool done;

	receipt_init(&r);
	done = import_run(im, &o, &r, &why);
	hooks->ran(hooks->ctx, &r, done ? NULL : &why, clock_ns() - from);
	receipt_release(&r);
}

bool watch_run(struct import *im, const char *folder, const struct watch_hooks *hooks, struct fail *f)
{
	CLEANUP(fd_close) int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	bool new_dir = false;

	if (fd < 0)
		return fail_errno(f, "%s: cannot be watched", folder);
	if (!file_is_dir(folder))
		return fail(f, FAIL_NOT_FOUND, "%s: there is no such folder", folder);
	if (!watch_dir(fd, folder, 0, f))
		return false;
	run_once(im, hooks);
	while (!hooks->is_over(hooks->ctx)) {
		if (!settle(fd, hooks, &new_dir))
			continue;
		if (new_dir && !watch_dir(fd, folder, 0, f))
			return false;
		new_dir = false;
		run_once(im, hooks);
	}
	return true;
}
