/* shelve.c - places in lists. A post that is newer than all others goes on the last
 * shelf or opens one; an older one joins the shelf of the post before it, so that no
 * other shelf moves. Shelves that grow too full that way wait for edit_arrange(). */
#include "content/shelve.h"

#include "base/date.h"
#include "content/kinds.h"
#include "content/list.h"
#include "unicode/zone.h"

enum { FEED_POSTS = LIST_TOP };	/* as feeds show: see feeds/ */

int64_t shelve_month(const struct edit_rules *rules, int64_t t)
{
	struct date d = date_of(t, zone_offset(rules->zone, t));

	return d.year * 100 + d.month;
}

/* A link to the post stands on its neighbours' pages and on those it is related to. moves:
 * it comes or goes, so that posts that know of it may show it now, or no longer. */
static bool raise_links(struct arena *a, struct tx *tx, const struct place *p, bool moves,
			struct fail *f)
{
	struct place before, after;
	int64_t *ids;
	size_t n;

	if (tx_raises_all(tx))
		return true;
	if (!edit_store_around(tx, p, &before, &after, f)
	    || !(moves ? edit_store_related_to(a, tx, p->post, &ids, &n, f)
		       : edit_store_shown_by(a, tx, p->post, &ids, &n, f)))
		return false;
	if (before.post)
		tx_raise(tx, GEN_AROUND, query_key("i", before.post));
	if (after.post)
		tx_raise(tx, GEN_AROUND, query_key("i", after.post));
	for (size_t i = 0; i < n; i++)
		tx_raise(tx, GEN_AROUND, query_key("i", ids[i]));
	if (moves)
		tx_raise(tx, GEN_AROUND, query_key("i", p->post));
	return true;
}

/* Of the newest posts as lists show them, in the sizes that are asked for. */
static bool raise_top(struct tx *tx, const struct place *p, struct fail *f)
{
	int64_t newer;

	if (!edit_store_newer(tx, p, LIST_TOP, &newer, f))
		return false;
	for (int i = 0;; i++) {
		if (list_tops[i] > newer)
			tx_raise(tx, GEN_TOP, query_key("ii", p->list, (int64_t)list_tops[i]));
		if (list_tops[i] == LIST_TOP)
			return true;
	}
}

static bool raise_feed(struct tx *tx, const struct place *p, struct fail *f)
{
	int64_t oldest;

	if (tx_raises_all(tx))
		return true;
	if (!edit_store_nth_newest(tx, p->list, FEED_POSTS, &oldest, f))
		return false;
	if (p->out < oldest)
		return true;
	tx_raise(tx, GEN_FEED, query_key("i", p->list));
	return raise_top(tx, p, f);
}

static bool month_change(struct tx *tx, const struct edit_rules *rules, const struct place *p,
			 int64_t by, struct fail *f)
{
	int64_t ym = shelve_month(rules, p->out);

	if (p->list != 0)
		return true;
	tx_raise(tx, GEN_MONTH, query_key("i", ym));
	return by == 0 || edit_store_month_add(tx, ym, by, f);
}

static bool term_change(struct tx *tx, int64_t list, int64_t by, struct fail *f)
{
	return list == 0 || edit_store_term_add(tx, list, by, f);
}

/* A shelf came or went: the pages beside it lead elsewhere now. */
static void raise_room(struct tx *tx, const struct place *p)
{
	tx_raise(tx, GEN_LIST, query_key("i", p->list));
	tx_raise(tx, GEN_ROOM, query_key("ii", p->list, p->shelf));
}

static bool take_down(struct arena *a, struct tx *tx, const struct edit_rules *rules,
		      const struct place *p, bool leaves, struct fail *f)
{
	int64_t left;

	if (!raise_feed(tx, p, f) || (p->list == 0 && !raise_links(a, tx, p, true, f))
	    || !edit_store_unplace(tx, p, f) || !month_change(tx, rules, p, -1, f)
	    || !list_shelf_size(tx, p->list, p->shelf, &left, f))
		return false;
	if (left == 0)
		raise_room(tx, p);
	return !leaves || term_change(tx, p->list, -1, f);
}

/* Which shelf a new place belongs on. */
static bool find_shelf(struct tx *tx, const struct edit_rules *rules, struct place *p,
		       struct fail *f)
{
	struct place before, after;
	int64_t size = 0;

	if (!edit_store_around(tx, p, &before, &after, f))
		return false;
	p->shelf = before.post ? before.shelf : after.post ? after.shelf : 1;
	if (after.post)
		return true;
	if (before.post && !list_shelf_size(tx, p->list, p->shelf, &size, f))
		return false;
	if (size >= rules->per_page)
		p->shelf++;
	if (size == 0 || size >= rules->per_page)
		raise_room(tx, p);
	return true;
}

static bool put_up(struct arena *a, struct tx *tx, const struct edit_rules *rules, struct place *p,
		   bool joins, struct fail *f)
{
	return find_shelf(tx, rules, p, f) && edit_store_place(tx, p, f) && raise_feed(tx, p, f)
		&& month_change(tx, rules, p, 1, f)
		&& (p->list != 0 || raise_links(a, tx, p, true, f))
		&& (!joins || term_change(tx, p->list, 1, f));
}

/* It stays where it is; whoever shows it must show what changed. */
static bool refresh(struct arena *a, struct tx *tx, const struct edit_rules *rules,
		    const struct place *p, const struct shelving *s, struct fail *f)
{
	if (s->shown_change)
		tx_raise(tx, GEN_SHELF, query_key("ii", p->list, p->shelf));
	if (!raise_feed(tx, p, f))
		return false;
	if (!s->link_change)
		return true;
	return month_change(tx, rules, p, 0, f)
		&& (p->list != 0 || raise_links(a, tx, p, false, f));
}

static bool wants(const struct shelving *s, int64_t list)
{
	for (size_t i = 0; i < s->n_lists; i++)
		if (s->lists[i] == list)
			return true;
	return false;
}

static const struct place *place_in(const struct place *p, size_t n, int64_t list)
{
	for (size_t i = 0; i < n; i++)
		if (p[i].list == list)
			return &p[i];
	return NULL;
}

bool shelve(struct arena *a, struct tx *tx, const struct edit_rules *rules,
	    const struct shelving *s, struct fail *f)
{
	struct place *had;
	size_t n;

	if (!edit_store_places(a, tx, s->post, &had, &n, f))
		return false;
	for (size_t i = 0; i < n; i++) {
		bool stays = wants(s, had[i].list);

		if (stays && had[i].at == s->at && had[i].out == s->out) {
			if (!refresh(a, tx, rules, &had[i], s, f))
				return false;
			continue;
		}
		if (!take_down(a, tx, rules, &had[i], !stays, f))
			return false;
		had[i].at = INT64_MIN;		/* no longer there */
	}
	for (size_t i = 0; i < s->n_lists; i++) {
		const struct place *was = place_in(had, n, s->lists[i]);
		struct place p = { s->lists[i], s->at, s->post, 0, s->out };

		if (was && was->at != INT64_MIN)
			continue;
		if (!put_up(a, tx, rules, &p, !was, f))
			return false;
	}
	return true;
}
