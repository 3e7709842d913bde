/* csv.c - see csv.h. */
#include "base/csv.h"

#include <string.h>

/* What the first line has most of; a comma when it has none. */
static char separator_of(struct str text)
{
	static const char candidates[] = { ',', ';', '\t' };
	struct str line;
	size_t count, most = 0;
	char best = ',';

	if (!str_line(&text, &line))
		return best;
	for (size_t i = 0; i < sizeof candidates; i++) {
		count = 0;
		for (size_t k = 0; k < line.n; k++)
			count += line.p[k] == candidates[i];
		if (count > most) {
			most = count;
			best = candidates[i];
		}
	}
	return best;
}

void csv_init(struct csv *c, struct str text)
{
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_skip(text, 3);
	*c = (struct csv){ .rest = text, .separator = separator_of(text), .next = 1 };
}

/* Behind the opening quote: the text up to the closing one, with "" as one. */
static bool read_quoted(struct csv *c, struct arena *a, struct str *field, struct fail *f)
{
	const char *p = c->rest.p;
	size_t n = c->rest.n, i = 0, out = 0;
	char *text = arena_alloc(a, n + 1);

	for (; i < n; i++) {
		if (p[i] == '"' && (i + 1 == n || p[i + 1] != '"'))
			break;
		if (p[i] == '"')
			i++;
		c->next += p[i] == '\n';
		text[out++] = p[i];
	}
	if (i == n)
		return fail(f, FAIL_INVALID, "a quote that is opened here is never closed");
	*field = str_from(text, out);
	c->rest = str_skip(c->rest, i + 1);
	return true;
}

static void read_bare(struct csv *c, struct str *field)
{
	size_t i = 0;

	while (i < c->rest.n && c->rest.p[i] != c->separator && c->rest.p[i] != '\n')
		i++;
	*field = str_trim(str_sub(c->rest, 0, i));
	c->rest = str_skip(c->rest, i);
}

static bool read_field(struct csv *c, struct arena *a, struct str *field, struct fail *f)
{
	struct str after;

	while (c->rest.n && c->rest.p[0] == ' ' && c->separator != ' ')
		c->rest = str_skip(c->rest, 1);
	if (!c->rest.n || c->rest.p[0] != '"') {
		read_bare(c, field);
		return true;
	}
	c->rest = str_skip(c->rest, 1);
	if (!read_quoted(c, a, field, f))
		return false;
	read_bare(c, &after);
	return !after.n || fail(f, FAIL_INVALID, "text stands behind a closing quote; a quote in "
				"a text is written twice");
}

static void skip_empty_lines(struct csv *c)
{
	size_t i = 0;

	while (i < c->rest.n && (c->rest.p[i] == '\n' || c->rest.p[i] == '\r'))
		c->next += c->rest.p[i++] == '\n';
	c->rest = str_skip(c->rest, i);
}

enum csv_result csv_next(struct csv *c, struct arena *a, struct str fields[CSV_FIELDS],
			 size_t *n, struct fail *f)
{
	skip_empty_lines(c);
	c->line = c->next;
	if (!c->rest.n)
		return CSV_END;
	for (*n = 0; *n < CSV_FIELDS; c->rest = str_skip(c->rest, 1)) {
		if (!read_field(c, a, &fields[(*n)++], f))
			return CSV_BAD;
		if (!c->rest.n || c->rest.p[0] == '\n') {
			c->next += c->rest.n > 0;
			c->rest = str_skip(c->rest, 1);
			return CSV_RECORD;
		}
	}
	fail(f, FAIL_TOO_LARGE, "a record has more than %d fields", CSV_FIELDS);
	return CSV_BAD;
}
