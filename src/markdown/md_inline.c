/* md_inline.c - inline nodes: text with its typography, bare links and footnotes; links,
 * images, code, emphasis, raw tags.
 */
#include "markdown/md_emit.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/vec.h"
#include "base/utf8.h"
#include "markdown/md_links.h"
#include "markdown/md_marks.h"
#include "markdown/md_strike.h"
#include <string.h>

#define NEIGHBOUR_DEPTH 8	/* how far we look for the next character */

static char opened;		/* user data of links that were written as links */

void md_emit_raw(struct md_emit *e, struct str raw, bool text)
{
	CLEANUP(buf_release) struct buf b = BUF(raw.n);

	if (str_has_char(raw, MARK_LEAD[0])) {
		md_marks_restore(&b, raw);
		raw = buf_str(&b);
	}
	html_escape_to(e->html.out, raw);
	if (text)
		buf_add(e->html.text, raw);
}

/* The text of all below node, as written. */
static struct str plain_text(struct arena *a, cmark_node *node)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_POST_HTML);
	cmark_iter *iter = cmark_iter_new(node);
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *at = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(at);

		if (event != CMARK_EVENT_ENTER)
			continue;
		if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
			buf_addc(&b, ' ');
		else if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
			md_marks_restore(&b, str_of(cmark_node_get_literal(at)));
	}
	cmark_iter_free(iter);
	return arena_str(a, buf_str(&b));
}

bool md_emit_url(void *ctx, struct str url, enum md_url_use use, struct str *ret)
{
	struct md_emit *e = ctx;
	const struct markdown_options *o = e->options;

	if (!md_url_allowed(url, use))
		return false;
	*ret = url;
	if (o->link && o->link(o->ctx, e->arena, url, ret) && !md_url_allowed(*ret, use))
		return false;
	return true;
}

/* ---- text ---- */

/* The character that follows node in its block, 0 at the end. */
static uint32_t next_char(cmark_node *node)
{
	cmark_node *next = cmark_node_next(node);

	for (int i = 0; !next && i < NEIGHBOUR_DEPTH; i++) {
		node = cmark_node_parent(node);
		if (!node || cmark_node_get_type(node) < CMARK_NODE_FIRST_INLINE)
			return 0;
		next = cmark_node_next(node);
	}
	for (int i = 0; next && i < NEIGHBOUR_DEPTH; i++) {
		cmark_node_type type = cmark_node_get_type(next);

		if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
			return ' ';
		if (type == CMARK_NODE_CODE || type == CMARK_NODE_IMAGE)
			return 'a';
		if (type == CMARK_NODE_TEXT) {
			struct str s = str_of(cmark_node_get_literal(next));
			size_t at = 0;

			while (md_marks_at(s, at))
				at += MARK_BYTES;
			if (at < s.n)
				return utf8_next(s, &at);
		}
		next = cmark_node_first_child(next) ? cmark_node_first_child(next)
						    : cmark_node_next(next);
	}
	return 0;
}

/* The same where typography asks for it, behind the text of the node. */
static uint32_t next_asked(const struct md_emit *e, cmark_node *node, struct str text)
{
	return md_smart_asks_next(&e->smart, text) ? next_char(node) : 0;
}

static void put_note_link(struct md_emit *e, struct md_note *note)
{
	struct str prefix = e->options->id_prefix;
	size_t n = ++note->references;

	if (!note->number) {
		*VEC_ADD(&e->noted) = note;
		note->number = e->noted.n;
	}
	md_html_need_phrasing(&e->html);
	if (e->html.links) {
		buf_addf(e->html.out, "<sup>%zu</sup>", note->number);
		note->references--;
		return;
	}
	buf_addf(e->html.out, "<sup><a href=\"#%.*sfn-%zu\" id=\"%.*sfnref-%zu", STR_ARG(prefix),
		 note->number, STR_ARG(prefix), note->number);
	if (n > 1)
		buf_addf(e->html.out, "-%zu", n);
	buf_addf(e->html.out, "\" role=\"doc-noteref\">%zu</a></sup>", note->number);
}

/* At "[" MARK_NOTE: a reference to a footnote that is there; returns its bytes. */
static size_t put_note(struct md_emit *e, struct str s, size_t at)
{
	struct str rest = str_skip(s, at + 1 + MARK_BYTES);
	ptrdiff_t end = str_find_char(str_sub(rest, 0, 101), ']');
	struct md_note *note;

	if (end <= 0 || !e->notes->by_label)
		return 0;
	note = map_find(e->notes->by_label, str_sub(rest, 0, (size_t)end));
	if (!note || !note->body)
		return 0;
	if (!e->excerpt)
		put_note_link(e, note);
	return 1 + MARK_BYTES + (size_t)end + 1;
}

/* Running text without addresses: footnotes, and typography between them. */
static void put_words(struct md_emit *e, struct str s, uint32_t next)
{
	size_t from = 0;

	md_html_need_phrasing(&e->html);
	for (size_t at = 0; at + 1 < s.n;) {
		size_t n = s.p[at] == '[' && md_marks_is(s, at + 1, MARK_NOTE)
			   ? at + 1 : 0;

		if (!n) {
			const char *p = memchr(s.p + at + 1, '[', s.n - at - 1);

			at = p ? (size_t)(p - s.p) : s.n;
			continue;
		}
		md_smart_put(&e->smart, str_sub(s, from, at), 'a', e->html.out, e->html.text);
		from = at;
		n = put_note(e, s, at);
		from += n;
		at += n ? n : 1;
	}
	md_smart_put(&e->smart, str_skip(s, from), next, e->html.out, e->html.text);
}

static void put_bare_link(struct md_emit *e, struct str s, const struct md_link *link)
{
	struct str words = str_sub(s, link->from, link->to);
	struct str url = arena_printf(e->arena, "%s%.*s", link->prefix, STR_ARG(words));

	if (md_emit_url(e, url, MD_URL_LINK, &url)) {
		md_emit_add(e, "<a href=\"");
		md_url_put(e->html.out, url);
		md_emit_add(e, e->options->comment ? "\" rel=\"nofollow ugc\">" : "\">");
		md_emit_raw(e, words, true);
		md_emit_add(e, "</a>");
	} else {
		md_emit_raw(e, words, true);
	}
	md_smart_passed(&e->smart, 'a');
}

static void put_text(struct md_emit *e, cmark_node *node)
{
	struct str s = str_of(cmark_node_get_literal(node));
	uint32_t next = next_asked(e, node, s);
	struct md_link link;
	size_t from = 0;

	while (!e->html.links && md_links_next(s, from, e->smart.prev, &link)) {
		put_words(e, str_sub(s, from, link.from), 'a');
		put_bare_link(e, s, &link);
		from = link.to;
	}
	if (from < s.n)
		put_words(e, str_skip(s, from), next);
}

/* ---- links and images ---- */

static void put_title(struct md_emit *e, cmark_node *node)
{
	struct str title = str_of(cmark_node_get_title(node));

	if (!title.n)
		return;
	md_emit_add(e, " title=\"");
	md_emit_raw(e, title, false);
	md_emit_add(e, "\"");
}

static struct str node_url(struct md_emit *e, cmark_node *node)
{
	struct str url = str_of(cmark_node_get_url(node));
	CLEANUP(buf_release) struct buf b = BUF(url.n);

	md_marks_restore(&b, url);
	return arena_str(e->arena, buf_str(&b));
}

static void enter_link(struct md_emit *e, cmark_node *node)
{
	struct str url = node_url(e, node);

	cmark_node_set_user_data(node, NULL);
	if (e->html.links || !md_emit_url(e, url, MD_URL_LINK, &url)) {
		md_html_enter(&e->html, MD_HOLDS_PHRASING);
		return;
	}
	cmark_node_set_user_data(node, &opened);
	md_emit_add(e, "<a href=\"");
	md_url_put(e->html.out, url);
	md_emit_add(e, "\"");
	put_title(e, node);
	md_emit_add(e, e->options->comment ? " rel=\"nofollow ugc\">" : ">");
	md_html_enter(&e->html, MD_HOLDS_PHRASING);
	e->html.links++;
}

static void leave_link(struct md_emit *e, cmark_node *node)
{
	md_html_leave(&e->html);
	if (cmark_node_get_user_data(node) != &opened)
		return;
	e->html.links--;
	md_emit_add(e, "</a>");
}

/* In a comment, from elsewhere, or of an address that may not be: no image but its words,
 * and for want of words in a post the address. */
static void put_image_words(struct md_emit *e, struct str alt, struct str url)
{
	struct str words = alt.n || e->options->comment ? alt : url;
	bool link = !e->html.links && words.n && md_emit_url(e, url, MD_URL_LINK, &url);

	if (link) {
		md_emit_add(e, "<a href=\"");
		md_url_put(e->html.out, url);
		md_emit_add(e, e->options->comment ? "\" rel=\"nofollow ugc\">" : "\">");
	}
	md_emit_raw(e, alt.n || link ? words : alt, true);
	if (link)
		md_emit_add(e, "</a>");
}

void md_emit_image(struct md_emit *e, cmark_node *node, bool with_title)
{
	const struct markdown_options *o = e->options;
	struct str alt = plain_text(e->arena, node), url = node_url(e, node), seen;
	int width, height;

	md_smart_passed(&e->smart, 'a');
	if (o->comment || !md_emit_url(e, url, MD_URL_MEDIA, &seen)) {
		put_image_words(e, alt, url);
		return;
	}
	if (!e->excerpt && !e->image_url.n) {
		e->image_url = seen;
		e->image_alt = alt;
	}
	md_emit_add(e, "<img src=\"");
	md_url_put(e->html.out, seen);
	md_emit_add(e, "\" alt=\"");
	html_escape_to(e->html.out, alt);
	md_emit_add(e, "\"");
	if (with_title)
		put_title(e, node);
	if (o->size && o->size(o->ctx, seen, &width, &height) && width > 0 && height > 0)
		buf_addf(e->html.out, " width=\"%d\" height=\"%d\"", width, height);
	md_emit_add(e, " loading=\"lazy\" decoding=\"async\">");
	buf_add(e->html.text, alt);
}

/* ---- the rest ---- */

static void put_raw_html(struct md_emit *e, struct str literal)
{
	if (!md_html_is_more(literal)) {
		md_html_put(&e->html, literal);
		return;
	}
	e->has_more = true;
	e->stop = e->excerpt;
}

struct element {
	const char *begin, *end;
};

static const struct element *element(cmark_node *node, cmark_node_type type)
{
	static const struct element EMPH = { "<em>", "</em>" };
	static const struct element STRONG = { "<strong>", "</strong>" };
	static const struct element DEL = { "<del>", "</del>" }, SPAN = { "<span>", "</span>" };

	if (type == CMARK_NODE_EMPH)
		return &EMPH;
	if (type == CMARK_NODE_STRONG)
		return &STRONG;
	return md_strike_is(node) ? &DEL : &SPAN;
}

static void put_code(struct md_emit *e, struct str literal)
{
	md_html_need_phrasing(&e->html);
	md_emit_add(e, "<code>");
	md_emit_raw(e, literal, true);
	md_emit_add(e, "</code>");
	md_smart_passed(&e->smart, 'a');
}

bool md_emit_enter_inline(struct md_emit *e, cmark_node *node, cmark_node_type type)
{
	switch (type) {
	case CMARK_NODE_TEXT:
		put_text(e, node);
		return false;
	case CMARK_NODE_SOFTBREAK:
	case CMARK_NODE_LINEBREAK:
		md_emit_add(e, type == CMARK_NODE_SOFTBREAK ? "\n" : "<br>\n");
		buf_addc(e->html.text, ' ');
		md_smart_passed(&e->smart, '\n');
		return false;
	case CMARK_NODE_CODE:
		put_code(e, str_of(cmark_node_get_literal(node)));
		return false;
	case CMARK_NODE_HTML_INLINE:
		put_raw_html(e, str_of(cmark_node_get_literal(node)));
		return false;
	case CMARK_NODE_LINK:
		md_html_need_phrasing(&e->html);
		enter_link(e, node);
		return true;
	case CMARK_NODE_IMAGE:
		md_html_need_phrasing(&e->html);
		md_emit_image(e, node, true);
		return false;
	default:
		md_html_need_phrasing(&e->html);
		md_emit_add(e, element(node, type)->begin);
		md_html_enter(&e->html, MD_HOLDS_PHRASING);
		return true;
	}
}

void md_emit_leave_inline(struct md_emit *e, cmark_node *node, cmark_node_type type)
{
	if (type == CMARK_NODE_LINK) {
		leave_link(e, node);
		return;
	}
	md_html_leave(&e->html);
	md_emit_add(e, element(node, type)->end);
}

/* Without footnotes: "[" MARK_NOTE "x]" of those that are there. */
struct str md_emit_heading_text(struct md_emit *e, cmark_node *node)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_POST_HTML), none = BUF(LIMIT_POST_HTML);
	struct buf *out = e->html.out, *text = e->html.text;
	struct md_smart smart = e->smart;
	bool excerpt = e->excerpt;
	cmark_iter *iter = cmark_iter_new(node);
	cmark_event_type event;
	struct str s;

	e->html.out = &none;
	e->html.text = &b;
	e->excerpt = true;
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *at = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(at);

		if (event != CMARK_EVENT_ENTER)
			continue;
		s = str_of(cmark_node_get_literal(at));
		if (type == CMARK_NODE_TEXT)
			put_words(e, s, next_asked(e, at, s));
		else if (type == CMARK_NODE_CODE || type == CMARK_NODE_SOFTBREAK
			 || type == CMARK_NODE_LINEBREAK)
			md_emit_enter_inline(e, at, type);
	}
	cmark_iter_free(iter);
	e->html.out = out;
	e->html.text = text;
	e->smart = smart;
	e->excerpt = excerpt;
	return arena_str(e->arena, buf_str(&b));
}
