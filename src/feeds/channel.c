/* channel.c - see channel.h. */
#include "feeds/channel.h"

#include "base/limits.h"
#include "content/list.h"
#include "unicode/language.h"

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

void channel_xml(struct buf *b, struct str text)
{
	size_t from = 0;

	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (c >= ' ' || c == '\n' || c == '\t')
			continue;
		html_escape_to(b, str_sub(text, from, i));
		from = i + 1;
	}
	html_escape_to(b, str_skip(text, from));
}

/* Our own emitter writes attributes as ` name="value"`, so a look for these is enough. */
struct html channel_html(struct ctx *cx, const struct post *p)
{
	static const struct str names[] = { STR_INIT(" href=\""), STR_INIT(" src=\"") };
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_POST_HTML);
	struct str s = p->html.s, here = ctx_absolute(cx, p->path);

	while (s.n) {
		ptrdiff_t at = -1;
		size_t skip = 0;

		for (size_t i = 0; i < ARRAY_LEN(names); i++) {
			ptrdiff_t k = str_find(s, names[i]);

			if (k >= 0 && (at < 0 || k < at)) {
				at = k;
				skip = names[i].n;
			}
		}
		if (at < 0)
			break;
		buf_add(&b, str_sub(s, 0, (size_t)at + skip));
		s = str_skip(s, (size_t)at + skip);
		if (str_starts(s, STR("/")) && !str_starts(s, STR("//")))
			buf_add(&b, cx->origin);
		else if (str_starts(s, STR("#")))
			buf_add(&b, here);
	}
	buf_add(&b, s);
	return html_trusted(arena_str(cx->arena, buf_str(&b)));
}

bool channel_load(struct ctx *cx, const struct term *term, struct str folder, struct str file,
		  struct channel *ret, struct fail *f)
{
	struct str name = !term ? STR("") : term->kind == TERM_LANG
			? language_name(cx->arena, term->slug, cx->lang) : term->name;

	*ret = (struct channel){
		.title = cx->settings.title, .description = cx->settings.tagline, .lang = cx->lang,
		.page = ctx_absolute(cx, folder),
		.self = ctx_absolute(cx, arena_printf(cx->arena, "%.*s%.*s", STR_ARG(folder),
						      STR_ARG(file))),
	};
	if (name.n)
		ret->title = arena_printf(cx->arena, "%.*s – %.*s", STR_ARG(cx->settings.title),
					  STR_ARG(name));
	if (term && term->kind == TERM_LANG)
		ret->lang = term->slug;
	if (!list_newest(cx->arena, cx->tx, term ? term->id : 0, FEED_POSTS, &ret->posts, f))
		return false;
	for (size_t i = 0; i < ret->posts.n; i++)
		if (channel_updated(&ret->posts.p[i]) > ret->updated)
			ret->updated = channel_updated(&ret->posts.p[i]);
	return true;
}
