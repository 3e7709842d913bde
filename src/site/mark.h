/* mark.h - what host.db still has to copy from the database of a site.
 *
 * The host's front page and its lists read host.db alone, which keeps copies of a site's
 * settings and newest posts. The change and the copy are two commits; whoever is killed
 * between them leaves a mark, which is work for the server like any other (site/due.h):
 *
 *	take the write lock of the site, change it
 *	mark_set()			waits for the disk
 *	commit the site			waits for the disk
 *	take the write lock of the site, read what is to be copied
 *	mark_begin(), copy, mark_clear(), commit	does not wait
 *
 * A mark is set and taken away by whoever holds the write lock of the site. Who takes it away
 * has therefore read what the one who set it wrote, or that one wrote nothing. The copy need
 * not be on the disk: a crash that takes it back brings the mark back. Nobody takes the lock of
 * a site who holds host.db's.
 */
#ifndef SITE_MARK_H
#define SITE_MARK_H

#include "site/due.h"
#include "site/registry.h"

/* kind: DUE_COPY or DUE_NEWS. Writes nothing where there is one. hasty: it does not wait for the
 * disk, nor does the commit of the site; whoever does it syncs both before he says it is done. */
MUST_CHECK bool mark_set(struct registry *r, uint64_t site, enum due_kind kind, bool hasty,
			 struct fail *f);

/* A transaction on host.db for the copy. */
MUST_CHECK bool mark_begin(struct registry *r, struct host_tx *ret, struct fail *f);
MUST_CHECK bool mark_clear(struct tx *host, uint64_t site, enum due_kind kind, struct fail *f);

/* For whoever could not copy after his commit; gives false. */
bool mark_stays(struct fail *f);

#endif
