/* plan_read.c - jobs that read files, and what is kept of each. */
#include <stdatomic.h>
#include <string.h>
#include "base/mem.h"
#include "base/vec.h"
#include "transfer/plan_read.h"
#include "work/thread.h"

void plan_read_add(struct plan_read_list *l, struct plan_item *it, struct str path)
{
	if (l->n == l->cap) {
		l->cap = l->cap ? l->cap * 2 : 256;
		l->p = mem_resize(l->p, l->cap, sizeof *l->p);
	}
	l->p[l->n].item = it;
	l->p[l->n++].path = path;
}

void plan_read_release(struct plan_read_list *l)
{
	mem_free(l->p);
}

/* --- what is kept --- */

static struct source_list keep_list(struct arena *a, struct source_list list)
{
	struct source_list out = { list.n ? arena_array(a, list.n, sizeof *out.p) : NULL, list.n };
	size_t i;

	for (i = 0; i < list.n; i++)
		out.p[i] = arena_str(a, list.p[i]);
	return out;
}

/* The doc with all its strings in the arena, without its body: of a body only whether
 * there is one. */
static void keep_doc(struct arena *a, const struct source_doc *from, struct source_doc *to)
{
	struct str *const strings[] = {
		&to->path, &to->dir, &to->place, &to->stem, &to->section, &to->title, &to->slug,
		&to->url, &to->summary, &to->cover, &to->cover_alt, &to->translation_key,
		&to->lang, &to->menu_name,
	};
	size_t i;

	*to = *from;
	for (i = 0; i < ARRAY_LEN(strings); i++)
		*strings[i] = strings[i]->n ? arena_str(a, *strings[i]) : STR_NONE;
	to->own_slug = to->slug;
	to->tags = keep_list(a, from->tags);
	to->categories = keep_list(a, from->categories);
	to->aliases = keep_list(a, from->aliases);
	to->authors = keep_list(a, from->authors);
	to->body = str_trim(from->body).n ? STR("x") : STR_NONE;
}

static void keep_urls(struct plan_item *it, const struct source_doc *doc,
		      const struct link *links, size_t n)
{
	size_t i;

	it->urls = n ? arena_array(it->arena, n, sizeof *it->urls) : NULL;
	it->lines = n ? arena_array(it->arena, n, sizeof *it->lines) : NULL;
	it->n_urls = n;
	for (i = 0; i < n; i++) {
		it->urls[i] = arena_str(it->arena, links[i].url);
		it->lines[i] = doc->body_line + links[i].line - 1;
	}
}

/* --- the jobs --- */

enum { WHOLE_CHUNK = 2048 };

struct reading {
	struct plan *plan;
	struct plan_read_list *list;
	atomic_size_t next, kept;	/* files begun; bytes of texts kept whole */
};

struct plan_whole *plan_take_whole(struct plan_item *item)
{
	struct plan_whole *w = item->whole;

	item->whole = NULL;
	return w;
}

void plan_whole_free(struct plan_whole *w)
{
	if (w)
		arena_free(w->arena);
}

void plan_drop_wholes(struct plan *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		plan_whole_free(plan_take_whole(p->items[i]));
}

void plan_read_one(struct plan *p, struct arena *scratch, struct plan_item *it, struct str path)
{
	struct arena *own = scratch ? NULL : arena_new(WHOLE_CHUNK), *a = own ? own : scratch;
	struct plan_whole *w = ARENA_NEW(a, struct plan_whole);

	w->arena = a;
	it->arena = arena_new(1024);
	if (own)
		path = arena_str(own, path);		/* parts of the doc are parts of it */
	it->is_read = source_read(&p->cx, a, path, NULL, &w->doc);
	keep_doc(it->arena, &w->doc, &it->doc);
	if (it->is_read) {
		w->n_links = links_find(a, w->doc.body, &w->links);
		keep_urls(it, &w->doc, w->links, w->n_links);
	}
	if (own && it->is_read && !it->doc.is_hidden)
		it->whole = w;
	else
		arena_free(own);
}

/* How much a text that was kept takes, not to the byte. */
static size_t weight(const struct plan_item *it)
{
	return it->whole ? arena_used(it->whole->arena) + WHOLE_CHUNK : 0;
}

static void read_many(void *arg)
{
	CLEANUP(arena_freep) struct arena *scratch = arena_new(64 * 1024);
	struct reading *rd = arg;
	size_t i;

	while ((i = atomic_fetch_add(&rd->next, 1)) < rd->list->n) {
		struct plan_item *it = rd->list->p[i].item;
		bool keep = atomic_load(&rd->kept) < rd->list->keep;

		plan_read_one(rd->plan, keep ? NULL : scratch, it, rd->list->p[i].path);
		if (keep)
			atomic_fetch_add(&rd->kept, weight(it));
		arena_reset(scratch);
	}
}

enum { THREADS_MAX = 16, WORTH_A_THREAD = 64 };

bool plan_read_all(struct plan *p, struct plan_read_list *l, int threads, struct fail *f)
{
	struct reading rd = { .plan = p, .list = l };
	struct thread *helpers[THREADS_MAX];
	int i, n = 0;
	bool done = true;

	while (done && n + 1 < threads && n < THREADS_MAX
	       && l->n > (size_t)(n + 1) * WORTH_A_THREAD) {
		done = thread_start("import-read", read_many, &rd, &helpers[n], f);
		n += done;
	}
	read_many(&rd);
	for (i = 0; i < n; i++)
		thread_join(helpers[i]);
	return done;
}

void plan_read_use(struct plan *p, const struct tree_file *file)
{
	struct tree_file *own = map_find(p->tree.by_path, file->path);

	if (!own->is_used)
		p->receipt->images++;
	own->is_used = true;
}
