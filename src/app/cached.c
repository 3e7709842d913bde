/* cached.c - see cached.h. */
#include "app/cached.h"

/* Kept, if others ask for it, too: what lies in the kernel's memory is had again for a copy. */
static struct entry *from_disk(struct engine *e, const struct cache_key *k, struct entry *found,
			       const char **source)
{
	*source = "disk";
	if (found)
		cache_offer(e->cache, k, found);
	return found;
}

struct entry *cached_find(struct engine *e, const struct cache_key *k, const char **source)
{
	struct entry *found = cache_find(e->cache, k);

	*source = "hit";
	if (found || !e->disk)
		return found;
	return from_disk(e, k, disk_glance(e->disk, k), source);
}

/* Where there is no disk level, or the page is none that it keeps. */
static struct entry *from_packed(struct engine *e, const struct cache_key *k)
{
	struct cache_key packed = *k;
	struct entry *both, *plain;

	packed.gzip = true;
	both = k->gzip ? NULL : entry_unpack(cache_find(e->cache, &packed));
	plain = both ? entry_of_form(both, false) : NULL;
	entry_drop(both);
	return plain;
}

struct entry *cached_load(struct engine *e, const struct cache_key *k, const char **source)
{
	struct entry *found = cache_find(e->cache, k);

	*source = "hit";
	if (found)
		return found;
	found = e->disk ? disk_load(e->disk, k) : NULL;
	if (!found)
		found = from_packed(e, k);
	return from_disk(e, k, found, source);
}

/* In both forms: the readers of the other one are asking now, or what they do not ask for is
 * the first to leave. */
void cached_keep(struct engine *e, const struct cache_key *k, struct entry *made)
{
	for (int gzip = 0; gzip < 2; gzip++) {
		struct cache_key key = { k->site, k->path, k->lang, gzip };
		CLEANUP(entry_dropp) struct entry *form = entry_of_form(made, gzip);

		cache_put(e->cache, &key, form);
	}
}
