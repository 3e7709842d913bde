/* site.c - the snapshot of a site. */
#include "site/site.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>

#include "base/digest.h"
#include "base/mem.h"

void site_ref(struct site *s)
{
	ref_hold(&s->ref);
}

void site_unref(struct site *s)
{
	if (!s || !ref_drop(&s->ref))
		return;
	deps_release(&s->deps);
	arena_free(s->memory);
	mem_free(s);
}

void site_unrefp(struct site **s)
{
	site_unref(*s);
}

static _Atomic uint64_t chosen;

void site_id_choose(uint64_t id)
{
	atomic_store(&chosen, id);
}

uint64_t site_id_new(void)
{
	uint64_t id = atomic_exchange(&chosen, 0);

	if (id)
		return id;

	do
		id = rand_u64() >> 16;
	while (!id);		/* 0 is the host itself */
	return id;
}

void site_id_text(uint64_t id, char out[SITE_ID_LEN + 1])
{
	snprintf(out, SITE_ID_LEN + 1, "%012" PRIx64, id & 0xffffffffffff);
}

bool site_id_parse(struct str text, uint64_t *ret)
{
	uint64_t id = 0;

	if (text.n != SITE_ID_LEN)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		unsigned digit = c >= '0' && c <= '9' ? (unsigned)(c - '0')
			: c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;

		if (digit > 15)
			return false;
		id = id << 4 | digit;
	}
	*ret = id;
	return id != 0;
}

/* Two levels, so that no folder holds more than some hundreds of the sites. */
const char *site_dir(struct arena *a, const char *data, uint64_t id)
{
	char text[SITE_ID_LEN + 1];

	site_id_text(id, text);
	return arena_printf(a, "%s/sites/%.2s/%s", data, text, text).p;
}

const char *site_state_name(enum site_state s)
{
	switch (s) {
	case SITE_ACTIVE:
		return "active";
	case SITE_SUSPENDED:
		return "suspended";
	case SITE_DELETED:
		return "deleted";
	}
	return "unknown";
}
