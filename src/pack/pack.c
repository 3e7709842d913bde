/* pack.c - the only file that calls libarchive.
 *
 * It is told to know .zip and gzipped .tar and nothing else: the many other formats that it
 * could read are code that nobody here needs to trust. Names are asked for in UTF-8 and
 * otherwise as bytes, so nothing depends on the locale. */
#include <archive.h>
#include <archive_entry.h>
#include "base/file.h"
#include "base/limits.h"
#include "pack/gather.h"

/* A head that says a lot and a body that is long cost time each; so does skipping. */
enum { CHUNK = 64 * KIB };

struct reading {
	struct archive *ar;
	struct gather gather;
	size_t size;			/* of the archive */
	size_t out;			/* bytes that came out of it */
};

static void reading_release(struct reading *r)
{
	archive_read_free(r->ar);
	gather_release(&r->gather);
}

static bool torn(struct reading *r, struct fail *f)
{
	return fail(f, FAIL_INVALID, "%s: this is no .zip or .tar.gz that can be read, or it is"
		    " damaged", r->gather.label);
}

static struct str name_of(struct archive_entry *e)
{
	const char *name = archive_entry_pathname_utf8(e);

	return str_of(name ? name : archive_entry_pathname(e));
}

static bool refuse_kind(struct reading *r, struct str name, struct fail *f)
{
	struct fail named = FAIL_INIT;

	if (gather_name(&r->gather, name, &named) == GATHER_REFUSE)
		return fail(f, named.code, "%s", named.text);
	return fail(f, FAIL_INVALID, "%s/%.*s: links, devices and the like are not allowed in an"
		    " archive", r->gather.label, STR_ARG(name));
}

/* Reads to the end even what is left out: a bomb under a dotted name is one, too. */
static bool read_bytes(struct reading *r, struct str name, struct buf *out, struct fail *f)
{
	char chunk[CHUNK];
	la_ssize_t n;

	while ((n = archive_read_data(r->ar, chunk, sizeof chunk)) > 0) {
		r->out += (size_t)n;
		if (r->out > LIMIT_PACK)
			return fail(f, FAIL_TOO_LARGE, "%s/%.*s: more than %d MiB come out of the"
				    " archive", r->gather.label, STR_ARG(name), LIMIT_PACK / MIB);
		if (r->out > MIB && r->out / PACK_RATIO > r->size)
			return fail(f, FAIL_INVALID, "%s/%.*s: this is a bomb: more than %d times"
				    " its bytes come out of the archive", r->gather.label,
				    STR_ARG(name), PACK_RATIO);
		buf_add(out, str_from(chunk, (size_t)n));
	}
	return n == 0 || torn(r, f);
}

static bool read_entry(struct reading *r, struct archive_entry *e, struct fail *f)
{
	struct gather *g = &r->gather;
	struct str name = arena_str(g->arena, name_of(e));
	CLEANUP(buf_release) struct buf bytes = BUF(LIMIT_PACK);
	enum gather_verdict verdict;

	if (!gather_count(g, f))
		return false;
	if (archive_entry_hardlink(e) || archive_entry_symlink(e)
	    || (archive_entry_filetype(e) != AE_IFREG && archive_entry_filetype(e) != AE_IFDIR))
		return refuse_kind(r, name, f);
	verdict = gather_name(g, name, f);
	if (verdict == GATHER_REFUSE)
		return false;
	if (archive_entry_filetype(e) == AE_IFDIR)
		return true;
	if (archive_entry_is_encrypted(e) > 0)
		return fail(f, FAIL_INVALID, "%s/%.*s: the file is encrypted", g->label,
			    STR_ARG(name));
	if (!read_bytes(r, name, &bytes, f))
		return false;
	return verdict == GATHER_LEAVE
		|| gather_file(g, name, arena_str(g->arena, buf_str(&bytes)), f);
}

static bool begin(struct reading *r, struct str archive)
{
	return archive_read_support_format_zip(r->ar) == ARCHIVE_OK
		&& archive_read_support_format_tar(r->ar) == ARCHIVE_OK
		&& archive_read_support_filter_gzip(r->ar) == ARCHIVE_OK
		&& archive_read_open_memory(r->ar, archive.p, archive.n) == ARCHIVE_OK;
}

bool pack_read(struct arena *a, struct str archive, const char *label, struct pack *ret,
	       struct fail *f)
{
	CLEANUP(reading_release) struct reading r = { .ar = archive_read_new() };
	struct archive_entry *e;
	int next;

	gather_init(&r.gather, a, label);
	r.size = archive.n;
	if (archive.n > LIMIT_PACK)
		return fail(f, FAIL_TOO_LARGE, "%s: more than %d MiB", label, LIMIT_PACK / MIB);
	if (!archive.n || !begin(&r, archive))
		return torn(&r, f);
	while ((next = archive_read_next_header(r.ar, &e)) == ARCHIVE_OK || next == ARCHIVE_WARN)
		if (!read_entry(&r, e, f))
			return false;
	if (next != ARCHIVE_EOF)
		return torn(&r, f);
	if (!r.gather.found.n)
		return fail(f, FAIL_INVALID, "%s: there is no file in it", label);
	gather_finish(&r.gather, true, ret);
	return true;
}

/* --- a folder --- */

static bool walk(struct gather *g, const char *dir, struct str below, struct fail *f);

static bool walk_entry(struct gather *g, const char *dir, const struct dir_entry *e,
		       struct str below, struct fail *f)
{
	struct str name = arena_printf(g->arena, "%.*s%s", STR_ARG(below), e->name);
	const char *path = path_join(g->arena, dir, str_of(e->name));
	CLEANUP(buf_release) struct buf bytes = BUF(LIMIT_PACK);
	enum gather_verdict verdict;

	if (!gather_count(g, f))
		return false;
	verdict = gather_name(g, name, f);
	if (verdict != GATHER_TAKE)
		return verdict == GATHER_LEAVE;
	if (e->is_dir)
		return walk(g, path, arena_printf(g->arena, "%.*s/", STR_ARG(name)), f);
	if (e->is_link)
		return fail(f, FAIL_INVALID, "%s/%.*s: links, devices and the like are not allowed"
			    " in an archive", g->label, STR_ARG(name));
	return file_read(path, &bytes, f)
		&& gather_file(g, name, arena_str(g->arena, buf_str(&bytes)), f);
}

static bool walk(struct gather *g, const char *dir, struct str below, struct fail *f)
{
	struct dir_entry *entries;
	size_t n;

	if (!dir_list(g->arena, dir, &entries, &n, f))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!walk_entry(g, dir, &entries[i], below, f))
			return false;
	return true;
}

static struct str folder_name(struct str path)
{
	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	return path_name(path);
}

static bool open_folder(struct arena *a, const char *path, struct pack *ret, struct fail *f)
{
	CLEANUP(gather_release) struct gather g = { .label = NULL };
	struct str name = folder_name(str_of(path));

	gather_init(&g, a, arena_cstr(a, name));
	if (!walk(&g, path, STR_NONE, f))
		return false;
	if (!g.found.n)
		return fail(f, FAIL_INVALID, "%s: there is no file in it", g.label);
	gather_finish(&g, false, ret);
	ret->top = arena_str(a, name);
	return true;
}

bool pack_open(struct arena *a, const char *path, struct pack *ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf bytes = BUF(LIMIT_PACK);

	if (file_is_dir(path))
		return open_folder(a, path, ret, f);
	return file_read(path, &bytes, f)
		&& pack_read(a, buf_str(&bytes), arena_cstr(a, path_name(str_of(path))), ret, f);
}

/* --- out of it, and into one --- */

bool pack_unfold(const struct pack *p, const char *dir, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	if (!dir_make(dir, f))
		return false;
	for (size_t i = 0; i < p->n; i++) {
		const char *path = path_join(a, dir, p->files[i].name);

		if (!dir_make(arena_cstr(a, path_dir(str_of(path))), f)
		    || !file_write(path, p->files[i].bytes, false, f))
			return false;
	}
	return true;
}

static la_ssize_t collect(struct archive *ar, void *out, const void *bytes, size_t n)
{
	(void)ar;
	buf_add(out, str_from(bytes, n));
	return (la_ssize_t)n;
}

/* Without a time, which a .zip holds in the zone of whoever makes it. */
static bool put_file(struct arena *a, struct archive *ar, struct str top,
		     const struct pack_file *file)
{
	struct archive_entry *e = archive_entry_new();
	struct str name = arena_printf(a, "%.*s%s%.*s", STR_ARG(top), top.n ? "/" : "",
				       STR_ARG(file->name));
	bool ok;

	archive_entry_set_pathname(e, name.p);
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, 0644);
	archive_entry_set_size(e, (la_int64_t)file->bytes.n);
	ok = archive_write_header(ar, e) == ARCHIVE_OK
		&& archive_write_data(ar, file->bytes.p, file->bytes.n)
			== (la_ssize_t)file->bytes.n;
	archive_entry_free(e);
	return ok;
}

bool pack_zip(const struct pack *p, struct str top, struct buf *out, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct archive *ar = archive_write_new();
	bool ok = archive_write_set_format_zip(ar) == ARCHIVE_OK
		&& archive_write_set_bytes_in_last_block(ar, 1) == ARCHIVE_OK
		&& archive_write_open2(ar, out, NULL, collect, NULL, NULL) == ARCHIVE_OK;

	for (size_t i = 0; ok && i < p->n; i++)
		ok = put_file(a, ar, top, &p->files[i]);
	ok = ok && archive_write_close(ar) == ARCHIVE_OK && buf_ok(out);
	archive_write_free(ar);
	return ok || fail(f, FAIL_TOO_LARGE, "the archive would be larger than %zu MiB",
			  out->max / MIB);
}
