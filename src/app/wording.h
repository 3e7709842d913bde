/* wording.h - the words of single sites, over those of the theme and of the program.
 *
 * DATA/sites/<ab>/<id>/lang/fr.po: a small PO file in which "Forum" is "Assemblée", also
 * en.po. Read when a page of the site is made and kept for a while; a site without such a
 * folder costs a question to the file system for each page that is made, and nothing for
 * one that is served. What was read before stays where a file cannot be read.
 *
 * The keeper looks for what was changed: within a second in folders that were there
 * before, within half a minute for the first file of a site. What the log was told and
 * pages were made from is remembered in DATA/cache/wording, so that a change while nothing
 * ran is noticed at the start. A change makes stale what the site has in the caches, and
 * no other site's pages: the new words are in place before the counter is raised. Whoever raises
 * it in another process is heard, too: words that were read before are not used after.
 *
 * Any thread; blocking.
 */
#ifndef APP_WORDING_H
#define APP_WORDING_H

#include "base/gens.h"
#include "lang/catalogs.h"
#include "site/site.h"

struct wording;

struct wording *wording_new(const char *data, struct gens *gens);
void wording_free(struct wording *w);		/* NULL is fine */

/* A reference, or NULL: the site has none. core: for plural rules. */
struct catalogs *wording_get(struct wording *w, const struct site *site,
			     const struct catalogs *core);

/* Looks for changed files; all: in every folder of the host, not only in the next few. For
 * one thread at a time. */
void wording_look(struct wording *w, const struct catalogs *core, bool all);

/* The site's files were changed by ourselves. */
void wording_changed(struct wording *w, uint64_t site, const struct catalogs *core);

/* "DATA/sites/<ab>/<id>/lang" */
const char *wording_dir(struct arena *a, const struct site *site);

#endif
