/* md_html.h - raw HTML by an allow-list, and the stack that keeps it balanced.
 *
 * The emitter tells when it enters and leaves elements of its own (boundaries).
 * A raw element opened inside one is closed with it at the latest; a closing tag
 * finds its element only above the nearest boundary, or is dropped. An element
 * that may not stand where it is written is dropped or closes what is in its way,
 * so that browsers build the tree that is written here.
 */
#ifndef MARKDOWN_MD_HTML_H
#define MARKDOWN_MD_HTML_H

#include "base/arena.h"
#include "base/buf.h"
#include "markdown/md_url.h"

#define MD_HTML_OPEN 64			/* raw elements open at once; more are dropped */
#define MD_HTML_STACK 512

enum md_holds { MD_HOLDS_PHRASING, MD_HOLDS_FLOW, MD_HOLDS_PARTS /* only certain elements */ };

struct md_open {
	const struct md_tag *tag;	/* NULL: a boundary */
	enum md_holds holds;
};

/* What the emitter decides about raw HTML. */
struct md_html_asks {
	void *ctx;
	bool (*url)(void *ctx, struct str url, enum md_url_use use, struct str *ret);
	bool (*id)(void *ctx, struct str id);		/* is it still free? takes it */
	bool (*size)(void *ctx, struct str url, int *width, int *height);
};

struct md_html {
	struct arena *arena;
	struct buf *out, *text;
	struct md_html_asks asks;
	bool comment;
	unsigned links;			/* links open, raw and others */
	struct md_open *open;		/* MD_HTML_STACK of them, of which n count */
	unsigned n, raw;
};

static inline void md_html_enter(struct md_html *h, enum md_holds holds)
{
	if (h->n < MD_HTML_STACK)
		h->open[h->n] = (struct md_open){ NULL, holds };
	h->n++;
}

/* Closes raw elements on top of the stack: all; those that hold no block; those that hold no
 * text. Most texts have none. */
void md_html_close_raw(struct md_html *h);
void md_html_close_for_flow(struct md_html *h);
void md_html_close_for_phrasing(struct md_html *h);

static inline void md_html_leave(struct md_html *h)
{
	if (h->raw)
		md_html_close_raw(h);
	h->n--;
}

static inline void md_html_need_flow(struct md_html *h)		/* a block follows */
{
	if (h->raw)
		md_html_close_for_flow(h);
}

static inline void md_html_need_phrasing(struct md_html *h)	/* text follows */
{
	if (h->raw)
		md_html_close_for_phrasing(h);
}

void md_html_put(struct md_html *h, struct str fragment);

/* Is it nothing but the mark <!--more--> (spaces and case do not matter)? */
bool md_html_is_more(struct str fragment);

#endif
