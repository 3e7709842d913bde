/* plan_renew.c - one text of a plan, read again when it was saved.
 *
 * What others in the folder see of a text (its address, where it was before, its language,
 * its set) must not have changed; then theirs has not either, and the index of addresses
 * that points to it goes on being true.
 */
#include "transfer/permalink.h"
#include "transfer/plan_read.h"
#include "transfer/plan_stamp.h"

static bool same_list(const struct source_list *a, const struct source_list *b)
{
	size_t i;

	for (i = 0; i < a->n && i < b->n; i++)
		if (!str_eq(a->p[i], b->p[i]))
			return false;
	return a->n == b->n;
}

/* The address that each would like, whatever it got. */
static bool same_place(const struct plan *p, struct arena *a, struct source_doc x,
		       struct source_doc y)
{
	x.slug = x.own_slug;
	permalink_make(&p->cx, a, &x);
	permalink_make(&p->cx, a, &y);
	return str_eq(x.address, y.address) && str_eq(x.old_address, y.old_address);
}

static bool is_outwardly_same(const struct plan *p, struct arena *a, const struct source_doc *was,
			      const struct source_doc *now)
{
	return !now->is_hidden && was->is_post == now->is_post &&
	       was->is_draft == now->is_draft && was->is_section == now->is_section &&
	       was->is_bundle == now->is_bundle && !was->body.n == !now->body.n &&
	       was->lang_in_name == now->lang_in_name && str_eq(was->lang, now->lang) &&
	       str_eq(was->place, now->place) &&
	       str_eq(was->translation_key, now->translation_key) &&
	       same_list(&was->aliases, &now->aliases) && same_place(p, a, *was, *now);
}

/* What the plan gave the text stays; it must not point into what is freed. */
static void take_over(struct plan_item *it, struct plan_item *now)
{
	struct arena *a = now->arena;
	struct str *aliases = arena_array(a, it->n_aliases + 1, sizeof *aliases);
	size_t i;

	now->doc.slug = arena_str(a, it->doc.slug);
	now->doc.address = arena_str(a, it->doc.address);
	now->doc.old_address = arena_str(a, it->doc.old_address);
	now->set = it->set.n ? arena_str(a, it->set) : STR_NONE;
	for (i = 0; i < it->n_aliases; i++)
		aliases[i] = arena_str(a, it->aliases[i]);
	now->aliases = aliases;
	now->n_aliases = it->n_aliases;
	plan_whole_free(it->whole);
	arena_free(it->place);
	arena_free(it->arena);
	*it = *now;			/* in its place: the index points to it */
}

bool plan_renew(struct plan *p, struct receipt *r, struct str path, struct plan_item **ret)
{
	CLEANUP(arena_freep) struct arena *scratch = arena_new(64 * 1024);
	struct plan_item *it = p->by_path ? map_find(p->by_path, path) : NULL;
	struct plan_stamping st = PLAN_STAMPING;
	struct plan_item now = { .arena = NULL };

	if (!p->index || !it || !it->is_read || it->doc.is_hidden || it->doc.address.n == 0 ||
	    !tree_renew(&p->tree, path))
		return false;
	p->receipt = r;
	p->cx.receipt = r;
	r->dialect = p->dialect_name;
	plan_read_one(p, NULL, &now, it->doc.path);
	if (!now.is_read || !is_outwardly_same(p, scratch, &it->doc, &now.doc)) {
		plan_whole_free(now.whole);
		arena_free(now.arena);
		return false;
	}
	take_over(it, &now);
	plan_stamp(p, it, &st);
	plan_stamping_release(&st);
	*ret = it;
	return true;
}
