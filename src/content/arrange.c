/* arrange.c - putting whole lists in order: after imports, and after settings that
 * lists depend on have changed. */
#include "content/edit.h"

#include "content/edit_store.h"
#include "content/kinds.h"
#include "content/shelve.h"
#include "site/settings.h"

struct edit_rules edit_rules_of(struct arena *a, const struct settings *s, int64_t now)
{
	return (struct edit_rules){ .zone = arena_cstr(a, s->timezone), .serial = s->serial,
				    .per_page = s->posts_per_page, .now = now };
}

/* Places from a shelf on, dealt out again. The first write to a shelf that changes raises
 * its counter through its statement; the one a post leaves is raised by hand. */
static bool deal_out(struct arena *a, struct tx *tx, const struct edit_rules *rules, int64_t list,
		     int64_t shelf, struct fail *f)
{
	struct place *p;
	size_t n;

	if (!edit_store_from_shelf(a, tx, list, shelf, &p, &n, f))
		return false;
	for (size_t i = 0; i < n; i++) {
		int64_t to = shelf + (int64_t)i / rules->per_page, from = p[i].shelf;

		if (from == to)
			continue;
		p[i].shelf = to;
		tx_raise(tx, GEN_SHELF, query_key("ii", list, from));
		tx_raise(tx, GEN_ROOM, query_key("ii", list, from));
		tx_raise(tx, GEN_ROOM, query_key("ii", list, to));
		if (!edit_store_set_shelf(tx, &p[i], f))
			return false;
	}
	tx_raise(tx, GEN_LIST, query_key("i", list));
	return true;
}

bool edit_settle(struct tx *tx, const struct edit_rules *rules, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct place *full;
	size_t n;

	if (!edit_store_overfull(a, tx, rules->per_page * 2, &full, &n, f))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!deal_out(a, tx, rules, full[i].list, full[i].shelf, f))
			return false;
	return true;
}

static bool count_months(struct arena *a, struct tx *tx, const struct edit_rules *rules,
			 struct fail *f)
{
	struct place *p;
	size_t n;

	if (!edit_store_months_clear(tx, f) || !edit_store_from_shelf(a, tx, 0, 0, &p, &n, f))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!edit_store_month_add(tx, shelve_month(rules, p[i].out), 1, f))
			return false;
	return true;
}

bool edit_arrange(struct tx *tx, const struct edit_rules *rules, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	int64_t *lists;
	size_t n;

	if (!edit_store_set_order(tx, rules->serial, f) || !edit_store_lists(a, tx, &lists, &n, f))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!deal_out(a, tx, rules, lists[i], 1, f))
			return false;
	tx_raise_all(tx);
	return count_months(a, tx, rules, f);
}
