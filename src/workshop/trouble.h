/* trouble.h - what is wrong with a theme, with the lines of its source around it. */
#ifndef WORKSHOP_TROUBLE_H
#define WORKSHOP_TROUBLE_H

#include "base/json.h"
#include "theme/themes.h"

struct trouble_line {
	int number;
	struct str text;
};

enum { TROUBLE_AROUND = 4 };		/* lines before and behind */

struct trouble {
	struct str message;		/* the whole sentence, "ID/FILE:LINE:COLUMN: ..." */
	struct str file;		/* "ID/templates/post.html", or empty */
	int line, column;		/* 0: not told */
	struct trouble_line lines[2 * TROUBLE_AROUND + 1];
	size_t n_lines;
};

/* Takes a message apart and reads the lines; what it does not name, or what lies in none of
 * the themes, stays empty. Results are in the arena. */
void trouble_read(struct arena *a, struct themes *ts, struct str message, struct trouble *ret);

/* An object: message, file, line, column, lines. */
void trouble_json(const struct trouble *t, struct json *j);
/* The same as HTML between tags. */
void trouble_html(const struct trouble *t, struct buf *out);

#endif
