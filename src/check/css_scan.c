/* css_scan.c - see css_scan.h. */
#include "check/css_scan.h"
#include "base/ascii.h"

/* Behind the comment that begins at `at`, or `at` where there is none. */
static size_t skip_comment(struct str text, size_t at, bool plain)
{
	struct str rest = str_skip(text, at);
	ptrdiff_t end;

	if (str_starts(rest, STR("/*"))) {
		end = str_find(str_skip(rest, 2), STR("*/"));
		return end < 0 ? text.n : at + (size_t)end + 4;
	}
	if (!plain && str_starts(rest, STR("//"))
	    && (at == 0 || text.p[at - 1] != ':')) {
		end = str_find_char(rest, '\n');
		return end < 0 ? text.n : at + (size_t)end;
	}
	return at;
}

static size_t skip_string(struct str text, size_t at)
{
	char quote = text.p[at];

	for (at++; at < text.n && text.p[at] != quote; at++)
		if (text.p[at] == '\\')
			at++;
		else if (text.p[at] == '\n')
			break;
	return at < text.n ? at + 1 : text.n;
}

static void skip_blank(struct css_scan *s)
{
	for (;;) {
		size_t from = s->at;

		while (s->at < s->text.n && ascii_is_space(s->text.p[s->at]))
			s->at++;
		s->at = skip_comment(s->text, s->at, s->plain);
		if (s->at == from || s->at >= s->text.n)
			return;
	}
}

/* The end of what begins at s->at: a ";", "{" or "}" that is in no bracket. */
static size_t find_end(const struct css_scan *s)
{
	size_t at = s->at;
	int depth = 0, braces = 0;

	while (at < s->text.n) {
		char x = s->text.p[at];
		size_t behind = skip_comment(s->text, at, s->plain);

		if (behind != at) {
			at = behind;
			continue;
		}
		if (x == '"' || x == '\'') {
			at = skip_string(s->text, at);
			continue;
		}
		if (x == '#' && at + 1 < s->text.n && s->text.p[at + 1] == '{') {
			braces++;
			at++;
		} else if (x == '}' && braces) {
			braces--;
		} else if (x == '(' || x == '[') {
			depth++;
		} else if ((x == ')' || x == ']') && depth) {
			depth--;
		} else if (!braces && (x == '{' || x == '}' || (x == ';' && !depth))) {
			break;
		}
		at++;
	}
	return at;
}

static void declaration(const struct css_scan *s, struct css_item *item, struct str text)
{
	static const struct str mark = STR_INIT("important");
	struct str value, name = str_trim(str_cut(text, ':', &value));

	item->kind = CSS_DECLARATION;
	item->name = name;
	item->value = str_trim(value);
	item->value_at = item->value.n ? (size_t)(item->value.p - s->text.p) : item->at;
	if (item->value.n > mark.n
	    && str_eq_nocase(str_skip(item->value, item->value.n - mark.n), mark)) {
		struct str before = str_trim(str_sub(item->value, 0, item->value.n - mark.n));

		if (before.n && before.p[before.n - 1] == '!') {
			item->important = true;
			item->value = str_trim(str_sub(before, 0, before.n - 1));
		}
	}
}

bool css_scan_next(struct css_scan *s, struct css_item *ret)
{
	struct str text;
	size_t end;

	*ret = (struct css_item){ .kind = CSS_STATEMENT };
	skip_blank(s);
	while (s->at < s->text.n && s->text.p[s->at] == ';') {
		s->at++;
		skip_blank(s);
	}
	if (s->at >= s->text.n)
		return false;
	ret->at = s->at;
	if (s->text.p[s->at] == '}') {
		s->at++;
		ret->kind = CSS_CLOSE;
		return true;
	}
	end = find_end(s);
	text = str_trim(str_sub(s->text, s->at, end));
	ret->prelude = text;
	s->at = end;
	if (end < s->text.n && s->text.p[end] == '{') {
		s->at++;
		ret->kind = CSS_OPEN;
		return true;
	}
	if (end < s->text.n && s->text.p[end] == ';')
		s->at++;
	if (text.n && text.p[0] != '@' && text.p[0] != '$' && str_has_char(text, ':'))
		declaration(s, ret, text);
	return true;
}

bool css_scan_part(struct str *rest, char sep, struct str *part)
{
	int depth = 0;
	size_t at = 0;

	*rest = str_trim(*rest);
	if (!rest->n)
		return false;
	while (at < rest->n) {
		char x = rest->p[at];

		if (x == '"' || x == '\'') {
			at = skip_string(*rest, at);
			continue;
		}
		if (!depth && (x == sep || (sep == ' ' && ascii_is_space(x))))
			break;
		depth += x == '(' || x == '[';
		depth -= (x == ')' || x == ']') && depth;
		at++;
	}
	*part = str_trim(str_sub(*rest, 0, at));
	*rest = at < rest->n ? str_skip(*rest, at + 1) : STR_NONE;
	return true;
}
