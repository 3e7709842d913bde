/* export_write.c - files are written only where they differ, so that a static server or a
 * synchronising tool sees what really changed.
 */
#include "transfer/export_write.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "transfer/tree.h"

#define LIST_NAME ".hameau-export"

enum { LIST_MAX = 64 * MIB };

static bool is_empty(const char *path)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct dir_entry *list;
	size_t n;

	return dir_list(a, path, &list, &n, NULL) && n == 0;
}

/* A name on the list of an older export that was tampered with must not lead out. */
static bool is_inside(struct arena *a, struct str file)
{
	struct str plain;

	return tree_resolve(a, STR_NONE, file, &plain) && str_eq(plain, file) && file.n;
}

static bool read_list(struct export_folder *ef, struct fail *f)
{
	CLEANUP(buf_release) struct buf list = BUF(LIST_MAX);
	struct str rest, line;

	if (!file_read(path_join(ef->arena, ef->path, STR(LIST_NAME)), &list, f))
		return false;
	rest = buf_str(&list);
	while (str_line(&rest, &line))
		if (is_inside(ef->arena, line))
			map_put(ef->before, line, ef);
	return true;
}

bool export_write_open(struct export_folder *ef, const char *path, bool force, struct fail *f)
{
	memset(ef, 0, sizeof *ef);
	ef->arena = arena_new(64 * 1024);
	ef->path = arena_cstr(ef->arena, str_of(path));
	ef->before = map_new();
	ef->now = map_new();
	ef->folders = map_new();
	if (file_exists(path_join(ef->arena, path, STR(LIST_NAME))))
		return read_list(ef, f);
	if (file_exists(path) && !is_empty(path) && !force)
		return fail(f, FAIL_CONFLICT,
			    "%s is not empty and not a former export; name another "
			    "folder or say --force",
			    path);
	return dir_make(path, f);
}

static bool is_same(const char *path, struct str bytes)
{
	CLEANUP(buf_release) struct buf now = BUF(bytes.n + 1);

	return file_exists(path) && file_read(path, &now, NULL) && str_eq(buf_str(&now), bytes);
}

/* Every part a name that file systems take, and no control character: the list of an
 * export has one file a line. */
static bool is_name(struct arena *a, struct str file)
{
	struct str rest = file;
	size_t i;

	for (i = 0; i < file.n; i++)
		if ((unsigned char)file.p[i] < ' ' || file.p[i] == 0x7f)
			return false;
	while (rest.n)
		if (str_cut(rest, '/', &rest).n > NAME_MAX)
			return false;
	rest = file;
	return file.n < PATH_MAX / 2 && !str_eq(str_cut(rest, '/', &rest), STR(LIST_NAME)) &&
	       is_inside(a, file);
}

/* No file is where another has its folder; notes the folders of this one. */
static bool take_place(struct export_folder *ef, struct str file)
{
	size_t i;

	if (map_find(ef->folders, file))
		return false;
	for (i = 0; i < file.n; i++)
		if (file.p[i] == '/' && map_find(ef->now, str_sub(file, 0, i)))
			return false;
	for (i = 0; i < file.n; i++)
		if (file.p[i] == '/')
			map_put(ef->folders, str_sub(file, 0, i), ef);
	map_put(ef->now, file, ef);
	return true;
}

bool export_write(struct export_folder *ef, struct str file, struct str bytes, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *path = path_join(a, ef->path, file);

	if (!is_name(a, file) || !take_place(ef, file))
		return fail(f, FAIL_INVALID, "%.*s cannot be the name of a file", STR_ARG(file));
	map_remove(ef->before, file);
	if (is_same(path, bytes))
		return true;
	return dir_make(arena_cstr(a, path_dir(str_of(path))), f) &&
	       file_write(path, bytes, false, f);
}

bool export_write_has(const struct export_folder *ef, struct str file)
{
	return map_find(ef->now, file) != NULL;
}

static int by_name(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

/* Sorted: the same site is the same list. */
static void put_list(const struct export_folder *ef, struct buf *out)
{
	struct str *files = mem_array(map_count(ef->now) + 1, sizeof *files);
	size_t at = 0, n = 0, i;
	void *value;

	while (map_each(ef->now, &at, &files[n], &value))
		n++;
	qsort(files, n, sizeof *files, by_name);
	for (i = 0; i < n; i++)
		buf_addf(out, "%.*s\n", STR_ARG(files[i]));
	mem_free(files);
}

bool export_write_finish(struct export_folder *ef, size_t *removed, struct fail *f)
{
	CLEANUP(buf_release) struct buf list = BUF(LIST_MAX);
	struct str file;
	void *value;
	size_t at = 0;

	*removed = 0;
	while (map_each(ef->before, &at, &file, &value)) {
		if (!file_remove(path_join(ef->arena, ef->path, file), f))
			return false;
		++*removed;
	}
	put_list(ef, &list);
	return file_write(path_join(ef->arena, ef->path, STR(LIST_NAME)), buf_str(&list), true, f);
}

void export_write_release(struct export_folder *ef)
{
	map_free(ef->before, NULL);
	map_free(ef->now, NULL);
	map_free(ef->folders, NULL);
	arena_free(ef->arena);
}
