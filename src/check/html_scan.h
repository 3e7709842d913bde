/* html_scan.h - HTML cut into its tokens, for looking at it.
 *
 * A tokenizer in the manner of the living standard (13.2.5) that accepts anything: it is
 * for finding faults, never for deciding what is safe (that is mustache/place.h and
 * markdown/). Reads pages that a theme made, and its templates with the tags blanked out:
 * the byte HTML_SCAN_BLANK counts as white space between attributes and as text elsewhere.
 * Nothing is copied, nothing fails; the text outlives the tokens.
 */
#ifndef CHECK_HTML_SCAN_H
#define CHECK_HTML_SCAN_H

#include "base/str.h"

#define HTML_SCAN_BLANK '\x01'
#define HTML_SCAN_ATTRS 48		/* of one tag; more are passed over */

enum html_token_kind {
	HTML_TEXT,
	HTML_OPEN,			/* <a href="..."> */
	HTML_CLOSE,			/* </a> */
	HTML_COMMENT,
	HTML_DOCTYPE,
};

struct html_attr {
	struct str name, value;		/* as written, without the quotes */
	bool has_value;
	size_t at;			/* of the name, in the text */
};

struct html_token {
	enum html_token_kind kind;
	struct str name;		/* of a tag, as written */
	struct str text;		/* of text and comments */
	size_t at;			/* where it begins */
	bool is_empty;			/* <br/> */
	struct html_attr attrs[HTML_SCAN_ATTRS];
	size_t n_attrs;
};

struct html_scan {
	struct str text;
	size_t at;
	struct str raw;			/* the element whose raw text comes next */
};

/* False at the end. */
bool html_scan_next(struct html_scan *s, struct html_token *ret);

/* The value of an attribute; false when it is not there. Names without regard to case. */
bool html_scan_attr(const struct html_token *t, const char *name, struct str *ret);

#endif
