/* media_store.c - files by digest, rows by address. */
#include "content/media.h"

#include <string.h>
#include "base/digest.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/vec.h"
#include "content/kinds.h"
#include "image/image.h"
#include "http/mime.h"
#include "store/row.h"
#include "unicode/slug.h"

const char *media_file(struct arena *a, const char *site_dir, struct str digest)
{
	return arena_printf(a, "%s/media/%.*s/%.*s", site_dir, STR_ARG(str_sub(digest, 0, 2)),
			    STR_ARG(digest)).p;
}

/* "Mon Image.JPG" -> "mon-image.jpg" */
static struct str file_name(struct arena *a, struct str name)
{
	struct str ext = path_extension(name);
	struct str stem = path_name(name);
	struct str s;

	if (ext.n)
		stem = str_sub(stem, 0, stem.n - ext.n - 1);
	s = slug_make(a, stem, 100);
	ext = slug_make(a, ext, 10);
	if (s.n == 0)
		s = STR("file");
	return ext.n ? arena_printf(a, "%.*s.%.*s", STR_ARG(s), STR_ARG(ext)) : s;
}

/* Bytes as they may be kept: pictures without what tells where and by whom. */
static bool clean(struct str bytes, struct buf *out, struct medium *m, struct str type,
		  struct fail *f)
{
	struct image image;

	if (!image_probe(bytes, &image)) {
		buf_add(out, bytes);
		m->type = type;
		return true;
	}
	m->width = image.width;
	m->height = image.height;
	m->type = str_of(image_mime(image.type));
	return image_clean(bytes, out, f);
}

/* The bytes as they are kept, and what they are called. */
static bool look(struct arena *a, struct str name, struct str bytes, struct buf *kept,
		 struct medium *ret, struct fail *f)
{
	char hex[DIGEST_HEX_LEN + 1];
	struct str as = file_name(a, name);
	struct digest d;

	*ret = (struct medium){ 0 };
	if (bytes.n > LIMIT_MEDIA)
		return fail(f, FAIL_TOO_LARGE, "%.*s is larger than %d MiB", STR_ARG(name),
			    LIMIT_MEDIA / MIB);
	if (!clean(bytes, kept, ret, mime_of(as)->type, f))
		return fail_in(f, "%.*s", STR_ARG(name));
	d = digest_of(buf_str(kept));
	digest_hex(&d, hex);
	ret->digest = arena_str(a, str_of(hex));
	ret->size = (int64_t)kept->n;
	ret->path = arena_printf(a, "/media/%.8s/%.*s", hex, STR_ARG(as));
	return true;
}

bool media_try(struct arena *a, struct str name, struct str bytes, struct medium *ret,
	       struct fail *f)
{
	CLEANUP(buf_release) struct buf kept = BUF(LIMIT_MEDIA);

	return look(a, name, bytes, &kept, ret, f);
}

bool media_store(struct arena *a, const struct media_place *at, struct str name,
		 struct str bytes, struct medium *ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf kept = BUF(LIMIT_MEDIA);
	const char *path;

	if (!look(a, name, bytes, &kept, ret, f))
		return false;
	path = media_file(a, at->dir, ret->digest);
	if (file_exists(path))
		return true;
	return dir_make(arena_cstr(a, path_dir(str_of(path))), f)
		&& file_write(path, buf_str(&kept), !at->is_new, f);
}

static const struct query PUT = {
	.sql = "INSERT INTO media (path, digest, type, size, width, height)"
	       " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (path) DO UPDATE SET digest = ?2,"
	       " type = ?3, size = ?4, width = ?5, height = ?6",
	.writes = {{ GEN_MEDIA, 1 }},
};

bool media_put(struct tx *tx, const struct medium *m, struct fail *f)
{
	return tx_exec(tx, &PUT, f, "sssidd", m->path, m->digest, m->type, m->size, m->width,
		       m->height);
}

static void read_medium(struct arena *a, struct row *r, struct medium *m)
{
	*m = (struct medium){ arena_str(a, row_str(r, 0)), arena_str(a, row_str(r, 1)),
			      arena_str(a, row_str(r, 2)), row_i64(r, 3), row_int(r, 4),
			      row_int(r, 5) };
}

static const struct query AT = {
	.sql = "SELECT path, digest, type, size, width, height FROM media WHERE path = ?1",
	.reads = {{ GEN_MEDIA, 1 }},
};

bool media_at(struct arena *a, struct tx *tx, struct str path, struct medium **ret, struct fail *f)
{
	struct row *r = tx_run(tx, &AT, f, "s", path);

	if (!r)
		return false;
	*ret = NULL;
	if (row_next(r)) {
		*ret = ARENA_NEW(a, struct medium);
		read_medium(a, r, *ret);
	}
	return row_end(r, f);
}

static const struct query ALL = {
	.sql = "SELECT path, digest, type, size, width, height FROM media WHERE path > ?1"
	       " ORDER BY path LIMIT ?2",
	.reads = {{ GEN_MEDIA }},
};

bool media_all(struct arena *a, struct tx *tx, struct str after, int limit, struct medium **ret,
	       size_t *n, struct fail *f)
{
	struct row *r = tx_run(tx, &ALL, f, "sd", after, limit);
	VEC(struct medium) all = { 0 };
	bool ok;

	if (!r)
		return false;
	while (row_next(r))
		read_medium(a, r, VEC_ADD(&all));
	ok = row_end(r, f);
	*ret = VEC_INTO(a, &all, n);
	return ok;
}
