/* md_lines.h - a text by its lines, without their ends. The text is lent. */
#ifndef MARKDOWN_MD_LINES_H
#define MARKDOWN_MD_LINES_H

#include "base/arena.h"

struct md_lines {
	struct str text;
	size_t *starts;			/* n + 1 of them */
	size_t n;
};

struct md_lines md_lines_of(struct arena *a, struct str text);
struct str md_lines_get(const struct md_lines *l, size_t line);	/* counted from 0 */
bool md_lines_blank(const struct md_lines *l, size_t line);	/* nothing but white space */

#endif
