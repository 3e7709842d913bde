/* engine.h - a host that makes pages: what the server and rendering commands share.
 *
 * An engine adds to an open host the themes, the caches and the way from a site and a
 * path to a finished answer. Any thread, unless said otherwise.
 */
#ifndef APP_ENGINE_H
#define APP_ENGINE_H

#include "app/host.h"
#include "app/wording.h"
#include "base/digest.h"
#include "base/vec.h"
#include "cache/disk.h"
#include "cache/memory.h"
#include "theme/own.h"
#include "theme/themes.h"
#include "work/turn.h"

struct engine_theme {
	struct str id;
	struct digest digest;
};

struct engine {
	struct host *host;
	struct themes *themes;
	struct wording *wording;	/* of single sites */
	struct own *own;		/* what sites changed in them */
	struct cache *cache;
	struct disk *disk;		/* NULL: not wanted */
	struct str scheme, port;	/* as readers see the host: "http", ":8080" or "" */
	VEC(struct engine_theme) known;	/* as pages were last told that they are */
	const char *translate;		/* the secret of a run for translators, or NULL */
	struct digest told;		/* of what the log knows of broken themes */
	struct turn turn;		/* of who refreshes the themes */
	struct arena *memory;
};

/* listen: the first address that is listened on, "ADDR:PORT" or "unix:/PATH", for the port in
 * addresses when the configuration names none; NULL: that of the configuration. host outlives it.
 */
MUST_CHECK bool engine_open(struct host *host, const char *listen, struct engine **ret,
			    struct fail *f);
void engine_close(struct engine *e);		/* NULL is fine */

/* The host's themes, for who wants nothing else; closed by the caller. */
MUST_CHECK bool engine_open_themes(struct host *host, struct arena *a, struct themes **ret,
				   struct fail *f);

/* For a command: the engine of the server that runs in this process, or one of its own.
 * Give back what was borrowed. */
MUST_CHECK bool engine_borrow(struct host *host, struct engine **ret, struct fail *f);
void engine_give_back(struct host *host, struct engine *e);

/* Looks for changed themes; what changed shows on the next request. A theme that does not
 * load as it is now is told in the log, once. Any thread that may block: each waits for its
 * turn. */
void engine_refresh(struct engine *e);

/* Where another process has declared a new era (host.h): reads catalogs and themes again, so that
 * what is made may be kept again. A look costs nothing. For one thread. */
void engine_catch_up(struct engine *e);

/* Of the names, sizes and times of the catalogs' files: changes when one of them does. */
struct digest engine_catalogs_stamp(const struct engine *e);

/* What is wrong with the catalogs that are in use, to the log: file, line, sentence. */
void engine_tell_catalogs(struct engine *e);

/* Themes or catalogs are others now and their counters are raised: the next start need not. */
void engine_remember(struct engine *e);

/* Looks for changed words of sites; all: at once, in every folder. */
void engine_look_at_wording(struct engine *e, bool all);

/* The counter of a theme, which pages that wear it depend on. */
uint32_t engine_theme_slot(struct str id);

#endif
