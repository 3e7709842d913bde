/* view.h - what templates see, made from what the stores gave.
 *
 * view_page() begins the tree of one page with what every page has; a feature adds
 * its own and view_render() lets the theme show it. Every name stands in the table of
 * theme/values.h, too. A template never needs logic: every emptiness test, plural and date
 * is ready made here. Values and texts are in the context's arena; `t` is Unix seconds.
 */
#ifndef WEB_VIEW_H
#define WEB_VIEW_H

#include "content/post.h"
#include "mustache/value.h"
#include "web/answer.h"

/* What the head of a page says of it. */
struct page_about {
	struct str title;		/* without the site's; empty: the site's home */
	struct str description;		/* plain text; may be empty */
	struct str path;		/* canonical path */
	struct str feed;		/* folder of its feeds, "/" or "/tag/x/"; empty: none */
	struct str feed_title;
	const struct post *post;	/* the page is this post */
	const struct post_list *translations;
	struct str image;		/* path of a picture that stands for it */
	bool no_index;
};

MUST_CHECK bool view_page(struct ctx *cx, const struct page_about *about, struct value **ret,
			  struct fail *f);

/* A post as lists show it; full: with its text, table of contents ... What a template asks for is
 * made then: the context and the post stay as they are until the page is rendered. */
struct value *view_post(struct ctx *cx, const struct post *p, bool full);
struct value *view_posts(struct ctx *cx, const struct post_list *l, bool full);
/* A post as links show it: title, url, date, language, cover, number. A page that shows no
 * more of a post need not be made anew when the post's text changes. */
struct value *view_link_to(struct ctx *cx, const struct post *p);
struct value *view_links_to(struct ctx *cx, const struct post_list *l);
struct value *view_term(struct ctx *cx, const struct term *t);
struct value *view_term_link(struct ctx *cx, const struct term *t);	/* without its count */

/* A post's title in the typography of its language. */
struct str view_title(struct ctx *cx, const struct post *p);

/* "/tag/rain/": where a term's list is. */
struct str view_term_path(struct arena *a, enum term_kind kind, struct str slug);

/* The language a post is in: its own or the site's. Not the interface's. */
struct str view_lang(const struct ctx *cx, const struct post *p);
/* Plain text that stands for a post: its summary or the beginning of its text. */
enum { VIEW_DESCRIPTION = 200 };	/* bytes, for heads and cards */
struct str view_summary(struct ctx *cx, const struct post *p, size_t most);

/* One instant in its forms: iso, long, short, medium, year. */
struct value *view_date_value(struct ctx *cx, int64_t t);
void view_date(struct ctx *cx, struct value *map, const char *name, int64_t t);	/* as `name` */

/* Renders the template and makes the answer (200, cacheable). */
MUST_CHECK bool view_render(struct ctx *cx, const char *template, struct value *page,
			    struct answer *ret, struct fail *f);

#endif
