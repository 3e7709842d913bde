/* channel.c - see channel.h. */
#include "feeds/channel.h"

#include <string.h>
#include "base/limits.h"
#include "base/scan.h"
#include "base/utf8.h"
#include "content/post.h"
#include "unicode/language.h"

enum { FEED_FULL_MOST = LIMIT_PAGE / 8 };	/* escaping makes it longer */
enum { FEED_POSTS = 20 };	/* shelve.c raises feeds by the same number */

int64_t channel_updated(const struct post *p)
{
	return p->updated_at > p->published_at ? p->updated_at : p->published_at;
}

struct str channel_author(struct ctx *cx, const struct post *p)
{
	for (size_t i = 0; i < p->n_terms; i++)
		if (p->terms[i].kind == TERM_AUTHOR)
			return p->terms[i].name;
	return cx->settings.author;
}

static bool is_xml_char(uint32_t cp)
{
	return cp == '\n' || cp == '\t' || (cp >= ' ' && cp != 0xfffe && cp != 0xffff);
}

/* All but ASCII that XML 1.0 lets stand. */
static inline struct scan is_unusual(struct scan b)
{
	struct scan low = scan_range(b, 0, 0, '\t' - 1), high = scan_range(b, 0, 0x7f, 0xff);

	return scan_or(scan_or(low, scan_range(b, 0, '\n' + 1, ' ' - 1)), high);
}

/* One character at text[*i], *i moved behind it; false: what cannot stand there. */
static bool next_char(struct str text, size_t *i)
{
	size_t at = *i;
	uint32_t cp = utf8_next(text, i);

	return is_xml_char(cp) && (cp != 0xfffd || *i - at == 3);
}

void channel_xml(struct buf *b, struct str text)
{
	size_t from = 0, i = 0;

	while ((i = scan_next(text, i, is_unusual)) < text.n) {
		size_t at = i;

		if (next_char(text, &i))
			continue;
		html_escape_to(b, str_sub(text, from, at));
		from = i;
	}
	html_escape_to(b, str_skip(text, from));
}

void channel_open(struct buf *b, const char *name)
{
	buf_addc(b, '<');
	buf_adds(b, name);
	buf_addc(b, '>');
}

void channel_close(struct buf *b, const char *name)
{
	buf_adds(b, "</");
	buf_adds(b, name);
	buf_adds(b, ">\n");
}

/* "mailto:x", "//host/x": an address that means the same everywhere. */
static bool is_absolute(struct str s)
{
	size_t n = 0;

	while (n < s.n && !strchr(":/?#\"", s.p[n]))
		n++;
	return str_starts(s, STR("//")) || (n > 0 && n < s.n && s.p[n] == ':');
}

/* What must stand before the address to make it one that means the same everywhere. */
static struct str base_of(struct ctx *cx, struct str address, struct str here)
{
	if (is_absolute(address))
		return STR("");
	return str_starts(address, STR("/")) ? cx->origin : here;
}

/* Where the next address begins, one behind ` href="` and its like; 0: there is none. */
static size_t next_address(struct str s)
{
	static const struct str names[] = { STR_INIT(" href"), STR_INIT(" src"),
					    STR_INIT(" poster") };
	size_t at = 0;
	ptrdiff_t sign;

	while ((sign = str_find_char(str_skip(s, at), '=')) >= 0) {
		struct str before = str_sub(s, 0, at + (size_t)sign);

		at = before.n + 1;
		if (!str_starts(str_skip(s, at), STR("\"")))
			continue;
		for (size_t i = 0; i < ARRAY_LEN(names); i++)
			if (str_ends(before, names[i]))
				return at + 1;
	}
	return 0;
}

/* Our own emitter writes attributes as ` name="value"`, so a look for these is enough. */
struct html channel_html(struct ctx *cx, const struct post *p)
{
	CLEANUP(buf_release) struct buf b = BUF(2 * LIMIT_POST_HTML);
	struct str s = p->html.s, here = ctx_absolute(cx, p->path);
	size_t at;

	while ((at = next_address(s)) > 0) {
		buf_add(&b, str_sub(s, 0, at));
		s = str_skip(s, at);
		buf_add(&b, base_of(cx, s, here));
	}
	buf_add(&b, s);
	return html_trusted(arena_str(cx->arena, buf_str(&b)));
}

/* Whole texts as long as one feed can hold them, then their beginnings. */
static void shorten(struct post_list *posts)
{
	size_t total = 0;

	for (size_t i = 0; i < posts->n; i++) {
		total += posts->p[i].html.s.n;
		if (total > FEED_FULL_MOST)
			posts->p[i].html = posts->p[i].excerpt;
	}
}

bool channel_load(struct ctx *cx, const struct term *term, struct str folder, struct str file,
		  struct channel *ret, struct fail *f)
{
	struct str name = !term ? STR("") : term->kind == TERM_LANG
			? language_name(cx->arena, term->slug, cx->settings.lang) : term->name;

	*ret = (struct channel){
		.title = cx->settings.title, .description = cx->settings.tagline,
		.lang = cx->settings.lang,
		.page = ctx_absolute(cx, folder),
		.self = ctx_absolute(cx, arena_printf(cx->arena, "%.*s%.*s", STR_ARG(folder),
						      STR_ARG(file))),
	};
	if (name.n)
		ret->title = arena_printf(cx->arena, "%.*s – %.*s", STR_ARG(cx->settings.title),
					  STR_ARG(name));
	if (term && term->kind == TERM_LANG)
		ret->lang = term->slug;
	if (!entries_load(cx, term ? term->id : 0, FEED_POSTS, &ret->posts, f))
		return false;
	shorten(&ret->posts);
	for (size_t i = 0; i < ret->posts.n; i++)
		if (channel_updated(&ret->posts.p[i]) > ret->updated)
			ret->updated = channel_updated(&ret->posts.p[i]);
	return true;
}
