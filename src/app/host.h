/* host.h - the installation: one data folder and what is open of it.
 *
 *	DATA/hameau.ini		configuration
 *	DATA/host.db		sites, names, due work
 *	DATA/lang/		further catalogs, or other words, of the operator
 *	DATA/texts/		legal notice and help in the operator's words
 *	DATA/sites/<ab>/<id>/	a site: site.db and media
 *	DATA/cache/rolls/	finished pages; cache/ may be deleted at any time
 *	DATA/cache/pages/	the same as files, where somebody asked for them
 *	DATA/gens		counters that caches compare; may be deleted while nothing runs
 *	DATA/lock		held by the server
 *	DATA/control.sock	where commands reach the server
 *
 * Shared by the server and by commands that run without one; several processes may
 * have it open. Configuration and catalogs are immutable and swapped by host_reload():
 * take a reference for as long as you look at them.
 */
#ifndef APP_HOST_H
#define APP_HOST_H

#include <stdatomic.h>
#include "app/config.h"
#include "base/gens.h"
#include "lang/catalogs.h"
#include "lang/texts.h"
#include "site/registry.h"
#include "work/mutex.h"

struct host {
	const char *data;		/* absolute */
	struct arena *memory;
	struct gens *gens;
	struct handles *sites;
	struct registry *registry;
	int lock_fd;			/* -1: not the server */
	atomic_uint era;		/* of catalogs and themes as this process has them */
	atomic_bool gives_way;		/* to another server, perhaps of another program */

	struct engine *engine;		/* of the server that runs in this process, or NULL */
	struct metrics *metrics;	/* the same */

	struct mutex lock;		/* guards the three pointers below */
	struct config *config;
	struct catalogs *catalogs;	/* NULL: not yet */
	struct texts *texts;		/* the same */
};

/* Makes the folder with its configuration and host.db. FAIL_CONFLICT when there is a
 * host already. `translate` gives the language of the comments in hameau.ini, or NULL. */
MUST_CHECK bool host_init(const char *data, struct str base, const char *(*translate)(const char *),
			  struct fail *f);

MUST_CHECK bool host_open(const char *data, struct host **ret, struct fail *f);
void host_close(struct host *h);		/* NULL is fine */

/* Catalogs and texts are read when they are first asked for: most commands need none. The
 * server asks at its start, so that a folder that cannot be read ends it; else that is
 * logged, and the host speaks English. */
MUST_CHECK bool host_load_catalogs(struct host *h, struct fail *f);

struct config *host_config(struct host *h);	/* a reference: config_unref() */
struct catalogs *host_catalogs(struct host *h);	/* a reference: catalogs_unref() */
struct texts *host_texts(struct host *h);	/* a reference: texts_unref() */

/* May what is made now be kept? Not where another process has declared a new era: then this one
 * makes pages with what it read before, under counters that were raised since, and they would pass
 * for fresh. Ask when all counters of the page are copied: whoever declares an era later raises
 * them later. */
bool host_is_current(const struct host *h);
/* Catalogs or themes are others in this process, or it is another program, and the counters are
 * about to be raised. */
void host_new_era(struct host *h);
/* Another server takes over, or does not after all. What this one makes of the other's era would
 * still be made by this program: it never catches up. */
void host_give_way(struct host *h, bool gives);
/* Takes catalogs and texts as they are on the disk; other processes have raised the counters. */
MUST_CHECK bool host_catch_up(struct host *h, struct fail *f);

/* Reads configuration, catalogs and texts again and makes every page stale. On failure all
 * stays as it was. restart: gets the changed keys that only the next start heeds. */
MUST_CHECK bool host_reload(struct host *h, struct buf *restart, struct fail *f);

/* Catalogs and texts alone, after one of their files was changed. */
MUST_CHECK bool host_reload_catalogs(struct host *h, struct fail *f);

/* One server a host: FAIL_CONFLICT when another holds the lock. Kept until host_close(). */
MUST_CHECK bool host_lock(struct host *h, struct fail *f);
/* The lock of the server before us, whose place we take; false: it is of another host. */
MUST_CHECK bool host_adopt_lock(struct host *h, int fd, struct fail *f);

/* What finished pages depend on beside the data: program, addresses, themes, catalogs. When
 * the facts differ from those of the last time, every page becomes stale, unless `told`:
 * whoever changed them has raised what depends on them. */
MUST_CHECK bool host_remember(struct host *h, struct str facts, bool told, struct fail *f);
/* As if there had been no last time. */
void host_forget(struct host *h);

const char *host_control_path(struct arena *a, const char *data);
const char *host_rolls_path(struct arena *a, const char *data);	/* of cache/disk.h */
const char *host_pages_path(struct arena *a, const char *data);	/* of cache/statics.h */

/* Is there a theme of this name in one of the folders (host_theme_dirs)? FAIL_NOT_FOUND names the
 * nearest. Whether it can be loaded is theme/'s to say. */
MUST_CHECK bool host_check_theme(struct host *h, struct str id, struct fail *f);

/* The folders that themes are in, looked at in this order: [paths] themes, DATA/themes,
 * those of the program. Returns how many. */
#define HOST_THEME_DIRS 3
size_t host_theme_dirs(struct host *h, struct arena *a, const char *dirs[HOST_THEME_DIRS]);

/* The folders that catalogs are in; the first counts: DATA/lang, if it is there, and
 * [paths] lang or that of the program. Returns how many; none: the host speaks English. */
#define HOST_LANG_DIRS 2
size_t host_lang_dirs(struct host *h, struct arena *a, const char *dirs[HOST_LANG_DIRS]);

/* The same for the long texts: DATA/texts, then texts/ of [paths] lang and of the program's
 * catalogs, those that are there. */
#define HOST_TEXT_DIRS 3
size_t host_text_dirs(struct host *h, struct arena *a, const char *dirs[HOST_TEXT_DIRS]);

#endif
