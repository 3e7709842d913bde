/* closed.c - values of attributes are read byte by byte beside place.c's own reading. `watch`
 * says how; `step` is how far something forbidden has been said:
 *
 *	ADDRESS	0 open, 1 behind the first slash, 2 settled
 *	LIST	1 behind a slash
 *	PAINT	letters of "url(" so far, 4: what is behind it
 */
#include "mustache/closed.h"

#include <string.h>
#include "base/ascii.h"

enum { FREE, ADDRESS, LIST, REL, PAINT };

static struct str name_of(const struct place *p)
{
	return str_from(p->name, p->n_name);
}

static struct str element_of(const struct place *p)
{
	return str_from(p->element, p->n_element);
}

static bool is_one_of(struct str s, const char *const *names)
{
	for (; *names; names++)
		if (str_eq(s, str_of(*names)))
			return true;
	return false;
}

/* Elements that run or embed something, and those whose text only some parsers take as text:
 * in <svg>, <style> and <xmp> are elements like others. */
bool closed_element(const struct place *p, struct fail *f)
{
	static const char *const names[] = {
		"script", "style", "iframe", "frame", "frameset", "object", "embed", "applet",
		"portal", "fencedframe", "base", "noscript", "noembed", "noframes", "xmp",
		"plaintext", "foreignobject", "handler", "listener", NULL,
	};

	if (p->closing || !is_one_of(element_of(p), names))
		return true;
	return fail(f, FAIL_FORBIDDEN, "<%.*s> needs the operator's trust in the theme",
		    STR_ARG(element_of(p)));
}

/* --- attributes --- */

static bool leads_only(const struct place *p)
{
	static const char *const cites[] = { "cite", "longdesc", NULL };
	static const char *const links[] = { "href", "xlink:href", NULL };
	struct str element = element_of(p);

	return is_one_of(name_of(p), cites)
		|| ((str_eq(element, STR("a")) || str_eq(element, STR("area")))
		    && is_one_of(name_of(p), links));
}

static unsigned char watch_of(const struct place *p)
{
	static const char *const lists[] = { "srcset", "imagesrcset", "archive", "ping",
					     "attributionsrc", NULL };
	static const char *const paints[] = {
		"fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker", "marker-start",
		"marker-mid", "marker-end", "mask-image", "background-image", "list-style-image",
		NULL,
	};

	if (is_one_of(name_of(p), lists))
		return LIST;
	if (is_one_of(name_of(p), paints))
		return PAINT;
	if (str_eq(name_of(p), STR("rel")) && str_eq(element_of(p), STR("link")))
		return REL;
	return p->attr == PLACE_ATTR_URL && !leads_only(p) ? ADDRESS : FREE;
}

bool closed_begin(struct place *p, struct fail *f)
{
	static const char *const refused[] = { "style", "srcdoc", "attributename", NULL };

	p->watch = watch_of(p);
	p->step = p->n_start = 0;
	if (p->watch == REL)
		p->attr = PLACE_ATTR_CODE;
	if (!str_starts(name_of(p), STR("on")) && !is_one_of(name_of(p), refused))
		return true;
	return fail(f, FAIL_FORBIDDEN, "the attribute \"%.*s\" is not for themes",
		    STR_ARG(name_of(p)));
}

static bool outside(const struct place *p, struct fail *f)
{
	return fail(f, FAIL_FORBIDDEN, "\"%.*s\" would load something from elsewhere; readers would"
		    " be told to others, so put the file into assets/", STR_ARG(name_of(p)));
}

static void keep(struct place *p, char c)
{
	if (p->n_start < sizeof(p->start))
		p->start[p->n_start++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool address_byte(struct place *p, char c, struct fail *f)
{
	static const char *const schemes[] = { "http", "https", "ws", "wss", "ftp", NULL };
	bool slash = c == '/' || c == '\\';

	if (ascii_is_space(c) || p->step == 2)
		return true;
	if (p->step == 1) {
		p->step = 2;
		return (!slash && c != '&') || outside(p, f);
	}
	if (slash)
		p->step = p->n_start ? 2 : 1;
	else if (c == ':' && is_one_of(str_from(p->start, p->n_start), schemes))
		return outside(p, f);
	else if (c == ':' || c == '?' || c == '#')
		p->step = 2;
	else
		keep(p, c);
	return true;
}

static bool list_byte(struct place *p, char c, struct fail *f)
{
	if (c == ':' || c == '\\' || c == '&' || (c == '/' && p->step))
		return outside(p, f);
	if (c != '\t' && c != '\n' && c != '\r')
		p->step = c == '/';
	return true;
}

static bool paint_byte(struct place *p, char c, struct fail *f)
{
	static const char url[] = "url(";

	if (c == '\\' || c == '&')
		return outside(p, f);
	if (p->step == 4) {
		if (ascii_is_space(c) || c == '"' || c == '\'')
			return true;
		p->step = 0;
		return c == '#' || outside(p, f);
	}
	if ((c | 32) == url[p->step] || (p->step == 3 && c == '('))
		p->step++;
	else
		p->step = (c | 32) == 'u';
	return true;
}

/* What a <link> says of itself makes browsers look up names and open connections. */
static bool rel_is_good(const struct place *p, struct fail *f)
{
	static const char *const refused[] = { "dns-prefetch", "preconnect", "prefetch", "preload",
					       "prerender", "modulepreload", "import", NULL };

	return !is_one_of(str_from(p->start, p->n_start), refused) || outside(p, f);
}

static bool rel_byte(struct place *p, char c, struct fail *f)
{
	if (c == '&')
		return outside(p, f);
	if (!ascii_is_space(c)) {
		keep(p, c);
		return true;
	}
	if (!rel_is_good(p, f))
		return false;
	p->n_start = 0;
	return true;
}

bool closed_byte(struct place *p, char c, struct fail *f)
{
	switch (p->watch) {
	case ADDRESS:
		return address_byte(p, c, f);
	case LIST:
		return list_byte(p, c, f);
	case PAINT:
		return paint_byte(p, c, f);
	case REL:
		return rel_byte(p, c, f);
	default:
		return true;
	}
}

bool closed_end(const struct place *p, struct fail *f)
{
	return p->watch != REL || rel_is_good(p, f);
}

/* "/{{x}}" is another host when x begins with a slash. */
bool closed_value(const struct place *p, struct fail *f)
{
	bool slash = (p->watch == ADDRESS || p->watch == LIST) && p->step == 1;

	return (!slash && !(p->watch == PAINT && p->step == 4)) || outside(p, f);
}

void closed_join(struct place *p, const struct place *start)
{
	if (p->watch == ADDRESS && p->step != 1)
		p->step = start->step < p->step || start->step == 1 ? start->step : p->step;
	else if (p->watch == LIST || p->watch == PAINT)
		p->step = start->step > p->step ? start->step : p->step;
}
