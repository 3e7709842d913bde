/* statics.c - see statics.h. */
#include "cache/statics.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/digest.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "gz/gz.h"

#define PATH_CEILING 4000
#define FILE_CEILING (LIMIT_PAGE + 128 * KIB)
#define PACK_FAST 1			/* for what is not worth packing: a wrapping */

/* The path of the truth of a key (the .gz file); without ".gz" at *plain bytes. */
static bool path_of(const struct statics *st, const struct cache_key *k, struct buf *out,
		    size_t *plain)
{
	buf_adds(out, st->dir);
	buf_addc(out, '/');
	if (!statics_name(k, out))
		return false;
	*plain = out->n;
	buf_adds(out, ".gz");
	return buf_ok(out);
}

static bool is_of_key(const struct entry_note *n, const struct cache_key *k)
{
	return n->site == k->site && str_eq(n->path, k->path) && str_eq(n->lang, k->lang);
}

bool statics_has(const struct statics *st, const struct cache_key *k)
{
	CLEANUP(buf_release) struct buf path = BUF(PATH_CEILING), file = BUF(FILE_CEILING);
	struct entry_note n;
	struct str extra;
	size_t plain;
	bool fresh;

	if (!path_of(st, k, &path, &plain) || !file_read(path.p, &file, NULL))
		return false;
	if (!gz_extra(buf_str(&file), &extra) || !entry_note_read(extra, &n))
		return false;
	fresh = is_of_key(&n, k) && deps_fresh(&n.deps, st->gens);
	deps_release(&n.deps);
	buf_cut(&path, plain);
	return fresh && file_exists(path.p);
}

/* ---- saving ---- */

static bool pack(const struct cache_key *k, const struct entry *e, struct buf *out)
{
	CLEANUP(buf_release) struct buf extra = BUF(GZ_EXTRA_MAX);
	struct entry_note n = {
		.status = e->status, .site = k->site, .last_modified = e->last_modified,
		.path = k->path, .lang = k->lang, .type = e->type, .head = e->head,
		.has_gzip = e->gzip.n > 0, .deps = e->deps, .digest = entry_digest(e),
		.plain_bytes = (uint32_t)e->plain_bytes,
	};

	if (!entry_note_write(&n, &extra))
		return false;
	if (n.has_gzip)
		return gz_put_extra(e->gzip, buf_str(&extra), out);
	return gz_whole(e->plain, PACK_FAST, buf_str(&extra), out);
}

/* The folder is made when the first try shows that it is not there. */
static bool write_file(const char *path, struct str bytes, struct fail *f)
{
	CLEANUP(mem_freep) char *dir = NULL;
	struct fail why = FAIL_INIT;

	if (file_write(path, bytes, false, &why))
		return true;
	if (why.code != FAIL_NOT_FOUND) {
		if (f)
			*f = why;
		return false;
	}
	dir = mem_cstr(path_dir(str_of(path)));
	return dir_make(dir, f) && file_write(path, bytes, false, f);
}

bool statics_save(const struct statics *st, const struct cache_key *k, const struct entry *e,
		  struct fail *f)
{
	CLEANUP(buf_release) struct buf path = BUF(PATH_CEILING), gz = BUF(FILE_CEILING);
	CLEANUP(mem_freep) char *plain_path = NULL;
	size_t plain;

	if (e->status != 200)
		return fail(f, FAIL_INVALID, "only whole answers are kept on the disk");
	if (!path_of(st, k, &path, &plain))
		return fail(f, FAIL_INVALID, "this path cannot be the name of a file");
	if (!pack(k, e, &gz))
		return fail(f, FAIL_TOO_LARGE,
			    "this page depends on too much to be kept on the disk");
	plain_path = mem_cstr(str_from(path.p, plain));
	return write_file(plain_path, e->plain, f) && write_file(path.p, buf_str(&gz), f);
}

/* ---- dropping ---- */

/* Out of the way at once, so that whoever writes meanwhile writes into a new folder. */
static bool drop_folder(const struct statics *st, const char *name, struct fail *f)
{
	CLEANUP(buf_release) struct buf from = BUF(PATH_CEILING), to = BUF(PATH_CEILING);

	buf_addf(&from, "%s/%s", st->dir, name);
	buf_addf(&to, "%s/.drop-%016" PRIx64, st->dir, rand_u64());
	if (!buf_ok(&from) || !buf_ok(&to))
		return fail(f, FAIL_INVALID, "the name of the cache folder is too long");
	if (rename(from.p, to.p) == 0)
		return dir_remove(to.p, f);
	return errno == ENOENT || fail_errno(f, "cannot move %s away", from.p);
}

bool statics_drop_site(const struct statics *st, uint64_t site, struct fail *f)
{
	char name[24];

	snprintf(name, sizeof name, "%" PRIu64, site);
	return drop_folder(st, name, f);
}

bool statics_drop_all(const struct statics *st, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct dir_entry *e;
	size_t n;

	if (!file_is_dir(st->dir))
		return true;
	if (!dir_list(a, st->dir, &e, &n, f))
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *name = e[i].name;

		if (e[i].is_dir ? !drop_folder(st, name, f)
		    : !file_remove(path_join(a, st->dir, str_of(name)), f))
			return false;
	}
	return true;
}
