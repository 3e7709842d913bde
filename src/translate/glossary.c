/* glossary.c - see glossary.h. */
#include "translate/glossary.h"

#include "base/csv.h"
#include "base/utf8.h"
#include "base/vec.h"

struct reading {
	struct arena *a;
	struct csv csv;
	struct fail *f;
};

/* The next record. *is_end: there is none. */
static bool read_row(struct reading *r, struct str cells[GLOSSARY_COLUMNS], size_t *n,
		     bool *is_end)
{
	struct str fields[CSV_FIELDS];
	enum csv_result result = csv_next(&r->csv, r->a, fields, n, r->f);

	*is_end = result == CSV_END;
	if (result != CSV_RECORD)
		return *is_end;
	if (*n > GLOSSARY_COLUMNS)
		return fail(r->f, FAIL_TOO_LARGE, "there are more than %d columns",
			    GLOSSARY_COLUMNS);
	for (size_t i = 0; i < *n; i++)
		cells[i] = str_trim(fields[i]);
	return true;
}

static bool read_rows(struct reading *r, struct glossary *ret)
{
	VEC(struct glossary_row) rows = { 0 };
	bool ok, is_end;
	size_t n;

	do {
		struct glossary_row row = { .line = 0 };

		ok = read_row(r, row.cell, &n, &is_end);
		row.line = r->csv.line;
		if (ok && !is_end && row.cell[0].n && rows.n < GLOSSARY_ROWS)
			*VEC_ADD(&rows) = row;
	} while (ok && !is_end);
	ret->rows = VEC_INTO(r->a, &rows, &ret->count);
	return ok;
}

bool glossary_parse(struct arena *a, struct str text, const char *name, struct glossary *ret,
		    struct fail *f)
{
	struct reading r = { .a = a, .f = f };
	bool is_empty;

	*ret = (struct glossary){ 0 };
	if (!utf8_valid(text)) {
		fail(f, FAIL_INVALID, "the file is not valid UTF-8");
		return fail_in(f, "%s", name);
	}
	csv_init(&r.csv, text);
	return (read_row(&r, ret->columns, &ret->n_columns, &is_empty) && read_rows(&r, ret))
	       || fail_in(f, "%s:%d", name, r.csv.line);
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
