/* import_redirects.h - the file "_redirects" among the statics, as static hosts read it.
 *
 * Lines of "FROM TO [STATUS]": TO is a text or a picture of the site; 410 means that
 * what was at FROM is gone. Exports write it for what no head of a text can say. What
 * the site answers already is not written again. Patterns are complained of.
 */
#ifndef TRANSFER_IMPORT_REDIRECTS_H
#define TRANSFER_IMPORT_REDIRECTS_H

#include "transfer/plan.h"
#include "store/db.h"

/* After the texts were written. */
MUST_CHECK bool import_redirects(struct db *db, const struct plan *p, struct receipt *r,
				 bool dry_run, struct fail *f);

#endif
