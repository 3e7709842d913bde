/* markup.c - see markup.h: the tokens of HTML (living standard, 13.2.5) that finished pages
 * are made of, and no more. */
#include "web/markup.h"

#include <string.h>
#include "base/ascii.h"

static size_t name_end(struct str s, size_t i)
{
	while (i < s.n && !ascii_is_space(s.p[i]) && !strchr("/>=", s.p[i]))
		i++;
	return i;
}

static size_t skip_space(struct str s, size_t i)
{
	while (i < s.n && ascii_is_space(s.p[i]))
		i++;
	return i;
}

/* Behind the '>' of the tag that begins at s; a '>' in quotes does not end it. */
static size_t tag_end(struct str s)
{
	char quote = 0;

	for (size_t i = 1; i < s.n; i++) {
		char c = s.p[i];

		if (quote)
			quote = c == quote ? 0 : quote;
		else if (c == '>')
			return i + 1;
		else if ((c == '"' || c == '\'') && s.p[i - 1] == '=')
			quote = c;
	}
	return s.n;
}

static bool is_raw(struct str name)
{
	static const struct str raw[] = { STR_INIT("script"), STR_INIT("style"),
					  STR_INIT("title"), STR_INIT("textarea") };

	for (size_t i = 0; i < ARRAY_LEN(raw); i++)
		if (str_eq_nocase(name, raw[i]))
			return true;
	return false;
}

/* Where the end tag of the element stands. */
static size_t raw_end(struct str s, struct str name)
{
	for (size_t i = 0; i + 2 + name.n <= s.n; i++)
		if (s.p[i] == '<' && s.p[i + 1] == '/'
		    && str_eq_nocase(str_sub(s, i + 2, i + 2 + name.n), name))
			return i;
	return s.n;
}

static size_t other_end(struct str s)
{
	ptrdiff_t at = str_starts(s, STR("<!--")) ? str_find(s, STR("-->")) : str_find_char(s, '>');

	if (at < 0)
		return s.n;
	return (size_t)at + (str_starts(s, STR("<!--")) ? 3 : 1);
}

static bool is_tag(struct str s)
{
	return s.n > 1 && s.p[0] == '<'
		&& (ascii_is_letter(s.p[1])
		    || (s.n > 2 && s.p[1] == '/' && ascii_is_letter(s.p[2])));
}

static size_t text_end(struct str s)
{
	size_t i = 1;

	while (i < s.n && !is_tag(str_skip(s, i)) && !str_starts(str_skip(s, i), STR("<!")))
		i++;
	return i;
}

static size_t read_tag(struct markup *m, struct markup_piece *p)
{
	struct str s = m->rest;
	size_t from;

	p->kind = MARKUP_TAG;
	p->closing = s.p[1] == '/';
	from = p->closing ? 2 : 1;
	p->name = str_sub(s, from, name_end(s, from));
	if (!p->closing && is_raw(p->name))
		m->raw = p->name;
	return tag_end(s);
}

bool markup_next(struct markup *m, struct markup_piece *ret)
{
	struct markup_piece p = { .kind = MARKUP_TEXT };
	size_t end;

	if (m->raw.n) {
		end = raw_end(m->rest, m->raw);
		p.kind = MARKUP_RAW;
		p.name = m->raw;
		m->raw = STR_NONE;
		if (end == 0)		/* nothing in it */
			return markup_next(m, ret);
	} else if (m->rest.n == 0) {
		return false;
	} else if (is_tag(m->rest)) {
		end = read_tag(m, &p);
	} else if (str_starts(m->rest, STR("<!"))) {
		end = other_end(m->rest);
		p.kind = MARKUP_OTHER;
	} else {
		end = text_end(m->rest);
	}
	p.all = str_sub(m->rest, 0, end);
	m->rest = str_skip(m->rest, end);
	*ret = p;
	return true;
}

static struct str read_value(struct str tag, size_t *at)
{
	size_t i = skip_space(tag, *at + 1), from = i;
	struct str value;

	if (i < tag.n && (tag.p[i] == '"' || tag.p[i] == '\'')) {
		ptrdiff_t end = str_find_char(str_skip(tag, i + 1), tag.p[i]);

		value = end < 0 ? str_skip(tag, i + 1) : str_sub(tag, i + 1, i + 1 + (size_t)end);
		*at = i + 1 + value.n + (end >= 0);
		return value;
	}
	while (i < tag.n && !ascii_is_space(tag.p[i]) && tag.p[i] != '>')
		i++;
	*at = i;
	return str_sub(tag, from, i);
}

bool markup_attribute(struct str tag, size_t *at, struct markup_attribute *ret)
{
	size_t i = *at ? *at : name_end(tag, 1), from;

	while (i < tag.n && (ascii_is_space(tag.p[i]) || tag.p[i] == '/'))
		i++;
	if (i >= tag.n || tag.p[i] == '>')
		return false;
	from = i;
	i = name_end(tag, i + 1);
	*ret = (struct markup_attribute){ .name = str_sub(tag, from, i) };
	*at = i;
	i = skip_space(tag, i);
	if (i < tag.n && tag.p[i] == '=') {
		ret->value = read_value(tag, &i);
		*at = i;
	}
	return true;
}
