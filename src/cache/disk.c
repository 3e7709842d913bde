/* disk.c - see disk.h. */
#include "cache/disk_impl.h"

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

struct disk *disk_new(const char *dir, const struct gens *gens)
{
	struct disk *d = MEM_NEW(struct disk);

	d->dir = mem_cstr(str_of(dir));
	d->gens = gens;
	return d;
}

void disk_free(struct disk *d)
{
	if (!d)
		return;
	mem_free(d->dir);
	mem_free(d);
}

/* The path of the truth of a key (the .gz file); without ".gz" at *plain bytes. */
static bool path_of(const struct disk *d, const struct cache_key *k, struct buf *out,
		    size_t *plain)
{
	buf_adds(out, d->dir);
	buf_addc(out, '/');
	if (!disk_name(k, out))
		return false;
	*plain = out->n;
	buf_adds(out, ".gz");
	return buf_ok(out);
}

/* ---- loading ---- */

static struct entry *unpack(struct str file, const struct entry_note *n)
{
	CLEANUP(buf_release) struct buf plain = BUF(LIMIT_PAGE), gzip = BUF(FILE_CEILING);
	struct entry_parts parts = {
		.status = n->status, .site = n->site, .last_modified = n->last_modified,
		.type = n->type, .head = n->head, .deps = &n->deps,
	};

	if (!gz_read(file, &plain, NULL))
		return NULL;
	if (n->has_gzip && !gz_put_extra(file, STR_NONE, &gzip))
		return NULL;
	parts.body = buf_str(&plain);
	parts.gzip = buf_str(&gzip);
	return entry_make(&parts);
}

static bool is_of_key(const struct entry_note *n, const struct cache_key *k)
{
	return n->site == k->site && str_eq(n->path, k->path) && str_eq(n->lang, k->lang);
}

struct entry *disk_load(struct disk *d, const struct cache_key *k)
{
	CLEANUP(buf_release) struct buf path = BUF(PATH_CEILING), file = BUF(FILE_CEILING);
	struct entry_note n;
	struct entry *e = NULL;
	struct str extra;
	size_t plain;

	/* Somebody writes just now, or died over it: whoever opens the database finds out. */
	if (gens_is_writing(d->gens, k->site))
		return NULL;
	if (!path_of(d, k, &path, &plain) || !file_read(path.p, &file, NULL))
		return NULL;
	if (!gz_extra(buf_str(&file), &extra) || !entry_note_read(extra, &n))
		return NULL;
	if (is_of_key(&n, k) && deps_fresh(&n.deps, d->gens))
		e = unpack(buf_str(&file), &n);
	deps_release(&n.deps);
	return e;
}

/* ---- saving ---- */

static bool pack(const struct cache_key *k, const struct entry *e, struct buf *out)
{
	CLEANUP(buf_release) struct buf extra = BUF(GZ_EXTRA_MAX);
	struct entry_note n = {
		.status = e->status, .site = k->site, .last_modified = e->last_modified,
		.path = k->path, .lang = k->lang, .type = e->type, .head = e->head,
		.has_gzip = e->gzip.n > 0, .deps = e->deps,
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

bool disk_save(struct disk *d, const struct cache_key *k, const struct entry *e, struct fail *f)
{
	CLEANUP(buf_release) struct buf path = BUF(PATH_CEILING), gz = BUF(FILE_CEILING);
	CLEANUP(mem_freep) char *plain_path = NULL;
	size_t plain;

	if (e->status != 200)
		return fail(f, FAIL_INVALID, "only whole answers are kept on the disk");
	if (!path_of(d, k, &path, &plain))
		return fail(f, FAIL_INVALID, "this path cannot be the name of a file");
	if (!pack(k, e, &gz))
		return fail(f, FAIL_TOO_LARGE,
			    "this page depends on too much to be kept on the disk");
	plain_path = mem_cstr(str_from(path.p, plain));
	return write_file(plain_path, e->plain, f) && write_file(path.p, buf_str(&gz), f);
}

void disk_remove(struct disk *d, const struct cache_key *k)
{
	CLEANUP(buf_release) struct buf path = BUF(PATH_CEILING);
	size_t plain;

	if (!path_of(d, k, &path, &plain))
		return;
	unlink(path.p);
	buf_cut(&path, plain);
	unlink(path.p);
}

/* ---- dropping ---- */

/* Out of the way at once, so that whoever writes meanwhile writes into a new folder. */
static bool drop_folder(struct disk *d, const char *name, struct fail *f)
{
	CLEANUP(buf_release) struct buf from = BUF(PATH_CEILING), to = BUF(PATH_CEILING);

	buf_addf(&from, "%s/%s", d->dir, name);
	buf_addf(&to, "%s/.drop-%016" PRIx64, d->dir, rand_u64());
	if (!buf_ok(&from) || !buf_ok(&to))
		return fail(f, FAIL_INVALID, "the name of the cache folder is too long");
	if (rename(from.p, to.p) == 0)
		return dir_remove(to.p, f);
	return errno == ENOENT || fail_errno(f, "cannot move %s away", from.p);
}

bool disk_drop_site(struct disk *d, uint64_t site, struct fail *f)
{
	char name[24];

	snprintf(name, sizeof name, "%" PRIu64, site);
	return drop_folder(d, name, f);
}

bool disk_drop_all(struct disk *d, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct dir_entry *e;
	size_t n;

	if (!file_is_dir(d->dir))
		return true;
	if (!dir_list(a, d->dir, &e, &n, f))
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *name = e[i].name;

		if (e[i].is_dir ? !drop_folder(d, name, f)
		    : !file_remove(path_join(a, d->dir, str_of(name)), f))
			return false;
	}
	return true;
}
