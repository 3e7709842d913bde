/* watch.c - inotify on every folder below the root.
 *
 * A folder that appears is watched from then on; since files may have come into it
 * before that, each whole run looks at the whole tree anyway. Where all that happened is
 * that texts were saved, they alone are read, at once.
 *
 *	waiting --texts were saved--> import_saved --that was all--> waiting
 *	                                           --there is more--> settling
 *	waiting --saved--> settling --quiet, or long enough--> import_saved or import_run
 *	waiting --came, or went--> lingering --quiet for longer--> import_run --> waiting
 *	any --the root is gone--> lost --it is back--> all anew
 *
 * What only appeared may still be written to, and what went may be on its way back: both
 * linger. What was closed after writing or moved to its place is saved.
 */
#include "transfer/watch.h"
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>
#include "base/date.h"
#include "base/file.h"
#include "base/mem.h"
#include "transfer/tree.h"

enum { SETTLE_MS = 40, SETTLE_MOST_MS = 400, LINGER_MS = 250, WAIT_MS = 1000, LOST_MS = 200,
	DEPTH_MAX = 32, SAVED_MAX = 16 };

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
	struct arena *names;		/* of dirs */
	struct str *dirs;		/* watch descriptor -> folder below the root */
	int dirs_cap;

	/* What happened since the last run. */
	struct arena *arena;
	struct happened { struct str path; bool is_saved; } texts[SAVED_MAX];
	size_t n_texts;
	bool has_more;			/* something that no list of texts tells */
};

enum change { CHANGE_NONE, CHANGE_LINGERS, CHANGE_SAVED };

static void name_dir(struct watch *w, int wd, struct str rel)
{
	if (wd >= w->dirs_cap) {
		int cap = wd + 64;

		w->dirs = mem_resize(w->dirs, (size_t)cap, sizeof *w->dirs);
		memset(w->dirs + w->dirs_cap, 0, (size_t)(cap - w->dirs_cap) * sizeof *w->dirs);
		w->dirs_cap = cap;
	}
	if (!w->dirs[wd].p || !str_eq(w->dirs[wd], rel))
		w->dirs[wd] = arena_str(w->names, rel);
}

static struct str below(struct arena *a, struct str dir, struct str name)
{
	return dir.n ? arena_printf(a, "%.*s/%.*s", STR_ARG(dir), STR_ARG(name))
		     : arena_str(a, name);
}

/* rel: below the root, empty for itself. */
static bool watch_dir(struct watch *w, struct str rel, int depth, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *dir = rel.n ? path_join(a, w->folder, rel) : w->folder;
	struct dir_entry *list;
	size_t i, n;
	int wd = inotify_add_watch(w->fd, dir, EVENTS | (depth ? IN_DONT_FOLLOW : 0));

	if (depth == 0)
		w->root = wd;
	if (wd < 0 && errno == ENOSPC)
		return fail(f, FAIL_QUOTA, "%s: the system allows no more watches; raise "
			    "fs.inotify.max_user_watches", dir);
	if (wd >= 0)
		name_dir(w, wd, rel);
	if (depth > DEPTH_MAX || !dir_list(a, dir, &list, &n, NULL))
		return true;			/* gone again: the next run sees it */
	for (i = 0; i < n; i++)
		if (list[i].is_dir && !tree_skips(str_of(list[i].name), depth) &&
		    !watch_dir(w, below(a, rel, str_of(list[i].name)), depth + 1, f))
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

static struct happened *text_of(struct watch *w, struct str path)
{
	size_t i;

	for (i = 0; i < w->n_texts; i++)
		if (str_eq(w->texts[i].path, path))
			return &w->texts[i];
	if (w->n_texts == SAVED_MAX)
		return NULL;
	w->texts[w->n_texts].path = arena_str(w->arena, path);
	return &w->texts[w->n_texts++];
}

/* The last that happened to a text counts: moved aside, then written anew, is saved. */
static void note(struct watch *w, const struct inotify_event *e, enum change c)
{
	struct str name = e->len ? str_of(e->name) : STR_NONE;
	struct happened *text = NULL;

	if (c == CHANGE_NONE)
		return;
	if (!(e->mask & (IN_ISDIR | IN_Q_OVERFLOW)) && tree_kind_of(name) == TREE_TEXT &&
	    e->wd >= 0 && e->wd < w->dirs_cap && w->dirs[e->wd].p)
		text = text_of(w, below(w->arena, w->dirs[e->wd], name));
	if (text)
		text->is_saved = c == CHANGE_SAVED;
	else
		w->has_more = true;
}

static void forget(struct watch *w)
{
	arena_reset(w->arena);
	w->n_texts = 0;
	w->has_more = false;
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

			note(w, e, c);
			found = c > found ? c : found;
			w->has_new_dir |= (e->mask & (IN_ISDIR | IN_Q_OVERFLOW)) != 0;
			w->is_lost |= e->wd == w->root &&
				      (e->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED));
			at += (ssize_t)(sizeof *e + e->len);
		}
	return found;
}

static enum change wait_for_change(struct watch *w, int wait_ms)
{
	struct pollfd p = { .fd = w->fd, .events = POLLIN };

	return poll(&p, 1, wait_ms) > 0 ? drain(w) : CHANGE_NONE;
}

/* Waits for the quiet after a change. */
static void settle(struct watch *w, enum change c)
{
	int64_t from = clock_ns();
	enum change more;

	while (clock_ns() - from < SETTLE_MOST_MS * 1000000LL) {
		more = wait_for_change(w, c == CHANGE_SAVED ? SETTLE_MS : LINGER_MS);
		if (more == CHANGE_NONE)
			return;
		c = more > c ? more : c;
	}
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

/* Was it all that some texts were saved? Then they are written now. */
static bool run_saved(struct watch *w)
{
	struct fail why = FAIL_INIT;
	struct str files[SAVED_MAX];
	int64_t from = clock_ns();
	struct receipt r;
	bool done, ok;
	size_t i;

	if (w->has_more || w->has_new_dir || w->is_lost || w->n_texts == 0)
		return false;
	for (i = 0; i < w->n_texts; i++) {
		if (!w->texts[i].is_saved)
			return false;
		files[i] = w->texts[i].path;
	}
	receipt_init(&r);
	ok = import_saved(w->im, files, w->n_texts, &done, &r, &why);
	if (done || !ok)
		w->hooks->ran(w->hooks->ctx, &r, ok ? NULL : &why, clock_ns() - from);
	receipt_release(&r);
	return done || !ok;
}

static bool begin(struct watch *w, struct fail *f)
{
	fd_close(&w->fd);
	w->is_lost = false;
	w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (w->fd < 0)
		return fail_errno(f, "%s: cannot be watched", w->folder);
	return watch_dir(w, STR_NONE, 0, f);
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
	enum change c = wait_for_change(w, is_waiting ? IMPORT_AWAY_MS : WAIT_MS);
	bool has_changed = c != CHANGE_NONE;

	if (w->hooks->is_over(w->hooks->ctx))
		return true;
	if (has_changed && !run_saved(w))
		settle(w, c);
	else
		has_changed = false;
	if (w->is_lost) {
		if (!wait_for_folder(w, f))
			return false;
		has_changed = !w->is_lost;
	}
	if (w->has_new_dir && !w->is_lost && !watch_dir(w, STR_NONE, 0, f))
		return false;
	if (has_changed && run_saved(w))
		has_changed = false;
	w->has_new_dir = false;
	forget(w);
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
	w.names = arena_new(0);
	w.arena = arena_new(0);
	done = begin(&w, f);
	if (done)
		run_once(&w);
	while (done && !hooks->is_over(hooks->ctx))
		done = go_on(&w, f);
	fd_close(&w.fd);
	mem_free(w.dirs);
	arena_free(w.arena);
	arena_free(w.names);
	return done;
}
