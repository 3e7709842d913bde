/* view_post.c - a post as templates see it. */
#include "web/view.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "markdown/markdown.h"
#include "unicode/language.h"
#include "unicode/number.h"
#include "web/pictures.h"

struct str view_lang(const struct ctx *cx, const struct post *p)
{
	return p->lang.n ? p->lang : cx->settings.lang;
}

struct str view_title(struct ctx *cx, const struct post *p)
{
	return markdown_line(cx->arena, p->title, view_lang(cx, p));
}

struct str view_term_path(struct arena *a, enum term_kind kind, struct str slug)
{
	static const char *const folder[] = { "tag", "author", "lang" };

	return arena_printf(a, "/%s/%.*s/", folder[kind], STR_ARG(slug));
}

struct str view_summary(struct ctx *cx, const struct post *p, size_t most)
{
	struct str s = p->summary.n ? markdown_line(cx->arena, p->summary, view_lang(cx, p))
		     : html_text_begin(cx->arena, p->excerpt, most + 2), cut;
	ptrdiff_t space;

	if (s.n <= most)
		return s;
	cut = utf8_cut(s, most);
	space = str_rfind_char(cut, ' ');
	if (space > (ptrdiff_t)most / 2)
		cut.n = (size_t)space;
	return arena_printf(cx->arena, "%.*s…", STR_ARG(cut));
}

/* Without its count: a post does not change because a tag has one post more. */
struct value *view_term_link(struct ctx *cx, const struct term *t)
{
	struct value *m = value_map(cx->arena);

	value_set_text(m, "name", t->name);
	value_set_text(m, "slug", t->slug);
	value_set_url(m, "url", view_term_path(cx->arena, t->kind, t->slug));
	return m;
}

struct value *view_term(struct ctx *cx, const struct term *t)
{
	struct value *m = view_term_link(cx, t);

	value_set_text(m, "count", number_format(cx->arena, cx->lang, t->posts));
	value_set_text(m, "count_label",
		       ctx_say(cx, trn(cx->catalog, "%d post", "%d posts", (uint64_t)t->posts),
			       (int)t->posts));
	return m;
}

static struct value *terms_of(struct ctx *cx, const struct post *p, enum term_kind kind)
{
	struct value *list = value_list(cx->arena);

	for (size_t i = 0; i < p->n_terms; i++)
		if (p->terms[i].kind == kind)
			value_list_add(list, view_term_link(cx, &p->terms[i]));
	return list;
}

static struct value *has_terms(struct ctx *cx, const struct post *p, enum term_kind kind)
{
	bool found = false;

	for (size_t i = 0; i < p->n_terms; i++)
		found |= p->terms[i].kind == kind;
	return value_bool(cx->arena, found);
}

static struct value *cover_of(struct ctx *cx, const struct post *p)
{
	struct value *c = value_map(cx->arena);
	struct str srcset;

	value_set_url(c, "url", p->cover);
	value_set_text(c, "alt", p->cover_alt);
	value_set_bool(c, "has_size", p->cover_width > 0 && p->cover_height > 0);
	value_set(c, "width", value_i64(cx->arena, p->cover_width));
	value_set(c, "height", value_i64(cx->arena, p->cover_height));
	srcset = pictures_srcset(cx, p->cover, p->cover_width);
	value_set_bool(c, "has_srcset", srcset.n > 0);
	value_set(c, "srcset", value_srcset(cx->arena, srcset));
	value_set_text(c, "sizes", pictures_sizes(cx));
	return c;
}

static struct str reading_time(struct ctx *cx, const struct post *p)
{
	int minutes = (int)((p->words + 199) / 200);

	if (minutes < 1)
		minutes = 1;
	return ctx_say(cx, trn(cx->catalog, "%d minute read", "%d minutes read",
			       (uint64_t)minutes), minutes);
}

static struct str words_label(struct ctx *cx, const struct post *p)
{
	return ctx_say(cx, trn(cx->catalog, "%d word", "%d words", (uint64_t)p->words),
		       (int)p->words);
}

static struct str source_path(struct ctx *cx, const struct post *p)
{
	return arena_printf(cx->arena, "%.*s.md", STR_ARG(str_sub(p->path, 0, p->path.n - 1)));
}

/* ---- what templates find under a post: three shapes, each with the names of the last ---- */

enum {
	TITLE, HAS_TITLE, URL, ABSOLUTE_URL, DATE, IS_PAGE, NUMBER, HAS_NUMBER, HAS_COVER, COVER,
	LANG, DIR, IS_FOREIGN, LANG_NAME, LINK_NAMES,
	MARKDOWN_URL = LINK_NAMES, HAS_UPDATED, UPDATED, IS_PINNED, READING_TIME, WORDS, TAGS,
	HAS_TAGS, AUTHORS, HAS_AUTHORS, HAS_SUMMARY, SUMMARY, DESCRIPTION, EXCERPT, HAS_MORE,
	POST_NAMES,
	BODY = POST_NAMES, TOC, HAS_TOC, WHOLE_NAMES
};

static const char *const names[] = {
	[TITLE] = "title", [HAS_TITLE] = "has_title", [URL] = "url",
	[ABSOLUTE_URL] = "absolute_url", [DATE] = "date", [IS_PAGE] = "is_page",
	[NUMBER] = "number", [HAS_NUMBER] = "has_number", [HAS_COVER] = "has_cover",
	[COVER] = "cover", [LANG] = "lang", [DIR] = "dir", [IS_FOREIGN] = "is_foreign",
	[LANG_NAME] = "lang_name",
	[MARKDOWN_URL] = "markdown_url", [HAS_UPDATED] = "has_updated", [UPDATED] = "updated",
	[IS_PINNED] = "is_pinned", [READING_TIME] = "reading_time", [WORDS] = "words",
	[TAGS] = "tags", [HAS_TAGS] = "has_tags", [AUTHORS] = "authors",
	[HAS_AUTHORS] = "has_authors", [HAS_SUMMARY] = "has_summary", [SUMMARY] = "summary",
	[DESCRIPTION] = "description", [EXCERPT] = "excerpt", [HAS_MORE] = "has_more",
	[BODY] = "body", [TOC] = "toc", [HAS_TOC] = "has_toc",
};

static struct value *make_lang(struct ctx *cx, const struct post *p, unsigned which)
{
	struct str lang = view_lang(cx, p);

	switch (which) {
	case LANG:
		return value_text(cx->arena, lang);
	case DIR:
		return value_text(cx->arena, language_is_rtl(lang) ? STR("rtl") : STR("ltr"));
	case IS_FOREIGN:
		return value_bool(cx->arena, !str_eq(lang, cx->lang));
	default:
		return value_text(cx->arena, language_name(cx->arena, lang, lang));
	}
}

/* Whatever is added here must count as a change of the link in content/edit.c. */
static struct value *make_link(struct ctx *cx, const struct post *p, unsigned which)
{
	struct arena *a = cx->arena;

	switch (which) {
	case TITLE:
		return value_text(a, view_title(cx, p));
	case HAS_TITLE:
		return value_bool(a, p->title.n > 0);
	case URL:
		return value_url(a, p->path);
	case ABSOLUTE_URL:
		return value_url(a, ctx_absolute(cx, p->path));
	case DATE:
		return view_date_value(cx, p->published_at);
	case IS_PAGE:
		return value_bool(a, p->kind == POST_PAGE);
	case NUMBER:
		return value_i64(a, p->weight);
	case HAS_NUMBER:
		return value_bool(a, p->weight > 0);
	case HAS_COVER:
		return value_bool(a, p->cover.n > 0);
	case COVER:
		return p->cover.n ? cover_of(cx, p) : NULL;
	default:
		return make_lang(cx, p, which);
	}
}

static struct value *make_text(struct ctx *cx, const struct post *p, unsigned which)
{
	struct arena *a = cx->arena;

	switch (which) {
	case HAS_SUMMARY:
		return value_bool(a, p->summary.n > 0);
	case SUMMARY:
		return value_text(a, markdown_line(a, p->summary, view_lang(cx, p)));
	case DESCRIPTION:
		return value_text(a, view_summary(cx, p, VIEW_DESCRIPTION));
	case EXCERPT:
		return value_html(a, pictures_in(cx, p->excerpt));
	case HAS_MORE:
		return value_bool(a, p->has_more || p->summary.n > 0);
	case BODY:
		return value_html(a, pictures_in(cx, p->html));
	case TOC:
		return value_html(a, p->toc);
	default:
		return value_bool(a, p->toc.s.n > 0);
	}
}

static struct value *make_post(struct ctx *cx, const struct post *p, unsigned which)
{
	struct arena *a = cx->arena;
	bool updated = p->updated_at > p->published_at;

	switch (which) {
	case MARKDOWN_URL:
		return value_url(a, source_path(cx, p));
	case HAS_UPDATED:
		return value_bool(a, updated);
	case UPDATED:
		return updated ? view_date_value(cx, p->updated_at) : NULL;
	case IS_PINNED:
		return value_bool(a, p->pinned);
	case READING_TIME:
		return value_text(a, reading_time(cx, p));
	case WORDS:
		return value_text(a, words_label(cx, p));
	case TAGS:
		return terms_of(cx, p, TERM_TAG);
	case HAS_TAGS:
		return has_terms(cx, p, TERM_TAG);
	case AUTHORS:
		return terms_of(cx, p, TERM_AUTHOR);
	case HAS_AUTHORS:
		return has_terms(cx, p, TERM_AUTHOR);
	default:
		return make_text(cx, p, which);
	}
}

static struct value *make(void *env, const void *of, unsigned which)
{
	return which < LINK_NAMES ? make_link(env, of, which) : make_post(env, of, which);
}

static struct value_index link_index, post_index, whole_index;
static const struct value_shape link_shape = { names, LINK_NAMES, make, &link_index };
static const struct value_shape post_shape = { names, POST_NAMES, make, &post_index };
static const struct value_shape whole_shape = { names, WHOLE_NAMES, make, &whole_index };

struct value *view_link_to(struct ctx *cx, const struct post *p)
{
	return value_shaped(cx->arena, &link_shape, cx, p);
}

struct value *view_post(struct ctx *cx, const struct post *p, bool full)
{
	return value_shaped(cx->arena, full ? &whole_shape : &post_shape, cx, p);
}

struct value *view_links_to(struct ctx *cx, const struct post_list *l)
{
	struct value *list = value_list(cx->arena);

	for (size_t i = 0; i < l->n; i++)
		value_list_add(list, view_link_to(cx, &l->p[i]));
	return list;
}

/* Several whole posts on one page: each one's ids get its number in front, so that none
 * stands twice. Our own emitter writes them in just this form. */
static struct html with_own_ids(struct ctx *cx, const struct post *p)
{
	static const struct str marks[] = { STR_INIT(" id=\""), STR_INIT(" href=\"#") };
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_POST_HTML);
	struct str s = p->html.s;

	while (s.n) {
		size_t at = s.n, skip = 0;

		for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
			ptrdiff_t k = str_find(s, marks[i]);

			if (k >= 0 && (size_t)k < at) {
				at = (size_t)k;
				skip = marks[i].n;
			}
		}
		buf_add(&b, str_sub(s, 0, at + skip));
		if (skip)
			buf_addf(&b, "p%lld-", (long long)p->id);
		s = str_skip(s, at + skip);
	}
	return html_trusted(arena_str(cx->arena, buf_str(&b)));
}

struct value *view_posts(struct ctx *cx, const struct post_list *l, bool full)
{
	struct value *list = value_list(cx->arena);

	for (size_t i = 0; i < l->n; i++) {
		struct value *m = view_post(cx, &l->p[i], full);

		if (full)
			value_set_html(m, "body", pictures_in(cx, with_own_ids(cx, &l->p[i])));
		value_list_add(list, m);
	}
	return list;
}
