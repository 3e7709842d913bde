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

static void set_terms(struct ctx *cx, struct value *m, const struct post *p)
{
	struct value *tags = value_list(cx->arena), *authors = value_list(cx->arena);

	for (size_t i = 0; i < p->n_terms; i++) {
		if (p->terms[i].kind == TERM_TAG)
			value_list_add(tags, view_term_link(cx, &p->terms[i]));
		if (p->terms[i].kind == TERM_AUTHOR)
			value_list_add(authors, view_term_link(cx, &p->terms[i]));
	}
	value_set(m, "tags", tags);
	value_set_bool(m, "has_tags", value_length(tags) > 0);
	value_set(m, "authors", authors);
	value_set_bool(m, "has_authors", value_length(authors) > 0);
}

static void set_cover(struct ctx *cx, struct value *m, const struct post *p)
{
	struct value *c = value_map(cx->arena);
	struct str srcset;

	value_set_bool(m, "has_cover", p->cover.n > 0);
	if (p->cover.n == 0)
		return;
	value_set_url(c, "url", p->cover);
	value_set_text(c, "alt", p->cover_alt);
	value_set_bool(c, "has_size", p->cover_width > 0 && p->cover_height > 0);
	value_set(c, "width", value_i64(cx->arena, p->cover_width));
	value_set(c, "height", value_i64(cx->arena, p->cover_height));
	srcset = pictures_srcset(cx, p->cover, p->cover_width);
	value_set_bool(c, "has_srcset", srcset.n > 0);
	value_set(c, "srcset", value_srcset(cx->arena, srcset));
	value_set_text(c, "sizes", pictures_sizes(cx));
	value_set(m, "cover", c);
}

static void set_text(struct ctx *cx, struct value *m, const struct post *p, bool full)
{
	value_set_bool(m, "has_summary", p->summary.n > 0);
	value_set_text(m, "summary", markdown_line(cx->arena, p->summary, view_lang(cx, p)));
	value_set_text(m, "description", view_summary(cx, p, 200));
	value_set_html(m, "excerpt", pictures_in(cx, p->excerpt));
	value_set_bool(m, "has_more", p->has_more || p->summary.n > 0);
	if (!full)
		return;
	value_set_html(m, "body", pictures_in(cx, p->html));
	value_set_html(m, "toc", p->toc);
	value_set_bool(m, "has_toc", p->toc.s.n > 0);
}

static void set_lang(struct ctx *cx, struct value *m, const struct post *p)
{
	struct str lang = view_lang(cx, p);

	value_set_text(m, "lang", lang);
	value_set_text(m, "dir", language_is_rtl(lang) ? STR("rtl") : STR("ltr"));
	value_set_bool(m, "is_foreign", !str_eq(lang, cx->lang));
	value_set_text(m, "lang_name", language_name(cx->arena, lang, lang));
}

static void set_length(struct ctx *cx, struct value *m, const struct post *p)
{
	int minutes = (int)((p->words + 199) / 200);

	if (minutes < 1)
		minutes = 1;
	value_set_text(m, "reading_time",
		       ctx_say(cx, trn(cx->catalog, "%d minute read", "%d minutes read",
				       (uint64_t)minutes), minutes));
	value_set_text(m, "words",
		       ctx_say(cx, trn(cx->catalog, "%d word", "%d words", (uint64_t)p->words),
			       (int)p->words));
}

/* Whatever is added here must count as a change of the link in content/edit.c. */
struct value *view_link_to(struct ctx *cx, const struct post *p)
{
	struct value *m = value_map(cx->arena);

	value_set_text(m, "title", view_title(cx, p));
	value_set_bool(m, "has_title", p->title.n > 0);
	value_set_url(m, "url", p->path);
	value_set_url(m, "absolute_url", ctx_absolute(cx, p->path));
	view_date(cx, m, "date", p->published_at);
	value_set_bool(m, "is_page", p->kind == POST_PAGE);
	value_set(m, "number", value_i64(cx->arena, p->weight));
	value_set_bool(m, "has_number", p->weight > 0);
	set_cover(cx, m, p);
	set_lang(cx, m, p);
	return m;
}

struct value *view_post(struct ctx *cx, const struct post *p, bool full)
{
	struct value *m = view_link_to(cx, p);
	struct str stem = str_sub(p->path, 0, p->path.n - 1);

	value_set_url(m, "markdown_url", arena_printf(cx->arena, "%.*s.md", STR_ARG(stem)));
	value_set_bool(m, "has_updated", p->updated_at > p->published_at);
	if (p->updated_at > p->published_at)
		view_date(cx, m, "updated", p->updated_at);
	value_set_bool(m, "is_pinned", p->pinned);
	set_length(cx, m, p);
	set_terms(cx, m, p);
	set_text(cx, m, p, full);
	return m;
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
