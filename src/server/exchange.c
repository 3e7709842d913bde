/* exchange.c - see exchange.h. */
#include "server/exchange.h"
#include <unistd.h>

#include "base/mem.h"
#include "server/loop.h"

#define SPARE_MAX 64

struct exchange *exchange_take(struct loop *loop)
{
	struct exchange *x = loop->spare;

	if (x) {
		loop->spare = x->next;
		loop->n_spare--;
	} else {
		x = MEM_NEW(struct exchange);
		x->arena = arena_new(0);
		x->loop = loop;
	}
	x->next = NULL;
	x->began = 0;
	request_init(&x->rq, x->arena);
	x->rq.fields = x->fields;
	x->rq.cap_fields = REQUEST_FIELDS;
	x->reply = REPLY(200);
	return x;
}

void exchange_free(struct exchange *x)
{
	arena_free(x->arena);
	mem_free(x);
}

void exchange_done(struct exchange *x)
{
	struct loop *loop = x->loop;

	if (x->reply.release)
		x->reply.release(x->reply.owner);
	if (x->reply.has_file && x->reply.fd >= 0)
		close(x->reply.fd);
	loop->body_bytes -= x->body.n;
	if (x->body.p)
		buf_release(&x->body);
	x->body.n = 0;
	x->conn = NULL;
	if (loop->n_spare == SPARE_MAX) {
		exchange_free(x);
		return;
	}
	arena_reset(x->arena);
	x->next = loop->spare;
	loop->spare = x;
	loop->n_spare++;
}

void exchange_keep(struct exchange *x, struct str head)
{
	struct str copy = arena_str(x->arena, head);

	request_rebase(&x->rq, head.p, head.n, copy.p);
}
