/* md_emit.c - block nodes (but table cells, md_cell.c) and the walk over the tree.
 *
 * enter() says whether to go on with the children; where it does, leave() undoes
 * it. A stop (at <!--more-->) leaves everything that is open in order.
 */
#include "markdown/md_emit.h"
#include "base/map.h"
#include "base/vec.h"
#include "markdown/md_blocks.h"
#include "markdown/md_marks.h"
#include "unicode/slug.h"
#include <string.h>

#define ID_MAX 80

static cmark_node_type type_of(cmark_node *node)
{
	return node ? cmark_node_get_type(node) : CMARK_NODE_NONE;
}

/* ---- headings ---- */

static bool has_ids(const struct md_emit *e)
{
	return !e->excerpt && (!e->options->comment || e->options->id_prefix.n);
}

bool md_emit_claim(void *ctx, struct str id)
{
	struct md_emit *e = ctx;

	if (!has_ids(e) || map_find(e->ids, id))
		return false;
	map_put(e->ids, id, e);
	return true;
}

/* base, or base-1, base-2 ... Where counting stopped is kept, so that many equal
 * headings do not count from the start each. */
static struct str unique_id(struct md_emit *e, struct str base)
{
	uintptr_t n = (uintptr_t)map_find(e->taken, base);
	struct str id = base;

	for (; n || !md_emit_claim(e, id); n++) {
		id = n ? arena_printf(e->arena, "%.*s-%zu", STR_ARG(base), (size_t)n) : base;
		if (n && md_emit_claim(e, id))
			break;
	}
	map_put(e->taken, base, (void *)(n + 1));
	return id;
}

static int heading_level(const struct md_emit *e, int level)
{
	level += e->heading_shift;
	return level > 6 ? 6 : level;
}

static struct str make_slug(struct md_emit *e, struct str text)
{
	struct str slug = e->options->slug ? e->options->slug(e->arena, text, ID_MAX)
					   : slug_make_in(e->arena, e->options->lang, text, ID_MAX);
	struct str prefix = e->options->id_prefix;

	if (!slug.n)
		slug = STR("section");
	if (!prefix.n)
		return slug;
	return arena_printf(e->arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(slug));
}

static void enter_heading(struct md_emit *e, cmark_node *node)
{
	struct md_heading h = { .level = heading_level(e, cmark_node_get_heading_level(node)) };

	md_emit_add(e, "<h");
	buf_addc(e->html.out, (char)('0' + h.level));
	if (has_ids(e) && e->headings.n < MD_EMIT_HEADINGS) {
		h.text = str_trim(md_emit_heading_text(e, node));
		h.id = unique_id(e, make_slug(e, h.text));
		md_emit_add(e, " id=\"");
		html_escape_to(e->html.out, h.id);
		md_emit_add(e, "\"");
		*VEC_ADD(&e->headings) = h;
	}
	md_emit_add(e, ">");
	md_html_enter(&e->html, MD_HOLDS_PHRASING);
}

static void leave_heading(struct md_emit *e, cmark_node *node)
{
	struct str label = e->options->words.anchor;

	md_html_leave(&e->html);
	if (label.n && has_ids(e) && e->headings.n < MD_EMIT_HEADINGS) {
		const struct md_heading *h = &e->headings.p[e->headings.n - 1];

		md_emit_add(e, " <a class=\"anchor\" href=\"#");
		md_url_put(e->html.out, h->id);
		md_emit_add(e, "\" aria-label=\"");
		html_escape_to(e->html.out, label);
		md_emit_add(e, " ");
		html_escape_to(e->html.out, h->text);
		md_emit_add(e, "\">#</a>");
	}
	md_emit_add(e, "</h");
	buf_addc(e->html.out, (char)('0' + heading_level(e, cmark_node_get_heading_level(node))));
	md_emit_add(e, ">\n");
	buf_addc(e->html.text, '\n');
}

/* ---- paragraphs: plain, tight, tasks, figures ---- */

static bool is_tight(cmark_node *paragraph)
{
	cmark_node *item = cmark_node_parent(paragraph);

	return type_of(item) == CMARK_NODE_ITEM
	       && cmark_node_get_list_tight(cmark_node_parent(item));
}

cmark_node *md_emit_figure(const struct md_emit *e, cmark_node *paragraph)
{
	cmark_node *image = cmark_node_first_child(paragraph);

	if (e->options->comment || type_of(image) != CMARK_NODE_IMAGE
	    || cmark_node_next(image) || !*cmark_node_get_title(image))
		return NULL;
	return image;
}

static void put_figure(struct md_emit *e, cmark_node *image)
{
	struct str title = str_of(cmark_node_get_title(image));
	CLEANUP(buf_release) struct buf plain = BUF(title.n);

	md_marks_restore(&plain, title);	/* a title must escape its quotes */
	md_emit_add(e, "<figure>\n");
	md_emit_image(e, image, false);
	md_emit_add(e, "\n<figcaption>");
	buf_addc(e->html.text, '\n');
	md_smart_block(&e->smart);
	md_smart_put(&e->smart, buf_str(&plain), 0, e->html.out, e->html.text);
	md_emit_add(e, "</figcaption>\n</figure>\n");
	buf_addc(e->html.text, '\n');
}

/* Has the block anything to show? */
static bool has_content(cmark_node *block)
{
	cmark_node *child = cmark_node_first_child(block);

	return child && (cmark_node_next(child)
			 || cmark_node_get_type(child) != CMARK_NODE_TEXT
			 || *cmark_node_get_literal(child));
}

static void open_task(struct md_emit *e, cmark_node *node)
{
	struct str name = e->options->words.task;
	bool done = md_blocks_kind(node) == MD_BLOCK_TASK_DONE;

	md_emit_add(e, "<label><input type=\"checkbox\" disabled");
	md_emit_add(e, done ? " checked" : "");
	if (!has_content(node)) {
		md_emit_add(e, " aria-label=\"");
		html_escape_to(e->html.out, name.n ? name : STR("Task"));
		md_emit_add(e, "\"");
	}
	md_emit_add(e, "> ");
}

static bool enter_paragraph(struct md_emit *e, cmark_node *node)
{
	cmark_node *image = md_emit_figure(e, node);

	if (image) {
		put_figure(e, image);
		return false;
	}
	if (!is_tight(node))
		md_emit_add(e, "<p>");
	if (md_blocks_kind(node) != MD_BLOCK_PLAIN)
		open_task(e, node);
	md_html_enter(&e->html, MD_HOLDS_PHRASING);
	return true;
}

static void leave_paragraph(struct md_emit *e, cmark_node *node)
{
	bool tight = is_tight(node);

	md_html_leave(&e->html);
	if (md_blocks_kind(node) != MD_BLOCK_PLAIN)
		md_emit_add(e, "</label>");
	if (e->note && cmark_node_parent(node) == e->note->body && !cmark_node_next(node))
		e->note->back_at = e->html.out->n;
	if (!tight)
		md_emit_add(e, "</p>\n");
	else if (cmark_node_next(node))
		md_emit_add(e, "\n");
	buf_addc(e->html.text, '\n');
}

/* ---- quotes, lists, code ---- */

static void enter_quote(struct md_emit *e, cmark_node *node)
{
	const struct md_admonition *ad = md_blocks_admonition(node);
	struct str title;

	if (!ad) {
		md_emit_add(e, "<blockquote>\n");
		md_html_enter(&e->html, MD_HOLDS_FLOW);
		return;
	}
	title = *(const struct str *)((const char *)&e->options->words + ad->word);
	buf_addf(e->html.out, "<aside class=\"admonition %s\" role=\"note\">\n"
		 "<p class=\"admonition-title\">", ad->class);
	html_escape_to(e->html.out, title.n ? title : str_of(ad->title));
	md_emit_add(e, "</p>\n");
	md_html_enter(&e->html, MD_HOLDS_FLOW);
}

static void leave_quote(struct md_emit *e, cmark_node *node)
{
	md_html_leave(&e->html);
	md_emit_add(e, md_blocks_admonition(node) ? "</aside>\n" : "</blockquote>\n");
}

static void enter_list(struct md_emit *e, cmark_node *node)
{
	int start = cmark_node_get_list_start(node);

	if (cmark_node_get_list_type(node) == CMARK_BULLET_LIST)
		md_emit_add(e, "<ul>\n");
	else if (start == 1)
		md_emit_add(e, "<ol>\n");
	else
		buf_addf(e->html.out, "<ol start=\"%d\">\n", start);
	md_html_enter(&e->html, MD_HOLDS_PARTS);
}

static void leave_list(struct md_emit *e, cmark_node *node)
{
	md_html_leave(&e->html);
	md_emit_add(e, cmark_node_get_list_type(node) == CMARK_BULLET_LIST
		    ? "</ul>\n" : "</ol>\n");
}

static void enter_item(struct md_emit *e, cmark_node *node)
{
	cmark_node *first = cmark_node_first_child(node);
	bool task = first && cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH
		    && md_blocks_kind(first) != MD_BLOCK_PLAIN;

	md_emit_add(e, task ? "<li class=\"task\">" : "<li>");
	if (first && !(cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH && is_tight(first)))
		md_emit_add(e, "\n");
	md_html_enter(&e->html, MD_HOLDS_FLOW);
}

/* The first word of the info string is the language. */
static void put_code_block(struct md_emit *e, cmark_node *node)
{
	struct str info = str_of(cmark_node_get_fence_info(node));
	size_t n = 0;

	while (n < info.n && !strchr(" \t,{}", info.p[n]))
		n++;
	md_emit_add(e, "<pre tabindex=\"0\"><code");
	if (n) {
		md_emit_add(e, " class=\"language-");
		md_emit_raw(e, str_sub(info, 0, n), false);
		md_emit_add(e, "\"");
	}
	md_emit_add(e, ">");
	md_emit_raw(e, str_of(cmark_node_get_literal(node)), true);
	md_emit_add(e, "</code></pre>\n");
}

static void put_html_block(struct md_emit *e, struct str literal)
{
	if (md_html_is_more(literal)) {
		e->has_more = true;
		e->stop = e->excerpt;
		return;
	}
	md_html_put(&e->html, literal);
	buf_addc(e->html.text, '\n');
}

/* ---- the walk ---- */

static bool enter_block(struct md_emit *e, cmark_node *node, cmark_node_type type)
{
	md_smart_block(&e->smart);
	if (type != CMARK_NODE_HTML_BLOCK)
		md_html_need_flow(&e->html);
	switch (type) {
	case CMARK_NODE_PARAGRAPH:
		return enter_paragraph(e, node);
	case CMARK_NODE_HEADING:
		if (md_blocks_kind(node) != MD_BLOCK_PLAIN)
			md_emit_enter_cell(e, node);
		else
			enter_heading(e, node);
		return true;
	case CMARK_NODE_BLOCK_QUOTE:
		if (md_blocks_kind(node) == MD_BLOCK_NOTE_BODY)
			return false;
		enter_quote(e, node);
		return true;
	case CMARK_NODE_LIST:
		enter_list(e, node);
		return true;
	case CMARK_NODE_ITEM:
		enter_item(e, node);
		return true;
	case CMARK_NODE_CODE_BLOCK:
		put_code_block(e, node);
		return false;
	case CMARK_NODE_HTML_BLOCK:
		put_html_block(e, str_of(cmark_node_get_literal(node)));
		return false;
	case CMARK_NODE_THEMATIC_BREAK:
		md_emit_add(e, "<hr>\n");
		return false;
	default:
		md_html_enter(&e->html, MD_HOLDS_FLOW);
		return true;
	}
}

static void leave_block(struct md_emit *e, cmark_node *node, cmark_node_type type)
{
	switch (type) {
	case CMARK_NODE_PARAGRAPH:
		leave_paragraph(e, node);
		break;
	case CMARK_NODE_HEADING:
		if (md_blocks_kind(node) != MD_BLOCK_PLAIN)
			md_emit_leave_cell(e, node);
		else
			leave_heading(e, node);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		leave_quote(e, node);
		break;
	case CMARK_NODE_LIST:
		leave_list(e, node);
		break;
	case CMARK_NODE_ITEM:
		md_html_leave(&e->html);
		md_emit_add(e, "</li>\n");
		break;
	default:
		md_html_leave(&e->html);
		break;
	}
}

static bool enter(struct md_emit *e, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	return type >= CMARK_NODE_FIRST_INLINE ? md_emit_enter_inline(e, node, type)
					       : enter_block(e, node, type);
}

static void leave(struct md_emit *e, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	if (type >= CMARK_NODE_FIRST_INLINE)
		md_emit_leave_inline(e, node, type);
	else
		leave_block(e, node, type);
}

void md_emit_walk(struct md_emit *e, cmark_node *root)
{
	cmark_node *node = root, *next;

	for (;;) {
		bool into = enter(e, node);

		if (e->stop)
			break;
		next = into ? cmark_node_first_child(node) : NULL;
		if (into && !next)
			leave(e, node);
		while (!next && node != root && !(next = cmark_node_next(node))) {
			node = cmark_node_parent(node);
			leave(e, node);
		}
		if (!next)
			return;
		node = next;
	}
	/* Stopped inside: node did nothing that must be undone, its parents did. */
	while (node != root) {
		node = cmark_node_parent(node);
		leave(e, node);
	}
}
