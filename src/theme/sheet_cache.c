/* sheet_cache.c - see sheet_cache.h. */
#include "theme/sheet_cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include "config.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/limits.h"

/* Raised when the same sources give other CSS: a new libsass, a new way to rewrite (modern.h)
 * or to compile. Each version of the program compiles once for itself, so that a change that
 * was forgotten here shows no later than with the next one. */
#define CACHE_VERSION "hameau-css-3 " PACKAGE_VERSION " "

#define UNWANTED_NS (30 * 86400 * INT64_C(1000000000))
#define FILE_MAX    (LIMIT_STYLESHEET + DIGEST_HEX_LEN + 1)

const char *sheet_cache_path(struct arena *a, const char *dir, struct str written)
{
	struct str parts[2] = { STR(CACHE_VERSION), written };
	struct digest d = digest_of_parts(parts, 2);
	char hex[DIGEST_HEX_LEN + 1];

	digest_hex(&d, hex);
	return path_join(a, dir, arena_printf(a, "%s.css", hex));
}

/* A kept file is the digest of the CSS, a line, and the CSS: what was damaged since is
 * compiled again. */
bool sheet_cache_read(const char *path, struct buf *out)
{
	CLEANUP(buf_release) struct buf file = BUF(FILE_MAX);
	char hex[DIGEST_HEX_LEN + 1];
	struct str seal, css;
	struct digest d;

	if (!file_read(path, &file, NULL))
		return false;
	css = buf_str(&file);
	if (!str_line(&css, &seal))
		return false;
	d = digest_of(css);
	digest_hex(&d, hex);
	if (!str_eq(seal, str_of(hex)))
		return false;
	(void)!utimensat(AT_FDCWD, path, NULL, 0);
	buf_add(out, css);
	return true;
}

/* "DIGEST.css", or what somebody who was killed wrote aside: "DIGEST.css.LETTERS~". */
static bool is_ours(struct str name)
{
	return name.n >= DIGEST_HEX_LEN + 4
		&& str_starts(str_skip(name, DIGEST_HEX_LEN), STR(".css"));
}

static void drop_unwanted(const char *dir)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	int64_t since = date_now() * 1000000000 - UNWANTED_NS;
	struct dir_entry *list;
	size_t n;

	if (!dir_list_stat(a, dir, &list, &n, NULL))
		return;
	for (size_t i = 0; i < n; i++) {
		struct str name = str_of(list[i].name);

		if (is_ours(name) && !list[i].is_dir && list[i].mtime_ns < since)
			(void)!file_remove(path_join(a, dir, name), NULL);
	}
}

void sheet_cache_keep(const char *dir, const char *path, struct str css)
{
	CLEANUP(buf_release) struct buf file = BUF(FILE_MAX);
	struct digest d = digest_of(css);
	char hex[DIGEST_HEX_LEN + 1];

	digest_hex(&d, hex);
	buf_addf(&file, "%s\n", hex);
	buf_add(&file, css);
	if (dir_make(dir, NULL) && file_write(path, buf_str(&file), false, NULL))
		drop_unwanted(dir);
}
