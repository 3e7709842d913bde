/* folder.c - walking theme folders. */
#include "theme/folder.h"
#include <stdlib.h>
#include "base/file.h"
#include "base/limits.h"
#include "base/vec.h"

#define DEPTH_MAX 5
#define FILES_MAX 1000

struct walk {
	struct arena *arena;
	struct str root;		/* the theme's own name, for labels */
	const char *part;
	VEC(struct folder_file) found;
	struct buf *stamp;		/* or NULL */
	const struct folder_but *but;	/* of this layer, or NULL */
};

static bool name_is_good(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!((c | 32) >= 'a' && (c | 32) <= 'z') && !(c >= '0' && c <= '9') && c != '-'
		    && c != '_' && c != '.')
			return false;
	}
	return name.n > 0 && name.n <= 100;
}

static bool is_passed_over(const struct walk *w, struct str name)
{
	for (size_t i = 0; w->but && i < w->but->n; i++) {
		struct str one = w->but->names[i], part = str_of(w->part);

		if (str_starts(one, part) && str_eq(str_skip(one, part.n), name))
			return true;
	}
	return false;
}

static bool have(const struct walk *w, size_t layer_start, struct str name)
{
	for (size_t i = 0; i < layer_start; i++)
		if (str_eq(w->found.p[i].name, name))
			return true;
	return false;
}

static bool walk_dir(struct walk *w, const char *dir, struct str below, size_t layer_start,
		     int depth, struct fail *f);

static bool walk_entry(struct walk *w, const char *dir, const struct dir_entry *e,
		       struct str below, size_t layer_start, int depth, struct fail *f)
{
	struct str name = str_of(e->name);
	struct str full = arena_printf(w->arena, "%.*s%s", STR_ARG(below), e->name);
	struct folder_file *file;

	if (e->name[0] == '.' || (name.n && name.p[name.n - 1] == '~'))
		return true;
	if (e->is_link)
		return fail(f, FAIL_INVALID, "%.*s/%s%.*s: links are not allowed in a theme",
			    STR_ARG(w->root), w->part, STR_ARG(full));
	if (!name_is_good(name))
		return fail(f, FAIL_INVALID, "%.*s/%s%.*s: file names are made of letters, digits,"
			    " \"-\", \"_\" and \".\"", STR_ARG(w->root), w->part, STR_ARG(full));
	if (e->is_dir)
		return walk_dir(w, path_join(w->arena, dir, name),
				arena_printf(w->arena, "%.*s/", STR_ARG(full)), layer_start,
				depth + 1, f);
	if (w->stamp)
		buf_addf(w->stamp, "%.*s %lld %lld\n", STR_ARG(full), (long long)e->size,
			 (long long)e->mtime_ns);
	if (have(w, layer_start, full) || is_passed_over(w, full))
		return true;
	if (w->found.n == FILES_MAX)
		return fail(f, FAIL_TOO_LARGE, "%.*s: more than %d files", STR_ARG(w->root),
			FILES_MAX);
	file = VEC_ADD(&w->found);
	file->name = full;
	file->path = path_join(w->arena, dir, name);
	file->label = arena_cstr(w->arena, arena_printf(w->arena, "%.*s/%s%.*s", STR_ARG(w->root),
							w->part, STR_ARG(full)));
	file->size = e->size;
	return true;
}

static bool walk_dir(struct walk *w, const char *dir, struct str below, size_t layer_start,
		     int depth, struct fail *f)
{
	struct dir_entry *entries;
	size_t n;

	if (depth > DEPTH_MAX)
		return fail(f, FAIL_TOO_LARGE, "%.*s/%s%.*s: more than %d folders in each other",
			    STR_ARG(w->root), w->part, STR_ARG(below), DEPTH_MAX);
	if (!dir_list_stat(w->arena, dir, &entries, &n, f))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!walk_entry(w, dir, &entries[i], below, layer_start, depth, f))
			return false;
	return true;
}

static void walk_release(struct walk *w)
{
	VEC_FREE(&w->found);
}

static int by_name(const void *a, const void *b)
{
	const struct folder_file *x = a, *y = b;

	return str_cmp(x->name, y->name);
}

bool folder_list(struct arena *a, const char *const *dirs, size_t n_dirs, const char *part,
		 struct folder_list *ret, struct fail *f)
{
	struct folder_layers layers = { .n = n_dirs };

	for (size_t i = 0; i < n_dirs; i++)
		layers.dirs[i] = dirs[i];
	return folder_list_but(a, &layers, part, ret, f);
}

bool folder_list_but(struct arena *a, const struct folder_layers *layers, const char *part,
		     struct folder_list *ret, struct fail *f)
{
	struct str prefix = arena_printf(a, "%s/", part);
	CLEANUP(walk_release) struct walk w = { .arena = a, .part = arena_cstr(a, prefix) };

	for (size_t i = 0; i < layers->n; i++) {
		const char *dir = path_join(a, layers->dirs[i], str_of(part));

		w.but = i == 0 ? layers->but : NULL;
		w.root = path_name(str_of(layers->dirs[i]));
		if (file_is_dir(dir) && !walk_dir(&w, dir, STR_NONE, w.found.n, 0, f))
			return false;
	}
	ret->n = w.found.n;
	ret->files = arena_array(a, w.found.n, sizeof(*ret->files));
	for (size_t i = 0; i < ret->n; i++)
		ret->files[i] = w.found.p[i];
	if (ret->n)
		qsort(ret->files, ret->n, sizeof(*ret->files), by_name);
	return true;
}

const struct folder_file *folder_find(const struct folder_list *l, struct str name)
{
	const struct folder_file key = { .name = name };

	return l->n ? bsearch(&key, l->files, l->n, sizeof(key), by_name) : NULL;
}

bool folder_read(struct arena *a, const struct folder_file *file, size_t max, struct str *ret,
		 struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(max);

	if ((uint64_t)file->size > max)
		return fail(f, FAIL_TOO_LARGE, "%s: the file has %lld KiB, at most %zu are allowed",
			    file->label, (long long)file->size / KIB, max / KIB);
	if (!file_read(file->path, &b, f))
		return false;
	*ret = arena_str(a, buf_str(&b));
	return true;
}

bool folder_stamp(const char *const *dirs, size_t n_dirs, struct digest *ret, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf stamp = BUF(1 * MIB);
	CLEANUP(walk_release) struct walk w = { .arena = a, .part = "", .stamp = &stamp };

	for (size_t i = 0; i < n_dirs; i++) {
		w.root = path_name(str_of(dirs[i]));
		buf_addf(&stamp, "%s\n", dirs[i]);
		if (!walk_dir(&w, dirs[i], STR_NONE, w.found.n, 0, f))
			return false;
	}
	*ret = digest_of(buf_str(&stamp));
	return true;
}
