/* keeper.h - the thread that looks after a running host: scheduled posts, and files of
 * themes and catalogs that were changed. What goes wrong is told in the log and tried again. */
#ifndef APP_KEEPER_H
#define APP_KEEPER_H

#include "app/engine.h"

struct keeper;

/* The engine outlives it. reloaded(arg) is called, on the keeper's thread, when what
 * keeper_reload() asked for is done or has failed. */
MUST_CHECK bool keeper_start(struct engine *e, void (*reloaded)(void *arg), void *arg,
			     struct keeper **ret, struct fail *f);
void keeper_stop(struct keeper *k);		/* waits for its end; NULL is fine */
/* Configuration, catalogs and themes are read again soon. Any thread; does not block. */
void keeper_reload(struct keeper *k);

#endif
