/* place.h - where in the HTML a tag of a template stands.
 *
 * A small tokenizer reads the literal text of a template as a browser would (HTML
 * living standard, 13.2.5) and stops being lenient where browsers disagree with each
 * other or with common sense: what it cannot follow it refuses. Between two pieces of
 * text the compiler asks whether a tag may stand here, so that escaping by type is
 * always enough.
 *
 * A place is a plain value: the compiler copies it where a section begins and joins
 * the copies where it ends, because a section is shown never, once or many times.
 */
#ifndef MUSTACHE_PLACE_H
#define MUSTACHE_PLACE_H

#include "base/fail.h"

enum place_state {
	PLACE_TEXT,		/* between tags */
	PLACE_RCDATA,		/* in <title> or <textarea>: text only */
	PLACE_RAW,		/* in <script>, <style> and their like */
	PLACE_COMMENT,		/* <!-- ... --> */
	PLACE_BOGUS,		/* <!doctype ...> */
	PLACE_TAG_NAME,
	PLACE_TAG,		/* in a tag, between attributes */
	PLACE_ATTR_NAME,
	PLACE_AFTER_NAME,
	PLACE_BEFORE_VALUE,
	PLACE_VALUE,		/* in a quoted value */
	PLACE_UNQUOTED,		/* in a value without quotes */
};

enum place_attr {
	PLACE_ATTR_PLAIN,
	PLACE_ATTR_URL,		/* href, src, ... */
	PLACE_ATTR_CODE,	/* on..., style, srcdoc: never a tag */
};

/* How far the literal start of an address has settled its scheme. */
enum place_scheme { PLACE_OPEN, PLACE_FIXED, PLACE_FRAGMENT };

#define PLACE_NAME 24

struct place {
	enum place_state state;
	enum place_attr attr;
	enum place_scheme scheme;
	char quote;
	bool closing;			/* in an end tag */
	bool gap;			/* a section ended in a name: white space must follow */
	unsigned char n_element, n_name, n_seen;
	char element[PLACE_NAME];	/* of the tag, or of the raw text we are in */
	char name[PLACE_NAME];		/* attribute, or what follows "</", "<!" or "--" */
	char seen[PLACE_NAME];		/* start of an address until its scheme is settled */
	bool closed;			/* closed.h has a say */
	unsigned char watch, step, n_start;
	char start[16];
};

#define PLACE_START { .state = PLACE_TEXT }

/* Reads text. On failure *at is the offset of the byte that cannot be accepted. */
MUST_CHECK bool place_read(struct place *p, struct str text, size_t *at, struct fail *f);

/* A section (or its end, or a block) stands here: nothing may be half said. */
MUST_CHECK bool place_border(struct place *p, struct fail *f);
/* At the end of a section: both ways to come here must agree. The result is in *p. */
MUST_CHECK bool place_join(struct place *p, const struct place *start, struct fail *f);

MUST_CHECK bool place_allows_value(struct place *p, struct fail *f);	/* {{x}} and messages */
MUST_CHECK bool place_allows_html(const struct place *p, struct fail *f);	/* {{{x}}} */
MUST_CHECK bool place_allows_partial(const struct place *p, struct fail *f);
MUST_CHECK bool place_allows_block(const struct place *p, struct fail *f);
/* A {{x}} here must be an url. */
bool place_wants_url(const struct place *p);

#endif
