/* fields.h - the fields of a head, and what they say of how the message is framed.
 *
 * For http/parser. One field is added by whoever looked at its line; fields_take() reads as many
 * as are written as they should be, at once. They point into the head.
 */
#ifndef HTTP_FIELDS_H
#define HTTP_FIELDS_H

#include "http/lines.h"
#include "http/request.h"

#define FIELDS_TOLD 5		/* Host and what a proxy says are no more */

/* What the fields said about framing, before the whole is judged. */
struct framing {
	struct str host, length, coding, expect;
	unsigned hosts, lengths, codings;
	bool close, keep_alive;
	bool plain_host;		/* url_host_is_plain(host) */
};

void fields_make_room(struct request *rq);	/* for more than there are */

/* Adds one; the name is a token, the value is not trimmed yet. */
void fields_add(struct framing *fr, struct request *rq, struct str name, struct str value);

/* Notes what a field says of the framing; most say nothing. */
void fields_note(struct framing *fr, const struct field *field);

/* Nearly all values have one space between the colon and them, and none behind. Behind each is a
 * CR. */
static inline bool fields_is_trim(const char *value, const char *end)
{
	return value[-1] == ' ' && value[0] > ' ' && end[-1] > ' ';
}

/* By names like X-Forwarded-For a proxy says who the reader is. */
static inline bool fields_begins_told(const char *name)
{
	return (lex_two(name) | 0x2020) == lex_two("x-");
}

/* Whether such a line is to be taken before others. */
static inline bool fields_is_told(const struct request *rq, const struct lines *l, const char *line)
{
	return l->end - line > 2 && fields_begins_told(line) && rq->n_fields < FIELDS_TOLD;
}

bool fields_take_more_told(struct request *rq, struct lines *l, const char **line);

/* Those lines from *line on, which l has come to. False: *line is where there is no field, or no
 * whole line. */
static inline bool fields_take_told(struct request *rq, struct lines *l, const char **line)
{
	return !fields_is_told(rq, l, *line) || fields_take_more_told(rq, l, line);
}

/* Those from *line on. True: the empty line has come, and *line is behind it. False: it is where
 * there is no field, or no whole line, or one too many. */
bool fields_take(struct framing *fr, struct request *rq, struct lines *l, const char **line);

#endif
