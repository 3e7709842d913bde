/* glossary.c - see glossary.h. */
#include "translate/glossary.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"

#define CELL_MAX 1000

struct csv {
	struct arena *a;
	const char *name;
	struct str rest;
	int line;
	struct fail *f;
};

static bool fail_here(struct csv *c)
{
	return fail_in(c->f, "%s:%d", c->name, c->line);
}

/* Behind the opening quote. A quote is written twice. */
static bool read_quoted(struct csv *c, struct buf *b)
{
	size_t i = 0;

	for (; i < c->rest.n; i++) {
		char ch = c->rest.p[i];

		if (ch == '"' && (i + 1 == c->rest.n || c->rest.p[i + 1] != '"'))
			break;
		i += ch == '"';
		c->line += ch == '\n';
		buf_addc(b, ch);
	}
	if (i == c->rest.n)
		return fail(c->f, FAIL_INVALID, "the string has no closing quote");
	c->rest = str_skip(c->rest, i + 1);
	return true;
}

static bool read_cell(struct csv *c, struct str *ret)
{
	CLEANUP(buf_release) struct buf b = BUF(CELL_MAX);
	size_t n = 0;

	if (str_starts(c->rest, STR("\""))) {
		c->rest = str_skip(c->rest, 1);
		if (!read_quoted(c, &b))
			return false;
	}
	while (n < c->rest.n && c->rest.p[n] != ',' && c->rest.p[n] != '\n')
		n++;
	buf_add(&b, str_sub(c->rest, 0, n));
	c->rest = str_skip(c->rest, n);
	if (!buf_ok(&b))
		return fail(c->f, FAIL_TOO_LARGE, "a cell is longer than %d bytes", CELL_MAX);
	*ret = str_trim(arena_str(c->a, buf_str(&b)));
	return true;
}

/* A line of cells; further ones than there is room for are an error. */
static bool read_row(struct csv *c, struct str *cells, size_t *count)
{
	c->line++;
	for (*count = 0;; c->rest = str_skip(c->rest, 1)) {
		if (*count == GLOSSARY_COLUMNS)
			return fail(c->f, FAIL_TOO_LARGE, "there are more than %d columns",
				    GLOSSARY_COLUMNS);
		if (!read_cell(c, &cells[(*count)++]))
			return false;
		if (!str_starts(c->rest, STR(",")))
			break;
	}
	c->rest = str_skip(c->rest, 1);
	return true;
}

static bool read_rows(struct csv *c, struct glossary *ret)
{
	VEC(struct glossary_row) rows = { 0 };
	struct glossary_row row = { 0 };
	size_t n;
	bool ok = true;

	while (ok && c->rest.n) {
		row = (struct glossary_row){ .line = c->line + 1 };
		ok = read_row(c, row.cell, &n);
		if (ok && row.cell[0].n && rows.n < GLOSSARY_ROWS)
			*VEC_ADD(&rows) = row;
	}
	ret->rows = VEC_INTO(c->a, &rows, &ret->count);
	return ok;
}

bool glossary_parse(struct arena *a, struct str text, const char *name, struct glossary *ret,
		    struct fail *f)
{
	struct csv c = { .a = a, .name = name, .rest = text, .f = f };

	*ret = (struct glossary){ 0 };
	if (!utf8_valid(text)) {
		fail(f, FAIL_INVALID, "the file is not valid UTF-8");
		return fail_in(f, "%s", name);
	}
	return (read_row(&c, ret->columns, &ret->n_columns) && read_rows(&c, ret)) ||
	       fail_here(&c);
}

struct str glossary_cell(const struct glossary *g, size_t row, struct str column)
{
	for (size_t i = 0; i < g->n_columns; i++)
		if (str_eq(g->columns[i], column))
			return g->rows[row].cell[i];
	return STR("");
}

bool glossary_word(struct str *cell, struct str *word)
{
	ptrdiff_t at = str_find(*cell, STR(" / "));

	*word = str_trim(at < 0 ? *cell : str_sub(*cell, 0, (size_t)at));
	*cell = at < 0 ? STR("") : str_skip(*cell, (size_t)at + 3);
	return word->n > 0;
}
