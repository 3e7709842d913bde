/* place.c - the tokenizer of place.h: one function per state, byte by byte, because comments of
 * the template may cut the text anywhere.
 *
 *	TEXT --"<a"--> TAG_NAME --" "--> TAG --"x"--> ATTR_NAME --"="--> BEFORE_VALUE
 *	  ^                                ^                                |
 *	  |---------- ">" -----------------+------ VALUE <-- quote ---------+
 *	TAG --">"--> RAW or RCDATA (by the element's name) --"</element"--> TAG --> TEXT
 *
 * What one browser reads as text and another as markup is refused: "<" in <title>,
 * "<!--" in <script>, CDATA sections, processing instructions.
 */
#include "mustache/place.h"
#include <string.h>
#include "base/ascii.h"
#include "mustache/closed.h"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static struct str name_of(const struct place *p)
{
	return str_from(p->name, p->n_name);
}

static struct str element_of(const struct place *p)
{
	return str_from(p->element, p->n_element);
}

/* Longer names than fit are none that we know; their ends do not matter. */
static void push(char *to, unsigned char *n, char c)
{
	if (*n < PLACE_NAME)
		to[(*n)++] = lower(c);
}

static bool is_one_of(struct str s, const char *const *names)
{
	for (; *names; names++)
		if (str_eq(s, str_of(*names)))
			return true;
	return false;
}

static bool is_raw(struct str element)
{
	static const char *const names[] = { "script", "style", "iframe", "noembed", "noframes",
					     "noscript", "xmp", "plaintext", NULL };

	return is_one_of(element, names);
}

static bool is_rcdata(struct str element)
{
	return str_eq(element, STR("title")) || str_eq(element, STR("textarea"));
}

static enum place_attr kind_of_attr(struct str name)
{
	static const char *const urls[] = {
		"href", "src", "action", "formaction", "poster", "cite", "data", "background",
		"longdesc", "manifest", "ping", "srcset", "imagesrcset", "xlink:href", "usemap",
		"profile", "classid", "codebase", "archive", "icon", "dynsrc", "lowsrc", NULL,
	};

	/* The last four are SVG's: an animation may write them into any attribute. */
	static const char *const codes[] = { "style", "srcdoc", "values", "to", "from", "by",
					     NULL };

	if (str_starts(name, STR("on")) || is_one_of(name, codes))
		return PLACE_ATTR_CODE;
	return is_one_of(name, urls) ? PLACE_ATTR_URL : PLACE_ATTR_PLAIN;
}

/* --- addresses written in the template --- */

static bool scheme_known(struct str s)
{
	static const char *const known[] = { "http", "https", "mailto", "tel", "xmpp", "sms",
					     "geo", "matrix", "gemini", NULL };

	return is_one_of(s, known);
}

static bool url_byte(struct place *p, char c, struct fail *f)
{
	struct str seen = str_from(p->seen, p->n_seen);

	if (p->scheme != PLACE_OPEN) {
		if (c == '#' && p->scheme == PLACE_FIXED)
			p->scheme = PLACE_FRAGMENT;
		return true;
	}
	if (ascii_is_space(c))
		return true;
	if (c == '&')
		return fail(f, FAIL_INVALID, "an address begins with a character reference;"
			    " write the character itself");
	if (c == ':' && !scheme_known(seen)
	    && !(str_eq(seen, STR("data")) && str_eq(name_of(p), STR("src"))))
		return fail(f, FAIL_INVALID, "addresses that begin with \"%.*s:\" are not allowed",
			    STR_ARG(seen));
	if (c == '#')
		p->scheme = PLACE_FRAGMENT;
	else if (c == '/' || c == '?' || c == ':')
		p->scheme = PLACE_FIXED;
	else
		push(p->seen, &p->n_seen, c);
	return true;
}

static bool url_border(const struct place *p, struct fail *f)
{
	if (p->state == PLACE_VALUE && p->attr == PLACE_ATTR_URL && p->scheme == PLACE_OPEN
	    && p->n_seen)
		return fail(f, FAIL_INVALID, "an address must begin with the tag itself, or with"
			    " \"/\", \"#\", \"?\", \"./\" or a scheme");
	return true;
}

/* --- states --- */

static void tag_begin(struct place *p, bool closing)
{
	p->state = PLACE_TAG_NAME;
	p->closing = closing;
	p->n_element = 0;
	p->gap = false;
}

static bool tag_end(struct place *p, struct fail *f)
{
	if (p->closed && !closed_element(p, f))
		return false;
	p->n_name = 0;
	p->state = PLACE_TEXT;
	if (!p->closing && is_raw(element_of(p)))
		p->state = PLACE_RAW;
	else if (!p->closing && is_rcdata(element_of(p)))
		p->state = PLACE_RCDATA;
	return true;
}

/* In TEXT the bytes since "<" are kept in `name` until they are known for a tag. */
static bool text_byte(struct place *p, char c, struct fail *f)
{
	struct str had = name_of(p);

	if (c == '<') {
		p->n_name = 0;
		push(p->name, &p->n_name, c);
		return true;
	}
	if (!had.n)
		return true;
	if (str_eq(had, STR("<"))) {
		if (c == '?')
			return fail(f, FAIL_INVALID, "\"<?\" has no place in HTML");
		if (c == '/' || c == '!') {
			push(p->name, &p->n_name, c);
			return true;
		}
		p->n_name = 0;
		if (ascii_is_letter(c)) {
			tag_begin(p, false);
			push(p->element, &p->n_element, c);
		}
		return true;
	}
	if (str_eq(had, STR("</"))) {
		if (!ascii_is_letter(c))
			return fail(f, FAIL_INVALID, "\"</\" must be followed by an element's"
				" name");
		tag_begin(p, true);
		push(p->element, &p->n_element, c);
		p->n_name = 0;
		return true;
	}
	if (str_eq(had, STR("<!")) && c == '-') {
		push(p->name, &p->n_name, c);
		return true;
	}
	p->n_name = 0;
	if (str_eq(had, STR("<!-")) && c == '-')
		p->state = PLACE_COMMENT;
	else if (str_eq(had, STR("<!")) && lower(c) == 'd')
		p->state = PLACE_BOGUS;
	else
		return fail(f, FAIL_INVALID, "\"<!\" begins neither a comment nor a doctype");
	return true;
}

/* `name` holds the last bytes that may belong to the end. "<!-->" and "<!--->" end at
 * once and "--!>" ends too, as in browsers; n_element counts the bytes seen so far. */
static void comment_byte(struct place *p, char c)
{
	struct str tail = name_of(p);
	bool dashes = str_eq(tail, STR("--")) || str_eq(tail, STR("--!"));

	if (c == '>' && (dashes || (p->n_seen == 0 && !tail.n)
			 || (p->n_seen == 1 && str_eq(tail, STR("-"))))) {
		p->state = PLACE_TEXT;
		p->n_name = p->n_seen = 0;
		return;
	}
	if (p->n_seen < 2)
		p->n_seen++;
	if (c == '-') {
		if (str_eq(tail, STR("--!")))
			p->n_name = 0;
		if (p->n_name < 2)
			push(p->name, &p->n_name, c);
	} else if (c == '!' && str_eq(tail, STR("--"))) {
		push(p->name, &p->n_name, c);
	} else {
		p->n_name = 0;
	}
}

/* Raw text ends at "</element" only. */
static bool raw_byte(struct place *p, char c, struct fail *f)
{
	struct str had = name_of(p);

	if (str_starts(had, STR("</")) && (ascii_is_space(c) || c == '/' || c == '>')
	    && str_eq(str_skip(had, 2), element_of(p))) {
		p->closing = true;
		p->n_name = 0;
		p->state = PLACE_TAG;
		p->gap = false;
		return c != '>' || tag_end(p, f);
	}
	if (p->state == PLACE_RAW && str_eq(had, STR("<")) && c == '!')
		return fail(f, FAIL_INVALID, "\"<!\" has no place in <%.*s>",
			    STR_ARG(element_of(p)));
	if (p->state == PLACE_RCDATA && str_eq(had, STR("<")) && c != '/')
		return fail(f, FAIL_INVALID, "<%.*s> holds text only; write &lt; for \"<\"",
			    STR_ARG(element_of(p)));
	if (c == '<')
		p->n_name = 0;
	if (c == '<' || (had.n == 1 && c == '/') || (had.n >= 2 && ascii_is_letter(c)))
		push(p->name, &p->n_name, c);
	else
		p->n_name = 0;
	return true;
}

static bool value_begins(struct place *p, char c, struct fail *f)
{
	p->attr = kind_of_attr(name_of(p));
	p->scheme = PLACE_OPEN;
	p->n_seen = 0;
	if (p->closed && !closed_begin(p, f))
		return false;
	if (str_eq(name_of(p), STR("http-equiv")))
		return fail(f, FAIL_INVALID, "http-equiv is not for themes; the server sends the"
			    " headers");
	if (c == '"' || c == '\'') {
		p->state = PLACE_VALUE;
		p->quote = c;
		return true;
	}
	p->state = PLACE_UNQUOTED;
	if (p->closed && !closed_byte(p, c, f))
		return false;
	return p->attr != PLACE_ATTR_URL || url_byte(p, c, f);
}

static bool value_byte(struct place *p, char c, struct fail *f)
{
	bool ends = p->state == PLACE_VALUE ? c == p->quote : ascii_is_space(c) || c == '>';

	if (p->closed && !(ends ? closed_end(p, f) : closed_byte(p, c, f)))
		return false;
	if (!ends)
		return p->attr != PLACE_ATTR_URL || url_byte(p, c, f);
	p->n_name = p->n_seen = 0;
	p->attr = PLACE_ATTR_PLAIN;
	p->scheme = PLACE_OPEN;
	p->watch = 0;
	if (c == '>' && p->state == PLACE_UNQUOTED)
		return tag_end(p, f);
	p->state = PLACE_TAG;
	return true;
}

/* The states inside a tag but outside a value. */
static bool tag_byte(struct place *p, char c, struct fail *f)
{
	if (p->gap && !ascii_is_space(c) && c != '/' && c != '>')
		return fail(f, FAIL_INVALID, "white space is missing between two attributes");
	p->gap = false;
	if (p->state == PLACE_BEFORE_VALUE) {
		if (ascii_is_space(c))
			return true;
		if (c != '>')
			return value_begins(p, c, f);
	}
	if (c == '>')
		return tag_end(p, f);
	if (c == '/') {
		p->state = PLACE_TAG;
	} else if (ascii_is_space(c)) {
		if (p->state == PLACE_ATTR_NAME)
			p->state = PLACE_AFTER_NAME;
		else if (p->state == PLACE_TAG_NAME)
			p->state = PLACE_TAG;
	} else if (p->state == PLACE_TAG_NAME) {
		push(p->element, &p->n_element, c);
	} else if (c == '=' && p->state != PLACE_TAG) {
		p->state = PLACE_BEFORE_VALUE;
	} else {
		if (p->state != PLACE_ATTR_NAME)
			p->n_name = 0;
		p->state = PLACE_ATTR_NAME;
		push(p->name, &p->n_name, c);
	}
	return true;
}

static bool place_byte(struct place *p, char c, struct fail *f)
{
	switch (p->state) {
	case PLACE_TEXT:
		return text_byte(p, c, f);
	case PLACE_RCDATA:
	case PLACE_RAW:
		return raw_byte(p, c, f);
	case PLACE_COMMENT:
		comment_byte(p, c);
		return true;
	case PLACE_BOGUS:
		if (c == '>')
			p->state = PLACE_TEXT;
		return true;
	case PLACE_VALUE:
	case PLACE_UNQUOTED:
		return value_byte(p, c, f);
	default:
		return tag_byte(p, c, f);
	}
}

bool place_read(struct place *p, struct str text, size_t *at, struct fail *f)
{
	for (size_t i = 0; i < text.n; i++) {
		if (place_byte(p, text.p[i], f))
			continue;
		*at = i;
		return false;
	}
	return true;
}

/* --- what may stand here --- */

static bool refuse(const struct place *p, struct fail *f)
{
	switch (p->state) {
	case PLACE_TEXT:
		return fail(f, FAIL_INVALID, "a tag right behind \"<\" is not allowed");
	case PLACE_RAW:
	case PLACE_RCDATA:
		return fail(f, FAIL_INVALID, "tags are not allowed in <%.*s>; put the value into a"
			    " data- attribute or a custom property", STR_ARG(element_of(p)));
	case PLACE_COMMENT:
	case PLACE_BOGUS:
		return fail(f, FAIL_INVALID, "tags are not allowed in HTML comments;"
			    " use {{! ... }}");
	case PLACE_BEFORE_VALUE:
	case PLACE_UNQUOTED:
		return fail(f, FAIL_INVALID, "put quotes round the value of the attribute \"%.*s\"",
			    STR_ARG(name_of(p)));
	case PLACE_VALUE:
		return fail(f, FAIL_INVALID, "tags are not allowed in the attribute \"%.*s\"",
			    STR_ARG(name_of(p)));
	default:
		return fail(f, FAIL_INVALID, "values are not allowed as names inside a tag; only as"
			    " quoted values of attributes");
	}
}

bool place_border(struct place *p, struct fail *f)
{
	if (p->state == PLACE_TAG || p->state == PLACE_AFTER_NAME) {
		p->state = PLACE_TAG;
		return true;
	}
	if (p->state == PLACE_ATTR_NAME || p->state == PLACE_TAG_NAME) {
		p->state = PLACE_TAG;
		p->gap = true;
		return true;
	}
	if (p->state == PLACE_VALUE && p->attr != PLACE_ATTR_CODE)
		return url_border(p, f);
	if ((p->state == PLACE_TEXT || p->state == PLACE_RCDATA) && !p->n_name)
		return true;
	return refuse(p, f);
}

bool place_join(struct place *p, const struct place *start, struct fail *f)
{
	if (!place_border(p, f))
		return false;
	if (p->state != start->state || p->attr != start->attr
	    || (p->state == PLACE_VALUE && p->quote != start->quote)
	    || (p->state == PLACE_VALUE && !str_eq(name_of(p), name_of(start)))
	    || (p->state != PLACE_TEXT && !str_eq(element_of(p), element_of(start))))
		return fail(f, FAIL_INVALID, "a section must end where it began: in the same tag"
			    " or attribute, or between tags");
	p->gap = p->gap || start->gap;
	closed_join(p, start);
	if (p->scheme != start->scheme)
		p->scheme = p->scheme == PLACE_OPEN || start->scheme == PLACE_OPEN
			? PLACE_OPEN : PLACE_FIXED;
	return true;
}

bool place_allows_value(struct place *p, struct fail *f)
{
	if ((p->state == PLACE_TEXT || p->state == PLACE_RCDATA) && !p->n_name)
		return true;
	if (p->state == PLACE_VALUE && p->attr != PLACE_ATTR_CODE)
		return url_border(p, f) && (!p->closed || closed_value(p, f));
	return refuse(p, f);
}

bool place_allows_html(const struct place *p, struct fail *f)
{
	if (p->state == PLACE_TEXT && !p->n_name)
		return true;
	return fail(f, FAIL_INVALID, "{{{ }}} may stand between tags only; use {{ }} here");
}

bool place_allows_partial(const struct place *p, struct fail *f)
{
	if (p->state == PLACE_TEXT && !p->n_name)
		return true;
	return fail(f, FAIL_INVALID, "other templates may be included between tags only");
}

bool place_allows_block(const struct place *p, struct fail *f)
{
	if ((p->state == PLACE_TEXT || p->state == PLACE_RCDATA) && !p->n_name)
		return true;
	if (p->state == PLACE_VALUE && p->attr == PLACE_ATTR_PLAIN)
		return true;
	return fail(f, FAIL_INVALID, "a block may stand between tags or in a quoted attribute that"
		    " is no address and no code");
}

bool place_wants_url(const struct place *p)
{
	return p->state == PLACE_VALUE && p->attr == PLACE_ATTR_URL
		&& p->scheme != PLACE_FRAGMENT;
}
