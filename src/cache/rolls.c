/* rolls.c - see rolls.h. A table of places, chained by site; a hand goes round them and takes
 * the first that nobody used since it last came by. What is kept of those that were closed has
 * one place each, and gives it to who comes later. */
#include "cache/rolls.h"

#include <inttypes.h>
#include <sys/resource.h>
#include "base/limits.h"
#include "base/mem.h"
#include "work/mutex.h"

#define PATH_CEILING 4000
enum { OPEN_LEAST = 64, OPEN_MOST = 4096, SHARE = 8, MAP_BYTES = 8 * MIB };
enum { CLOSED_EACH = 16, WAYS = 4 };	/* sets of places for what is closed */

struct place {
	uint64_t site;
	struct roll *roll;		/* NULL: nothing is here */
	size_t next;			/* in its chain: the place's number and one, or 0 */
	bool used;			/* since the hand last came by */
};

struct closed {
	uint64_t site;
	struct roll_map *map;		/* NULL: nothing is here */
};

struct rolls {
	char *dir;
	struct mutex lock;		/* over all below */
	struct place *places;
	size_t *chains;			/* as many as places, a power of two */
	size_t n, hand;
	struct closed *closed;		/* CLOSED_EACH for each place, in sets of WAYS */
	size_t map_bytes;
};

static size_t places_of_process(void)
{
	struct rlimit limit;
	size_t n = OPEN_LEAST;

	if (getrlimit(RLIMIT_NOFILE, &limit))
		return n;
	while (n < OPEN_MOST && n * 2 <= limit.rlim_cur / SHARE)
		n *= 2;
	return n;
}

struct rolls *rolls_new(const char *dir)
{
	struct rolls *r = MEM_NEW(struct rolls);

	r->dir = mem_cstr(str_of(dir));
	r->n = places_of_process();
	r->places = mem_array(r->n, sizeof *r->places);
	r->chains = mem_array(r->n, sizeof *r->chains);
	r->closed = mem_array(r->n * CLOSED_EACH, sizeof *r->closed);
	mutex_init(&r->lock, MUTEX_LEAF);
	return r;
}

void rolls_free(struct rolls *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->n; i++)
		roll_drop(r->places[i].roll);
	for (size_t i = 0; i < r->n * CLOSED_EACH; i++)
		roll_map_free(r->closed[i].map);
	mutex_release(&r->lock);
	mem_free(r->closed);
	mem_free(r->places);
	mem_free(r->chains);
	mem_free(r->dir);
	mem_free(r);
}

bool rolls_path(const struct rolls *r, uint64_t site, struct buf *out, struct fail *f)
{
	buf_addf(out, "%s/%02x/%012" PRIx64 ".roll", r->dir, (unsigned)(site & 0xff), site);
	return buf_ok(out) || fail(f, FAIL_INVALID, "the name of the cache folder is too long");
}

/* ---- under the lock ---- */

/* Ids of sites are random, so they are their own hash. */
static size_t *chain_of(struct rolls *r, uint64_t site)
{
	return &r->chains[site & (r->n - 1)];
}

static struct place *place_of(struct rolls *r, uint64_t site)
{
	for (size_t at = *chain_of(r, site); at; at = r->places[at - 1].next)
		if (r->places[at - 1].site == site)
			return &r->places[at - 1];
	return NULL;
}

/* Empties it; the reference is the caller's to drop, after the lock. */
static struct roll *leave(struct rolls *r, struct place *p)
{
	size_t *at = chain_of(r, p->site);
	struct roll *roll = p->roll;

	if (!roll)
		return NULL;
	while (&r->places[*at - 1] != p)
		at = &r->places[*at - 1].next;
	*at = p->next;
	*p = (struct place){ 0 };
	return roll;
}

static struct closed *closed_set(struct rolls *r, uint64_t site)
{
	return &r->closed[(site & (r->n * CLOSED_EACH - 1)) / WAYS * WAYS];
}

/* That of the site; NULL: it is not there. */
static struct closed *closed_find(struct rolls *r, uint64_t site)
{
	struct closed *set = closed_set(r, site);

	for (size_t i = 0; i < WAYS; i++)
		if (set[i].map && set[i].site == site)
			return &set[i];
	return NULL;
}

/* Where that of the site is to be put: its own place, a free one, or another's. */
static struct closed *closed_place(struct rolls *r, uint64_t site)
{
	struct closed *set = closed_set(r, site), *own = closed_find(r, site);

	for (size_t i = 0; !own && i < WAYS; i++)
		if (!set[i].map)
			own = &set[i];
	return own ? own : &set[site / (r->n * CLOSED_EACH) % WAYS];
}

/* Out of its place, whosever it is; the caller's to free. */
static struct roll_map *closed_take(struct rolls *r, struct closed *c)
{
	struct roll_map *m = c->map;

	if (m)
		r->map_bytes -= roll_map_bytes(m);
	c->map = NULL;
	return m;
}

static struct place *place_to_take(struct rolls *r)
{
	for (;;) {
		struct place *p = &r->places[r->hand];

		r->hand = (r->hand + 1) & (r->n - 1);
		if (!p->roll || !p->used)
			return p;
		p->used = false;
	}
}

/* ---- with its lock taken and left ---- */

static struct roll *find(struct rolls *r, uint64_t site)
{
	MUTEX_HOLD(&r->lock);
	struct place *p = place_of(r, site);

	if (!p)
		return NULL;
	p->used = true;
	return roll_hold(p->roll);
}

/* Takes it: of one that is closed. NULL is fine. */
static void keep_map(struct rolls *r, uint64_t site, struct roll_map *m)
{
	struct roll_map *was;
	struct closed *c;

	if (!m)
		return;
	mutex_lock(&r->lock);
	c = closed_place(r, site);
	was = closed_take(r, c);
	if (r->map_bytes + roll_map_bytes(m) <= MAP_BYTES) {
		*c = (struct closed){ site, m };
		r->map_bytes += roll_map_bytes(m);
		m = NULL;
	}
	mutex_unlock(&r->lock);
	roll_map_free(was);
	roll_map_free(m);
}

static struct roll_map *take_map(struct rolls *r, uint64_t site)
{
	MUTEX_HOLD(&r->lock);
	struct closed *c = closed_find(r, site);

	return c ? closed_take(r, c) : NULL;
}

/* What another thread has opened meanwhile goes. */
static void keep(struct rolls *r, uint64_t site, struct roll *roll)
{
	uint64_t was_of;
	struct roll *was;
	struct place *p;
	size_t *chain;

	mutex_lock(&r->lock);
	p = place_of(r, site);
	if (!p)
		p = place_to_take(r);
	was_of = p->site;
	was = leave(r, p);
	chain = chain_of(r, site);
	*p = (struct place){ .site = site, .roll = roll_hold(roll), .next = *chain };
	*chain = (size_t)(p - r->places) + 1;
	mutex_unlock(&r->lock);
	if (was && was_of != site)
		keep_map(r, was_of, roll_map_of(was));
	roll_drop(was);
}

/* ---- exports ---- */

bool rolls_take(struct rolls *r, uint64_t site, bool create, struct roll **ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf path = BUF(PATH_CEILING);
	struct roll_map *map;
	bool ok;

	*ret = find(r, site);
	if (*ret)
		return true;
	map = take_map(r, site);
	ok = rolls_path(r, site, &path, f) && roll_open(path.p, create, map, ret, f);
	roll_map_free(map);
	if (ok && *ret)
		keep(r, site, *ret);
	return ok;
}

struct roll *rolls_glance(struct rolls *r, uint64_t site)
{
	CLEANUP(buf_release) struct buf path = BUF(PATH_CEILING);
	struct roll *roll = find(r, site);
	struct roll_map *map = roll ? NULL : take_map(r, site);

	if (!map)
		return roll;
	if (rolls_path(r, site, &path, NULL))
		roll = roll_reopen(path.p, map);
	if (!roll) {
		keep_map(r, site, map);
		return NULL;
	}
	roll_map_free(map);
	keep(r, site, roll);
	return roll;
}

void rolls_forget(struct rolls *r, uint64_t site)
{
	struct roll *was = NULL;
	struct place *p;

	mutex_lock(&r->lock);
	p = place_of(r, site);
	if (p)
		was = leave(r, p);
	mutex_unlock(&r->lock);
	roll_drop(was);
	roll_map_free(take_map(r, site));
}

void rolls_forget_all(struct rolls *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct roll *was;

		mutex_lock(&r->lock);
		was = leave(r, &r->places[i]);
		mutex_unlock(&r->lock);
		roll_drop(was);
	}
	for (size_t i = 0; i < r->n * CLOSED_EACH; i++) {
		struct roll_map *map;

		mutex_lock(&r->lock);
		map = closed_take(r, &r->closed[i]);
		mutex_unlock(&r->lock);
		roll_map_free(map);
	}
}
