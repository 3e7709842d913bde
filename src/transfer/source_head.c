/* source_head.c - a head's keys, in all the words that four generators have for them. */
#include "base/ascii.h"
#include "transfer/source_head.h"
#include "base/date.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "unicode/language.h"
#include "unicode/zone.h"

struct reader {
	const struct source_context *cx;
	struct arena *arena;
	struct source_doc *doc;
	const struct frontmatter_pair *pair;	/* the one being taken */
	struct str type;			/* type or layout: "post", "page" */
};

static void complain(struct reader *rd, const struct fail *why)
{
	receipt_complain(rd->cx->receipt, rd->doc->path, rd->pair ? rd->pair->line : 0, why);
}

static struct str text_of(const struct reader *rd)
{
	return rd->pair->n ? str_trim(rd->pair->values[0]) : STR_NONE;
}

/* --- dates --- */

/* "2024/3/1 9:05" as "2024-03-01 09:05", whatever follows. */
static struct str pad_date(struct str s, char *out, size_t room)
{
	size_t i, n = 0, groups = 0;

	for (i = 0; i < s.n && n + 2 < room; i++) {
		bool starts = ascii_is_digit(s.p[i]) && (i == 0 || !ascii_is_digit(s.p[i - 1]));
		bool is_single = starts && (i + 1 == s.n || !ascii_is_digit(s.p[i + 1]));

		groups += starts;
		if (is_single && groups > 1 && groups <= 4)
			out[n++] = '0';
		out[n++] = s.p[i] == '/' && groups < 3 ? '-' : s.p[i];
	}
	return str_from(out, n);
}

bool source_date(struct str text, const char *zone, int64_t *ret)
{
	char room[80];
	bool has_offset;
	int64_t t;

	text = str_trim(text);
	if (text.n < 8 || text.n > 64
	    || !date_parse(pad_date(text, room, sizeof room), &t, &has_offset))
		return false;
	if (!has_offset && zone)
		t -= zone_offset(zone, t);
	*ret = t;
	return true;
}

/* False: there is none, or it is complained of. */
static bool read_date(struct reader *rd, int64_t *ret)
{
	struct fail why = FAIL_INIT;
	struct str s = text_of(rd);

	if (s.n == 0)
		return false;
	if (source_date(s, rd->cx->zone, ret))
		return true;
	fail(&why, FAIL_INVALID,
	     "the date \"%.*s\" is not understood; write it as 2024-03-01 10:00",
	     STR_ARG(utf8_cut(s, 60)));
	complain(rd, &why);
	return false;
}

static void take_date(struct reader *rd)
{
	rd->doc->has_date = read_date(rd, &rd->doc->date) || rd->doc->has_date;
}

static void take_updated(struct reader *rd)
{
	rd->doc->has_updated = read_date(rd, &rd->doc->updated) || rd->doc->has_updated;
}

/* --- plain values --- */

static bool is_yes(struct str s)
{
	return str_eq_nocase(s, STR("true")) || str_eq_nocase(s, STR("yes")) ||
	       str_eq_nocase(s, STR("on")) || str_eq(s, STR("1"));
}

static bool is_no(struct str s)
{
	return str_eq_nocase(s, STR("false")) || str_eq_nocase(s, STR("no")) ||
	       str_eq_nocase(s, STR("off")) || str_eq(s, STR("0"));
}

static void take_title(struct reader *rd)
{
	rd->doc->title = text_of(rd);
	rd->doc->title_line = rd->pair->line;
}

static void take_draft(struct reader *rd)
{
	rd->doc->is_draft = is_yes(text_of(rd));
}

/* "published: false", or Jekyll's and others' date. */
static void take_published(struct reader *rd)
{
	struct str s = text_of(rd);

	if (is_no(s))
		rd->doc->is_draft = true;
	else if (!is_yes(s))
		take_date(rd);
}

static void take_slug(struct reader *rd)
{
	rd->doc->slug = text_of(rd);
}

static void take_url(struct reader *rd)
{
	rd->doc->url = text_of(rd);
}

static void take_summary(struct reader *rd)
{
	if (rd->doc->summary.n == 0)
		rd->doc->summary = text_of(rd);
}

static void take_cover(struct reader *rd)
{
	if (rd->doc->cover.n)
		return;
	rd->doc->cover = text_of(rd);
	rd->doc->cover_line = rd->pair->line;
}

static void take_cover_alt(struct reader *rd)
{
	rd->doc->cover_alt = text_of(rd);
}

static void take_translation_key(struct reader *rd)
{
	rd->doc->translation_key = text_of(rd);
}

static void take_lang(struct reader *rd)
{
	struct str lang = language_canonical(rd->arena, text_of(rd));
	struct fail why = FAIL_INIT;

	if (lang.n) {
		rd->doc->lang = lang;
		return;
	}
	fail(&why, FAIL_INVALID, "\"%.*s\" is not a language; write a code such as fr or de-AT",
	     STR_ARG(utf8_cut(text_of(rd), 40)));
	complain(rd, &why);
}

static void take_pinned(struct reader *rd)
{
	struct str s = text_of(rd);

	rd->doc->is_pinned = s.n && !is_no(s);
}

static void take_number(struct reader *rd, int64_t *ret)
{
	struct fail why = FAIL_INIT;

	if (rd->pair->n == 0 || str_to_i64(text_of(rd), ret))
		return;
	fail(&why, FAIL_INVALID, "\"%.*s\" is not a whole number",
	     STR_ARG(utf8_cut(text_of(rd), 40)));
	complain(rd, &why);
}

static void take_weight(struct reader *rd)
{
	take_number(rd, &rd->doc->weight);
}

/* "menu: main", "menu: true", "menu: 3", "menu: [main, footer]" */
static void take_menu(struct reader *rd)
{
	struct str s = text_of(rd);

	rd->doc->in_menu = s.n && !is_no(s);
	str_to_i64(s, &rd->doc->menu_weight);
}

static void take_menu_weight(struct reader *rd)
{
	rd->doc->in_menu = true;
	take_number(rd, &rd->doc->menu_weight);
}

static void take_menu_name(struct reader *rd)
{
	rd->doc->in_menu = true;
	rd->doc->menu_name = text_of(rd);
}

static void take_type(struct reader *rd)
{
	if (rd->type.n == 0 || str_eq_nocase(rd->pair->key, STR("type")))
		rd->type = text_of(rd);
}

static void take_hidden(struct reader *rd)
{
	rd->doc->is_hidden = is_yes(text_of(rd));
}

/* --- lists --- */

static void list_add(struct reader *rd, struct source_list *list, struct str v, size_t max)
{
	struct fail why = FAIL_INIT;
	size_t i;

	v = str_trim(v);
	if (v.n == 0)
		return;
	for (i = 0; i < list->n; i++)
		if (str_eq_nocase(list->p[i], v))
			return;
	if (list->n == max) {
		fail(&why, FAIL_TOO_LARGE,
		     "there are more than %zu values; the others are left out", max);
		complain(rd, &why);
		return;
	}
	if (!list->p)
		list->p = arena_array(rd->arena, max, sizeof *list->p);
	list->p[list->n++] = v;
}

/* A list is a list; one text is split at commas, in Jekyll else at spaces. */
static void take_words(struct reader *rd, struct source_list *list)
{
	bool spaces = rd->cx->dialect->kind == DIALECT_JEKYLL;
	size_t i;

	for (i = 0; i < rd->pair->n; i++) {
		struct str rest = rd->pair->values[i];
		char at = str_has_char(rest, ',') || !spaces ? ',' : ' ';

		if (rd->pair->is_list)
			list_add(rd, list, rest, LIMIT_TAGS);
		else
			while (rest.n)
				list_add(rd, list, str_cut(rest, at, &rest), LIMIT_TAGS);
	}
}

static void take_tags(struct reader *rd)
{
	take_words(rd, &rd->doc->tags);
}

static void take_categories(struct reader *rd)
{
	take_words(rd, &rd->doc->categories);
}

/* Names have commas only between them, spaces always inside. */
static void take_author(struct reader *rd)
{
	size_t i;

	for (i = 0; i < rd->pair->n; i++) {
		struct str rest = rd->pair->values[i];

		while (rest.n)
			list_add(rd, &rd->doc->authors, str_cut(rest, ',', &rest), LIMIT_TAGS);
	}
}

static void take_aliases(struct reader *rd)
{
	size_t i;

	for (i = 0; i < rd->pair->n; i++)
		list_add(rd, &rd->doc->aliases, rd->pair->values[i], LIMIT_TAGS);
}

static void take_nothing(struct reader *rd)
{
	(void)rd;
}

/* --- the words --- */

static const struct key {
	const char *name;
	void (*take)(struct reader *rd);
} KEYS[] = {
	{ "title", take_title },
	{ "date", take_date }, { "pubdate", take_date }, { "publishdate", take_date },
	{ "published_at", take_date }, { "created", take_date }, { "created_at", take_date },
	{ "updated", take_updated }, { "lastmod", take_updated }, { "modified", take_updated },
	{ "last_modified_at", take_updated }, { "updated_at", take_updated },
	{ "draft", take_draft }, { "published", take_published },
	{ "tags", take_tags }, { "tag", take_tags }, { "taxonomies.tags", take_tags },
	{ "categories", take_categories }, { "category", take_categories },
	{ "taxonomies.categories", take_categories },
	{ "slug", take_slug }, { "url", take_url }, { "permalink", take_url }, { "path", take_url },
	{ "aliases", take_aliases }, { "alias", take_aliases }, { "redirect_from", take_aliases },
	{ "redirects", take_aliases },
	{ "lang", take_lang }, { "language", take_lang }, { "locale", take_lang },
	{ "summary", take_summary }, { "description", take_summary }, { "excerpt", take_summary },
	{ "abstract", take_summary },
	{ "author", take_author }, { "authors", take_author }, { "author.name", take_author },
	{ "authors.name", take_author }, { "taxonomies.authors", take_author },
	{ "extra.author", take_author },
	{ "cover", take_cover }, { "cover.image", take_cover }, { "cover.src", take_cover },
	{ "image", take_cover }, { "image.path", take_cover }, { "image.src", take_cover },
	{ "featured_image", take_cover }, { "featuredimage", take_cover }, { "images", take_cover },
	{ "thumbnail", take_cover }, { "banner", take_cover }, { "header.image", take_cover },
	{ "extra.cover", take_cover }, { "extra.image", take_cover },
	{ "extra.cover.image", take_cover }, { "params.cover", take_cover },
	{ "cover_alt", take_cover_alt }, { "cover.alt", take_cover_alt },
	{ "image_alt", take_cover_alt }, { "image.alt", take_cover_alt },
	{ "featured_image_alt", take_cover_alt }, { "extra.cover_alt", take_cover_alt },
	{ "extra.cover.alt", take_cover_alt }, { "params.cover_alt", take_cover_alt },
	{ "pinned", take_pinned }, { "sticky", take_pinned }, { "top", take_pinned },
	{ "pin", take_pinned }, { "extra.pinned", take_pinned }, { "params.pinned", take_pinned },
	{ "weight", take_weight }, { "order", take_weight }, { "nav_order", take_menu_weight },
	{ "translationkey", take_translation_key }, { "translation_key", take_translation_key },
	{ "extra.translation_key", take_translation_key },
	{ "type", take_type }, { "layout", take_type }, { "template", take_nothing },
	{ "menu", take_menu }, { "menus", take_menu }, { "nav", take_menu },
	{ "menu.weight", take_menu_weight }, { "menus.weight", take_menu_weight },
	{ "menu.main.weight", take_menu_weight }, { "menus.main.weight", take_menu_weight },
	{ "menu.main.name", take_menu_name }, { "menus.main.name", take_menu_name },
	{ "menu.name", take_menu_name }, { "extra.menu", take_menu },
	{ "extra.menu_weight", take_menu_weight }, { "menu_weight", take_menu_weight },
	{ "headless", take_hidden }, { "_build.render", take_nothing },
};

/* Known to mean how a theme shows the text, or what follows from the text anyway. */
static const char *const SILENT[] = {
	"comments", "toc", "math", "mathjax", "katex", "mermaid", "share", "render", "linktitle",
	"keywords", "tocopen", "showtoc", "hidemeta", "disablecomments", "readingtime",
	"in_search_index",
	"insert_anchor_links", "sort_by", "paginate_by", "page_template", "generate_feeds",
	"generate_feed", "transparent", "sitemap", "outputs", "markup", "photos", "copyright",
	"isCJKLanguage",
	"author_profile", "read_time", "related", "classes", "search", "sidebar",
};
static const char *const SILENT_UNDER[] = {
	"extra.", "params.", "cascade.", "resources.", "menu.", "menus.", "sitemap.", "cover.",
	"header.", "image.", "toc.", "build.", "_build.", "author.", "authors.",
};

static bool is_silent(struct str key)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(SILENT); i++)
		if (str_eq_nocase(key, str_of(SILENT[i])))
			return true;
	for (i = 0; i < ARRAY_LEN(SILENT_UNDER); i++)
		if (str_starts_nocase(key, str_of(SILENT_UNDER[i])))
			return true;
	return false;
}

static void take_pair(struct reader *rd)
{
	struct fail why = FAIL_INIT;
	size_t i;

	for (i = 0; i < ARRAY_LEN(KEYS); i++)
		if (str_eq_nocase(rd->pair->key, str_of(KEYS[i].name))) {
			KEYS[i].take(rd);
			return;
		}
	if (is_silent(rd->pair->key))
		return;
	fail(&why, FAIL_INVALID, "the key \"%.*s\" is not understood and is left out",
	     STR_ARG(utf8_cut(rd->pair->key, 60)));
	complain(rd, &why);
}

struct str source_head_take(const struct source_context *cx, struct arena *a,
			    const struct frontmatter *fm, struct source_doc *doc)
{
	struct reader rd = { .cx = cx, .arena = a, .doc = doc };

	for (size_t i = 0; i < fm->n; i++) {
		rd.pair = &fm->pairs[i];
		take_pair(&rd);
	}
	return rd.type;
}
