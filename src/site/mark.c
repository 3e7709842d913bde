/* mark.c - see mark.h. */
#include "site/mark.h"

#include "base/date.h"

enum { COPY_AFTER_S = 10 };	/* then whoever set the mark has done it, or is dead */

static bool is_set(struct registry *r, uint64_t site, enum due_kind kind, bool *ret,
		   struct fail *f)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	int64_t at;

	if (!registry_begin(r, TX_READ, &t, f) || !due_at(t.tx, site, kind, &at, f))
		return false;
	*ret = at != 0;
	return true;
}

bool mark_set(struct registry *r, uint64_t site, enum due_kind kind, bool hasty, struct fail *f)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	bool there;

	if (!is_set(r, site, kind, &there, f))
		return false;
	if (there)
		return true;
	return (hasty ? registry_begin_hasty(r, &t, f) : registry_begin(r, TX_WRITE, &t, f))
		&& due_set(t.tx, site, kind, date_now() + COPY_AFTER_S, f)
		&& registry_commit(&t, f);
}

bool mark_begin(struct registry *r, struct host_tx *ret, struct fail *f)
{
	return registry_begin_hasty(r, ret, f);
}

bool mark_clear(struct tx *host, uint64_t site, enum due_kind kind, struct fail *f)
{
	return due_set(host, site, kind, 0, f);
}

bool mark_stays(struct fail *f)
{
	return fail_in(f, "the change is made, but the host's own pages do not show it yet");
}
