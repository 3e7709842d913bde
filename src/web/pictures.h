/* pictures.h - the sizes in which a site's pictures are offered to browsers.
 *
 * A theme names widths in theme.ini ([images] m = 640). A picture of the site that is wider
 * has a narrower copy at /media/<digest8>/w640/<name>, made when it is first asked for
 * (media/files.c); never one that is larger than the picture. Widths are in pixels; results
 * are in the context's arena.
 */
#ifndef WEB_PICTURES_H
#define WEB_PICTURES_H

#include "base/html.h"
#include "web/ctx.h"

/* For srcset: "/media/1f2e3d4c/w640/a.jpg 640w, /media/1f2e3d4c/a.jpg 1800w". Empty: it is
 * offered as it is. url and the result are escaped or not, as the caller has them. */
struct str pictures_srcset(struct ctx *cx, struct str url, int64_t width);
/* For sizes: what the theme says, else "100vw". */
struct str pictures_sizes(const struct ctx *cx);

/* The same html with srcset and sizes in each picture that has them. */
struct html pictures_in(struct ctx *cx, struct html html);

/* Whether the theme of the site names that width. */
bool pictures_has_width(const struct ctx *cx, int64_t width);

#endif
