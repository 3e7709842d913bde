/* entrance.h - where readers, or the operator, come in: addresses, and sockets that listen
 * on them already.
 *
 * Addresses come from the command line, else from the sockets of the supervisor, else from
 * the configuration. A socket of the supervisor whose name is "metrics" is the operator's,
 * all others are the readers'.
 */
#ifndef APP_ENTRANCE_H
#define APP_ENTRANCE_H

#include "app/config.h"
#include "app/handover.h"
#include "app/supervisor.h"
#include "server/server.h"

struct entrance {
	bool is_operator;
	const char *listen[LIMIT_LISTENERS];
	size_t n_listen;
	struct server_socket given[HANDOVER_SOCKETS];
	size_t n_given;
};

/* asked: of the command line, n may be 0; usual: of the configuration. */
MUST_CHECK bool entrance_choose(struct entrance *e, struct arena *a, const struct supervisor *s,
				const struct config_texts *usual, struct fail *f);
MUST_CHECK bool entrance_ask(struct entrance *e, const char *const *asked, size_t n,
			     struct fail *f);

/* Takes over what the server before us listened on. */
void entrance_take(struct entrance *e, struct handover *before);
/* Lends what this server listens on to the one after us; server may be NULL. */
void entrance_lend(const struct entrance *e, const struct server *server, struct handover *after);

#endif
