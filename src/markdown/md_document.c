/* md_document.c - a whole text: its walk, the footnotes behind it, the excerpt, and what is
 * told of it. */
#include "markdown/md_emit.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/vec.h"
#include "markdown/md_words.h"

#define EXCERPT_TEXT 280	/* bytes of text that the made excerpt is content with */
#define EXCERPT_BLOCKS 3

static bool image_size(void *ctx, struct str url, int *width, int *height)
{
	struct md_emit *e = ctx;
	const struct markdown_options *o = e->options;

	return o->size && o->size(o->ctx, url, width, height) && *width > 0 && *height > 0;
}

/* ---- footnotes ---- */

static void put_backs(struct md_emit *e, struct buf *out, const struct md_note *note)
{
	struct str prefix = e->options->id_prefix, words = e->options->words.back;

	for (size_t i = 1; i <= note->references; i++) {
		buf_addf(out, " <a href=\"#%.*sfnref-%zu", STR_ARG(prefix), note->number);
		if (i > 1)
			buf_addf(out, "-%zu", i);
		buf_adds(out, "\" role=\"doc-backlink\" aria-label=\"");
		html_escape_to(out, words.n ? words : STR("Back to the text"));
		buf_addf(out, " %zu", note->number);
		if (i > 1)
			buf_addf(out, "-%zu", i);
		buf_adds(out, "\">\xe2\x86\xa9\xef\xb8\x8e</a>");
	}
}

static void put_body(struct md_emit *e, struct md_note *note)
{
	buf_addf(e->html.out, "<li id=\"%.*sfn-%zu\">\n", STR_ARG(e->options->id_prefix),
		 note->number);
	md_html_enter(&e->html, MD_HOLDS_FLOW);
	e->note = note;
	for (cmark_node *n = cmark_node_first_child(note->body); n; n = cmark_node_next(n))
		md_emit_walk(e, n);
	e->note = NULL;
	md_html_leave(&e->html);
	if (!note->back_at) {
		md_emit_add(e, "<p>");
		note->back_at = e->html.out->n;
		md_emit_add(e, "</p>\n");
	}
	md_emit_add(e, "</li>\n");
}

/* The bodies are written first, with the places for their links back: only then it
 * is known how often each was referred to, by other footnotes too. */
static void put_notes(struct md_emit *e, struct buf *page)
{
	CLEANUP(buf_release) struct buf bodies = BUF(page->max);
	struct str name = e->options->words.footnotes, s;
	size_t from = 0;

	if (!e->noted.n)
		return;
	e->html.out = &bodies;
	for (size_t i = 0; i < e->noted.n; i++)
		put_body(e, e->noted.p[i]);
	e->html.out = page;
	s = buf_str(&bodies);
	buf_adds(page, "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
	html_escape_to(page, name.n ? name : STR("Footnotes"));
	buf_adds(page, "\">\n<ol>\n");
	for (size_t i = 0; i < e->noted.n; i++) {
		buf_add(page, str_sub(s, from, e->noted.p[i]->back_at));
		put_backs(e, page, e->noted.p[i]);
		from = e->noted.p[i]->back_at;
	}
	buf_add(page, str_skip(s, from));
	buf_adds(page, "</ol>\n</section>\n");
	page->over |= bodies.over;
}

/* ---- the whole ---- */

/* How far headings move so that the highest of the text stands at the asked level: below
 * a page's title no level is left out, whether a text begins with "#" or with "##". */
static int heading_shift(int highest, int base)
{
	return base > 0 && highest < 7 ? base - highest : 0;
}

static bool is_excerpt_block(const struct md_emit *e, cmark_node *node)
{
	cmark_node *child = cmark_node_first_child(node);

	return cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH && !md_emit_figure(e, node)
	       && !(cmark_node_get_type(child) == CMARK_NODE_IMAGE && !cmark_node_next(child));
}

/* Without <!--more-->: the first paragraphs, up to a heading behind them. */
static void put_first_paragraphs(struct md_emit *e, cmark_node *tree)
{
	int blocks = 0;

	for (cmark_node *n = cmark_node_first_child(tree); n; n = cmark_node_next(n)) {
		if (blocks && cmark_node_get_type(n) == CMARK_NODE_HEADING)
			break;
		if (!is_excerpt_block(e, n))
			continue;
		md_emit_walk(e, n);
		if (++blocks == EXCERPT_BLOCKS || e->html.text->n >= EXCERPT_TEXT)
			break;
	}
}

static bool put_excerpt(struct md_emit *e, cmark_node *tree, struct markdown *ret)
{
	CLEANUP(buf_release) struct buf html = BUF(LIMIT_POST_HTML);
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_POST_HTML);

	buf_reserve(&html, EXCERPT_TEXT * 4);
	buf_reserve(&text, EXCERPT_TEXT * 2);
	e->excerpt = true;
	e->next_table = 0;
	e->html.out = &html;
	e->html.text = &text;
	if (e->has_more) {
		md_emit_walk(e, tree);
	} else {
		md_html_enter(&e->html, MD_HOLDS_FLOW);
		put_first_paragraphs(e, tree);
		md_html_leave(&e->html);
	}
	ret->excerpt = html_trusted(arena_str(e->arena, buf_str(&html)));
	return buf_ok(&html);
}

static void init(struct md_emit *e, struct arena *a, const struct markdown_options *options)
{
	e->arena = e->html.arena = a;
	e->options = options;
	e->html.comment = options->comment;
	e->html.asks = (struct md_html_asks){ e, md_emit_url, md_emit_claim, image_size };
	e->ids = map_new();
	e->taken = map_new();
	md_smart_init(&e->smart, options->lang);
}

static void release(struct md_emit *e)
{
	map_free(e->ids, NULL);
	map_free(e->taken, NULL);
	VEC_FREE(&e->headings);
	VEC_FREE(&e->noted);
}

static void give_meta(struct md_emit *e, struct str text, struct markdown *ret)
{
	ret->toc = md_emit_toc(e->arena, e->headings.p, e->headings.n);
	ret->text = arena_str(e->arena, str_trim(text));
	ret->words = md_words_count(ret->text);
	ret->has_more = e->has_more;
	ret->image_url = e->image_url;
	ret->image_alt = e->image_alt;
}

bool md_emit_document(struct arena *a, const struct markdown_options *options,
		      const struct md_made *made, struct markdown *ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf html = BUF(LIMIT_POST_HTML);
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_POST_HTML);
	CLEANUP(release) struct md_emit e = { .tables = made->tables, .notes = made->notes };
	struct md_open stack[MD_HTML_STACK];
	struct markdown all = { .words = 0 };

	init(&e, a, options);
	e.html.open = stack;
	buf_reserve(&html, made->bytes + made->bytes / 2);
	buf_reserve(&text, made->bytes);
	e.html.out = &html;
	e.html.text = &text;
	e.heading_shift = heading_shift(made->highest, options->heading_base);
	md_emit_walk(&e, made->tree);
	put_notes(&e, &html);
	all.html = html_trusted(arena_str(a, buf_str(&html)));
	give_meta(&e, buf_str(&text), &all);
	if (!put_excerpt(&e, made->tree, &all) || !buf_ok(&html) || !buf_ok(&text))
		return fail(f, FAIL_TOO_LARGE, "the page made of this text is larger than %d MiB",
			    LIMIT_POST_HTML / MIB);
	*ret = all;
	return true;
}
