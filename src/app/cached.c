/* cached.c - see cached.h. */
#include "app/cached.h"

#include "app/render.h"

static struct cache_key key_of(const struct cached_page *p)
{
	struct cache_key key = render_key(p->site->id, p->name.path);

	key.gzip = p->name.gzip;
	return key;
}

/* Kept, if others ask for it, too: what lies in the kernel's memory is had again for a copy. */
static struct entry *from_disk(struct engine *e, const struct cached_page *p, struct entry *found,
			       const char **source)
{
	*source = "disk";
	if (found)
		cache_offer(e->cache, &p->name, found, &p->site->deps);
	return found;
}

static struct entry *glance(struct engine *e, const struct cached_page *p, const char **source)
{
	struct cache_key key = key_of(p);

	return from_disk(e, p, disk_glance(e->disk, &key), source);
}

struct entry *cached_find(struct engine *e, const struct cache_name *n, const char **source)
{
	struct entry *entry = cache_find(e->cache, n);
	struct found found;

	*source = "hit";
	if (entry || !e->disk || !registry_find_cached(e->host->registry, n->host, &found))
		return entry;
	if (found_is_shown(&found))
		entry = glance(e, &(struct cached_page){ *n, found.site }, source);
	found_release(&found);
	return entry;
}

/* Where there is no disk level, or the page is none that it keeps. */
static struct entry *from_packed(struct engine *e, const struct cache_name *n)
{
	struct cache_name packed = { n->host, n->path, true };
	struct entry *both, *plain;

	both = n->gzip ? NULL : entry_unpack(cache_find_again(e->cache, &packed));
	plain = both ? entry_of_form(both, false) : NULL;
	entry_drop(both);
	return plain;
}

struct entry *cached_load(struct engine *e, const struct cached_page *p, const char **source)
{
	struct entry *found = cache_find_again(e->cache, &p->name);
	struct cache_key key = key_of(p);

	*source = "hit";
	if (found)
		return found;
	found = e->disk ? disk_load(e->disk, &key) : NULL;
	if (!found)
		found = from_packed(e, &p->name);
	return from_disk(e, p, found, source);
}

/* In both forms: the readers of the other one are asking now, or what they do not ask for is
 * the first to leave. */
void cached_keep(struct engine *e, const struct cached_page *p, struct entry *made)
{
	for (int gzip = 0; gzip < 2; gzip++) {
		struct cache_name name = { p->name.host, p->name.path, gzip };
		CLEANUP(entry_dropp) struct entry *form = entry_of_form(made, gzip);

		cache_put(e->cache, &name, form, &p->site->deps);
	}
}
