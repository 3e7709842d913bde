/* serve.h - the server: the host, its engine, workers, sockets, in one process. */
#ifndef APP_SERVE_H
#define APP_SERVE_H

#include "app/control.h"
#include "app/host.h"

struct serve_options {
	const char *const *listen;	/* instead of the configuration's; may be NULL */
	size_t n_listen;
	bool translate;			/* for translators: see translate.h */
	bool replace;			/* take the place of the server that runs */
	control_fn *control;		/* runs commands that come by the control socket */
	void (*ready)(void *arg, struct str address);	/* once, when connections are taken */
	bool (*is_cancelled)(void *arg);	/* by a signal before serve_run(); may be NULL */
	void *arg;
};

/* Serves until SIGTERM or SIGINT, and drains; one that comes before it serves is heeded, too.
 * SIGHUP reads configuration, themes and catalogs again. FAIL_CONFLICT: another server has the
 * host. With `replace` its place is taken, and it ends when all that it had begun is answered;
 * one that begins or ends is waited for, some seconds. After a failure SIGTERM, SIGINT and SIGHUP
 * are still held back: what came waits for the caller. */
MUST_CHECK bool serve_run(struct host *h, const struct serve_options *o, struct fail *f);

#endif
