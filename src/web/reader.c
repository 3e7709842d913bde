/* reader.c - see reader.h. */
#include "web/reader.h"

#include "base/file.h"
#include "base/limits.h"
#include "site/settings.h"
#include "unicode/language.h"
#include "web/markup.h"

#define PREFIX "/_/"
/* In the menu of languages the way back to the site's own: a link that must not be moved.
 * Where no pass removes the dot, a browser does. */
#define STAY "/."

/* Two or three letters, then parts behind hyphens: neither "theme" nor "options-...". */
static bool is_tag(struct str s)
{
	size_t letters = 0;

	while (letters < s.n && ((s.p[letters] | 32) >= 'a' && (s.p[letters] | 32) <= 'z'))
		letters++;
	if (letters < 2 || letters > 3 || s.n > LANGUAGE_MAX)
		return false;
	return letters == s.n || s.p[letters] == '-';
}

bool reader_split(struct str path, struct str *lang, struct str *rest)
{
	struct str behind, tag;

	if (!str_starts(path, STR(PREFIX)))
		return false;
	tag = str_cut(str_skip(path, sizeof PREFIX - 1), '/', &behind);
	if (!behind.p || !is_tag(tag))
		return false;
	*lang = tag;
	*rest = str_from(behind.p - 1, behind.n + 1);
	return true;
}

static bool is_offered(const struct ctx *cx, struct str lang)
{
	for (size_t i = 0; i < cx->n_languages; i++)
		if (str_eq(cx->languages[i].lang, lang))
			return true;
	return false;
}

static void add(struct ctx *cx, const struct catalogs *all, struct str lang)
{
	int percent = catalogs_percent(all, lang);

	/* Without a catalog of its own it is all English. */
	cx->languages[cx->n_languages++] = (struct ctx_language){ lang, percent < 0 ? 0 : percent };
}

void reader_offer(struct ctx *cx, const struct catalogs *all)
{
	struct str rest = cx->settings.languages, lang;

	if (!str_item(&rest, ",", &lang))
		return;
	cx->languages = arena_array(cx->arena, READER_LANGUAGES + 1, sizeof *cx->languages);
	add(cx, all, cx->settings.lang);
	do {
		if (cx->n_languages <= READER_LANGUAGES && !is_offered(cx, lang)
		    && catalogs_find(all, lang))
			add(cx, all, lang);
	} while (str_item(&rest, ",", &lang));
	if (cx->n_languages == 1)
		cx->n_languages = 0;
}

bool reader_choose(struct ctx *cx)
{
	struct str lang, rest;

	if (!reader_split(cx->path, &lang, &rest))
		return true;
	if (!is_offered(cx, lang))
		return false;
	cx->prefix = str_sub(cx->path, 0, cx->path.n - rest.n);
	cx->path = rest;
	cx->lang = lang;
	return true;
}

struct str reader_path_in(const struct ctx *cx, struct str lang, struct str path)
{
	if (str_eq(lang, cx->settings.lang))
		return path;
	return arena_printf(cx->arena, PREFIX "%.*s%.*s", STR_ARG(lang), STR_ARG(path));
}

bool reader_is_page(struct str path)
{
	size_t n = 0;

	while (n < path.n && path.p[n] != '?' && path.p[n] != '#')
		n++;
	path = str_sub(path, 0, n);
	return str_starts(path, STR("/")) && !str_starts(path, STR("//"))
		&& !str_starts(path, STR(PREFIX)) && !str_starts(path, STR("/media/"))
		&& path_extension(path_name(path)).n == 0;
}

struct str reader_path(const struct ctx *cx, struct str path)
{
	if (cx->prefix.n == 0 || !reader_is_page(path))
		return path;
	return arena_printf(cx->arena, "%.*s%.*s", STR_ARG(cx->prefix), STR_ARG(path));
}

void reader_set_percent(struct ctx *cx, struct value *language, int percent)
{
	value_set_bool(language, "is_partial", percent < 100);
	value_set_text(language, "percent",
		       ctx_say(cx, tr(cx->catalog, "%d %% translated"), percent));
}

void reader_value(struct ctx *cx, struct str path, struct value *page)
{
	struct value *list = value_list(cx->arena);

	for (size_t i = 0; i < cx->n_languages; i++) {
		struct str lang = cx->languages[i].lang, url = reader_path_in(cx, lang, path);
		struct value *m = value_map(cx->arena);

		if (cx->prefix.n && str_eq(url, path))
			url = arena_printf(cx->arena, STAY "%.*s", STR_ARG(path));
		value_set_text(m, "name", language_title(cx->arena, lang, lang));
		value_set_text(m, "lang", lang);
		value_set_url(m, "url", url);
		value_set_bool(m, "is_current", str_eq(lang, cx->lang));
		reader_set_percent(cx, m, cx->languages[i].percent);
		value_list_add(list, m);
	}
	value_set(page, "languages", list);
	value_set_bool(page, "has_languages", cx->n_languages > 0);
}

/* ---- the links of a finished page ---- */

static bool leads_on(struct str element, struct str attribute)
{
	if (str_eq_nocase(element, STR("form")))
		return str_eq_nocase(attribute, STR("action"));
	return (str_eq_nocase(element, STR("a")) || str_eq_nocase(element, STR("area")))
		&& str_eq_nocase(attribute, STR("href"));
}

/* The tag up to the address, what stands before the address, the address itself. */
static void put_tag(const struct ctx *cx, const struct markup_piece *p, struct buf *b)
{
	struct markup_attribute at;
	size_t pos = 0, done = 0;

	while (!p->closing && markup_attribute(p->all, &pos, &at)) {
		size_t from = at.value.p ? (size_t)(at.value.p - p->all.p) : 0;

		if (!leads_on(p->name, at.name) || !at.value.n)
			continue;
		buf_add(b, str_sub(p->all, done, from));
		done = from;
		if (str_starts(at.value, STR(STAY "/")))
			done += sizeof STAY - 1;
		else if (reader_is_page(at.value))
			buf_add(b, cx->prefix);
	}
	buf_add(b, str_skip(p->all, done));
}

static void keep_links(struct ctx *cx, struct answer *an)
{
	CLEANUP(buf_release) struct buf b = BUF(2 * LIMIT_PAGE);
	struct markup m = MARKUP(an->body);
	struct markup_piece p;

	buf_reserve(&b, an->body.n + an->body.n / 8);
	while (markup_next(&m, &p)) {
		if (p.kind == MARKUP_TAG)
			put_tag(cx, &p, &b);
		else
			buf_add(&b, p.all);
	}
	an->body = arena_str(cx->arena, buf_str(&b));
}

void reader_keep(struct ctx *cx, struct answer *an)
{
	bool page = str_starts(an->type, STR("text/html"));

	if (cx->prefix.n == 0 || (an->status >= 300 && an->status < 400))
		return;
	if (page && !an->file) {
		keep_links(cx, an);
		return;
	}
	cx->prefix = STR_NONE;
	answer_moved(cx, an, cx->path);
}
