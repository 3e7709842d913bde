/* csv.h - tables as spreadsheets write them: RFC 4180.
 *
 * Fields are separated by commas (or by semicolons or tabs, as spreadsheets of many
 * languages write them: csv_init() looks at the first line), records end in "\n" or
 * "\r\n", a field in double quotes may hold all of these, and "" is a quote. A byte order
 * mark at the beginning is skipped, empty lines are skipped, and so is white space around a
 * field that is not quoted. Nothing is copied that need not be.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/arena.h"
#include "base/fail.h"

#define CSV_FIELDS 64			/* of one record, at most */

struct csv {
	struct str rest;
	char separator;
	int line;			/* of the record last read, from 1 */
	int next;
};

/* The text is lent, and must outlive what is read of it. */
void csv_init(struct csv *c, struct str text);

enum csv_result { CSV_RECORD, CSV_END, CSV_BAD };

/* The next record; its fields are lent from the text or live in the arena. CSV_BAD: *f says
 * why; c->line where. */
enum csv_result csv_next(struct csv *c, struct arena *a, struct str fields[CSV_FIELDS],
			 size_t *n, struct fail *f);

#endif
