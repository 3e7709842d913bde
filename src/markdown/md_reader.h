/* md_reader.h - the tags of an HTML fragment, as browsers read them (WHATWG HTML 13.2.5).
 *
 * The caller moves `at`. Nothing is copied: names and values are lent from the fragment, with
 * their character references as written.
 */
#ifndef MARKDOWN_MD_READER_H
#define MARKDOWN_MD_READER_H

#include "base/str.h"

#define MD_READER_ATTRS 32		/* of one tag; more are dropped */

struct md_reader_attr {
	struct str name, value;
	bool has_value;
};

struct md_reader {
	struct str s;
	size_t at;
	bool no_quote[2];		/* no more " or ' in the rest */
	unsigned ran_off;		/* tags that were not closed up to the end */
	struct md_reader_attr attrs[MD_READER_ATTRS];	/* of the last tag */
	unsigned n_attrs;
};

static inline bool md_reader_is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* The byte so many behind `at`, or NUL. */
static inline char md_reader_look(const struct md_reader *r, size_t ahead)
{
	return r->at + ahead < r->s.n ? r->s.p[r->at + ahead] : '\0';
}

/* Up to white space or one of the stops. */
struct str md_reader_word(struct md_reader *r, const char *stops);
/* The attributes up to and with the ">"; false when this is no tag. */
bool md_reader_attrs(struct md_reader *r);
/* Whether attribute i was there before: written twice it counts once, as in browsers. */
bool md_reader_is_repeated(const struct md_reader *r, unsigned i);
/* The first attribute of that name, or NULL. */
const struct md_reader_attr *md_reader_find(const struct md_reader *r, struct str name);
/* Moves behind the next `what`, or to the end. */
void md_reader_skip_past(struct md_reader *r, struct str what);
/* Moves behind the end tag of that name, or to the end. */
void md_reader_skip_hidden(struct md_reader *r, struct str name);

#endif
