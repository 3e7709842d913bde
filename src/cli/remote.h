/* remote.h - a call on its way to the server, and its arrival there.
 *
 * The request is one JSON object: the words of the command line and what the command
 * must know of the place where it was typed. The server reads the words with the same
 * table, runs the same function on a thread and streams the output back.
 */
#ifndef CLI_REMOTE_H
#define CLI_REMOTE_H

#include "app/control.h"
#include "cli/call.h"

/* Sends the call to the server of data and gives what comes back to its io.
 * FAIL_NOT_FOUND: no server runs. */
MUST_CHECK bool remote_call(const char *data, const char *const words[], size_t count,
			    const struct call *from, int *status, struct fail *f);

/* Sends one word and takes what comes back, silently. FAIL_NOT_FOUND: no server runs. */
MUST_CHECK bool remote_ask(const char *word, const struct call *from, struct buf *out,
			   struct fail *f);

/* The control_fn of the server; data is the struct host. */
int remote_serve(void *host, struct control_peer *peer, struct str request);

#endif
