/* html_tree.c - see html_tree.h. */
#include "check/html_tree.h"

#include <string.h>

#include "base/vec.h"

struct building {
	struct arena *arena;
	struct html_tree *tree;
	struct html_node *at;		/* the element that is open */
	int depth;
	VEC(struct html_tree_fault) faults;
};

static bool is_void(struct str name)
{
	static const char *const names[] = { "area", "base", "br", "col", "embed", "hr", "img",
					     "input", "link", "meta", "param", "source", "track",
					     "wbr" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq_nocase(name, str_of(names[i])))
			return true;
	return false;
}

bool html_tree_is(const struct html_node *n, const char *name)
{
	return n && str_eq(n->name, str_of(name));
}

struct str html_tree_attr(const struct html_node *n, const char *name)
{
	for (size_t i = 0; i < n->n_attrs; i++)
		if (str_eq_nocase(n->attrs[i].name, str_of(name)))
			return n->attrs[i].value;
	return STR_NONE;
}

struct html_node *html_tree_next(const struct html_node *n, const struct html_node *top)
{
	if (n->first)
		return n->first;
	while (n && n != top && !n->next)
		n = n->parent;
	return n && n != top ? n->next : NULL;
}

/* Elements whose end tag may be missing, with those whose beginning ends them. */
static const struct { const char *name, *ended_by; } optional[] = {
	{ "li", " li " },
	{ "dt", " dt dd " },
	{ "dd", " dt dd " },
	{ "option", " option optgroup " },
	{ "tr", " tr tbody tfoot " },
	{ "td", " td th tr tbody tfoot " },
	{ "th", " td th tr tbody tfoot " },
	{ "thead", " tbody tfoot " },
	{ "tbody", " tbody tfoot " },
	{ "p", " address article aside blockquote details div dl fieldset figcaption figure"
	       " footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre"
	       " section table ul " },
};

static bool is_optional(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(optional); i++)
		if (str_eq(name, str_of(optional[i].name)))
			return true;
	return str_eq(name, STR("html")) || str_eq(name, STR("body")) || str_eq(name, STR("head"));
}

static bool is_ended(struct str open, struct str by)
{
	char word[40] = " ";

	if (by.n > 20)
		return false;
	memcpy(word + 1, by.p, by.n);
	word[by.n + 1] = ' ';
	for (size_t i = 0; i < ARRAY_LEN(optional); i++)
		if (str_eq(open, str_of(optional[i].name)))
			return strstr(optional[i].ended_by, word) != NULL;
	return false;
}

static void add_fault(struct building *b, struct str name, const struct html_node *at)
{
	*VEC_ADD(&b->faults) = (struct html_tree_fault){ name, at->file, at->line, at->column,
							 at->foreign };
}

static struct html_node *add(struct building *b)
{
	struct html_node *n = ARENA_NEW(b->arena, struct html_node), *in = b->at;

	n->parent = in;
	n->prev = in->last;
	n->file = in->file;
	n->line = in->line;
	n->column = in->column;
	n->number = ++b->tree->count;
	if (in->last)
		in->last->next = n;
	else
		in->first = n;
	in->last = n;
	return n;
}

static int number_of(struct str s)
{
	int64_t n;

	return str_to_i64(s, &n) && n >= 0 && n < 1000000000 ? (int)n : 0;
}

/* "3.12.5" */
static void place(struct html_node *n)
{
	struct str rest = html_tree_attr(n, HTML_TREE_AT);

	n->foreign = rest.p == NULL;
	if (n->foreign)
		return;
	n->file = number_of(str_cut(rest, '.', &rest));
	n->line = number_of(str_cut(rest, '.', &rest));
	n->column = number_of(rest);
}

static struct str small(struct arena *a, struct str s)
{
	char *p = arena_cstr(a, s);

	for (size_t i = 0; i < s.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] |= 32;
	return str_from(p, s.n);
}

static void open_element(struct building *b, const struct html_token *t)
{
	struct str name = small(b->arena, t->name);
	struct html_attr *attrs = arena_array(b->arena, t->n_attrs + 1, sizeof *attrs);
	struct html_node *n;

	while (b->at->name.n && is_ended(b->at->name, name)) {
		b->at = b->at->parent;
		b->depth--;
	}
	n = add(b);
	n->name = name;
	memcpy(attrs, t->attrs, t->n_attrs * sizeof *attrs);
	n->attrs = attrs;
	n->n_attrs = t->n_attrs;
	place(n);
	if (is_void(name) || t->is_empty || b->depth >= HTML_TREE_DEPTH)
		return;
	b->at = n;
	b->depth++;
}

static void close_element(struct building *b, const struct html_token *t)
{
	struct str name = small(b->arena, t->name);
	struct html_node *n = b->at;

	while (n->name.n && !str_eq(n->name, name))
		n = n->parent;
	if (!n->name.n) {
		if (b->depth < HTML_TREE_DEPTH)
			add_fault(b, arena_printf(b->arena, "</%.*s>", STR_ARG(name)), b->at);
		return;
	}
	for (; b->at != n; b->at = b->at->parent, b->depth--)
		if (!is_optional(b->at->name))
			add_fault(b, arena_printf(b->arena, "<%.*s>", STR_ARG(b->at->name)),
				  b->at);
	b->at = n->parent;
	b->depth--;
}

static void close_all(struct building *b)
{
	for (; b->at->name.n; b->at = b->at->parent)
		if (!is_optional(b->at->name))
			add_fault(b, arena_printf(b->arena, "<%.*s>", STR_ARG(b->at->name)),
				  b->at);
}

struct html_tree *html_tree_make(struct arena *a, struct str page)
{
	struct building b = { .arena = a, .tree = ARENA_NEW(a, struct html_tree) };
	struct html_scan s = { .text = page };
	struct html_token t;

	b.tree->root = b.at = ARENA_NEW(a, struct html_node);
	while (b.tree->count < HTML_TREE_NODES && html_scan_next(&s, &t)) {
		if (t.kind == HTML_OPEN)
			open_element(&b, &t);
		else if (t.kind == HTML_CLOSE)
			close_element(&b, &t);
		else if (t.kind == HTML_TEXT)
			add(&b)->text = t.text;
		else if (t.kind == HTML_DOCTYPE)
			b.tree->has_doctype = true;
	}
	close_all(&b);
	b.tree->faults = VEC_INTO(a, &b.faults, &b.tree->n_faults);
	return b.tree;
}
