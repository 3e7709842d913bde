/* pulse.c - see pulse.h. */
#include "app/pulse.h"

#include <stdatomic.h>
#include <unistd.h>

#include "base/date.h"
#include "base/mem.h"
#include "work/thread.h"

enum { NAP_MS = 100, BEATS = 4 };	/* so many times within the supervisor's patience */

struct pulse {
	const struct supervisor *supervisor;
	struct server *server;
	struct pool *workers;
	struct thread *thread;
	atomic_bool stop, answered;
	bool asked;
};

static void answer(void *arg)
{
	struct pulse *p = arg;

	atomic_store(&p->answered, true);
}

/* The question is put once and stays until it is answered. */
static bool has_worker_answered(struct pulse *p)
{
	bool yes = atomic_exchange(&p->answered, false);

	if (yes || !p->asked) {
		p->asked = true;
		pool_submit_promised(p->workers, answer, p);
	}
	return yes;
}

static void run(void *arg)
{
	struct pulse *p = arg;
	int64_t every = p->supervisor->watchdog_ms / BEATS * 1000000, next = clock_ns();
	bool loops = false, worker = false;

	while (!atomic_load(&p->stop)) {
		usleep(NAP_MS * 1000);
		if (clock_ns() < next)
			continue;
		loops |= server_has_turned(p->server);
		worker |= has_worker_answered(p);
		if (!loops || !worker)
			continue;
		supervisor_tell(p->supervisor, "WATCHDOG=1");
		loops = worker = false;
		next = clock_ns() + every;
	}
}

bool pulse_start(const struct supervisor *s, struct server *server, struct pool *workers,
		 struct pulse **ret, struct fail *f)
{
	struct pulse *p;

	*ret = NULL;
	if (!s->watchdog_ms)
		return true;
	p = MEM_NEW(struct pulse);
	p->supervisor = s;
	p->server = server;
	p->workers = workers;
	if (!thread_start("pulse", run, p, &p->thread, f)) {
		mem_free(p);
		return false;
	}
	*ret = p;
	return true;
}

void pulse_stop(struct pulse *p)
{
	if (!p)
		return;
	atomic_store(&p->stop, true);
	thread_join(p->thread);
	/* A question that is still in the queue points here. */
	while (p->asked && !atomic_load(&p->answered))
		usleep(1000);
	mem_free(p);
}
