/* head.h - the <head> of a page, but for its charset and viewport, which are the theme's.
 *
 * Title, description, canonical and alternate addresses, feeds, OpenGraph and Twitter
 * cards, JSON-LD (schema.org), stylesheets. Themes put it in place with {{{head}}}.
 */
#ifndef WEB_HEAD_H
#define WEB_HEAD_H

#include "web/view.h"

/* In the arena; the lines of <head>, escaped. */
struct html head_make(struct ctx *cx, const struct page_about *about);

#endif
