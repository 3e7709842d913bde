/* statics_sweep.c - tidies a site's folder (statics.h: statics_sweep). Looks at each .gz file: what
 * is fresh stays with its plain twin, all else goes, then the folders left empty.
 */
#include <inttypes.h>
#include <unistd.h>
#include "base/date.h"
#include "base/file.h"
#include "base/limits.h"
#include "cache/statics.h"
#include "gz/gz.h"

#define DEPTH_MAX 40
#define FILE_CEILING (LIMIT_PAGE + 128 * KIB)
#define LEFTOVER_NS (3600 * INT64_C(1000000000))	/* who wrote this aside is dead */

struct sweep {
	const struct gens *gens;
	uint64_t removed;
};

static bool is_fresh(struct sweep *s, const char *path)
{
	CLEANUP(buf_release) struct buf file = BUF(FILE_CEILING);
	struct entry_note n;
	struct str extra;
	bool fresh;

	if (!file_read(path, &file, NULL))
		return false;
	if (!gz_extra(buf_str(&file), &extra) || !entry_note_read(extra, &n))
		return false;
	fresh = deps_fresh(&n.deps, s->gens);
	deps_release(&n.deps);
	return fresh;
}

/* The sorted list has "a.gz" somewhere behind "a". */
static bool has_truth(struct arena *a, const struct dir_entry *e, size_t n, const char *name)
{
	struct str want = arena_printf(a, "%s.gz", name);

	for (size_t i = 0; i < n; i++)
		if (str_eq(str_of(e[i].name), want))
			return true;
	return false;
}

static bool is_kept(struct sweep *s, struct arena *a, const char *path,
		    const struct dir_entry *all, size_t n, const struct dir_entry *e)
{
	struct str name = str_of(e->name);

	if (str_ends(name, STR("~")))
		return e->mtime_ns > date_now() * INT64_C(1000000000) - LEFTOVER_NS;
	if (str_ends(name, STR(".gz")))
		return is_fresh(s, path);
	return has_truth(a, all, n, e->name);
}

static void drop_file(struct sweep *s, struct arena *a, const char *path)
{
	struct str p = str_of(path);

	if (unlink(path) == 0)
		s->removed++;
	if (str_ends(p, STR(".gz")))
		unlink(arena_cstr(a, str_sub(p, 0, p.n - 3)));
}

static bool sweep_dir(struct sweep *s, const char *dir, int depth, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct dir_entry *e;
	size_t n;

	if (depth > DEPTH_MAX)
		return true;
	if (!dir_list_stat(a, dir, &e, &n, f))
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *path = path_join(a, dir, str_of(e[i].name));

		if (e[i].is_dir) {
			if (!sweep_dir(s, path, depth + 1, f))
				return false;
			rmdir(path);		/* when it is empty now */
		} else if (!is_kept(s, a, path, e, n, &e[i])) {
			drop_file(s, a, path);
		}
	}
	return true;
}

bool statics_sweep(const struct statics *st, uint64_t site, uint64_t *removed, struct fail *f)
{
	CLEANUP(buf_release) struct buf dir = BUF(4000);
	struct sweep s = { .gens = st->gens };

	buf_addf(&dir, "%s/%" PRIu64, st->dir, site);
	if (!buf_ok(&dir))
		return fail(f, FAIL_INVALID, "the name of the cache folder is too long");
	if (file_is_dir(dir.p) && !sweep_dir(&s, dir.p, 0, f))
		return false;
	if (removed)
		*removed = s.removed;
	return true;
}
