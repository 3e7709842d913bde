/* answer.h - what a handler gives back. Its texts live in the context's arena, or for good. */
#ifndef WEB_ANSWER_H
#define WEB_ANSWER_H

#include "base/buf.h"
#include "web/ctx.h"

struct answer {
	int status;
	struct str type;		/* with its charset */
	struct str head;		/* further lines, "Name: value\r\n" */
	struct str body;
	bool cacheable;			/* the same for everybody until its counters move */
	bool compress;			/* worth it: text */
	int64_t last_modified;		/* Unix seconds; 0: not told */
	const char *file;		/* instead of body: a file of the site (media) */
	struct str etag;		/* of the file, with quotes */
	bool not_found;			/* let the caller make the site's 404 page */
};

void answer_html(struct answer *an, struct str body);		/* 200, cacheable */
void answer_text(struct answer *an, struct str type, struct str body);	/* the same */
/* 301 to a path of this site, in the reader's language (or to an absolute address). */
void answer_moved(struct ctx *cx, struct answer *an, struct str to);
void answer_not_found(struct answer *an);

/* For what a script in a page from elsewhere may read, over the lines that every page of a site
 * carries (policy, no sniffing, no referrer elsewhere): feeds. */
extern const char answer_open_head[];
/* Those of a page whose theme the operator trusts: scripts of the theme run, and what shows may
 * come from elsewhere by https. */
extern const char answer_trusted_head[];

#endif
