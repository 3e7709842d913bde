/* purge.c - see purge.h. */
#include "app/purge.h"

#include "cache/disk.h"
#include "cache/statics.h"
#include "site/manage.h"
#include "site/mark.h"

/* Nothing leads to them any more; left there they would only take room. */
static bool drop_pages(struct host *h, uint64_t id, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const struct statics statics = { host_pages_path(a, h->data), h->gens };
	struct disk *disk = disk_new(host_rolls_path(a, h->data), h->gens);
	bool ok = disk_drop_site(disk, id, f) && statics_drop_site(&statics, id, f);

	disk_free(disk);
	return ok;
}

static bool forget(struct host *h, uint64_t id, struct fail *f)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;

	return mark_begin(h->registry, &t, f) && mark_clear(t.tx, id, DUE_REMOVE, f)
		&& registry_commit(&t, f);
}

bool purge_rest(struct host *h, uint64_t id, struct fail *f)
{
	bool is_gone;

	return manage_purge_folder(h->registry, id, &is_gone, f)
		&& (!is_gone || drop_pages(h, id, f)) && forget(h, id, f);
}

bool purge_site(struct host *h, struct str given, int64_t days, bool early, struct fail *f)
{
	uint64_t id;

	return manage_purge(h->registry, given, days, early, &id, f) && purge_rest(h, id, f);
}
