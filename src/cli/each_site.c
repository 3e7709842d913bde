/* each_site.c - see each_site.h. */
#include "cli/each_site.h"

#include "site/registry.h"

#define PAGE 200	/* rows read in one transaction */

static bool read_page(struct call *call, struct arena *a, struct str after,
		      struct host_row **rows, size_t *count, struct fail *f)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;

	return registry_begin(call->host->registry, TX_READ, &t, f)
		&& host_store_list(a, t.tx, after, PAGE, false, rows, count, f);
}

/* One page; *last becomes its last name, which the next comes after, or empty at the end. */
static bool see_page(struct call *call, struct arena *names, struct str *last,
		     each_site_fn *see, void *arg, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(64 * KIB);
	struct host_row *rows;
	size_t count;

	if (!read_page(call, a, *last, &rows, &count, f))
		return false;
	for (size_t i = 0; i < count && !call_is_cancelled(call); i++)
		if (!see(arg, &rows[i], f))
			return false;
	arena_reset(names);
	*last = count == PAGE ? arena_str(names, rows[count - 1].name) : STR_NONE;
	return true;
}

bool each_site(struct call *call, struct str after, each_site_fn *see, void *arg,
	       struct fail *f)
{
	CLEANUP(arena_freep) struct arena *names = arena_new(0);

	do {
		if (!see_page(call, names, &after, see, arg, f))
			return false;
	} while (after.n && !call_is_cancelled(call));
	return true;
}
