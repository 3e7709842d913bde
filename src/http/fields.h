/* fields.h - the fields of a head, and what they say of how the message is framed.
 *
 * For http/parser. One field is added by whoever looked at its line; fields_take() reads as many
 * as are written as they should be, at once. They point into the head.
 */
#ifndef HTTP_FIELDS_H
#define HTTP_FIELDS_H

#include "http/lines.h"
#include "http/request.h"

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

/* The first one, at *line, which l has come to, when it is the Host, as nearly always. False: it
 * was not taken. */
bool fields_take_host(struct framing *fr, struct request *rq, struct lines *l, const char **line);

/* Those from *line on, which l has come to, until there are `most`. True: the empty line has come,
 * and *line is behind it. False: it is where there is no field, or no whole line. */
bool fields_take(struct framing *fr, struct request *rq, struct lines *l, const char **line,
		 size_t most);

#endif
