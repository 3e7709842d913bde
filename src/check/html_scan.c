/* html_scan.c - see html_scan.h. */
#include "check/html_scan.h"
#include "base/ascii.h"

static bool is_space(char x)
{
	return x == ' ' || x == '\n' || x == '\t' || x == '\r' || x == '\f'
	       || x == HTML_SCAN_BLANK;
}

static char peek(const struct html_scan *s, size_t ahead)
{
	return s->at + ahead < s->text.n ? s->text.p[s->at + ahead] : '\0';
}

static void skip_space(struct html_scan *s)
{
	while (s->at < s->text.n && is_space(s->text.p[s->at]))
		s->at++;
}

static struct str upto(const struct html_scan *s, size_t from)
{
	return str_sub(s->text, from, s->at);
}

static void value(struct html_scan *s, struct html_attr *a)
{
	char quote = peek(s, 0);
	size_t from;

	a->has_value = true;
	if (quote == '"' || quote == '\'') {
		from = ++s->at;
		while (s->at < s->text.n && s->text.p[s->at] != quote)
			s->at++;
		a->value = upto(s, from);
		s->at += s->at < s->text.n;
		return;
	}
	from = s->at;
	while (s->at < s->text.n && !is_space(s->text.p[s->at]) && s->text.p[s->at] != '>')
		s->at++;
	a->value = upto(s, from);
}

static bool attribute(struct html_scan *s, struct html_attr *a)
{
	size_t from;

	while (s->at < s->text.n && (is_space(s->text.p[s->at]) || s->text.p[s->at] == '/'))
		s->at++;
	if (s->at >= s->text.n || s->text.p[s->at] == '>')
		return false;
	from = s->at++;
	while (s->at < s->text.n && !is_space(s->text.p[s->at]) && s->text.p[s->at] != '='
	       && s->text.p[s->at] != '>' && s->text.p[s->at] != '/')
		s->at++;
	*a = (struct html_attr){ .name = upto(s, from), .value = STR(""), .at = from };
	skip_space(s);
	if (peek(s, 0) != '=')
		return true;
	s->at++;
	skip_space(s);
	value(s, a);
	return true;
}

static bool is_raw(struct str name)
{
	return str_eq_nocase(name, STR("script")) || str_eq_nocase(name, STR("style"))
	       || str_eq_nocase(name, STR("textarea")) || str_eq_nocase(name, STR("title"));
}

static void tag(struct html_scan *s, struct html_token *t)
{
	bool closing = peek(s, 1) == '/';
	struct html_attr a;
	size_t from;

	t->kind = closing ? HTML_CLOSE : HTML_OPEN;
	from = s->at += closing ? 2 : 1;
	while (s->at < s->text.n && !is_space(s->text.p[s->at]) && s->text.p[s->at] != '>'
	       && s->text.p[s->at] != '/')
		s->at++;
	t->name = upto(s, from);
	while (attribute(s, &a))
		if (t->n_attrs < HTML_SCAN_ATTRS)
			t->attrs[t->n_attrs++] = a;
	t->is_empty = s->at > 0 && s->text.p[s->at - 1] == '/';
	s->at += s->at < s->text.n;
	if (!closing && is_raw(t->name))
		s->raw = t->name;
}

/* What ends with the mark, or with the text. */
static struct str ended_by(struct html_scan *s, struct str mark)
{
	ptrdiff_t end = str_find(str_skip(s->text, s->at), mark);
	size_t from = s->at;
	struct str inside;

	s->at = end < 0 ? s->text.n : s->at + (size_t)end;
	inside = upto(s, from);
	s->at += end < 0 ? 0 : mark.n;
	return inside;
}

static void declaration(struct html_scan *s, struct html_token *t)
{
	if (str_starts(str_skip(s->text, s->at), STR("<!--"))) {
		s->at += 4;
		t->kind = HTML_COMMENT;
		t->text = ended_by(s, STR("-->"));
		return;
	}
	t->kind = str_starts_nocase(str_skip(s->text, s->at), STR("<!doctype")) ? HTML_DOCTYPE
										 : HTML_COMMENT;
	t->text = ended_by(s, STR(">"));
}

/* Text of <script>, <style> and their like goes on to the element's own end tag. */
static bool raw_text(struct html_scan *s, struct html_token *t)
{
	struct str name = s->raw;
	size_t from = s->at;

	s->raw = STR_NONE;
	for (; s->at < s->text.n; s->at++)
		if (peek(s, 0) == '<' && peek(s, 1) == '/'
		    && str_starts_nocase(str_skip(s->text, s->at + 2), name))
			break;
	t->text = upto(s, from);
	return t->text.n > 0;
}

bool html_scan_next(struct html_scan *s, struct html_token *ret)
{
	size_t from = s->at;
	char next;

	*ret = (struct html_token){ .kind = HTML_TEXT, .at = s->at };
	if (s->at >= s->text.n)
		return false;
	if (s->raw.n && raw_text(s, ret))
		return true;
	next = peek(s, 1);
	if (peek(s, 0) == '<'
	    && (ascii_is_letter(next) || (next == '/' && ascii_is_letter(peek(s, 2))))) {
		tag(s, ret);
		return true;
	}
	if (peek(s, 0) == '<' && (next == '!' || next == '?')) {
		declaration(s, ret);
		return true;
	}
	for (s->at++; s->at < s->text.n; s->at++) {
		next = peek(s, 1);
		if (peek(s, 0) == '<' && (ascii_is_letter(next) || next == '/' || next == '!'
					  || next == '?'))
			break;
	}
	ret->text = upto(s, from);
	return true;
}

bool html_scan_attr(const struct html_token *t, const char *name, struct str *ret)
{
	for (size_t i = 0; i < t->n_attrs; i++)
		if (str_eq_nocase(t->attrs[i].name, str_of(name))) {
			*ret = t->attrs[i].value;
			return true;
		}
	return false;
}
