/* md_marks.h - private marks that survive the parser.
 *
 * cmark forgets things our passes must know: that a character was escaped, that
 * a bracket was a footnote and no link. So they are marked before parsing with
 * noncharacters U+FDD0..U+FDEF. Those of the input become U+FFFD first, and
 * everything that is written passes md_marks_restore(), so no mark leaves.
 */
#ifndef MARKDOWN_MD_MARKS_H
#define MARKDOWN_MD_MARKS_H

#include "base/buf.h"

/* Three bytes each: EF B7 xx. */
#define MARK_LEAD      "\xef\xb7"
#define MARK_ESC_NEXT  "\xef\xb7\x90"	/* the next character was escaped */
#define MARK_ESC_PREV  "\xef\xb7\x91"	/* the one before was */
#define MARK_NOTE      "\xef\xb7\x92"	/* the ^ of a footnote: [^label] */
#define MARK_NOTE_DEF  "\xef\xb7\x93"	/* between ] and : of a definition */
#define MARK_TABLE     "\xef\xb7\x94"	/* first cell of a table */
#define MARK_ROW       "\xef\xb7\x95"	/* first cell of a later row */
#define MARK_CELL      "\xef\xb7\x96"	/* any other cell */
#define MARK_NOTE_BODY "\xef\xb7\x97"	/* opens the body of a footnote */
#define MARK_BYTES 3

struct md_marks {
	bool notes;	/* a footnote definition may be there */
	bool tables;	/* a row of dashes may be there */
	bool tildes;	/* something may be struck through */
};

/* Valid UTF-8, "\n" line ends, no NUL, no noncharacters, and the marks; *ret says
 * what was seen. */
void md_marks_prepare(struct buf *out, struct str source, struct md_marks *ret);

/* The third byte of the mark at s[at], or 0. */
unsigned char md_marks_at(struct str s, size_t at);
bool md_marks_is(struct str s, size_t at, const char *mark);

/* Appends s as the author wrote it. */
void md_marks_restore(struct buf *out, struct str s);

#endif
