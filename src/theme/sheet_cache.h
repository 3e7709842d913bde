/* sheet_cache.h - compiled stylesheets, each kept under the digest of all that went into it.
 *
 * A file's time is when it was last wanted. Whenever another is kept, those go that nobody has
 * wanted for a month: of themes that were changed, of other versions of the program. Whoever
 * uses a stylesheet has read it, so none is taken away from anybody; one that is wanted after
 * all is compiled again. The folder may be deleted at any time. Any thread, any process; what
 * cannot be read or written costs a second of compiling, nothing else.
 */
#ifndef THEME_SHEET_CACHE_H
#define THEME_SHEET_CACHE_H

#include "base/arena.h"
#include "base/buf.h"

/* Where in the folder it is. written: all that goes into it. */
const char *sheet_cache_path(struct arena *a, const char *dir, struct str written);

/* Appends the CSS to out. False: it is not there, or was damaged. */
bool sheet_cache_read(const char *path, struct buf *out);

void sheet_cache_keep(const char *dir, const char *path, struct str css);

#endif
