/* lane.c - see lane.h. One mutex over all lanes: it guards a few pointers on the way of
 * a request that is going to cost a rendering, never on the way of a cached page. */
#include "work/lane.h"

#include <assert.h>
#include "base/map.h"
#include "base/mem.h"
#include "work/mutex.h"

struct lane_job {
	struct lane_job *next;
	struct lane *lane;
	enum lane_kind kind;
	void (*run)(void *);
	void *arg;
};

struct lane {
	struct lanes *all;
	uint64_t key;
	struct lane_job *first, **last;		/* waiting */
	size_t waiting;
	int readers, writers;			/* in the pool */
};

struct lanes {
	struct mutex lock;
	struct pool *pool;
	struct map *lanes;			/* the 8 bytes of a key -> struct lane */
	int readers_max;
	size_t queue_max;
};

static struct str lane_key(const uint64_t *key)
{
	return str_from((const char *)key, sizeof *key);
}

static struct lane *lane_open(struct lanes *l, uint64_t key)
{
	struct lane *lane = map_find(l->lanes, lane_key(&key));

	if (lane)
		return lane;
	lane = MEM_NEW(struct lane);
	lane->all = l;
	lane->key = key;
	lane->last = &lane->first;
	map_put(l->lanes, lane_key(&key), lane);
	return lane;
}

static void lane_close_if_idle(struct lane *lane)
{
	if (lane->first || lane->readers || lane->writers)
		return;
	map_remove(lane->all->lanes, lane_key(&lane->key));
	mem_free(lane);
}

/* Readers of one lane in the pool at once: what is left free for others as long as it is
 * alone, its part of the threads when it is not. Whoever has jobs that wait has one that runs,
 * and looks again when that ends. */
static int lane_share(const struct lanes *l)
{
	int part = pool_threads(l->pool) / (int)map_count(l->lanes);

	if (map_count(l->lanes) == 1 || part > l->readers_max)
		return l->readers_max;
	return part > 1 ? part : 1;
}

static bool lane_can_start(const struct lane *lane, enum lane_kind kind)
{
	if (lane->writers)
		return false;
	return kind == LANE_WRITE ? !lane->readers : lane->readers < lane_share(lane->all);
}

static void lane_count(struct lane *lane, enum lane_kind kind, int by)
{
	if (kind == LANE_WRITE)
		lane->writers += by;
	else
		lane->readers += by;
}

static void lane_run(void *arg);

/* At the end of a job: hands on what may run now, in the order it came. The lock is held. */
static void lane_advance(struct lane *lane)
{
	while (lane->first && lane_can_start(lane, lane->first->kind)) {
		struct lane_job *j = lane->first;

		lane->first = j->next;
		if (!lane->first)
			lane->last = &lane->first;
		lane->waiting--;
		lane_count(lane, j->kind, 1);
		pool_submit_next(lane->all->pool, lane_run, j);
	}
}

/* On a thread of the pool. */
static void lane_run(void *arg)
{
	struct lane_job *j = arg;
	struct lane *lane = j->lane;
	struct lanes *l = lane->all;

	j->run(j->arg);

	MUTEX_HOLD(&l->lock);
	lane_count(lane, j->kind, -1);
	lane_advance(lane);
	lane_close_if_idle(lane);
	mem_free(j);
}

struct lanes *lanes_new(struct pool *pool, int readers_per_lane, size_t queue_max_per_lane)
{
	struct lanes *l = MEM_NEW(struct lanes);

	assert(readers_per_lane > 0);
	mutex_init(&l->lock, MUTEX_LANES);
	l->pool = pool;
	l->lanes = map_new();
	l->readers_max = readers_per_lane;
	l->queue_max = queue_max_per_lane;
	return l;
}

/* Straight into the pool, which may refuse; or behind the others of its lane. */
static bool lane_accept(struct lane *lane, struct lane_job *j)
{
	if (!lane->first && lane_can_start(lane, j->kind)) {
		if (!pool_submit(lane->all->pool, lane_run, j))
			return false;
		lane_count(lane, j->kind, 1);
		return true;
	}
	if (lane->waiting >= lane->all->queue_max)
		return false;
	*lane->last = j;
	lane->last = &j->next;
	lane->waiting++;
	return true;
}

bool lane_submit(struct lanes *l, uint64_t key, enum lane_kind kind, void (*run)(void *), void *arg)
{
	MUTEX_HOLD(&l->lock);
	struct lane *lane = lane_open(l, key);
	struct lane_job *j = MEM_NEW(struct lane_job);

	*j = (struct lane_job){ .lane = lane, .kind = kind, .run = run, .arg = arg };
	if (lane_accept(lane, j))
		return true;
	mem_free(j);
	lane_close_if_idle(lane);
	return false;
}

size_t lanes_count(struct lanes *l)
{
	MUTEX_HOLD(&l->lock);

	return map_count(l->lanes);
}

void lanes_free(struct lanes *l)
{
	if (!l)
		return;
	assert(map_count(l->lanes) == 0);
	map_free(l->lanes, NULL);
	mutex_release(&l->lock);
	mem_free(l);
}
