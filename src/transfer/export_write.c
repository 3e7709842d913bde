/* export_write.c - files are written only where they differ, so that a static server or a
 * synchronising tool sees what really changed.
 */
#include <string.h>
#include "base/file.h"
#include "base/limits.h"
#include "transfer/export_write.h"
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
	if (file_exists(path_join(ef->arena, path, STR(LIST_NAME))))
		return read_list(ef, f);
	if (file_exists(path) && !is_empty(path) && !force)
		return fail(f, FAIL_CONFLICT, "%s is not empty and not a former export; name another "
			    "folder or say --force", path);
	return dir_make(path, f);
}

static bool is_same(const char *path, struct str bytes)
{
	CLEANUP(buf_release) struct buf now = BUF(bytes.n + 1);

	return file_exists(path) && file_read(path, &now, NULL) && str_eq(buf_str(&now), bytes);
}

bool export_write(struct export_folder *ef, struct str file, struct str bytes, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *path = path_join(a, ef->path, file);

	if (!is_inside(a, file))
		return fail(f, FAIL_INVALID, "%.*s cannot be the name of a file", STR_ARG(file));
	map_put(ef->now, file, ef);
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
	for (at = 0; map_each(ef->now, &at, &file, &value);)
		buf_addf(&list, "%.*s\n", STR_ARG(file));
	return file_write(path_join(ef->arena, ef->path, STR(LIST_NAME)), buf_str(&list), true, f);
}

void export_write_release(struct export_folder *ef)
{
	map_free(ef->before, NULL);
	map_free(ef->now, NULL);
	arena_free(ef->arena);
}
