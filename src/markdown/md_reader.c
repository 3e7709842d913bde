/* md_reader.c - a reader of HTML tags. It never looks at a byte more than a constant number of
 * times: what was searched for in vain once is not searched for again.
 */
#include "markdown/md_reader.h"
#include <string.h>
#include "base/ascii.h"

static void skip_spaces(struct md_reader *r)
{
	while (r->at < r->s.n && (ascii_is_space(r->s.p[r->at]) || r->s.p[r->at] == '/'))
		r->at++;
}

struct str md_reader_word(struct md_reader *r, const char *stops)
{
	size_t from = r->at;

	while (r->at < r->s.n && !ascii_is_space(r->s.p[r->at]) && !strchr(stops, r->s.p[r->at]))
		r->at++;
	return str_sub(r->s, from, r->at);
}

static bool read_value(struct md_reader *r, struct str *ret)
{
	char quote = md_reader_look(r, 0);
	struct str rest;
	ptrdiff_t end;

	if (quote != '"' && quote != '\'') {
		*ret = md_reader_word(r, ">\"'<=`");
		return ret->n > 0;
	}
	rest = str_skip(r->s, r->at + 1);
	end = r->no_quote[quote == '"'] ? -1 : str_find_char(rest, quote);
	if (end < 0) {
		r->no_quote[quote == '"'] = true;
		return false;
	}
	*ret = str_sub(rest, 0, (size_t)end);
	r->at += (size_t)end + 2;
	return true;
}

bool md_reader_attrs(struct md_reader *r)
{
	r->n_attrs = 0;
	for (;;) {
		struct md_reader_attr attr = { .has_value = false };

		skip_spaces(r);
		if (r->at >= r->s.n) {
			r->ran_off++;
			return false;
		}
		if (md_reader_look(r, 0) == '<')
			return false;
		if (md_reader_look(r, 0) == '>') {
			r->at++;
			return true;
		}
		attr.name = md_reader_word(r, "/>=<\"'");
		if (!attr.name.n)
			return false;
		while (ascii_is_space(md_reader_look(r, 0)))
			r->at++;
		if (md_reader_look(r, 0) == '=') {
			r->at++;
			while (ascii_is_space(md_reader_look(r, 0)))
				r->at++;
			if (!read_value(r, &attr.value))
				return false;
			attr.has_value = true;
		}
		if (r->n_attrs < MD_READER_ATTRS)
			r->attrs[r->n_attrs++] = attr;
	}
}

bool md_reader_is_repeated(const struct md_reader *r, unsigned i)
{
	for (unsigned k = 0; k < i; k++)
		if (str_eq_nocase(r->attrs[k].name, r->attrs[i].name))
			return true;
	return false;
}

const struct md_reader_attr *md_reader_find(const struct md_reader *r, struct str name)
{
	for (unsigned i = 0; i < r->n_attrs; i++)
		if (str_eq_nocase(r->attrs[i].name, name))
			return &r->attrs[i];
	return NULL;
}

void md_reader_skip_past(struct md_reader *r, struct str what)
{
	ptrdiff_t at = str_find(str_skip(r->s, r->at), what);

	r->at = at < 0 ? r->s.n : r->at + (size_t)at + what.n;
}

void md_reader_skip_hidden(struct md_reader *r, struct str name)
{
	for (; r->at < r->s.n; r->at++)
		if (md_reader_look(r, 0) == '<' && md_reader_look(r, 1) == '/'
		    && str_starts_nocase(str_skip(r->s, r->at + 2), name)) {
			md_reader_skip_past(r, STR(">"));
			return;
		}
}
