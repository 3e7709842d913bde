/* look_pages.c - the pages of the theme with sample values, as a browser and a reader of the
 * screen would meet them. */
#include <stdio.h>

#include "base/limits.h"
#include "check/render.h"

enum { CHOICES = 24, IDS = 4000 };

struct page {
	struct check *c;
	struct render *r;
	struct arena *arena;		/* of this page */
	const struct html_tree *tree;
	struct str template;
};

/* --- telling --- */

static void tell(struct page *p, const char *id, const struct html_node *n, struct str detail)
{
	struct look_at at;

	if (!n->foreign && render_place(p->r, n->file, n->line, n->column, &at))
		look_tell(p->c, id, at, arena_str(p->c->arena, detail), STR_NONE);
}

/* Of the page as a whole: at its html element, with the name of its template. */
static void tell_page(struct page *p, const char *id, const struct html_node *n)
{
	tell(p, id, n, p->template);
}

/* --- reading --- */

#define EACH(node, top) \
	(struct html_node *node = html_tree_next((top), (top)); node; \
	 node = html_tree_next(node, (top)))

static bool has(const struct html_node *n, const char *attr)
{
	return html_tree_attr(n, attr).p != NULL;
}

static struct html_node *find_first(const struct page *p, const char *name)
{
	for EACH(n, p->tree->root)
		if (html_tree_is(n, name))
			return n;
	return NULL;
}

static size_t count(const struct page *p, const char *name)
{
	size_t found = 0;

	for EACH(n, p->tree->root)
		found += html_tree_is(n, name);
	return found;
}

static bool is_hidden(const struct html_node *n)
{
	for (; n; n = n->parent)
		if (n->name.n && str_eq(html_tree_attr(n, "aria-hidden"), STR("true")))
			return true;
	return false;
}

static bool is_inside(const struct html_node *n, const char *name)
{
	for (n = n->parent; n; n = n->parent)
		if (html_tree_is(n, name))
			return true;
	return false;
}

static bool is_words(struct str text)
{
	return str_trim(text).n > 0;
}

/* Does it say anything: text, a picture's alt, a label? */
static bool has_name(const struct html_node *n)
{
	if (is_words(html_tree_attr(n, "aria-label")) || has(n, "aria-labelledby")
	    || is_words(html_tree_attr(n, "title")))
		return true;
	for EACH(x, n)
		if ((!x->name.n && is_words(x->text))
		    || (html_tree_is(x, "img") && is_words(html_tree_attr(x, "alt")))
		    || (x->name.n && is_words(html_tree_attr(x, "aria-label"))))
			return true;
	return false;
}

static const struct html_node *by_id(const struct page *p, struct str id)
{
	for EACH(n, p->tree->root)
		if (n->name.n && str_eq(html_tree_attr(n, "id"), id))
			return n;
	return NULL;
}

/* --- the frame --- */

static void look_at_head(struct page *p, const struct html_node *html)
{
	bool charset = false, viewport = false;

	for EACH(n, p->tree->root) {
		if (!html_tree_is(n, "meta"))
			continue;
		charset = charset || has(n, "charset");
		viewport = viewport || str_eq_nocase(html_tree_attr(n, "name"), STR("viewport"));
	}
	if (!find_first(p, "title"))
		tell_page(p, "TH114", html);
	if (!charset)
		tell_page(p, "TH115", html);
	if (!viewport)
		tell_page(p, "TH116", html);
}

/* The first thing that the keyboard reaches leads into the page. */
static bool has_skip_link(const struct page *p)
{
	for EACH(n, p->tree->root) {
		struct str href = html_tree_attr(n, "href");

		if (html_tree_is(n, "a") && href.p)
			return str_starts(href, STR("#")) && href.n > 1
			       && by_id(p, str_skip(href, 1));
		if (html_tree_is(n, "button") || html_tree_is(n, "input"))
			return false;
	}
	return true;
}

static void look_at_frame(struct page *p)
{
	const struct html_node *html = find_first(p, "html");

	if (!html)
		html = p->tree->root->first ? p->tree->root->first : p->tree->root;
	while (html->next && (!html->name.n || html->foreign))
		html = html->next;
	if (!p->tree->has_doctype)
		tell_page(p, "TH128", html);
	if (!is_words(html_tree_attr(html, "lang")))
		tell_page(p, "TH106", html);
	if (!has(html, "dir"))
		tell_page(p, "TH107", html);
	if (count(p, "main") != 1)
		tell_page(p, "TH108", html);
	if (count(p, "nav") == 0)
		tell_page(p, "TH109", html);
	if (count(p, "header") == 0 || count(p, "footer") == 0)
		tell_page(p, "TH110", html);
	if (!has_skip_link(p))
		tell_page(p, "TH111", html);
	if (count(p, "h1") != 1)
		tell_page(p, "TH112", html);
	look_at_head(p, html);
}

/* --- headings, landmarks --- */

static int level_of(const struct html_node *n)
{
	return n->name.n == 2 && n->name.p[0] == 'h' && n->name.p[1] >= '1' && n->name.p[1] <= '6'
	       ? n->name.p[1] - '0' : 0;
}

static void look_at_headings(struct page *p)
{
	int before = 1;

	for EACH(n, p->tree->root) {
		int level = level_of(n);

		if (!level)
			continue;
		if (level > before + 1)
			tell(p, "TH113", n, n->name);
		if (!has_name(n))
			tell(p, "TH127", n, n->name);
		before = level;
	}
}

static void look_at_navs(struct page *p)
{
	bool several = count(p, "nav") > 1;

	for EACH(n, p->tree->root)
		if (several && html_tree_is(n, "nav") && !has(n, "aria-label")
		    && !has(n, "aria-labelledby"))
			tell(p, "TH126", n, STR_NONE);
}

/* --- one element --- */

static bool is_interactive(const struct html_node *n)
{
	return (html_tree_is(n, "a") && has(n, "href")) || html_tree_is(n, "button")
	       || html_tree_is(n, "input") || html_tree_is(n, "select")
	       || html_tree_is(n, "textarea") || html_tree_is(n, "summary");
}

static void look_at_link(struct page *p, const struct html_node *n)
{
	if (!html_tree_is(n, "a") && !html_tree_is(n, "button"))
		return;
	if (html_tree_is(n, "a") && !has(n, "href") && !has(n, "id"))
		tell(p, "TH125", n, STR_NONE);
	if (!has_name(n) && !is_hidden(n))
		tell(p, html_tree_is(n, "a") ? "TH117" : "TH118", n, STR_NONE);
	if (is_inside(n, "a") || is_inside(n, "button"))
		tell(p, "TH123", n, n->name);
}

static void look_at_picture(struct page *p, const struct html_node *n)
{
	if (!html_tree_is(n, "img"))
		return;
	if (!has(n, "alt"))
		tell(p, "TH103", n, STR_NONE);
	/* A picture that the site chose has no size that a theme could know. */
	if ((!has(n, "width") || !has(n, "height"))
	    && str_starts(html_tree_attr(n, "src"), STR("assets/")))
		tell(p, "TH104", n, html_tree_attr(n, "src"));
}

static bool is_labelled(const struct page *p, const struct html_node *n)
{
	struct str id = html_tree_attr(n, "id");

	if (is_words(html_tree_attr(n, "aria-label")) || has(n, "aria-labelledby")
	    || is_words(html_tree_attr(n, "title")) || is_inside(n, "label"))
		return true;
	for EACH(x, p->tree->root)
		if (id.n && html_tree_is(x, "label") && str_eq(html_tree_attr(x, "for"), id))
			return has_name(x);
	return false;
}

static void look_at_field(struct page *p, const struct html_node *n)
{
	static const char *const unnamed[] = { "hidden", "submit", "button", "reset", "image" };
	struct str type = html_tree_attr(n, "type");

	if (!html_tree_is(n, "input") && !html_tree_is(n, "select") && !html_tree_is(n, "textarea"))
		return;
	for (size_t i = 0; i < ARRAY_LEN(unnamed); i++)
		if (str_eq_nocase(type, str_of(unnamed[i])))
			return;
	if (!is_labelled(p, n))
		tell(p, "TH105", n, html_tree_attr(n, "name"));
}

static void look_at_focus(struct page *p, const struct html_node *n)
{
	int64_t index = 0;

	if (str_to_i64(html_tree_attr(n, "tabindex"), &index) && index > 0)
		tell(p, "TH119", n, html_tree_attr(n, "tabindex"));
	if (has(n, "autofocus"))
		tell(p, "TH120", n, STR_NONE);
	if (is_interactive(n) && is_hidden(n) && index >= 0)
		tell(p, "TH131", n, n->name);
}

static void look_at_parts(struct page *p, const struct html_node *n)
{
	bool headed = !html_tree_is(n, "table");

	for EACH(x, n)
		headed = headed || html_tree_is(x, "th");
	if (!headed)
		tell(p, "TH121", n, STR_NONE);
	if (html_tree_is(n, "ul") || html_tree_is(n, "ol"))
		for (const struct html_node *x = n->first; x; x = x->next)
			if ((x->name.n && !html_tree_is(x, "li") && !html_tree_is(x, "template"))
			    || (!x->name.n && is_words(x->text)))
				tell(p, "TH124", x->name.n && !x->foreign ? x : n,
				     x->name.n ? x->name : str_trim(x->text));
	if (html_tree_is(n, "time") && !has(n, "datetime"))
		tell(p, "TH130", n, STR_NONE);
}

static void look_at_reference(struct page *p, const struct html_node *n, const char *attr)
{
	struct str rest = html_tree_attr(n, attr), id;

	if (strcmp(attr, "href") == 0) {
		if (!str_starts(rest, STR("#")) || rest.n < 2 || str_eq(rest, STR("#top")))
			return;
		rest = str_skip(rest, 1);
	}
	while (str_item(&rest, " ", &id)) {
		if (!by_id(p, id))
			tell(p, "TH122", n, arena_printf(p->c->arena, "%s=\"%.*s\"", attr,
							 STR_ARG(id)));
	}
}

static bool is_known_element(struct str name)
{
	static const char known[] =
		" a abbr address area article aside audio b base bdi bdo blockquote body br"
		" button canvas caption cite code col colgroup data datalist dd del details"
		" dfn dialog div dl dt em embed fieldset figcaption figure footer form h1 h2"
		" h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label"
		" legend li link main map mark math menu meta meter nav noscript object ol"
		" optgroup option output p param picture pre progress q rp rt ruby s samp"
		" script search section select slot small source span strong style sub"
		" summary sup svg table tbody td template textarea tfoot th thead time title"
		" tr track u ul var video wbr center font marquee blink big strike tt acronym"
		" dir nobr frame frameset noframes applet ";
	char word[40];

	if (name.n > 30)
		return false;
	snprintf(word, sizeof word, " %.*s ", STR_ARG(name));
	return strstr(known, word) || str_has_char(name, '-');
}

static void look_at_element(struct page *p, const struct html_node *n)
{
	static const char *const references[] = { "for", "href", "aria-labelledby",
						  "aria-describedby", "aria-controls", "list" };

	if (n->foreign)
		return;
	look_at_link(p, n);
	look_at_picture(p, n);
	look_at_field(p, n);
	look_at_focus(p, n);
	look_at_parts(p, n);
	if (!is_known_element(n->name) && !is_inside(n, "svg") && !is_inside(n, "math"))
		tell(p, "TH129", n, n->name);
	for (size_t i = 0; i < ARRAY_LEN(references); i++)
		if (has(n, references[i]) && (i != 0 || html_tree_is(n, "label")))
			look_at_reference(p, n, references[i]);
}

static void look_at_ids(struct page *p)
{
	struct map *ids = map_new();

	for EACH(n, p->tree->root) {
		struct str id = n->name.n ? html_tree_attr(n, "id") : STR_NONE;

		if (!id.n || map_count(ids) > IDS)
			continue;
		if (map_find(ids, id))
			tell(p, "TH102", n, id);
		else
			map_put(ids, id, n);
	}
	map_free(ids, NULL);
}

static void look_at_faults(struct page *p)
{
	for (size_t i = 0; i < p->tree->n_faults; i++) {
		const struct html_tree_fault *x = &p->tree->faults[i];
		struct look_at at;

		if (!x->foreign && render_place(p->r, x->file, x->line, x->column, &at))
			look_tell(p->c, "TH101", at, arena_str(p->c->arena, x->name), STR_NONE);
	}
}

/* --- the whole --- */

static void look_at_page(struct page *p)
{
	look_at_faults(p);
	look_at_frame(p);
	look_at_headings(p);
	look_at_navs(p);
	look_at_ids(p);
	for EACH(n, p->tree->root)
		if (n->name.n)
			look_at_element(p, n);
}

static void look_at_sample(struct check *c, struct render *r, const struct sample *s,
			   const struct theme_choice *choice)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(64 * KIB);
	struct page p = { .c = c, .r = r, .arena = a, .template = str_of(s->template) };
	struct fail f = FAIL_INIT;

	p.tree = render_page(r, a, s, choice, &f);
	if (p.tree)
		look_at_page(&p);
	else if (f.code)
		look_tell_fail(c, "TH100",
			       arena_printf(c->arena, "templates/%s.html", s->template), &f);
}

void look_pages(struct check *c)
{
	struct render *r = render_open(c);
	struct theme_choice choices[CHOICES];
	size_t n;

	if (!r)
		return;
	n = render_choices(c, c->arena, choices, CHOICES);
	for (const struct sample *s = samples; s->template; s++)
		for (size_t i = 0; i < n; i++)
			look_at_sample(c, r, s, &choices[i]);
	render_close(r);
}
