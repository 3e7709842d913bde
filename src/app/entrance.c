/* entrance.c - see entrance.h. */
#include "app/entrance.h"

static bool is_mine(const struct entrance *e, const struct supervisor_socket *s)
{
	return str_eq(str_of(s->name), STR("metrics")) == e->is_operator;
}

static bool choose_sockets(struct entrance *e, struct arena *a, const struct supervisor *s,
			   struct fail *f)
{
	char text[SERVER_ADDRESS_TEXT];

	for (size_t i = 0; i < s->n_sockets; i++) {
		if (!is_mine(e, &s->sockets[i]))
			continue;
		if (!server_socket_address(s->sockets[i].fd, text, f))
			return false;
		e->given[e->n_given++] = (struct server_socket){ .fd = s->sockets[i].fd };
		if (e->n_listen < LIMIT_LISTENERS)
			e->listen[e->n_listen++] = arena_cstr(a, str_of(text));
	}
	return true;
}

bool entrance_ask(struct entrance *e, const char *const *asked, size_t n, struct fail *f)
{
	if (n > LIMIT_LISTENERS)
		return fail(f, FAIL_TOO_LARGE, "--listen: more than %d addresses", LIMIT_LISTENERS);
	for (size_t i = 0; i < n; i++)
		e->listen[e->n_listen++] = asked[i];
	return true;
}

bool entrance_choose(struct entrance *e, struct arena *a, const struct supervisor *s,
		     const struct config_texts *usual, struct fail *f)
{
	size_t asked = e->n_listen;

	if (!choose_sockets(e, a, s, f))
		return false;
	if (asked)		/* sockets of other addresses are closed by the server */
		e->n_listen = asked;
	for (size_t i = 0; e->n_listen == i && i < usual->n; i++)
		e->listen[e->n_listen++] = arena_cstr(a, usual->p[i]);
	return true;
}

void entrance_take(struct entrance *e, struct handover *before)
{
	for (size_t i = 0; i < before->n; i++) {
		struct handover_socket *s = &before->sockets[i];

		if (s->is_operator != e->is_operator || e->n_given == HANDOVER_SOCKETS)
			continue;
		e->given[e->n_given++] = (struct server_socket){ .fd = s->fd, .ours = s->ours };
		s->fd = -1;
	}
}

void entrance_lend(const struct entrance *e, const struct server *server, struct handover *after)
{
	struct server_socket sockets[HANDOVER_SOCKETS];
	size_t n = server ? server_sockets(server, sockets, HANDOVER_SOCKETS - after->n) : 0;

	for (size_t i = 0; i < n; i++)
		after->sockets[after->n++] = (struct handover_socket){
			.fd = sockets[i].fd, .ours = sockets[i].ours,
			.is_operator = e->is_operator,
		};
}
