/* markup.h - a finished page taken apart again: its tags and what stands between them.
 *
 * For what is done to a whole page after its template (links of a reader's language, the
 * marks for translators). The pages are our own and well-formed; what is not is passed
 * through as it stands, so that all pieces together are always the page. Nothing is
 * allocated; pieces are lent from the page. Any thread.
 */
#ifndef WEB_MARKUP_H
#define WEB_MARKUP_H

#include "base/str.h"

enum markup_kind {
	MARKUP_TEXT,		/* between tags */
	MARKUP_TAG,		/* "<a href=...>" or "</a>" */
	MARKUP_RAW,		/* the inside of <script>, <style>, <title>, <textarea> */
	MARKUP_OTHER,		/* a comment, the doctype */
};

struct markup_piece {
	enum markup_kind kind;
	struct str all;		/* its bytes */
	struct str name;	/* of a tag, or of the element around raw text */
	bool closing;
};

struct markup {
	struct str rest;
	struct str raw;		/* the element whose raw text comes next, or empty */
};

#define MARKUP(page) { .rest = (page) }

bool markup_next(struct markup *m, struct markup_piece *ret);	/* false: that was all */

/* The next attribute of a tag. *at: 0 at first. value lies in `tag` and is as it was written
 * (escaped); an attribute without a value has value.p NULL. False: no more. */
struct markup_attribute {
	struct str name, value;
};
bool markup_attribute(struct str tag, size_t *at, struct markup_attribute *ret);

#endif
