/* export_text.c - see export_text.h. */
#include "transfer/export_text.h"

#include "base/date.h"
#include "base/json.h"
#include "base/limits.h"
#include "content/address.h"
#include "transfer/links.h"
#include "unicode/zone.h"

/* --- a head in YAML: every text as a quoted string, which JSON's are --- */

static void put_text(struct buf *b, const char *key, struct str v)
{
	struct json j = { .b = b };

	if (v.n == 0)
		return;
	buf_addf(b, "%s: ", key);
	json_str(&j, v);
	buf_addc(b, '\n');
}

static void put_date(struct buf *b, const char *key, int64_t t, const char *zone)
{
	if (t == 0)
		return;
	buf_addf(b, "%s: ", key);
	date_rfc3339(b, t, zone ? zone_offset(zone, t) : 0);
	buf_addc(b, '\n');
}

static void put_terms(struct buf *b, const char *key, const struct post *p, enum term_kind kind)
{
	struct json j = { .b = b };
	bool any = false;
	size_t i;

	for (i = 0; i < p->n_terms; i++) {
		if (p->terms[i].kind != kind)
			continue;
		if (!any) {
			buf_addf(b, "%s: ", key);
			json_open(&j, '[');
		}
		any = true;
		json_str(&j, p->terms[i].name);
	}
	if (!any)
		return;
	json_close(&j, ']');
	buf_addc(b, '\n');
}

static void put_aliases(struct buf *b, const struct str *aliases, size_t n)
{
	if (n)
		buf_adds(b, "aliases:\n");
	for (size_t i = 0; i < n; i++) {
		struct json j = { .b = b };

		buf_adds(b, "  - ");
		json_str(&j, aliases[i]);
		buf_addc(b, '\n');
	}
}

/* "/rain/" is the slug "rain"; an address of several parts is written whole. */
static void put_address(struct buf *b, const struct post *p)
{
	struct str inner = str_sub(p->path, 1, p->path.n - 1);

	if (p->kind == POST_POST && !str_has_char(inner, '/'))
		put_text(b, "slug", inner);
	else
		put_text(b, "url", p->path);
}

static void put_cover(struct buf *b, const struct post *p)
{
	struct json j = { .b = b };

	if (p->cover.n == 0)
		return;
	buf_adds(b, "cover:\n  image: ");
	json_str(&j, p->cover);
	if (p->cover_alt.n) {
		buf_adds(b, "\n  alt: ");
		j.comma = false;
		json_str(&j, p->cover_alt);
	}
	buf_addc(b, '\n');
}

static void put_head(struct buf *b, const struct post *p, const char *zone)
{
	buf_adds(b, "---\n");
	put_text(b, "title", p->title);
	put_address(b, p);
	put_date(b, "date", p->published_at, zone);
	put_date(b, "lastmod", p->updated_at, zone);
	if (p->status == POST_DRAFT)
		buf_adds(b, "draft: true\n");
	if (p->kind == POST_PAGE)
		buf_adds(b, "type: page\n");
	put_text(b, "lang", p->lang);
	put_text(b, "translationKey", p->set);
	put_terms(b, "tags", p, TERM_TAG);
	put_terms(b, "authors", p, TERM_AUTHOR);
	put_text(b, "summary", p->summary);
	put_cover(b, p);
	if (p->pinned)
		buf_adds(b, "pinned: true\n");
	if (p->in_menu)
		buf_addf(b, "menu:\n  main:\n    weight: %lld\n", (long long)p->weight);
	else if (p->weight)
		buf_addf(b, "weight: %lld\n", (long long)p->weight);
}

/* --- a text --- */

/* What the address became when the text was rendered: "raw<TAB>new<LF>" lines. */
static struct str now_of(struct str table, struct str raw)
{
	struct str line, now;

	while (str_line(&table, &line))
		if (str_eq(str_cut(line, '\t', &now), raw))
			return now;
	return STR_NONE;
}

static struct str with_addresses(struct arena *a, const struct post *p)
{
	struct link *links;
	size_t i, n;

	if (p->links.n == 0)
		return p->source;
	n = links_find(a, p->source, &links);
	for (i = 0; i < n; i++)
		links[i].now = now_of(p->links, links[i].url);
	return links_replace(a, p->source, links, n);
}

/* --- tags --- */

/* A pair of marks, and what the same pair becomes. */
struct marks {
	struct str open, close, new_open, new_close;
};

static const struct marks TAG[] = {
	{ STR_INIT("{{<"), STR_INIT(">}}"), STR_INIT("{{</*"), STR_INIT("*/>}}") },
	{ STR_INIT("{{%"), STR_INIT("%}}"), STR_INIT("{{%/*"), STR_INIT("*/%}}") },
};
static const struct marks UNTAG[] = {
	{ STR_INIT("{{</*"), STR_INIT("*/>}}"), STR_INIT("{{<"), STR_INIT(">}}") },
	{ STR_INIT("{{%/*"), STR_INIT("*/%}}"), STR_INIT("{{%"), STR_INIT("%}}") },
};

struct marking {
	const struct marks *marks;
	bool is_open_ended[ARRAY_LEN(TAG)];	/* no close is left: not looked for again */
};

/* The pair at the beginning of *s, if there is one. */
static bool mark_one(struct marking *mk, struct buf *b, struct str *s)
{
	for (size_t k = 0; k < ARRAY_LEN(TAG); k++) {
		const struct marks *m = &mk->marks[k];
		ptrdiff_t end;

		if (mk->is_open_ended[k] || !str_starts(*s, m->open))
			continue;
		end = str_find(str_skip(*s, m->open.n), m->close);
		mk->is_open_ended[k] = end < 0;
		if (end < 0)
			continue;
		buf_add(b, m->new_open);
		buf_add(b, str_sub(*s, m->open.n, m->open.n + (size_t)end));
		buf_add(b, m->new_close);
		*s = str_skip(*s, m->open.n + (size_t)end + m->close.n);
		return true;
	}
	return false;
}

static void mark_all(const struct marks *marks, struct buf *b, struct str s)
{
	struct marking mk = { .marks = marks };

	while (s.n) {
		ptrdiff_t at = str_find(s, STR("{{"));

		buf_add(b, str_sub(s, 0, at < 0 ? s.n : (size_t)at));
		s = str_skip(s, at < 0 ? s.n : (size_t)at);
		if (s.n && !mark_one(&mk, b, &s)) {
			buf_add(b, str_sub(s, 0, 2));
			s = str_skip(s, 2);
		}
	}
}

void export_text_tag(struct buf *b, struct str body)
{
	mark_all(TAG, b, body);
}

struct str export_text_untag(struct arena *a, struct str body)
{
	CLEANUP(buf_release) struct buf b = BUF(2 * LIMIT_POST);

	if (str_find(body, STR("/*")) < 0)
		return body;
	mark_all(UNTAG, &b, body);
	return buf_ok(&b) ? arena_str(a, buf_str(&b)) : body;
}

bool export_text(struct buf *b, struct tx *tx, const struct post *p, const char *zone,
		 struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str *aliases, body;
	size_t n;

	if (!address_of(a, tx, p->id, &aliases, &n, f))
		return false;
	put_head(b, p, zone);
	put_aliases(b, aliases, n);
	buf_adds(b, "---\n");
	body = with_addresses(a, p);
	if (!str_starts(body, STR("\n")))
		buf_addc(b, '\n');
	export_text_tag(b, body);
	return true;
}

bool export_text_version(struct tx *tx, const struct post *p, const char *zone,
			 char ret[DIGEST_HEX_LEN + 1], struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(4 * LIMIT_POST);
	struct digest d;

	if (!export_text(&b, tx, p, zone, f))
		return false;
	d = digest_of(buf_str(&b));
	digest_hex(&d, ret);
	return true;
}
