/* look_markup.c - templates as they are written: what is forbidden, what is loaded from
 * elsewhere, what cannot be translated. The tags of Mustache are blanked out first; what a
 * value may do is the compiler's business. */
#include "base/file.h"
#include "base/utf8.h"
#include "check/html_scan.h"
#include "check/look.h"
#include "check/mask.h"

/* --- one tag --- */

struct page {
	struct check *c;
	const struct look_file *file;
	struct str raw;			/* the element whose raw text is read */
};

static void tell(struct page *p, const char *id, size_t at, struct str detail)
{
	look_tell(p->c, id, look_at(p->file->name, p->file->text, at),
		  arena_str(p->c->arena, detail), STR_NONE);
}

static bool is_one_of(struct str name, const char *const *list)
{
	for (; *list; list++)
		if (str_eq_nocase(name, str_of(*list)))
			return true;
	return false;
}

static bool is_outside(struct str url)
{
	return str_starts_nocase(url, STR("http:")) || str_starts_nocase(url, STR("https:"))
	       || str_starts(url, STR("//"));
}

static bool has_letter(struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		/* a character reference is no word */
		if (text.p[i] == '&') {
			ptrdiff_t end = str_find_char(str_skip(text, i), ';');

			i += end > 0 && end < 12 ? (size_t)end : 0;
			continue;
		}
		if ((text.p[i] >= 'a' && text.p[i] <= 'z') || (text.p[i] >= 'A' && text.p[i] <= 'Z')
		    || ((text.p[i] & 0xC0) == 0xC0 && (unsigned char)text.p[i] != 0xE2
			&& (unsigned char)text.p[i] != 0xC2))
			return true;
	}
	return false;
}

/* Is the attribute an address that the browser fetches by itself? */
static bool is_fetched(struct str element, struct str name)
{
	static const char *const always[] = { "src", "srcset", "poster", "background", "data",
					      "imagesrcset", NULL };

	return is_one_of(name, always)
	       || (str_eq_nocase(name, STR("href"))
		   && (str_eq_nocase(element, STR("link")) || str_eq_nocase(element, STR("image"))
		       || str_eq_nocase(element, STR("use"))))
	       || str_eq_nocase(name, STR("xlink:href"));
}

static void look_at_asset(struct page *p, const struct html_attr *a)
{
	struct str name = str_trim(a->value), rest;

	if (!str_starts(name, STR("assets/")) || str_has_char(name, HTML_SCAN_BLANK))
		return;
	name = str_cut(name, '#', &rest);
	for (size_t i = 0; i < p->c->source->n_dirs; i++)
		if (file_exists(path_join(p->c->arena, p->c->source->dirs[i], name)))
			return;
	if (str_ends(name, STR(".css")))	/* made of Sass */
		return;
	tell(p, "TH062", a->at, name);
}

static void look_at_attr(struct page *p, const struct html_token *t, const struct html_attr *a)
{
	static const char *const spoken[] = { "alt", "title", "aria-label", "placeholder",
					      "aria-description", "label", NULL };

	if (a->name.n > 2 && str_starts_nocase(a->name, STR("on")))
		tell(p, "TH051", a->at, a->name);
	if (str_eq_nocase(a->name, STR("style")))
		tell(p, "TH052", a->at, STR_NONE);
	if (str_eq_nocase(a->name, STR("http-equiv")))
		tell(p, "TH054", a->at, a->value);
	if (str_eq_nocase(a->name, STR("target")) && str_eq_nocase(a->value, STR("_blank")))
		tell(p, "TH058", a->at, STR_NONE);
	if ((str_eq_nocase(a->name, STR("action")) || str_eq_nocase(a->name, STR("formaction")))
	    && is_outside(a->value))
		tell(p, "TH055", a->at, a->value);
	if (is_fetched(t->name, a->name) && is_outside(a->value) && !p->c->source->trusted)
		tell(p, "TH056", a->at, a->value);
	if (is_one_of(a->name, spoken) && has_letter(a->value))
		tell(p, "TH061", a->at, a->value);
	look_at_asset(p, a);
}

static void look_at_twice(struct page *p, const struct html_token *t)
{
	for (size_t i = 0; i < t->n_attrs; i++)
		for (size_t k = 0; k < i; k++)
			if (str_eq_nocase(t->attrs[i].name, t->attrs[k].name))
				tell(p, "TH063", t->attrs[i].at, t->attrs[i].name);
}

static void look_at_viewport(struct page *p, const struct html_token *t)
{
	struct str name, content;

	if (html_scan_attr(t, "name", &name) && str_eq_nocase(name, STR("viewport"))
	    && html_scan_attr(t, "content", &content)
	    && (str_find(content, STR("user-scalable=no")) >= 0
		|| str_find(content, STR("maximum-scale=1")) >= 0))
		tell(p, "TH064", t->at, STR_NONE);
}

static void look_at_tag(struct page *p, const struct html_token *t)
{
	static const char *const framed[] = { "iframe", "frame", "frameset", "object", "embed",
					      "applet", "portal", NULL };
	static const char *const obsolete[] = { "center", "font", "marquee", "blink", "big",
						"strike", "tt", "acronym", "dir", "basefont",
						"nobr", "noframes", NULL };

	if (str_eq_nocase(t->name, STR("script")) && !p->c->source->trusted)
		tell(p, "TH050", t->at, STR_NONE);
	if (is_one_of(t->name, framed))
		tell(p, "TH053", t->at, t->name);
	if (str_eq_nocase(t->name, STR("base")))
		tell(p, "TH057", t->at, STR_NONE);
	if (is_one_of(t->name, obsolete))
		tell(p, "TH059", t->at, t->name);
	if (str_eq_nocase(t->name, STR("meta")))
		look_at_viewport(p, t);
	for (size_t i = 0; i < t->n_attrs; i++)
		look_at_attr(p, t, &t->attrs[i]);
	look_at_twice(p, t);
	p->raw = t->name;
}

/* --- one file --- */

/* Text as it is told: without what is blank, shortened. */
static struct str told_text(struct arena *a, struct str text)
{
	CLEANUP(buf_release) struct buf b = BUF(200);

	for (size_t i = 0; i < text.n && b.n < 60; i++)
		if (text.p[i] != HTML_SCAN_BLANK)
			buf_addc(&b, text.p[i] == '\n' ? ' ' : text.p[i]);
	return arena_str(a, utf8_cut(str_trim(buf_str(&b)), 60));
}

static void look_at_words(struct page *p, const struct html_token *t)
{
	size_t skip = 0;

	/* code and numbers of the machine; styles have rules of their own */
	if (str_eq_nocase(p->raw, STR("script")) || str_eq_nocase(p->raw, STR("style"))
	    || str_eq_nocase(p->raw, STR("code")) || !has_letter(t->text))
		return;
	while (skip < t->text.n && !has_letter(str_sub(t->text, skip, skip + 2)))
		skip++;
	tell(p, "TH060", t->at + skip, told_text(p->c->arena, t->text));
}

static void look_at_file(struct check *c, const struct look_file *file)
{
	struct html_scan s = { .text = mask_tags(c->arena, file->text) };
	struct page p = { .c = c, .file = file };
	struct html_token t;

	while (html_scan_next(&s, &t)) {
		if (t.kind == HTML_OPEN)
			look_at_tag(&p, &t);
		else if (t.kind == HTML_CLOSE)
			p.raw = STR_NONE;
		else if (t.kind == HTML_TEXT)
			look_at_words(&p, &t);
	}
}

void look_markup(struct check *c)
{
	for (size_t i = 0; i < c->files.n; i++)
		if (look_is_in(&c->files.p[i], "templates/")
		    && path_name(c->files.p[i].name).p[0] != '.'
		    && utf8_valid(c->files.p[i].text) && str_ends(c->files.p[i].name, STR(".html")))
			look_at_file(c, &c->files.p[i]);
}
