/* gens.h - generation counters: how every cache knows what is still true.
 *
 * A host has one table of counters in one file of DATA, mapped shared by every
 * process that works on the host. A counter stands for one thing of one site
 * ("post 7 of site 3"); (site, kind, key) is hashed to a slot. Two things that
 * meet in a slot make each other stale now and then, which costs a rendering and
 * is never wrong. The table is a cache: deleting it while nothing runs makes
 * everything stale, nothing else.
 *
 * The order is the proof: a reader copies the counters it depends on before its
 * snapshot of the data begins, a writer raises them after its commit. A site's
 * "writing" mark is set before the commit and cleared after the raising; found
 * set when no writer is alive, the writer died between the two, and
 * gens_mend() makes the site stale as a whole.
 *
 * A power cut may lose raises that reached only the page cache: the table keeps
 * the kernel's boot id, and gens_open() gives GEN_EPOCH of the host a value that it
 * never had when the table was not closed in the boot that it is opened in, or when
 * the file is not whole.
 *
 * On a medium that cannot be written (a snapshot, a mounted backup) a process has a table of its
 * own in memory, which believes no page that was kept: there is nobody to tell anything.
 *
 * Any thread, any process; loads and stores are atomic.
 */
#ifndef BASE_GENS_H
#define BASE_GENS_H

#include <stdint.h>
#include "base/fail.h"

struct gens;

/* One thing read: the slot and the value seen. */
struct dep {
	uint32_t slot;
	uint32_t value;
};

/* The growing set of things read by one piece of work. Owned by its maker. */
struct deps {
	struct dep *p;
	uint32_t n, cap;
};

/* The host's era: what pages are made with beside data - program, catalogs, themes - in the one
 * state that was declared last. A number of its own, which no slot shares: who holds a state in
 * memory knows by it whether another process has another. */
uint32_t gens_era(const struct gens *g);
uint32_t gens_new_era(struct gens *g);		/* the new one */

MUST_CHECK bool gens_open(const char *path, struct gens **ret, struct fail *f);
void gens_close(struct gens *g);	/* synced: a clean end */
bool gens_is_private(const struct gens *g);	/* the medium cannot be written */

uint32_t gens_slot(uint64_t site, unsigned kind, uint64_t key);
uint32_t gens_value(const struct gens *g, uint32_t slot);	/* acquire */
void gens_raise(struct gens *g, uint32_t slot);			/* release */

/* Copies the counter into d unless it is there already. */
void deps_add(struct deps *d, const struct gens *g, uint32_t slot);
void deps_add_all(struct deps *d, const struct deps *from);	/* as they were seen */
bool deps_fresh(const struct deps *d, const struct gens *g);
void deps_release(struct deps *d);

/* The writing mark of a site (see above): its own, which no other site's can be taken for, and
 * which touches no counter. begin gives the mark that end takes away: one that was taken for dead
 * and mended meanwhile leaves that of the next writer alone. mend: the caller holds the site's
 * write lock, so a mark that is set belongs to a dead writer. */
uint64_t gens_write_begin(struct gens *g, uint64_t site);
void gens_write_end(struct gens *g, uint64_t site, uint64_t mark);
bool gens_is_writing(const struct gens *g, uint64_t site);
void gens_mend(struct gens *g, uint64_t site);

/* Kinds that every layer knows; features count on from GEN_FIRST_OF_SITE in
 * content/kinds.h. Site 0 is the host itself. */
enum gen_kind {
	GEN_EPOCH,		/* all of the site (or host, site 0): raised to make all stale */
	GEN_REGISTRY,		/* host: any name, domain or state of the site in `site` changed */
	GEN_CONFIG,		/* host: configuration, catalogs, themes were read again */
	GEN_COMMIT,		/* raised by every commit to the site's database, by store/tx.h */
	GEN_LISTED,		/* host: the sites and posts that its front page shows */
	GEN_DUE,		/* host: work that waits for its time */
	GEN_SETTINGS,		/* site: its settings */
	GEN_THEME,		/* host: the theme of that name (its hash), or that there is none */
	GEN_OWN,		/* site: its own files above those of the theme */
	GEN_FIRST_OF_SITE = 16,
};

#endif
