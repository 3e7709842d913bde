/* keeper.h - the thread that looks after a running host: scheduled posts, and files of
 * themes and catalogs that were changed. */
#ifndef APP_KEEPER_H
#define APP_KEEPER_H

#include "app/engine.h"
#include "app/supervisor.h"

struct keeper;

/* The supervisor is told when what keeper_reload() asked for is done. */
MUST_CHECK bool keeper_start(struct engine *e, const struct supervisor *supervisor,
			     struct keeper **ret, struct fail *f);
void keeper_stop(struct keeper *k);		/* waits for its end; NULL is fine */
/* Configuration, catalogs and themes are read again soon. Any thread; does not block. */
void keeper_reload(struct keeper *k);

#endif
