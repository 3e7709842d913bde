/* kept.c - "kept/20311203T040506-<digest of the address>.md": names in the order of time. */
#include "transfer/kept.h"

#include <stdio.h>
#include <string.h>
#include "base/date.h"
#include "base/file.h"
#include "base/limits.h"
#include "transfer/export_text.h"

#define FOLDER "kept"

enum { TIME_LEN = 15, TEXT_MAX = 4 * LIMIT_POST + LIMIT_FRONT_MATTER };

static const struct str ADDRESS = STR_INIT("# hameau-address: ");
static const struct str TITLE = STR_INIT("# hameau-title: ");
static const struct str SOURCE = STR_INIT("# hameau-source: ");
static const struct str DIGEST = STR_INIT("# hameau-digest: ");
static const struct str COMMENT = STR_INIT("# hameau-");

static void put_time(int64_t t, char ret[TIME_LEN + 1])
{
	struct date d = date_of(t, 0);

	snprintf(ret, TIME_LEN + 1, "%04u%02u%02uT%02u%02u%02u", (unsigned)d.year % 10000,
		 (unsigned)d.month % 100, (unsigned)d.day % 100, (unsigned)d.hour % 100,
		 (unsigned)d.minute % 100, (unsigned)d.second % 100);
}

static bool read_time(struct str name, int64_t *ret)
{
	const size_t ends[] = { 4, 6, 8, 11, 13, 15 };
	int64_t v[ARRAY_LEN(ends)];
	struct date d;
	size_t i, from = 0;

	for (i = 0; i < ARRAY_LEN(ends); i++) {
		if (!str_to_i64(str_sub(name, from, ends[i]), &v[i]) || v[i] < 0)
			return false;
		from = ends[i] + (ends[i] == 8);	/* the T */
	}
	d = (struct date){ .year = (int)v[0], .month = (int)v[1], .day = (int)v[2],
			   .hour = (int)v[3], .minute = (int)v[4], .second = (int)v[5] };
	*ret = date_unix(&d, 0);
	return true;
}

static struct str name_tail(struct arena *a, struct str address)
{
	struct digest d = digest_of(address);
	char hex[DIGEST_HEX_LEN + 1];

	digest_hex(&d, hex);
	return arena_printf(a, "-%s.md", hex);
}

/* --- keeping --- */

static void put_line(struct buf *b, struct str key, struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] < ' ')
			return;			/* would not be one line */
	if (value.n)
		buf_addf(b, "%.*s%.*s\n", STR_ARG(key), STR_ARG(value));
}

/* The comments stand behind the first line of the head. */
static bool put_text(struct buf *b, struct tx *tx, const struct post *p, const char *zone,
		     struct fail *f)
{
	CLEANUP(buf_release) struct buf text = BUF(4 * LIMIT_POST);
	struct str rest, first;

	if (!export_text(&text, tx, p, zone, f))
		return false;
	rest = buf_str(&text);
	str_line(&rest, &first);
	buf_addf(b, "%.*s\n", STR_ARG(first));
	put_line(b, ADDRESS, p->path);
	put_line(b, TITLE, p->title);
	put_line(b, SOURCE, p->source_path);
	put_line(b, DIGEST, p->source_digest);
	buf_add(b, rest);
	return buf_ok(b) || fail(f, FAIL_TOO_LARGE, "the text is longer than %d KiB",
				 LIMIT_POST / KIB);
}

static bool drop_old(struct arena *a, const char *dir, int64_t now, struct fail *f)
{
	struct dir_entry *list;
	size_t i, n;
	int64_t at;

	if (!dir_list(a, dir, &list, &n, f))
		return false;
	for (i = 0; i < n && read_time(str_of(list[i].name), &at) &&
		    at < now - KEPT_DAYS * (int64_t)86400; i++)
		if (!file_remove(path_join(a, dir, str_of(list[i].name)), f))
			return false;
	return true;
}

bool kept_put(const char *dir, struct tx *tx, const struct post *p, const char *zone,
	      struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf b = BUF(TEXT_MAX);
	const char *place = path_join(a, dir, STR(FOLDER)), *file;
	int64_t now = date_now(), at = now;
	char time[TIME_LEN + 1];

	if (!dir_make(place, f) || !drop_old(a, place, now, f) || !put_text(&b, tx, p, zone, f))
		return false;
	do {
		put_time(at++, time);
		file = path_join(a, place, arena_printf(a, "%s%.*s", time,
							STR_ARG(name_tail(a, p->path))));
	} while (file_exists(file));		/* twice within a second */
	return file_write(file, buf_str(&b), true, f) && file_sync(dir, f);
}

/* --- finding --- */

/* What the comments say, and the text without them. */
static void take_apart(struct arena *a, struct str bytes, struct kept *k)
{
	struct str rest = bytes, first, line;

	str_line(&rest, &first);
	while (str_starts(rest, COMMENT) && str_line(&rest, &line)) {
		if (str_starts(line, ADDRESS))
			k->address = str_skip(line, ADDRESS.n);
		else if (str_starts(line, TITLE))
			k->title = str_skip(line, TITLE.n);
		else if (str_starts(line, SOURCE))
			k->source_path = str_skip(line, SOURCE.n);
		else if (str_starts(line, DIGEST))
			k->source_digest = str_skip(line, DIGEST.n);
	}
	k->text = arena_printf(a, "%.*s\n%.*s", STR_ARG(first), STR_ARG(rest));
}

static bool read_kept(struct arena *a, const char *dir, struct str name, struct kept *k,
		      struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(TEXT_MAX);

	*k = (struct kept){ .file = path_join(a, dir, name) };
	if (!read_time(name, &k->at) || !file_read(k->file, &b, f))
		return false;
	take_apart(a, arena_str(a, buf_str(&b)), k);
	return true;
}

static bool list_all(struct arena *a, const char *dir, struct dir_entry **ret, size_t *n,
		     struct fail *f)
{
	*n = 0;
	return !file_is_dir(dir) || dir_list(a, dir, ret, n, f);
}

bool kept_find(struct arena *a, const char *dir, struct str address, struct kept *ret,
	       struct fail *f)
{
	const char *place = path_join(a, dir, STR(FOLDER));
	struct str tail = name_tail(a, address);
	struct dir_entry *list;
	size_t n;

	if (!list_all(a, place, &list, &n, f))
		return false;
	while (n-- > 0)
		if (str_ends(str_of(list[n].name), tail))
			return read_kept(a, place, str_of(list[n].name), ret, f);
	return fail(f, FAIL_NOT_FOUND, "no text of %.*s was deleted in the last %d days",
		    STR_ARG(address), KEPT_DAYS);
}

bool kept_list(struct arena *a, const char *dir, size_t limit, struct kept **ret, size_t *n,
	       struct fail *f)
{
	const char *place = path_join(a, dir, STR(FOLDER));
	struct dir_entry *list;
	size_t i;

	*n = 0;
	if (!list_all(a, place, &list, &i, f))
		return false;
	*ret = arena_array(a, (i < limit ? i : limit) + 1, sizeof **ret);
	while (i-- > 0 && *n < limit) {
		struct str name = str_of(list[i].name);
		int64_t at;

		if (!read_time(name, &at))
			continue;
		if (!read_kept(a, place, name, &(*ret)[(*n)++], f))
			return false;
	}
	return true;
}

bool kept_forget(const struct kept *k, struct fail *f)
{
	return file_remove(k->file, f);
}
