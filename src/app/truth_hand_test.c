/* truth_hand_test.c - every way in which a site changes, by random numbers. */
#include "app/truth_test.h"

#include "content/address.h"
#include "content/media.h"
#include "content/post.h"
#include "site/settings.h"

#define DAY 86400

uint64_t hand_pick(struct hand *h, uint64_t n)
{
	h->seed ^= h->seed << 13;
	h->seed ^= h->seed >> 7;
	h->seed ^= h->seed << 17;
	return (h->seed * 0x2545f4914f6cdd1du >> 33) % n;
}

static const char *const words[] = {
	"rain", "hills", "Łódź", "été", "<b>bread</b>", "a & b", "night", "**boat**",
	"[stone](/a-1/)",
	"water", "\"quoted\"", "road", "`code`", "![pic](/media/12345678/p.png)", "salt", "north",
	"]]>", "wind", "{{tag}}", "old",
};
static const char *const tags[] = { "rain", "bread", "boats", "Éclair", "north", "salt" };
static const char *const authors[] = { "Anna", "Béla", "Carla" };
static const char *const langs[] = { "", "", "", "fr", "de", "ar" };

static struct str pick_word(struct hand *h)
{
	return str_of(words[hand_pick(h, ARRAY_LEN(words))]);
}

static struct str pick_text(struct hand *h)
{
	CLEANUP(buf_release) struct buf b = BUF(64 * 1024);
	uint64_t n = hand_pick(h, 60);

	for (uint64_t i = 0; i < n; i++) {
		uint64_t what = hand_pick(h, 20);

		buf_add(&b, pick_word(h));
		buf_adds(&b, what == 0 ? "\n\n## Part\n\n" : what == 1 ? "\n\n<!--more-->\n\n"
			 : what == 2 ? "\n\n" : " ");
	}
	return arena_str(h->a, buf_str(&b));
}

static struct str pick_path(struct hand *h)
{
	return arena_printf(h->a, hand_pick(h, 6) ? "/a-%d/" : "/2031/b-%d/",
			    (int)hand_pick(h, 60));
}

static struct str pick_title(struct hand *h)
{
	if (hand_pick(h, 8) == 0)
		return STR("");
	return arena_printf(h->a, "%.*s %d", STR_ARG(pick_word(h)), (int)hand_pick(h, 1000));
}

/* Around the turn of a month, far away, or the same second as another. */
static int64_t pick_date(struct hand *h)
{
	switch (hand_pick(h, 5)) {
	case 0: return h->now + (int64_t)hand_pick(h, 5 * DAY) + 1;
	case 1: return h->now - (int64_t)hand_pick(h, 4) * DAY;
	case 2: return h->now - 700 * DAY + (int64_t)hand_pick(h, 600 * DAY);
	default: return h->now - (int64_t)hand_pick(h, 90 * DAY);
	}
}

static void pick_terms(struct hand *h, struct post_edit *in)
{
	struct term_name *t = arena_array(h->a, 8, sizeof *t);

	in->terms = t;
	in->n_terms = 0;
	for (uint64_t k = hand_pick(h, 4); k > 0; k--)
		t[in->n_terms++] = (struct term_name){
			TERM_TAG, str_of(tags[hand_pick(h, ARRAY_LEN(tags))]) };
	for (uint64_t k = hand_pick(h, 3); k > 1; k--)
		t[in->n_terms++] = (struct term_name){
			TERM_AUTHOR, str_of(authors[hand_pick(h, ARRAY_LEN(authors))]) };
}

/* --- changes of one post: each touches one thing --- */

static void touch_text(struct hand *h, struct post_edit *in) { in->source = pick_text(h); }
static void touch_title(struct hand *h, struct post_edit *in) { in->title = pick_title(h); }
static void touch_path(struct hand *h, struct post_edit *in) { in->path = pick_path(h); }
static void touch_date(struct hand *h, struct post_edit *in) { in->published_at = pick_date(h); }
static void touch_draft(struct hand *h, struct post_edit *in) { (void)h; in->draft = !in->draft; }
static void touch_kind(struct hand *h, struct post_edit *in)
{
	in->kind = hand_pick(h, 3) ? POST_POST : POST_PAGE;
}
static void touch_pin(struct hand *h, struct post_edit *in) { (void)h; in->pinned = !in->pinned; }
static void touch_menu(struct hand *h, struct post_edit *in)
{
	(void)h;
	in->in_menu = !in->in_menu;
}
static void touch_weight(struct hand *h, struct post_edit *in)
{
	in->weight = (int64_t)hand_pick(h, 30);
}
static void touch_summary(struct hand *h, struct post_edit *in)
{
	in->summary = hand_pick(h, 2) ? pick_title(h) : STR("");
}
static void touch_lang(struct hand *h, struct post_edit *in)
{
	in->lang = str_of(langs[hand_pick(h, ARRAY_LEN(langs))]);
}
static void touch_set(struct hand *h, struct post_edit *in)
{
	in->set = hand_pick(h, 4) ? arena_printf(h->a, "set-%d", (int)hand_pick(h, 5)) : STR("");
}
static void touch_updated(struct hand *h, struct post_edit *in)
{
	in->updated_at = hand_pick(h, 2) ? pick_date(h) : 0;
}
static void touch_cover(struct hand *h, struct post_edit *in)
{
	in->cover = hand_pick(h, 2) ? STR("/media/12345678/cover.png") : STR("");
	in->cover_alt = pick_word(h);
}
static void touch_aliases(struct hand *h, struct post_edit *in)
{
	struct str *alias = ARENA_NEW(h->a, struct str);

	*alias = pick_path(h);
	in->aliases = alias;
	in->n_aliases = 1;
}

static const struct touch {
	const char *name;
	void (*make)(struct hand *, struct post_edit *);
} touches[] = {
	{ "text", touch_text }, { "text", touch_text }, { "title", touch_title },
	{ "path", touch_path }, { "date", touch_date }, { "date", touch_date },
	{ "draft", touch_draft }, { "kind", touch_kind }, { "pin", touch_pin },
	{ "menu", touch_menu }, { "weight", touch_weight }, { "summary", touch_summary },
	{ "lang", touch_lang }, { "set", touch_set }, { "updated", touch_updated },
	{ "cover", touch_cover }, { "aliases", touch_aliases }, { "terms", pick_terms },
};

/* --- transactions --- */

struct change {
	struct host_tx t;
	struct edit_rules rules;
	struct site *site;
};

static bool begin(struct hand *h, struct change *c)
{
	struct settings s;

	*c = (struct change){ .t = HOST_TX_NONE };
	if (!registry_site(h->host->registry, h->site, &c->site, &h->f)
	    || !registry_begin_site(h->host->registry, c->site, TX_WRITE, &c->t, &h->f)
	    || !settings_load(h->a, c->t.tx, &s, &h->f))
		return false;
	c->rules = edit_rules_of(h->a, &s, h->now);
	return true;
}

static bool end(struct hand *h, struct change *c, bool ok)
{
	ok = ok && registry_commit(&c->t, &h->f);
	registry_end(&c->t);
	site_unref(c->site);
	return ok;
}

static bool put(struct hand *h, struct change *c, struct post_edit *in, int64_t *id)
{
	struct body body;

	if (!body_render(h->a, in->source, in->lang.n ? in->lang : STR("en"), NULL, NULL, &body,
			 &h->f))
		return false;
	in->body = &body;
	return edit_put(c->t.tx, &c->rules, in, id, &h->f);
}

/* The post as it is, ready to be put again. */
static struct post_edit again(struct hand *h, const struct post *p)
{
	struct term_name *terms = arena_array(h->a, p->n_terms + 1, sizeof *terms);
	struct post_edit in = {
		.id = p->id, .kind = p->kind, .draft = p->status == POST_DRAFT, .path = p->path,
		.title = p->title, .source = p->source, .summary = p->summary, .lang = p->lang,
		.set = p->set, .cover = p->cover, .cover_alt = p->cover_alt,
		.cover_width = p->cover_width, .cover_height = p->cover_height,
		.published_at = p->published_at, .updated_at = p->updated_at, .weight = p->weight,
		.pinned = p->pinned, .in_menu = p->in_menu, .terms = terms,
	};

	for (size_t i = 0; i < p->n_terms; i++)
		if (p->terms[i].kind != TERM_LANG)
			terms[in.n_terms++] = (struct term_name){ p->terms[i].kind,
								  p->terms[i].name };
	return in;
}

static bool pick_post(struct hand *h, struct change *c, struct post **ret)
{
	struct post_list all;

	*ret = NULL;
	if (!post_all_briefly(h->a, c->t.tx, 0, 1000, &all, &h->f))
		return false;
	return !all.n || post_by_id(h->a, c->t.tx, all.p[hand_pick(h, all.n)].id, ret, &h->f);
}

static bool make_new(struct hand *h, struct change *c)
{
	struct post_edit in = {
		.path = pick_path(h), .title = pick_title(h), .source = pick_text(h),
		.published_at = pick_date(h),
	};
	int64_t id;

	pick_terms(h, &in);
	touch_lang(h, &in);
	touch_kind(h, &in);
	if (hand_pick(h, 4) == 0)
		touch_set(h, &in);
	in.pinned = hand_pick(h, 15) == 0;
	in.in_menu = in.kind == POST_PAGE && hand_pick(h, 2);
	return put(h, c, &in, &id);
}

static bool touch_one(struct hand *h, struct change *c)
{
	const struct touch *t = &touches[hand_pick(h, ARRAY_LEN(touches))];
	struct post_edit in;
	struct post *p;
	int64_t id;

	if (!pick_post(h, c, &p))
		return false;
	if (!p)
		return make_new(h, c);
	in = again(h, p);
	t->make(h, &in);
	h->did = t->name;
	return put(h, c, &in, &id);
}

static bool remove_one(struct hand *h, struct change *c)
{
	struct post *p;

	return pick_post(h, c, &p) && (!p || edit_remove(c->t.tx, &c->rules, p->id, &h->f));
}

/* As an import does: many posts of one time, then settled. */
static bool batch(struct hand *h, struct change *c)
{
	for (int i = 0; i < 12; i++)
		if (!(hand_pick(h, 3) ? make_new(h, c) : touch_one(h, c)))
			return false;
	h->did = "batch";
	return edit_settle(c->t.tx, &c->rules, &h->f);
}

/* Removes half of a shelf's neighbourhood, so that shelves become empty. */
static bool clear_out(struct hand *h, struct change *c)
{
	for (int i = 0; i < 6; i++)
		if (!remove_one(h, c))
			return false;
	return true;
}

static bool set(struct hand *h, struct change *c, const char *key, const char *value, bool lists)
{
	struct settings s;

	h->did = key;
	if (!settings_set(c->t.tx, str_of(key), str_of(value), &h->f))
		return false;
	if (!lists)
		return true;
	if (!settings_load(h->a, c->t.tx, &s, &h->f))
		return false;
	c->rules = edit_rules_of(h->a, &s, h->now);
	return edit_arrange(c->t.tx, &c->rules, &h->f);
}

static bool change_setting(struct hand *h, struct change *c)
{
	static const struct {
		const char *key, *values[4];
		bool lists;
	} all[] = {
		{ "title", { "One", "Two & <three>", "", "Vier" }, false },
		{ "order", { "newest", "serial", "newest", "serial" }, true },
		{ "posts_per_page", { "1", "2", "3", "5" }, true },
		{ "timezone",
		  { "UTC", "Europe/Paris", "Pacific/Auckland", "America/New_York" },
		  true },
		{ "footer", { "*Foot*", "", "[a](/b/)", "x" }, false },
		{ "menu", { "", "A = /a-1/\nB = /b/", "", "C = https://x.example/" }, false },
		{ "lists", { "full", "summary", "full", "summary" }, false },
		{ "author", { "Dora", "", "E & F", "Dora" }, false },
		{ "robots_ai", { "allow", "refuse", "allow", "refuse" }, false },
		{ "option.accent", { "#123456", "#654321", "", "#0a0a0a" }, false },
		{ "lang", { "en", "fr", "de", "en" }, false },
		{ "theme", { "asking", "", "asking", "plain" }, false },
		{ "option.tag", { "snow", "", "Rain", "no such" }, false },
		{ "menu.foot", { "A = /a-1/", "", "B = /b/\nC = /c/", "" }, false },
		{ "languages", { "fr, de", "en,es", "", "it" }, false },
		{ "tagline", { "Rain & hills", "", "*Wind*", "" }, false },
		{ "preset", { "novel", "", "gazette", "no such" }, false },
		{ "listed", { "no", "yes", "no", "" }, false },
	};
	size_t i = hand_pick(h, ARRAY_LEN(all));

	return set(h, c, all[i].key, all[i].values[hand_pick(h, 4)], all[i].lists);
}

static bool publish(struct hand *h, struct change *c)
{
	int64_t next, count;

	h->now += (int64_t)hand_pick(h, 2 * DAY);
	c->rules.now = h->now;
	return edit_publish_due(c->t.tx, &c->rules, &next, &count, &h->f);
}

/* A picture that texts link to, by a new address and an old one. */
static bool bring_file(struct hand *h, struct change *c)
{
	const struct media_place at = { .dir = c->site->dir };
	struct str bytes = arena_printf(h->a, "Words %d", (int)hand_pick(h, 4));
	struct medium m;

	return media_store(h->a, &at, STR("note.txt"), bytes, &m, &h->f)
		&& media_put(c->t.tx, &m, &h->f)
		&& address_point(c->t.tx, STR("/old/note.txt"), m.path, &h->f);
}

/* An address of old that leads to a post, or to what is gone, unless a post lives there. */
static bool point_address(struct hand *h, struct change *c)
{
	struct str from = arena_printf(h->a, "/old/%d/", (int)hand_pick(h, 4));
	struct post *p;

	if (!pick_post(h, c, &p))
		return false;
	return p && hand_pick(h, 3) ? address_move(c->t.tx, from, p->id, &h->f)
		: address_gone(c->t.tx, from, &h->f);
}

static const struct act {
	const char *name;
	int weight;
	bool (*make)(struct hand *, struct change *);
} acts[] = {
	{ "new", 6, make_new }, { "touch", 20, touch_one }, { "remove", 3, remove_one },
	{ "batch", 1, batch }, { "setting", 2, change_setting }, { "publish", 2, publish },
	{ "clear out", 1, clear_out }, { "file", 1, bring_file }, { "address", 1, point_address },
};

bool hand_change(struct hand *h)
{
	uint64_t at = hand_pick(h, 41);
	struct change c;
	size_t i = 0;
	bool ok;

	arena_reset(h->a);
	if (at >= 37)
		return hand_operate(h);
	for (; at >= (uint64_t)acts[i].weight; i++)
		at -= (uint64_t)acts[i].weight;
	h->did = acts[i].name;
	ok = begin(h, &c) && acts[i].make(h, &c);
	return end(h, &c, ok);
}

bool hand_set(struct hand *h, const char *key, const char *value)
{
	struct change c;
	bool ok = begin(h, &c) && set(h, &c, key, value, true);

	return end(h, &c, ok);
}

bool hand_fill(struct hand *h, int from, int to)
{
	static const char *const names[] = { "even", "odd" };
	struct change c;
	bool ok = begin(h, &c);

	for (int i = from; ok && i <= to; i++) {
		struct term_name terms[2] = {{ TERM_TAG, str_of(names[i % 2]) },
					      { TERM_AUTHOR, str_of(authors[i % 3]) } };
		struct post_edit in = {
			.path = arena_printf(h->a, "/p-%d/", i), .terms = terms, .n_terms = 2,
			.title = arena_printf(h->a, "Post %d", i), .source = STR("Some words."),
			.published_at = h->now - (int64_t)(501 - i) * DAY,
		};
		int64_t id;

		ok = put(h, &c, &in, &id) && id == i;
	}
	return end(h, &c, ok);
}

bool hand_edit(struct hand *h, int64_t id, const struct hand_edit *with)
{
	struct post_edit in;
	struct change c;
	struct post *p;
	bool ok = begin(h, &c) && post_by_id(h->a, c.t.tx, id, &p, &h->f) && p;

	if (ok) {
		in = again(h, p);
		if (with->text)
			in.source = str_of(with->text);
		if (with->title)
			in.title = str_of(with->title);
		if (with->slug)
			in.path = arena_printf(h->a, "/%s/", with->slug);
		if (with->at)
			in.published_at = with->at;
		ok = put(h, &c, &in, &id);
	}
	return end(h, &c, ok);
}
