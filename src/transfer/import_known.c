/* import_known.c - reads addresses, files and stamps of all posts, page by page. */
#include <string.h>
#include "content/edit.h"
#include "transfer/import_known.h"

enum { AT_ONCE = 500 };

static void keep(struct import_site_state *s, const struct post *p)
{
	struct import_known *k = ARENA_NEW(s->arena, struct import_known);

	k->id = p->id;
	k->path = arena_str(s->arena, p->path);
	k->published_at = p->published_at;
	map_put(s->by_path, k->path, k);
	if (p->source_path.n == 0)
		return;
	k->source_path = arena_str(s->arena, p->source_path);
	k->stamp = arena_str(s->arena, p->source_digest);
	map_put(s->by_source, k->source_path, k);
}

static bool load(struct tx *tx, struct import_site_state *s, struct fail *f)
{
	int64_t after = 0;
	struct post_list list;
	size_t i;

	do {
		CLEANUP(arena_freep) struct arena *a = arena_new(64 * 1024);

		if (!post_all(a, tx, after, AT_ONCE, &list, f))
			return false;
		for (i = 0; i < list.n; i++) {
			keep(s, &list.p[i]);
			after = list.p[i].id;
		}
	} while (list.n == AT_ONCE);
	return true;
}

bool import_known_load(struct db *db, struct import_site_state *ret, struct fail *f)
{
	struct import_site_state s = { arena_new(64 * 1024), map_new(), map_new() };
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;

	if (!tx_begin(db, TX_READ, &tx, f) || !load(tx, &s, f)) {
		import_known_release(&s);
		return false;
	}
	*ret = s;
	return true;
}

void import_known_release(struct import_site_state *s)
{
	map_free(s->by_path, NULL);
	map_free(s->by_source, NULL);
	arena_free(s->arena);
	memset(s, 0, sizeof *s);
}

bool import_known_is_taken(const struct import_site_state *s, struct str path,
			   struct str source_path)
{
	const struct import_known *k = map_find(s->by_path, path);

	return edit_path_is_reserved(path) || (k && k->source_path.n == 0 && source_path.n);
}
