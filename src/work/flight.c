/* flight.c - see flight.h. */
#include "work/flight.h"

#include <assert.h>
#include "base/map.h"
#include "base/mem.h"
#include "work/mutex.h"

struct follower {
	struct follower *next;
	void (*done)(void *arg, void *result);
	void *arg;
};

struct flight {
	struct follower *first, **last;
};

struct flights {
	struct mutex lock;
	struct map *flights;			/* key -> struct flight */
};

struct flights *flights_new(void)
{
	struct flights *fs = MEM_NEW(struct flights);

	mutex_init(&fs->lock, MUTEX_FLIGHT);
	fs->flights = map_new();
	return fs;
}

void flights_free(struct flights *fs)
{
	if (!fs)
		return;
	assert(map_count(fs->flights) == 0);
	map_free(fs->flights, NULL);
	mutex_release(&fs->lock);
	mem_free(fs);
}

static void flight_open(struct flights *fs, struct str key)
{
	struct flight *fl = MEM_NEW(struct flight);

	fl->last = &fl->first;
	map_put(fs->flights, key, fl);
}

bool flight_lead(struct flights *fs, struct str key, void (*done)(void *arg, void *result),
		 void *arg)
{
	MUTEX_HOLD(&fs->lock);
	struct flight *fl = map_find(fs->flights, key);
	struct follower *w;

	if (!fl) {
		flight_open(fs, key);
		return true;
	}
	w = MEM_NEW(struct follower);
	w->done = done;
	w->arg = arg;
	*fl->last = w;
	fl->last = &w->next;
	return false;
}

/* Followers are called without the lock: whoever asks now leads a new flight. */
void flight_land(struct flights *fs, struct str key, void *result)
{
	struct flight *fl;
	struct follower *w, *next;

	mutex_lock(&fs->lock);
	fl = map_remove(fs->flights, key);
	mutex_unlock(&fs->lock);

	assert(fl && "landed without having led");
	for (w = fl->first; w; w = next) {
		next = w->next;
		w->done(w->arg, result);
		mem_free(w);
	}
	mem_free(fl);
}

size_t flights_count(struct flights *fs)
{
	MUTEX_HOLD(&fs->lock);

	return map_count(fs->flights);
}
