/* export_source.c - source/hugo.toml, source/content/, source/static/.
 *
 * Addresses inside the texts are those of the site ("/rain/", "/media/..."): they hold
 * in Hugo and when imported again, where the media of source/static/ get the same
 * addresses because those follow from their content.
 */
#include <string.h>
#include "base/date.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/mem.h"
#include "content/address.h"
#include "content/media.h"
#include "content/post.h"
#include "http/url.h"
#include "transfer/export_source.h"
#include "transfer/links.h"
#include "unicode/zone.h"

enum { AT_ONCE = 100 };

struct aliases {
	struct str *p;
	size_t n, cap;
};

struct writer {
	const struct export_site *site;
	struct export_folder *ef;
	struct export_counts *counts;
	struct tx *tx;
	struct arena *arena;		/* of the aliases */
	struct map *aliases;		/* "post id" -> struct aliases */
	struct buf redirects;		/* what no head can say */
};

/* --- old addresses by post --- */

/* Pictures that lay elsewhere, and what is gone. */
static void put_redirect(struct writer *w, const struct address *as)
{
	url_encode_path(&w->redirects, as->from);
	buf_addc(&w->redirects, ' ');
	url_encode_path(&w->redirects, as->to.n ? as->to : STR("/"));
	buf_adds(&w->redirects, as->to.n ? " 302\n" : " 410\n");
}

static bool load_aliases(struct writer *w, struct fail *f)
{
	struct str after = STR_NONE;
	struct address *list;
	size_t i, n;

	do {
		if (!address_all(w->arena, w->tx, after, AT_ONCE, &list, &n, f))
			return false;
		for (i = 0; i < n; i++) {
			struct str key = arena_printf(w->arena, "%lld", (long long)list[i].post);
			struct aliases *as = map_find(w->aliases, key);

			after = list[i].from;
			if (list[i].post == 0)
				put_redirect(w, &list[i]);
			if (list[i].post == 0 || list[i].to.n == 0)
				continue;
			if (!as) {
				as = ARENA_NEW(w->arena, struct aliases);
				map_put(w->aliases, key, as);
			}
			if (as->n == as->cap) {
				as->cap = as->cap ? as->cap * 2 : 4;
				as->p = mem_resize(as->p, as->cap, sizeof *as->p);
			}
			as->p[as->n++] = list[i].from;
		}
	} while (n == AT_ONCE);
	return true;
}

static void free_aliases(void *value)
{
	mem_free(((struct aliases *)value)->p);
}

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

static void put_date(const struct writer *w, struct buf *b, const char *key, int64_t t)
{
	if (t == 0)
		return;
	buf_addf(b, "%s: ", key);
	date_rfc3339(b, t, w->site->zone ? zone_offset(w->site->zone, t) : 0);
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

static void put_aliases(const struct writer *w, struct buf *b, const struct post *p)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct aliases *as = map_find(w->aliases, arena_printf(a, "%lld", (long long)p->id));
	size_t i;

	if (!as)
		return;
	buf_adds(b, "aliases:\n");
	for (i = 0; i < as->n; i++) {
		struct json j = { .b = b };

		buf_adds(b, "  - ");
		json_str(&j, as->p[i]);
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

static void put_head(const struct writer *w, struct buf *b, const struct post *p)
{
	buf_adds(b, "---\n");
	put_text(b, "title", p->title);
	put_address(b, p);
	put_date(w, b, "date", p->published_at);
	put_date(w, b, "lastmod", p->updated_at);
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
	put_aliases(w, b, p);
	buf_adds(b, "---\n");
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

/* What looks like one of Hugo's tags is shown by Hugo, not run: its inside becomes a
 * comment, which an import takes away again. */
static void put_body(struct buf *b, struct str s)
{
	static const struct { struct str open, close; } marks[] = {
		{ STR_INIT("{{<"), STR_INIT(">}}") }, { STR_INIT("{{%"), STR_INIT("%}}") },
	};

	if (!str_starts(s, STR("\n")))
		buf_addc(b, '\n');
	while (s.n) {
		ptrdiff_t at = str_find(s, STR("{{")), end = -1;
		size_t k;

		buf_add(b, str_sub(s, 0, at < 0 ? s.n : (size_t)at));
		s = str_skip(s, at < 0 ? s.n : (size_t)at);
		for (k = 0; k < ARRAY_LEN(marks); k++)
			if (str_starts(s, marks[k].open)) {
				end = str_find(s, marks[k].close);
				break;
			}
		if (end >= 3) {
			buf_addf(b, "%.*s/*%.*s*/%.*s", STR_ARG(marks[k].open),
				 STR_ARG(str_sub(s, 3, (size_t)end)), STR_ARG(marks[k].close));
			s = str_skip(s, (size_t)end + 3);
		} else {
			buf_add(b, str_sub(s, 0, 2));
			s = str_skip(s, 2);
		}
	}
}

/* "/docs/install/" of a page is docs/install.md, "/rain/" of a post posts/rain.md. */
static struct str file_of(struct arena *a, const struct post *p, struct str site_lang)
{
	struct str inner = str_sub(p->path, 1, p->path.n - 1);
	bool is_foreign = p->lang.n && !str_eq_nocase(p->lang, site_lang);

	return arena_printf(a, "source/content/%s%.*s%s%.*s.md",
			    p->kind == POST_POST ? "posts/" : "", STR_ARG(inner),
			    is_foreign ? "." : "", STR_ARG(is_foreign ? p->lang : STR_NONE));
}

static bool write_post(struct writer *w, int64_t id, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(32 * 1024);
	CLEANUP(buf_release) struct buf b = BUF(4 * LIMIT_POST);
	struct post *p;

	if (!post_by_id(a, w->tx, id, &p, f))
		return false;
	if (!p || p->path.n < 3)
		return true;
	put_head(w, &b, p);
	put_body(&b, with_addresses(a, p));
	w->counts->texts++;
	return export_write(w->ef, file_of(a, p, w->site->lang), buf_str(&b), f);
}

static bool write_posts(struct writer *w, struct fail *f)
{
	int64_t after = 0;
	struct post_list list;
	size_t i;

	do {
		CLEANUP(arena_freep) struct arena *a = arena_new(32 * 1024);

		if (!post_all_briefly(a, w->tx, after, AT_ONCE, &list, f))
			return false;
		for (i = 0; i < list.n; i++) {
			after = list.p[i].id;
			if (!write_post(w, after, f))
				return false;
		}
	} while (list.n == AT_ONCE);
	return true;
}

/* --- media and the configuration --- */

static bool write_medium(struct writer *w, const struct medium *m, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf bytes = BUF(LIMIT_MEDIA);

	if (!file_read(media_file(a, w->site->dir, m->digest), &bytes, f))
		return false;
	w->counts->media++;
	return export_write(w->ef, arena_printf(a, "source/static%.*s", STR_ARG(m->path)),
			    buf_str(&bytes), f);
}

static bool write_media(struct writer *w, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str after = STR_NONE;
	struct medium *list;
	size_t i, n;

	do {
		if (!media_all(a, w->tx, after, AT_ONCE, &list, &n, f))
			return false;
		for (i = 0; i < n; i++) {
			after = list[i].path;
			if (!write_medium(w, &list[i], f))
				return false;
		}
	} while (n == AT_ONCE);
	return true;
}

static bool write_redirects(struct writer *w, struct fail *f)
{
	return w->redirects.n == 0 || export_write(w->ef, STR("source/static/_redirects"),
						   buf_str(&w->redirects), f);
}

static void put_toml(struct buf *b, const char *key, struct str v)
{
	struct json j = { .b = b };

	buf_addf(b, "%s = ", key);
	json_str(&j, v);
	buf_addc(b, '\n');
}

static bool write_config(struct writer *w, struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(64 * KIB);
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	put_toml(&b, "baseURL", arena_printf(a, "%.*s/", STR_ARG(w->site->url)));
	put_toml(&b, "title", w->site->title);
	put_toml(&b, "defaultContentLanguage", w->site->lang);
	if (w->site->zone)
		put_toml(&b, "timeZone", str_of(w->site->zone));
	buf_adds(&b, "\n[permalinks]\nposts = \"/:slug/\"\n");
	return export_write(w->ef, STR("source/hugo.toml"), buf_str(&b), f);
}

bool export_source_write(const struct export_site *site, struct export_folder *ef,
			 struct export_counts *counts, struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct writer w = { .site = site, .ef = ef, .counts = counts,
			    .redirects = BUF(64 * MIB) };
	bool done;

	if (!tx_begin(site->db, TX_READ, &tx, f))
		return false;
	w.tx = tx;
	w.arena = arena_new(64 * 1024);
	w.aliases = map_new();
	done = load_aliases(&w, f) && write_posts(&w, f) && write_media(&w, f) &&
	       write_redirects(&w, f) && write_config(&w, f);
	buf_release(&w.redirects);
	map_free(w.aliases, free_aliases);
	arena_free(w.arena);
	return done;
}
