/* channel.h - what all three kinds of feed say, before it is written in one of them. */
#ifndef FEEDS_CHANNEL_H
#define FEEDS_CHANNEL_H

#include "feeds/entries.h"
#include "web/view.h"

struct channel {
	struct str title, description;
	struct str page;		/* absolute address of the page it belongs to */
	struct str self;		/* absolute address of the feed itself */
	struct str lang;
	struct post_list posts;		/* the newest first, in full, with terms */
	int64_t updated;		/* of the newest change in it */
};

/* When a post last changed, as feeds tell it. */
int64_t channel_updated(const struct post *p);
/* The post's HTML with every address absolute. */
struct html channel_html(struct ctx *cx, const struct post *p);
/* The first author; empty: the site's. */
struct str channel_author(struct ctx *cx, const struct post *p);
/* XML 1.0 has no way to write most control characters: they are left out. */
void channel_xml(struct buf *b, struct str text);
void channel_open(struct buf *b, const char *name);	/* "<name>" */
void channel_close(struct buf *b, const char *name);	/* and its end, with a newline */

void rss_write(struct ctx *cx, const struct channel *c, struct buf *b);
void atom_write(struct ctx *cx, const struct channel *c, struct buf *b);
void jsonfeed_write(struct ctx *cx, const struct channel *c, struct buf *b);

/* What the feeds of a folder ("/", "/tag/x/") are made from; NULL term: the site's. */
MUST_CHECK bool channel_load(struct ctx *cx, const struct term *term, struct str folder,
			     struct str file, struct channel *ret, struct fail *f);

#endif
