/* render.h - from a site and a path to a finished answer.
 *
 * The same function makes a page for a reader, for an export and for the check that a
 * cached page is what a fresh one would be. Blocking: workers and commands.
 */
#ifndef APP_RENDER_H
#define APP_RENDER_H

#include "app/engine.h"
#include "cache/memory.h"
#include "site/registry.h"
#include "web/ctx.h"

struct rendering {
	struct entry *entry;	/* one reference, the caller's; NULL: a file instead */
	bool cacheable;		/* may be kept under (site, path) */
	bool on_disk;		/* and be written to the disk level, too */

	const char *file;	/* in the arena: a file of the site to send as it is */
	struct str type, head, etag;
};
void rendering_release(struct rendering *r);	/* for CLEANUP */

/* A page of an active site. What is not there is a page too (404, 410). */
MUST_CHECK bool render_site(struct engine *e, struct arena *a, const struct site *site,
			    struct str path, struct str query, struct rendering *ret,
			    struct fail *f);

/* Many pages of a site, one after the other, by one thread: what they have in common (settings,
 * words, theme, menu, options, a snapshot of the database) is looked up once, and again as soon as
 * any of it has changed. Each page is what render_site() would make. It holds a database open, and
 * what was committed since, back from being written where it belongs: for commands that make all
 * pages at once. The site outlives it. */
struct render_sitting;
struct render_sitting *render_sitting_new(struct engine *e, const struct site *site);
MUST_CHECK bool render_sitting_page(struct render_sitting *s, struct arena *a, struct str path,
				    struct rendering *ret, struct fail *f);
void render_sitting_end(struct render_sitting *s);		/* NULL is fine */

/* The host's front page in that language. */
MUST_CHECK bool render_front(struct engine *e, struct arena *a, const struct catalog *catalog,
			     struct str query, struct rendering *ret, struct fail *f);

/* The other pages of the host: its texts (front/paper.h), and what robots ask for. */
MUST_CHECK bool render_paper(struct engine *e, struct arena *a, const struct catalog *catalog,
			     struct str path, struct str query, struct rendering *ret,
			     struct fail *f);
bool render_is_paper(struct str path);

/* The page of a site, or the host's front page (site NULL), only for the watch to see what
 * its template is shown. */
MUST_CHECK bool render_watched(struct engine *e, struct arena *a, const struct site *site,
			       struct str path, struct str query, const struct ctx_watch *watch,
			       struct fail *f);

/* The stylesheet with the theme's options that the host's own pages ask for. */
MUST_CHECK bool render_options(struct engine *e, struct arena *a, struct str path,
			       struct rendering *ret, struct fail *f);
bool render_is_options(struct str path);

/* What stands for a site that cannot be shown (410, 451, 503), for a name that is nobody's
 * and for what the host itself does not have (404). In the site's language or the
 * catalog's. */
MUST_CHECK bool render_error(struct engine *e, struct arena *a, const struct found *found,
			     const struct catalog *catalog, struct rendering *ret, struct fail *f);

/* The key under which the answer to that path of a site is kept: a reader's language is a
 * part of its own (web/reader.h). Lent from the path. */
struct cache_key render_key(uint64_t site, struct str path);

/* Whether a query can change what is at the path (it is part of the address then). */
bool render_heeds_query(struct str path);

#endif
