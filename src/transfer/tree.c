/* tree.c - walks a folder. */
#include "transfer/tree.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"

enum { DEPTH_MAX = 32, FILES_MAX = 500000 };

/* Left out wherever they stand, and those that only tools at the top make. */
static const char *const SKIPPED[] = { "node_modules", "__pycache__", "bower_components" };
static const char *const SKIPPED_AT_TOP[] = {
	"public", "_site", "resources", "themes", "layouts", "archetypes", "scaffolds", "templates",
	"sass", "_includes", "_layouts", "_sass", "vendor", "assets_gen",
};
static const char *const TEXTS[] = { "md", "markdown", "mkd", "mdown" };
static const char *const MEDIA[] = {
	"jpg", "jpeg", "png", "gif", "webp", "svg", "avif", "pdf", "mp3", "ogg", "oga", "opus",
	"m4a", "wav", "flac", "mp4", "m4v", "webm", "zip", "epub", "csv", "txt", "vtt",
};

static bool is_one_of(struct str s, const char *const *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (str_eq_nocase(s, str_of(list[i])))
			return true;
	return false;
}

enum tree_kind tree_kind_of(struct str path)
{
	struct str ext = path_extension(path);

	if (is_one_of(ext, TEXTS, ARRAY_LEN(TEXTS)))
		return TREE_TEXT;
	return is_one_of(ext, MEDIA, ARRAY_LEN(MEDIA)) ? TREE_MEDIA : TREE_OTHER;
}

bool tree_skips(struct str name, int depth)
{
	if (name.n == 0 || name.p[0] == '.' || str_ends(name, STR("~")))
		return true;
	if (is_one_of(name, SKIPPED, ARRAY_LEN(SKIPPED)))
		return true;
	return depth == 0 && is_one_of(name, SKIPPED_AT_TOP, ARRAY_LEN(SKIPPED_AT_TOP));
}

struct walk {
	struct tree *tree;
	bool is_new;
	struct receipt *receipt;
	char real_root[PATH_MAX];
	struct fail *f;
};

static void complain(struct walk *w, struct str path, const struct fail *f)
{
	receipt_complain(w->receipt, path, 0, f);
}

/* A link is followed to a file of the same folder and to nothing else. */
static bool link_is_inside(struct walk *w, struct str path, const char *full, struct stat *st)
{
	struct fail why = FAIL_INIT;
	char real[PATH_MAX];
	size_t n = strlen(w->real_root);

	if (!realpath(full, real) || stat(full, st) != 0)
		fail_errno(&why, "this link leads nowhere");
	else if (strncmp(real, w->real_root, n) != 0 || real[n] != '/')
		fail(&why, FAIL_FORBIDDEN, "this link leads out of the folder and is not followed");
	else if (!S_ISREG(st->st_mode))
		fail(&why, FAIL_INVALID, "this link leads to a folder and is not followed");
	else
		return true;
	complain(w, path, &why);
	return false;
}

static bool add_file(struct walk *w, struct str path, int64_t size, int64_t mtime_ns)
{
	struct tree *t = w->tree;

	if (t->n >= FILES_MAX)
		return fail(w->f, FAIL_TOO_LARGE, "the folder has more than %d files", FILES_MAX);
	if (t->n == t->cap) {
		t->cap = t->cap ? t->cap * 2 : 256;
		t->files = mem_resize(t->files, t->cap, sizeof *t->files);
	}
	t->files[t->n++] = (struct tree_file){
		.path = path, .kind = tree_kind_of(path), .size = size, .mtime_ns = mtime_ns,
	};
	return true;
}

static bool walk_dir(struct walk *w, struct str dir, int depth);

static bool walk_entry(struct walk *w, struct str dir, const struct dir_entry *e, int depth)
{
	struct arena *a = w->tree->arena;
	struct str name = str_of(e->name), path;
	struct fail why = FAIL_INIT;
	struct stat st;

	if (tree_skips(name, depth))
		return true;
	if (!utf8_valid(name)) {
		fail(&why, FAIL_INVALID, "a file name here is not UTF-8; rename the file");
		complain(w, dir, &why);
		return true;
	}
	path = dir.n ? arena_printf(a, "%.*s/%s", STR_ARG(dir), e->name) : arena_str(a, name);
	if (e->is_dir)
		return walk_dir(w, path, depth + 1);
	if (e->is_link && !link_is_inside(w, path, path_join(a, w->tree->root, path), &st))
		return true;
	if (e->is_link)
		return add_file(w, path, st.st_size, file_mtime_ns(&st));
	if (!w->is_new)
		return add_file(w, path, e->size, e->mtime_ns);
	if (tree_kind_of(path) == TREE_TEXT)
		return add_file(w, path, TREE_NOT_ASKED, TREE_NOT_ASKED);
	return lstat(path_join(a, w->tree->root, path), &st) != 0
		|| add_file(w, path, st.st_size, file_mtime_ns(&st));
}

static bool walk_dir(struct walk *w, struct str dir, int depth)
{
	struct arena *a = w->tree->arena;
	struct dir_entry *list;
	size_t i, n;

	if (depth > DEPTH_MAX)
		return fail(w->f, FAIL_TOO_LARGE, "%.*s: folders are nested deeper than %d",
			    STR_ARG(dir), DEPTH_MAX);
	if (!(w->is_new ? dir_list : dir_list_stat)
	     (a, dir.n ? path_join(a, w->tree->root, dir) : w->tree->root, &list, &n, w->f))
		return false;
	for (i = 0; i < n; i++)
		if (!walk_entry(w, dir, &list[i], depth))
			return false;
	return true;
}

static int by_path(const void *a, const void *b)
{
	return str_cmp(((const struct tree_file *)a)->path, ((const struct tree_file *)b)->path);
}

bool tree_scan(struct arena *a, const char *folder, bool is_new, struct receipt *r,
	       struct tree *ret, struct fail *f)
{
	struct tree t = { .arena = a, .root = arena_cstr(a, str_of(folder)) };
	struct walk w = { .tree = &t, .is_new = is_new, .receipt = r, .f = f };
	size_t i;

	if (!file_is_dir(folder))
		return fail(f, FAIL_NOT_FOUND, "%s: there is no such folder", folder);
	if (!realpath(folder, w.real_root))
		return fail_errno(f, "%s", folder);
	if (!walk_dir(&w, STR_NONE, 0)) {
		mem_free(t.files);
		return false;
	}
	if (t.n)
		qsort(t.files, t.n, sizeof *t.files, by_path);
	t.by_path = map_new();
	for (i = 0; i < t.n; i++)
		map_put(t.by_path, t.files[i].path, &t.files[i]);
	*ret = t;
	return true;
}

void tree_release(struct tree *t)
{
	map_free(t->by_path, NULL);
	mem_free(t->files);
	t->by_path = NULL;
	t->files = NULL;
	t->n = t->cap = 0;
}

/* --- one text --- */

void tree_lone(struct arena *a, const char *folder, const struct tree_given *given,
	       struct tree *ret)
{
	*ret = (struct tree){ .arena = a, .is_lone = true, .by_path = map_new() };
	if (folder)
		ret->root = arena_cstr(a, str_of(folder));
	if (given)
		ret->given = *given;
}

static bool is_left_out(struct str path)
{
	struct str rest = path;

	for (int depth = 0; rest.n; depth++)
		if (tree_skips(str_cut(rest, '/', &rest), depth))
			return true;
	return false;
}

/* A file of the folder, by whatever links its name leads to it, and not outside. */
static bool look(const struct tree *t, struct str path, struct stat *st)
{
	const char *full = path_join(t->arena, t->root, path);
	char root[PATH_MAX], real[PATH_MAX];
	size_t n;

	if (!realpath(t->root, root) || !realpath(full, real))
		return false;
	n = strcmp(root, "/") == 0 ? 0 : strlen(root);
	return strncmp(real, root, n) == 0 && real[n] == '/' && stat(full, st) == 0 &&
	       S_ISREG(st->st_mode);
}

static const struct tree_file *find_lone(const struct tree *t, struct str path)
{
	bool is_given = t->given.bytes.p && str_eq(path, t->given.path);
	struct tree_file *file;
	struct stat st = { .st_size = (off_t)t->given.bytes.n };

	if (!is_given && (!t->root || !utf8_valid(path) || is_left_out(path) ||
			  !look(t, path, &st)))
		return NULL;
	file = ARENA_NEW(t->arena, struct tree_file);
	*file = (struct tree_file){
		.path = arena_str(t->arena, path), .kind = tree_kind_of(path), .size = st.st_size,
		.mtime_ns = file_mtime_ns(&st),
	};
	map_put(t->by_path, file->path, file);
	return file;
}

const struct tree_file *tree_find(const struct tree *t, struct str path)
{
	const struct tree_file *file = map_find(t->by_path, path);

	return file || !t->is_lone ? file : find_lone(t, path);
}

bool tree_renew(struct tree *t, struct str path)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct tree_file *file = map_find(t->by_path, path);
	struct stat st;

	if (!file || lstat(path_join(a, t->root, path), &st) != 0 || !S_ISREG(st.st_mode) ||
	    st.st_size == 0)
		return false;
	file->size = st.st_size;
	file->mtime_ns = file_mtime_ns(&st);
	return true;
}

/* The first path at or behind "folder/" tells. */
bool tree_has_under(const struct tree *t, struct str folder)
{
	size_t low = 0, high = t->n;

	if (t->is_lone)
		return t->root && file_is_dir(path_join(t->arena, t->root, folder));
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (str_cmp(t->files[mid].path, folder) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < t->n && str_starts(t->files[low].path, folder); low++)
		if (t->files[low].path.n > folder.n && t->files[low].path.p[folder.n] == '/')
			return true;
	return false;
}

bool tree_read_stat(const struct tree *t, struct str path, struct buf *b, struct stat *st,
		    struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	if (t->given.bytes.p && str_eq(path, t->given.path)) {
		*st = (struct stat){ .st_size = (off_t)t->given.bytes.n };
		buf_add(b, t->given.bytes);
		return buf_ok(b) || fail(f, FAIL_TOO_LARGE, "the text is longer than %d KiB",
					 LIMIT_POST / KIB);
	}
	return file_read_stat(path_join(a, t->root, path), b, st, f);
}

bool tree_read(const struct tree *t, struct str path, struct buf *b, struct fail *f)
{
	struct stat st;

	return tree_read_stat(t, path, b, &st, f);
}

bool tree_resolve(struct arena *a, struct str dir, struct str rel, struct str *ret)
{
	char *out = arena_alloc(a, dir.n + rel.n + 2);
	struct str parts[2] = { dir, rel };
	size_t n = 0, i;

	for (i = 0; i < 2; i++) {
		struct str rest = parts[i];

		while (rest.n) {
			struct str part = str_cut(rest, '/', &rest);

			if (part.n == 0 || str_eq(part, STR(".")))
				continue;
			if (str_eq(part, STR(".."))) {
				if (n == 0)
					return false;
				while (n > 0 && out[--n] != '/')
					;
				continue;
			}
			if (n)
				out[n++] = '/';
			memcpy(out + n, part.p, part.n);
			n += part.n;
		}
	}
	out[n] = '\0';
	*ret = str_from(out, n);
	return true;
}
