/* plan.c - reads the texts of a folder and gives each its place. */
#include "transfer/plan.h"
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "transfer/permalink.h"
#include "transfer/plan_read.h"
#include "transfer/plan_stamp.h"

void plan_init(struct plan *p, const char *folder, const char *zone)
{
	memset(p, 0, sizeof *p);
	p->folder = folder ? mem_cstr(str_of(folder)) : NULL;
	p->zone = zone;
}

static void item_free(struct plan_item *it)
{
	if (!it)
		return;
	plan_whole_free(it->whole);
	arena_free(it->place);
	arena_free(it->arena);
	mem_free(it);
}

static void drop_folder(struct plan *p)
{
	resolve_index_free(p->index);
	tree_release(&p->tree);
	arena_free(p->arena);
	p->index = NULL;
	p->arena = NULL;
}

void plan_release(struct plan *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		item_free(p->items[i]);
	mem_free(p->items);
	map_free(p->by_path, NULL);
	drop_folder(p);
	mem_free((void *)(uintptr_t)p->folder);
}

const struct plan_item *plan_find(const struct plan *p, struct str path)
{
	return p->by_path ? map_find(p->by_path, path) : NULL;
}

/* --- the files --- */

/* An item for each text of the tree: the old one where the file is as it was. */
static void renew_items(struct plan *p, struct plan_read_list *to_read)
{
	struct plan_item **items = mem_array(p->tree.n + 1, sizeof *items);
	struct map *by_path = map_new();
	size_t i, n = 0;

	for (i = 0; i < p->tree.n; i++) {
		const struct tree_file *file = &p->tree.files[i];
		struct plan_item *it = p->by_path ? map_remove(p->by_path, file->path) : NULL;

		if (file->kind != TREE_TEXT || !dialect_has(&p->dialect, file->path)) {
			item_free(it);
			continue;
		}
		if (it
		    && (!it->is_read || it->doc.size != file->size
			|| it->doc.mtime_ns != file->mtime_ns)) {
			item_free(it);
			it = NULL;
		}
		if (!it) {
			it = MEM_NEW(struct plan_item);
			plan_read_add(to_read, it, file->path);
		}
		items[n++] = it;
		map_put(by_path, file->path, it);
	}
	if (p->by_path) {
		struct str path;
		void *gone;

		for (i = 0; map_each(p->by_path, &i, &path, &gone);)
			item_free(gone);
	}
	map_free(p->by_path, NULL);
	mem_free(p->items);
	p->by_path = by_path;
	p->items = items;
	p->n = n;
}

static bool is_part(const struct plan_item *it)
{
	return it->is_read && !it->doc.is_hidden;
}

/* --- addresses --- */

static bool is_taken(const struct plan *p, const struct map *taken, struct str path)
{
	return map_find(taken, path) || (p->is_taken && p->is_taken(p->taken_ctx, path));
}

/* The address of an item, or one like it when another has it. */
static void claim(struct plan *p, struct map *taken, struct plan_item *it)
{
	struct source_doc *doc = &it->doc;
	struct str wished = doc->address, slug = doc->slug;
	struct fail why = FAIL_INIT;
	int i;

	if (wished.n == 0)
		return;
	if (is_taken(p, taken, doc->address) && doc->lang_in_name && doc->lang.n)
		permalink_rename(it->place, doc, arena_printf(it->place, "%.*s-%.*s", STR_ARG(slug),
							      STR_ARG(doc->lang)));
	for (i = 2; is_taken(p, taken, doc->address) && i < 1000; i++)
		permalink_rename(it->place, doc,
				 arena_printf(it->place, "%.*s-%d", STR_ARG(slug), i));
	map_put(taken, doc->address, it);
	if (str_eq(wished, doc->address) || doc->lang_in_name)
		return;
	fail(&why, FAIL_CONFLICT, "the address %.*s is taken; this text is at %.*s",
	     STR_ARG(wished), STR_ARG(doc->address));
	receipt_complain(p->receipt, doc->path, doc->title_line, &why);
}

/* A home page has no place here: complained of when it says something. */
static void complain_homeless(struct plan *p, const struct plan_item *it)
{
	struct fail why = FAIL_INIT;

	if (it->n_urls == 0 && it->doc.size < 200)
		return;
	fail(&why, FAIL_INVALID, "the text of a start page is not taken over: the start page shows "
	     "the newest posts");
	receipt_complain(p->receipt, it->doc.path, 0, &why);
}

/* A list's own text is taken over as a page only where it has one to tell. */
static bool is_silent_section(const struct plan_item *it)
{
	return it->doc.is_section && it->doc.body.n == 0;
}

static void give_address(struct plan *p, struct map *taken, struct plan_item *it)
{
	arena_free(it->place);
	it->place = arena_new(512);
	it->n_aliases = 0;
	it->doc.slug = it->doc.own_slug;
	permalink_make(&p->cx, it->place, &it->doc);
	if (it->doc.address.n == 0)
		complain_homeless(p, it);
	if (is_silent_section(it))
		it->doc.address = STR_NONE;
	claim(p, taken, it);
}

static bool is_translation(const struct plan *p, const struct plan_item *it)
{
	return it->doc.lang_in_name && !str_eq_nocase(it->doc.lang, p->dialect.language);
}

/* Texts in the site's own language choose first. */
static void give_addresses(struct plan *p)
{
	struct map *taken = map_new();
	size_t i, round;

	for (round = 0; round < 2; round++)
		for (i = 0; i < p->n; i++)
			if (is_part(p->items[i]) && is_translation(p, p->items[i]) == (round == 1))
				give_address(p, taken, p->items[i]);
	map_free(taken, NULL);
}

/* --- other addresses that lead there --- */

struct aliases {
	struct plan *plan;
	struct map *all;		/* alias -> item, and every address -> item */
};

static void add_alias(struct aliases *as, struct plan_item *it, struct str path, bool is_wish)
{
	const struct plan_item *other;
	struct fail why = FAIL_INIT;

	if (path.n < 2 || str_eq(path, it->doc.address))
		return;
	other = map_find(as->all, path);
	if (other == it)
		return;
	if (other) {
		if (!is_wish)
			return;
		fail(&why, FAIL_CONFLICT, "the old address %.*s leads to %.*s already",
		     STR_ARG(path), STR_ARG(other->doc.path));
		receipt_complain(as->plan->receipt, it->doc.path, 0, &why);
		return;
	}
	map_put(as->all, path, it);
	it->aliases[it->n_aliases++] = path;
}

static void add_forms(struct aliases *as, struct plan_item *it, struct str path, bool is_wish)
{
	struct str base = as->plan->dialect.base_path;

	if (path.n == 0)
		return;
	if (str_ends(path, STR("/index.html")))
		path.n -= 10;
	add_alias(as, it, path, is_wish);
	if (base.n)
		add_alias(as, it, arena_printf(it->place, "%.*s%.*s", STR_ARG(base), STR_ARG(path)),
			  false);
}

static void add_wish(struct aliases *as, struct plan_item *it, struct str wish)
{
	struct str path = permalink_path(&as->plan->dialect, it->place, wish);
	struct fail why = FAIL_INIT;

	if (path.n == 0 || permalink_is_askable(it->place, path, &path)) {
		add_forms(as, it, path, true);
		return;
	}
	fail(&why, FAIL_INVALID, "the old address %.*s can never be asked for and is left out",
	     STR_ARG(str_sub(wish, 0, 200)));
	receipt_complain(as->plan->receipt, it->doc.path, 0, &why);
}

static void give_aliases(struct plan *p)
{
	struct aliases as = { .plan = p, .all = map_new() };
	size_t i, k;

	for (i = 0; i < p->n; i++)
		if (is_part(p->items[i]) && p->items[i]->doc.address.n)
			map_put(as.all, p->items[i]->doc.address, p->items[i]);
	for (i = 0; i < p->n; i++) {
		struct plan_item *it = p->items[i];

		if (!is_part(it) || it->doc.address.n == 0)
			continue;
		it->aliases =
			arena_array(it->place, 2 * it->doc.aliases.n + 2, sizeof *it->aliases);
		if (!it->doc.is_draft)
			add_forms(&as, it, it->doc.old_address, false);
		for (k = 0; k < it->doc.aliases.n; k++)
			add_wish(&as, it, it->doc.aliases.p[k]);
	}
	map_free(as.all, NULL);
}

/* --- translations: told by a key, or by one name in several languages --- */

static void give_sets(struct plan *p)
{
	struct map *first = map_new();
	size_t i;

	for (i = 0; i < p->n; i++) {
		struct plan_item *it = p->items[i], *other;

		if (!is_part(it))
			continue;
		it->set = it->doc.translation_key;
		other = map_find(first, it->doc.place);
		if (!other) {
			map_put(first, it->doc.place, it);
			continue;
		}
		if (str_eq(other->doc.lang, it->doc.lang))
			continue;
		if (other->set.n == 0)
			other->set = arena_str(other->place, other->doc.place);
		if (it->set.n == 0)
			it->set = arena_str(it->place, other->set);
	}
	map_free(first, NULL);
}

static void give_stamps(struct plan *p)
{
	struct plan_stamping st = PLAN_STAMPING;
	size_t i;

	for (i = 0; i < p->n; i++)
		if (is_part(p->items[i]) && p->items[i]->doc.address.n)
			plan_stamp(p, p->items[i], &st);
	plan_stamping_release(&st);
}

static void count(struct plan *p)
{
	struct receipt *r = p->receipt;
	size_t i;

	for (i = 0; i < p->n; i++) {
		const struct plan_item *it = p->items[i];

		r->refused += !it->is_read;
		if (!is_part(it) || it->doc.address.n == 0)
			continue;
		r->posts += it->doc.is_post;
		r->pages += !it->doc.is_post;
		r->drafts += it->doc.is_draft;
		r->redirects += (int64_t)it->n_aliases;
	}
}

static void make_index(struct plan *p)
{
	struct source_doc **docs = mem_array(p->n + 1, sizeof *docs);
	size_t i, n = 0;

	for (i = 0; i < p->n; i++)
		if (is_part(p->items[i]) && p->items[i]->doc.address.n)
			docs[n++] = &p->items[i]->doc;
	p->index = resolve_index_new(&p->cx, docs, n);
	mem_free(docs);
}

bool plan_read(struct plan *p, struct receipt *r, int threads, bool is_new, struct fail *f)
{
	struct plan_read_list to_read = { .keep = is_new ? PLAN_READ_KEPT : 0 };
	bool done;

	drop_folder(p);
	p->receipt = r;
	p->arena = arena_new(64 * 1024);
	if (!tree_scan(p->arena, p->folder, p->by_path == NULL, r, &p->tree, f))
		return false;
	dialect_find(&p->tree, r, &p->dialect);
	p->dialect_name = r->dialect;
	p->cx = (struct source_context){ &p->tree, &p->dialect, r, p->zone, NULL };
	renew_items(p, &to_read);
	done = plan_read_all(p, &to_read, threads, f);
	plan_read_release(&to_read);
	if (!done)
		return false;
	give_addresses(p);
	give_aliases(p);
	give_sets(p);
	make_index(p);
	give_stamps(p);
	count(p);
	return true;
}

/* --- one text --- */

bool plan_lone_read(struct plan *p, struct receipt *r, const struct tree_given *given,
		    struct str path, struct plan_item **ret)
{
	struct plan_item *it = MEM_NEW(struct plan_item);
	struct receipt of_config;	/* what is wrong there is told by whole imports */

	p->receipt = r;
	p->arena = arena_new(64 * 1024);
	tree_lone(p->arena, p->folder, given, &p->tree);
	receipt_init(&of_config);
	dialect_find(&p->tree, &of_config, &p->dialect);
	r->dialect = p->dialect_name = of_config.dialect;
	receipt_release(&of_config);
	p->cx = (struct source_context){ &p->tree, &p->dialect, r, p->zone, NULL };
	p->items = mem_array(1, sizeof *p->items);
	p->items[p->n++] = it;
	p->by_path = map_new();
	path = arena_str(p->arena, path);
	map_put(p->by_path, path, it);
	plan_read_one(p, NULL, it, path);
	*ret = it;
	return it->is_read;
}

void plan_lone_place(struct plan *p, struct plan_item *it)
{
	give_addresses(p);
	give_aliases(p);
	it->set = it->doc.translation_key;
	make_index(p);
	if (it->doc.address.n)
		give_stamps(p);
}
