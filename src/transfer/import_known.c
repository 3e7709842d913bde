/* import_known.c - reads addresses, files and stamps of all posts, page by page. */
#include "transfer/import_known.h"
#include <string.h>
#include "base/digest.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "content/edit.h"

enum { AT_ONCE = 500 };

static const struct str SEPARATOR = STR_INIT("//");

struct str import_known_place(struct arena *a, const char *folder, struct str file)
{
	return arena_printf(a, "%s%.*s%.*s", folder, STR_ARG(SEPARATOR), STR_ARG(file));
}

struct str import_known_file(struct arena *a, struct str place)
{
	ptrdiff_t at = str_find(place, SEPARATOR);

	if (at < 0)
		return arena_str(a, place);
	return arena_printf(a, "%.*s/%.*s", STR_ARG(str_sub(place, 0, (size_t)at)),
			    STR_ARG(str_skip(place, (size_t)at + SEPARATOR.n)));
}

static const char *const SINCE[] = { "", " altered", " apart" };

struct str import_known_stamp(struct arena *a, struct str stamp, struct str bytes,
			      enum import_known_since since)
{
	return arena_printf(a, "%.*s %.*s%s", STR_ARG(stamp), STR_ARG(bytes), SINCE[since]);
}

void import_known_read_stamp(struct str digest, struct str *stamp, struct str *bytes,
			     enum import_known_since *since)
{
	struct str rest;

	*stamp = str_cut(digest, ' ', &rest);
	*bytes = str_cut(rest, ' ', &rest);
	*since = SINCE_NOTHING;
	for (size_t i = 1; i < ARRAY_LEN(SINCE); i++)
		if (str_eq(rest, str_of(SINCE[i] + 1)))
			*since = (enum import_known_since)i;
}

static void keep(struct import_site_state *s, const struct post *p)
{
	struct import_known *k = ARENA_NEW(s->arena, struct import_known);
	struct str place = arena_str(s->arena, p->source_path);
	ptrdiff_t at = str_find(place, SEPARATOR);

	k->id = p->id;
	k->path = arena_str(s->arena, p->path);
	k->published_at = p->published_at;
	import_known_read_stamp(arena_str(s->arena, p->source_digest), &k->stamp, &k->bytes,
				&k->since);
	if (at > 0) {
		k->folder = str_sub(place, 0, (size_t)at);
		k->file = str_skip(place, (size_t)at + SEPARATOR.n);
	}
	map_put(s->by_path, k->path, k);
	if (s->n == s->cap) {
		s->cap = s->cap ? s->cap * 2 : 256;
		s->all = mem_resize(s->all, s->cap, sizeof(struct import_known *));
	}
	s->all[s->n++] = k;
}

static bool load(struct tx *tx, struct import_site_state *s, struct fail *f)
{
	int64_t after = 0;
	struct post_list list;
	size_t i;

	do {
		CLEANUP(arena_freep) struct arena *a = arena_new(64 * 1024);

		if (!post_all_briefly(a, tx, after, AT_ONCE, &list, f))
			return false;
		for (i = 0; i < list.n; i++) {
			keep(s, &list.p[i]);
			after = list.p[i].id;
		}
	} while (list.n == AT_ONCE);
	return true;
}

static void own(struct import_site_state *s, struct str folder)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->all[i]->file.n && str_eq(s->all[i]->folder, folder)) {
			s->all[i]->is_ours = true;
			map_put(s->by_file, s->all[i]->file, s->all[i]);
		}
}

/* --- folders below and above --- */

static bool is_below(struct str path, struct str folder)
{
	return path.n > folder.n && str_starts(path, folder) && path.p[folder.n] == '/';
}

/* One file is one text, whatever folder it was found in. */
static void own_guest(struct import_site_state *s, struct import_known *k, struct str folder)
{
	struct str whole, file;

	if (!is_below(k->folder, folder) && !is_below(folder, k->folder))
		return;
	whole = arena_printf(s->arena, "%.*s/%.*s", STR_ARG(k->folder), STR_ARG(k->file));
	if (!is_below(whole, folder))
		return;
	file = str_skip(whole, folder.n + 1);
	if (map_find(s->by_file, file) || !file_exists(whole.p))
		return;
	k->is_ours = k->is_guest = true;
	map_put(s->by_file, file, k);
}

static void own_guests(struct import_site_state *s, struct str folder)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->all[i]->file.n && !s->all[i]->is_ours)
			own_guest(s, s->all[i], folder);
}

/* --- a folder under another name --- */

static bool is_same_file(const char *path, struct str bytes)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_POST + LIMIT_FRONT_MATTER);
	char hex[DIGEST_HEX_LEN + 1];
	struct digest d;

	if (!file_read(path, &b, NULL))
		return false;
	d = digest_of(buf_str(&b));
	digest_hex(&d, hex);
	return str_eq(str_of(hex), bytes);
}

/* How many of the posts of that folder have their file in ours too. */
static size_t count_here(const struct import_site_state *s, struct str other, const char *folder,
			 size_t *all)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	bool is_still_there = file_is_dir(arena_cstr(a, other));
	size_t i, n = 0;

	*all = 0;
	for (i = 0; i < s->n; i++) {
		const struct import_known *k = s->all[i];
		const char *path;

		if (k->file.n == 0 || !str_eq(k->folder, other))
			continue;
		++*all;
		path = path_join(a, folder, k->file);
		n += is_still_there ? is_same_file(path, k->bytes) : file_exists(path);
	}
	return n;
}

static void take_over(struct import_site_state *s, const char *folder)
{
	struct map *asked = map_new();
	size_t i, all, here;

	for (i = 0; i < s->n && s->moved_from.n == 0; i++) {
		struct str other = s->all[i]->folder;

		if (other.n == 0 || map_put(asked, other, s))
			continue;
		here = count_here(s, other, folder, &all);
		if (here == 0 || here * 2 < all)
			continue;
		own(s, other);
		s->moved_from = other;
		s->n_moved = all;
	}
	map_free(asked, NULL);
}

bool import_known_load(struct db *db, const char *folder, struct import_site_state *ret,
		       struct fail *f)
{
	struct import_site_state s = { .arena = arena_new(64 * 1024), .by_path = map_new(),
				       .by_file = map_new() };
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;

	if (!tx_begin(db, TX_READ, &tx, f) || !load(tx, &s, f)) {
		import_known_release(&s);
		return false;
	}
	own(&s, str_of(folder));
	if (map_count(s.by_file) == 0)
		take_over(&s, folder);
	own_guests(&s, str_of(folder));
	*ret = s;
	return true;
}

void import_known_release(struct import_site_state *s)
{
	mem_free(s->all);
	map_free(s->by_path, NULL);
	map_free(s->by_file, NULL);
	arena_free(s->arena);
	memset(s, 0, sizeof *s);
}

bool import_known_is_taken(const struct import_site_state *s, struct str path)
{
	const struct import_known *k = map_find(s->by_path, path);

	return edit_path_is_reserved(path) || (k && !k->is_ours);
}
