/* cmd_post_list.c - hameau post list. */
#include "base/date.h"
#include "base/utf8.h"
#include "cli/cmd_post.h"
#include "content/browse.h"
#include "transfer/import_known.h"
#include "unicode/slug.h"
#include "unicode/zone.h"

enum { PAGE = 100, USUAL = 50 };	/* read at once; shown when nothing else is said */

struct listing {
	struct call *call;
	struct writing *w;
	struct browse browse;
	struct json json;
	bool addresses;
	int64_t left;
	struct str last;		/* the address shown last */
	bool is_more;			/* behind it */
};

/* Columns by code points, as site list has them. */
static void add_column(struct call *call, struct str text, size_t width)
{
	size_t n = utf8_length(text);

	call_out(call, "%.*s%*s", STR_ARG(text), (int)(n < width ? width - n + 2 : 2), "");
}

static struct str day_of(const struct listing *l, int64_t t)
{
	const char *zone = l->w->to.rules.zone;
	struct date d = date_of(t, zone ? zone_offset(zone, t) : 0);

	return t == 0 ? STR("-") : arena_printf(l->call->arena, "%04d-%02d-%02d %02d:%02d", d.year,
						d.month, d.day, d.hour, d.minute);
}

static void show_line(struct listing *l, struct str date, const char *state, struct str address,
		      struct str title)
{
	add_column(l->call, date, 16);
	add_column(l->call, str_of(state), 10);
	add_column(l->call, address, 30);
	call_out(l->call, "%.*s\n", STR_ARG(title));
}

static void show_json(struct listing *l, struct arena *a, const struct post *p)
{
	struct json *j = &l->json;

	j->b = call_buf(l->call);
	json_open(j, '{');
	json_put_str(j, "address", p->path);
	json_put_str(j, "title", p->title);
	json_put_str(j, "kind", p->kind == POST_PAGE ? STR("page") : STR("post"));
	json_put_str(j, "status", str_of(cmd_post_status_name(p->status)));
	cmd_post_json_date(j, "date", p->published_at, l->w->to.rules.zone);
	json_put_str(j, "language", p->lang.n ? p->lang : l->w->to.lang);
	json_put_str(j, "source", import_known_file(a, p->source_path));
	json_close(j, '}');
	j->comma = true;
	call_out(l->call, "\n");
}

static void show(struct listing *l, struct arena *a, const struct post *p)
{
	if (l->call->json)
		show_json(l, a, p);
	else if (l->addresses)
		call_out(l->call, "%.*s\n", STR_ARG(p->path));
	else
		show_line(l, day_of(l, p->published_at),
			  cmd_post_state(l->call, p->kind, p->status), p->path, p->title);
	l->browse.after = p->id;
}

/* One page in one transaction; sets left to 0 at the end. */
static bool show_page(struct listing *l, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(64 * 1024);
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct post_list list;
	size_t i;

	/* One more than is shown tells whether there is more. */
	l->browse.limit = (int)(l->left < PAGE ? l->left : PAGE) + 1;
	if (!tx_begin(l->w->db, TX_READ, &tx, f) || !browse(a, tx, &l->browse, &list, f))
		return false;
	l->is_more = list.n == (size_t)l->browse.limit;
	for (i = 0; i < list.n - l->is_more; i++)
		show(l, a, &list.p[i]);
	if (i)
		l->last = arena_str(l->call->arena, list.p[i - 1].path);
	l->left = l->is_more ? l->left - (int64_t)i : 0;
	return true;
}

static bool find_start(struct listing *l, struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct str address, after = call_option(l->call, "after");
	struct post *p;

	if (!after.p)
		return true;
	if (!cmd_post_address(l->call, after, &address, f) ||
	    !tx_begin(l->w->db, TX_READ, &tx, f) ||
	    !save_find_at(l->call->arena, tx, address, &p, f))
		return false;
	l->browse.after = p->id;
	return true;
}

static bool read_choice(struct listing *l, struct fail *f)
{
	static const struct { const char *option; enum browse_which which; } choices[] = {
		{ "drafts", BROWSE_DRAFTS }, { "scheduled", BROWSE_SCHEDULED },
		{ "pages", BROWSE_PAGES },
	};
	struct str tag = call_option(l->call, "tag");
	bool given = call_has(l->call, "deleted");

	for (size_t i = 0; i < ARRAY_LEN(choices); i++) {
		if (!call_has(l->call, choices[i].option))
			continue;
		if (given)
			return fail(f, FAIL_INVALID, "say one of --drafts, --scheduled, --pages "
				    "and --deleted");
		given = true;
		l->browse.which = choices[i].which;
	}
	if (tag.p)
		l->browse.tag = slug_make(l->call->arena, tag, 80);
	return !tag.p || l->browse.tag.n ||
	       fail(f, FAIL_NOT_FOUND, "no text has the tag %.*s", STR_ARG(tag));
}

static void tell_more(struct listing *l)
{
	if (l->is_more && !l->call->json && !l->addresses)
		call_note(l->call, tr(l->call->catalog, "There are more: --after %.*s"),
			  STR_ARG(l->last));
}

static bool list_posts(struct listing *l, struct fail *f)
{
	if (!find_start(l, f))
		return false;
	while (l->left > 0 && !call_is_cancelled(l->call))
		if (!show_page(l, f))
			return false;
	tell_more(l);
	return true;
}

static void show_kept(struct listing *l, const struct kept *k)
{
	struct json *j = &l->json;

	if (!l->call->json) {
		if (l->addresses)
			call_out(l->call, "%.*s\n", STR_ARG(k->address));
		else
			show_line(l, day_of(l, k->at), tr(l->call->catalog, "deleted"), k->address,
				  k->title);
		return;
	}
	j->b = call_buf(l->call);
	json_open(j, '{');
	json_put_str(j, "address", k->address);
	json_put_str(j, "title", k->title);
	cmd_post_json_date(j, "deleted", k->at, l->w->to.rules.zone);
	json_close(j, '}');
	j->comma = true;
	call_out(l->call, "\n");
}

static bool list_deleted(struct listing *l, struct fail *f)
{
	struct kept *list;
	size_t i, n;

	if (call_has(l->call, "after") || l->browse.tag.n)
		return fail(f, FAIL_INVALID, "--deleted takes no --after and no --tag");
	if (!kept_list(l->call->arena, l->w->to.dir, (size_t)l->left, &list, &n, f))
		return false;
	for (i = 0; i < n; i++)
		show_kept(l, &list[i]);
	return true;
}

bool cmd_post_list(struct call *call, struct fail *f)
{
	CLEANUP(writing_release) struct writing w = { .db = NULL };
	struct listing l = { .call = call, .w = &w, .addresses = call_has(call, "addresses") };
	bool done;

	if (!call_number(call, "limit", 1, 1000000, USUAL, &l.left, f) || !read_choice(&l, f) ||
	    !writing_open(call, &w, f))
		return false;
	if (call->json)
		call_out(call, "[");
	done = call_has(call, "deleted") ? list_deleted(&l, f) : list_posts(&l, f);
	if (call->json && done)
		call_out(call, "]\n");
	return done;
}
