/* edit.c - putting and removing posts: each step a function, all in one transaction. */
#include "content/edit.h"

#include <string.h>
#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "content/address.h"
#include "content/batch.h"
#include "content/edit_store.h"
#include "content/kinds.h"
#include "content/list.h"
#include "content/relate.h"
#include "content/shelve.h"
#include "content/term.h"
#include "fulltext/fulltext.h"
#include "unicode/slug.h"

/* One put at work. */
struct edit {
	struct arena *a;
	struct tx *tx;
	const struct edit_rules *rules;
	struct edit_batch *batch;	/* NULL: by itself */
	const struct post_edit *in;
	struct post *was;		/* NULL: it is new */
	int64_t id;
	enum post_status status;
	struct str path;
	int64_t *terms;			/* ids, in order */
	size_t n_terms;
	int64_t *tags;			/* those of them that are tags */
	size_t n_tags;
	bool terms_change;
	bool link_change;		/* what a link to it shows (view_link_to) */
};

/* First segments that the site itself answers. */
static const struct str reserved[] = {
	STR_INIT("tag"),   STR_INIT("author"),      STR_INIT("lang"), STR_INIT("archive"),
	STR_INIT("page"),  STR_INIT("search"),      STR_INIT("feed"), STR_INIT("rss"),
	STR_INIT("atom"),  STR_INIT("media"),       STR_INIT("_"),    STR_INIT("index"),
	STR_INIT("start"), STR_INIT(".well-known"),
};

bool edit_path_is_reserved(struct str path)
{
	struct str rest, first = str_cut(str_skip(path, 1), '/', &rest);

	if (first.n == 0)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(reserved); i++)
		if (str_eq(first, reserved[i]))
			return true;
	return false;
}

/* The wished path, or the first of path-2, path-3 ... that is free. */
static bool choose_path(struct edit *e, struct fail *f)
{
	struct str wish = e->in->path, stem = str_sub(wish, 0, wish.n ? wish.n - 1 : 0);

	if (wish.n < 2 || wish.p[0] != '/' || wish.p[wish.n - 1] != '/')
		return fail(f, FAIL_INVALID,
			    "the address \"%.*s\" should begin and end with a slash",
			    STR_ARG(wish));
	e->path = wish;
	for (int k = 2; k < 1000; k++) {
		int64_t holder = 0;

		if (!edit_path_is_reserved(e->path)
		    && !edit_store_path_holder(e->tx, e->path, &holder, f))
			return false;
		if (!edit_path_is_reserved(e->path) && (holder == 0 || holder == e->id))
			return true;
		e->path = arena_printf(e->a, "%.*s-%d/", STR_ARG(stem), k);
	}
	return fail(f, FAIL_CONFLICT, "too many posts want the address %.*s", STR_ARG(wish));
}

static enum post_status status_of(const struct edit *e)
{
	if (e->in->draft)
		return POST_DRAFT;
	return e->in->published_at > e->rules->now ? POST_SCHEDULED : POST_PUBLISHED;
}

static bool check(const struct post_edit *in, struct fail *f)
{
	if (in->title.n > LIMIT_TITLE)
		return fail(f, FAIL_TOO_LARGE, "the title is longer than %d bytes", LIMIT_TITLE);
	if (in->source.n > LIMIT_POST)
		return fail(f, FAIL_TOO_LARGE, "the text is longer than %d KiB", LIMIT_POST / KIB);
	if (in->n_terms > LIMIT_TAGS)
		return fail(f, FAIL_TOO_LARGE, "more than %d tags and authors", LIMIT_TAGS);
	return true;
}

static bool add_term(struct edit *e, enum term_kind kind, struct str slug, struct str name,
		     struct fail *f)
{
	int64_t id;

	if (slug.n == 0)
		return true;
	if (!(e->batch ? batch_find_term(e->batch, e->tx, kind, slug, name, &id, f)
		       : edit_store_term(e->tx, kind, slug, name, &id, f)))
		return false;
	for (size_t i = 0; i < e->n_terms; i++)
		if (e->terms[i] == id)
			return true;
	e->terms[e->n_terms++] = id;
	if (kind == TERM_TAG)
		e->tags[e->n_tags++] = id;
	return true;
}

/* Names become terms; the language is one too (TERM_OWN_LANG for that of the site). */
static bool resolve_terms(struct edit *e, struct fail *f)
{
	const struct post_edit *in = e->in;
	struct str lang = in->lang.n ? in->lang : TERM_OWN_LANG;

	e->terms = arena_array(e->a, in->n_terms + 1, sizeof *e->terms);
	e->tags = arena_array(e->a, in->n_terms + 1, sizeof *e->tags);
	for (size_t i = 0; i < in->n_terms; i++) {
		struct str name = utf8_cut(str_trim(in->terms[i].name), LIMIT_TITLE);

		if (!add_term(e, in->terms[i].kind, slug_make(e->a, name, 80), name, f))
			return false;
	}
	return add_term(e, TERM_LANG, lang, lang, f);
}

static bool same_terms(const struct edit *e)
{
	if (!e->was || e->was->n_terms != e->n_terms)
		return false;
	for (size_t i = 0; i < e->n_terms; i++)
		if (e->was->terms[i].id != e->terms[i])
			return false;
	return true;
}

static bool write_terms(struct edit *e, struct fail *f)
{
	e->terms_change = !same_terms(e);
	if (!e->terms_change)
		return true;
	for (size_t i = 0; e->batch && i < e->n_terms; i++)
		batch_add_term(e->batch, e->id, (int64_t)i, e->terms[i]);
	if (e->batch)
		return true;
	if (e->was && !edit_store_terms_clear(e->tx, e->id, f))
		return false;
	for (size_t i = 0; i < e->n_terms; i++)
		if (!edit_store_terms_add(e->tx, e->id, (int64_t)i, e->terms[i], f))
			return false;
	return true;
}

static bool is_listed(enum post_kind kind, enum post_status status)
{
	return kind == POST_POST && status == POST_PUBLISHED;
}

static int64_t order_of(const struct edit_rules *rules, int64_t weight, int64_t published_at)
{
	return rules->serial && weight > 0 ? weight : published_at;
}

/* Links to a post show this much of it: web/view.h, view_link_to(). */
static bool link_changes(const struct edit *e)
{
	const struct post_edit *in = e->in;
	const struct post *was = e->was;

	return !was || was->kind != in->kind || was->status != e->status
		|| !str_eq(was->title, in->title) || !str_eq(was->path, e->path)
		|| !str_eq(was->lang, in->lang) || was->published_at != in->published_at
		|| was->weight != in->weight || !str_eq(was->cover, in->cover)
		|| !str_eq(was->cover_alt, in->cover_alt) || was->cover_width != in->cover_width
		|| was->cover_height != in->cover_height;
}

/* The lists of a post that is listed, that of all posts the last one. */
static size_t lists_of(struct edit *e, int64_t **ret)
{
	size_t n = 0;

	*ret = arena_array(e->a, e->n_terms + 1, sizeof **ret);
	if (!is_listed(e->in->kind, e->status))
		return 0;
	for (; n < e->n_terms; n++)
		(*ret)[n] = e->terms[n];
	(*ret)[n++] = 0;
	return n;
}

/* A batch takes what goes to the end of all its lists. For others it writes what it holds. */
static bool try_batch(struct edit *e, struct fail *f)
{
	const struct post_edit *in = e->in;
	int64_t *lists;
	size_t n = lists_of(e, &lists);
	bool takes = !e->was;

	if (takes && !batch_takes(e->batch, e->tx, lists, n, order_of(e->rules, in->weight,
				  in->published_at), e->id, &takes, f))
		return false;
	if (takes)
		return true;
	if (!batch_yield(e->batch, e->tx, f))
		return false;
	e->batch = NULL;
	return true;
}

static bool write_places(struct edit *e, struct fail *f)
{
	const struct post_edit *in = e->in;
	int64_t at = order_of(e->rules, in->weight, in->published_at), *lists;
	size_t n = lists_of(e, &lists);
	struct shelving s = { .post = e->id, .lists = lists, .n_lists = n, .shown_change = true,
			      .link_change = e->link_change, .at = at, .out = in->published_at };

	if (!e->batch)
		return shelve(e->a, e->tx, e->rules, &s, f);
	for (size_t i = 0; i < n; i++)
		batch_place(e->batch, lists[i], at, e->id, in->published_at);
	return true;
}

/* The old address leads here; the new one and the aliases are ours now. */
static bool write_addresses(struct edit *e, struct fail *f)
{
	const struct post_edit *in = e->in;

	/* What led on from there goes on doing so until there is something to see. */
	if (e->status == POST_PUBLISHED && !address_clear(e->tx, e->path, f))
		return false;
	if (e->was && !str_eq(e->was->path, e->path) && e->was->status == POST_PUBLISHED
	    && !address_move(e->tx, e->was->path, e->id, f))
		return false;
	for (size_t i = 0; i < in->n_aliases; i++) {
		int64_t holder = 0;

		if (str_eq(in->aliases[i], e->path) || in->aliases[i].n == 0)
			continue;
		/* A post that lives there is worth more than an alias. */
		if (!edit_store_path_holder(e->tx, in->aliases[i], &holder, f))
			return false;
		if (holder == 0 && !address_move(e->tx, in->aliases[i], e->id, f))
			return false;
	}
	return true;
}

static void name_terms(const struct post_edit *in, struct buf *names)
{
	for (size_t i = 0; i < in->n_terms; i++) {
		buf_add(names, in->terms[i].name);
		buf_addc(names, ' ');
	}
}

bool edit_concord(struct concord_maker *m, struct arena *a, const struct post_edit *in,
		const struct concord **ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf names = BUF(64 * KIB);

	name_terms(in, &names);
	const struct str columns[] = { in->title, buf_str(&names), in->body->md.text };

	return concord_make(m, a, columns, ret, f);
}

static bool write_fulltext(struct edit *e, struct fail *f)
{
	CLEANUP(buf_release) struct buf names = BUF(64 * KIB);
	struct str title = e->in->title, text = e->in->body->md.text;

	if (e->status != POST_PUBLISHED)
		return !e->was || fulltext_remove(e->tx, e->id, f);
	name_terms(e->in, &names);
	if (e->was)
		return fulltext_put(e->tx, e->id, title, buf_str(&names), text, f);
	if (e->in->concord && e->batch && e->batch->takes_words)
		return build_add(e->batch->words, e->tx, e->id, title, buf_str(&names), text,
				 e->in->concord, f);
	return fulltext_add(e->tx, e->id, title, buf_str(&names), text, f);
}

/* "/club/board/" is seen by what lists all pages, those of /club/ and those of /club/board/. */
static void raise_folders(struct tx *tx, struct str path)
{
	for (size_t i = 0; i < path.n; i++)
		if (path.p[i] == '/')
			tx_raise(tx, GEN_PAGES, query_key("s", str_sub(path, 0, i + 1)));
}

/* What no parameter of a statement names: of the post as it was, and as it is. shown: a
 * link to it looks different; moved: so does its line in the sitemap. */
static void raise_rest(struct tx *tx, int64_t id, const struct post *p, bool shown, bool moved)
{
	tx_raise(tx, GEN_ADDRESS, query_key("s", p->path));
	if (p->pinned)
		tx_raise(tx, GEN_PINNED, query_key(""));
	if (p->kind == POST_PAGE)
		raise_folders(tx, p->path);
	if (p->in_menu && shown)
		tx_raise(tx, GEN_MENU, query_key(""));
	if (p->set.n && shown)
		tx_raise(tx, GEN_SET, query_key("s", p->set));
	if (moved)
		tx_raise(tx, GEN_SITEMAP, query_key("i", (id - 1) / SITEMAP_PART));
}

static void raise_put(const struct edit *e)
{
	const struct post_edit *in = e->in;
	const struct post *was = e->was;
	struct post now = { .kind = in->kind, .path = e->path, .pinned = in->pinned,
			    .in_menu = in->in_menu, .set = in->set };
	bool shown = e->link_change || was->in_menu != in->in_menu || !str_eq(was->set, in->set);
	bool moved = !was || was->status != e->status || !str_eq(was->path, e->path)
		|| was->published_at != in->published_at || was->updated_at != in->updated_at;

	if (was)
		raise_rest(e->tx, e->id, was, shown, moved);
	raise_rest(e->tx, e->id, &now, shown, moved);
	if (!was && (e->id - 1) % SITEMAP_PART == 0)
		tx_raise(e->tx, GEN_PARTS, query_key(""));
}

static bool begin(struct edit *e, struct fail *f)
{
	e->id = e->in->id;
	if (!check(e->in, f))
		return false;
	if (e->id && !post_by_id(e->a, e->tx, e->id, &e->was, f))
		return false;
	if (e->id && !e->was)
		return fail(f, FAIL_NOT_FOUND, "there is no post %lld", (long long)e->id);
	if (!e->id && !(e->batch ? batch_next_id(e->batch, e->tx, &e->id, f)
				 : edit_store_next_id(e->tx, &e->id, f)))
		return false;
	e->status = status_of(e);
	return choose_path(e, f);
}

/* Relating costs the most and changes only with the terms. */
static bool write_related(struct edit *e, struct fail *f)
{
	bool was_out = e->was && is_listed(e->was->kind, e->was->status);

	if (!is_listed(e->in->kind, e->status))
		return !was_out || edit_store_unrelate(e->tx, e->id, f);
	if (was_out && !e->terms_change)
		return true;
	if (e->batch)
		return relate_new(e->batch, e->tx, e->id, e->tags, e->n_tags, f);
	return relate(e->a, e->tx, e->id, e->tags, e->n_tags, f);
}

static bool put(struct edit *e, struct fail *f)
{
	const struct post_edit *in = e->in;

	e->link_change = link_changes(e);
	if (!edit_store_write(e->tx, e->id, e->status, e->path, in, e->rules->now, f)
	    || !resolve_terms(e, f) || (e->batch && !try_batch(e, f)) || !write_terms(e, f)
	    || !write_places(e, f) || !write_related(e, f) || !write_addresses(e, f)
	    || !write_fulltext(e, f))
		return false;
	raise_put(e);
	return true;
}

bool edit_put(struct tx *tx, const struct edit_rules *rules, const struct post_edit *in,
	      int64_t *id, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct edit e = { .a = a, .tx = tx, .rules = rules, .in = in };

	if (!begin(&e, f) || !put(&e, f))
		return false;
	*id = e.id;
	return true;
}

bool edit_batch_put(struct edit_batch *b, struct tx *tx, const struct post_edit *in, int64_t *id,
		    struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct edit e = { .a = a, .tx = tx, .rules = b->rules, .batch = b, .in = in };

	if (!begin(&e, f) || !put(&e, f))
		return false;
	*id = e.id;
	return true;
}

bool edit_remove(struct tx *tx, const struct edit_rules *rules, int64_t id, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct shelving nowhere = { .post = id, .link_change = true };
	int64_t parts, parts_left;
	struct post *p;

	if (!post_by_id(a, tx, id, &p, f) || !list_sitemap_parts(tx, &parts, f))
		return false;
	if (!p)
		return fail(f, FAIL_NOT_FOUND, "there is no post %lld", (long long)id);
	if (!shelve(a, tx, rules, &nowhere, f) || !edit_store_unrelate(tx, id, f)
	    || !edit_store_terms_clear(tx, id, f) || !fulltext_remove(tx, id, f)
	    || !edit_store_delete(tx, id, f) || !address_gone_all(a, tx, id, f)
	    || !list_sitemap_parts(tx, &parts_left, f))
		return false;
	raise_rest(tx, id, p, true, true);
	if (parts != parts_left)
		tx_raise(tx, GEN_PARTS, query_key(""));
	return p->status != POST_PUBLISHED || address_gone(tx, p->path, f);
}

/* A scheduled post comes out: as if it had been put again, but nothing is rendered. */
static bool publish(struct arena *a, struct tx *tx, const struct edit_rules *rules, int64_t id,
		    struct fail *f)
{
	struct post *p;
	struct body body = { .md = { .words = 0 } };
	struct post_edit in;
	struct term_name *terms;
	struct edit e = { .a = a, .tx = tx, .rules = rules, .in = &in, .id = id,
			  .status = POST_PUBLISHED, .link_change = true };

	if (!post_by_id(a, tx, id, &p, f) || !p)
		return false;
	terms = arena_array(a, p->n_terms + 1, sizeof *terms);
	in = (struct post_edit){ .id = id, .kind = p->kind, .title = p->title, .lang = p->lang,
		.published_at = p->published_at, .weight = p->weight, .body = &body,
		.terms = terms };
	body.md.text = p->text;
	for (size_t i = 0; i < p->n_terms; i++)
		if (p->terms[i].kind != TERM_LANG)
			terms[in.n_terms++] =
				(struct term_name){ p->terms[i].kind, p->terms[i].name };
	e.was = p;
	e.path = p->path;
	if (!edit_store_publish(tx, id, f) || !resolve_terms(&e, f) || !write_places(&e, f)
	    || !write_related(&e, f) || !write_fulltext(&e, f) || !address_clear(tx, e.path, f))
		return false;
	raise_rest(tx, id, p, true, true);
	return true;
}

bool edit_publish_due(struct tx *tx, const struct edit_rules *rules, int64_t *next, int64_t *count,
		      struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	int64_t *ids;
	size_t n;

	*count = 0;
	do {
		if (!edit_store_due(a, tx, rules->now, &ids, &n, f))
			return false;
		for (size_t i = 0; i < n; i++)
			if (!publish(a, tx, rules, ids[i], f))
				return false;
		*count += (int64_t)n;
	} while (n > 0);
	return edit_next_due(tx, next, f);
}
