/* glossary.h - GLOSSARY.csv: which word of a language stands for which of ours.
 *
 * A table (base/csv.h) with a head line: term, context, one column a language, "not LANG"
 * columns, note. Words of one cell are separated by " / "; those of a "not" column are never
 * used, and "*" at the end of one stands for any ending.
 *
 * Strings live in the arena or are lent from the text. Any thread.
 */
#ifndef TRANSLATE_GLOSSARY_H
#define TRANSLATE_GLOSSARY_H

#include "base/arena.h"
#include "base/fail.h"

#define GLOSSARY_COLUMNS 32
#define GLOSSARY_ROWS 2000

struct glossary_row {
	struct str cell[GLOSSARY_COLUMNS];
	int line;
};

struct glossary {
	struct str columns[GLOSSARY_COLUMNS];
	size_t n_columns;
	struct glossary_row *rows;
	size_t count;
};

/* name: how the text is called in messages, which have file:line. */
MUST_CHECK bool glossary_parse(struct arena *a, struct str text, const char *name,
			       struct glossary *ret, struct fail *f);

/* The cell of a column ("term", "fr", "not fr"); empty where there is none. */
struct str glossary_cell(const struct glossary *g, size_t row, struct str column);

/* The next word of a cell; false: no more. */
bool glossary_word(struct str *cell, struct str *word);

#endif
