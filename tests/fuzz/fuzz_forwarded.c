/* fuzz_forwarded.c - what proxies say of a reader: line one for X-Forwarded-For, line two for
 * X-Forwarded-Proto, line three a network as the configuration names them; line one is
 * read as Forwarded too. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "http/forwarded.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str rest = str_from((const char *)data, size);
	struct forwarded_net nets[2], everybody;
	struct field fields[3] = { { STR("x-forwarded-for"), STR_NONE },
				   { STR("x-forwarded-proto"), STR_NONE },
				   { STR("forwarded"), STR_NONE } };
	struct request rq;
	size_t n = 1;

	fields[0].value = str_cut(rest, '\n', &rest);
	fields[1].value = str_cut(rest, '\n', &rest);
	if (!forwarded_net_parse(STR("10.0.0.0/8"), &nets[0], NULL)
	    || !forwarded_net_parse(STR("::/0"), &everybody, NULL))
		assert(0);
	if (forwarded_net_parse(rest, &nets[1], NULL)) {
		assert(nets[1].bits <= 128);
		n = 2;
	}
	fields[2].value = fields[0].value;
	for (int kind = FORWARDED_X; kind <= FORWARDED_RFC7239; kind++) {
		request_init(&rq, a);
		rq.fields = fields;
		rq.n_fields = 3;
		rq.peer = STR("10.0.0.1");
		forwarded_apply(&rq, (enum forwarded_kind)kind, nets, n);
		/* Whoever it is, it is an address. */
		assert(forwarded_net_has(&everybody, 1, rq.peer));
		assert(!rq.https || rq.told_scheme);
	}
	return 0;
}
