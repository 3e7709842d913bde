/* metrics.c - counting, and what is asked of the system. See metrics.h. */
#include "app/metrics.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "site/due.h"

/* Upper ends in microseconds; Prometheus is told the same in seconds (metrics_text.c). */
static const int64_t ends_us[METRICS_BUCKETS - 1] = {
	1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 1000000, 5000000,
};

void metrics_init(struct metrics *m)
{
	m->began = date_now();
	busy_init(&m->busy);
}

void metrics_release(struct metrics *m)
{
	busy_release(&m->busy);
}

void metrics_rendered(struct metrics *m, uint64_t site, bool ok, int64_t ns)
{
	size_t i = 0;

	while (i < METRICS_BUCKETS - 1 && ns > ends_us[i] * 1000)
		i++;
	atomic_fetch_add_explicit(&m->buckets[i], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&m->render_ns, (uint64_t)ns, memory_order_relaxed);
	if (!ok)
		atomic_fetch_add_explicit(&m->failures, 1, memory_order_relaxed);
	busy_note(&m->busy, site, ns, clock_ns());
}

void metrics_waited(struct metrics *m)
{
	atomic_fetch_add_explicit(&m->waited, 1, memory_order_relaxed);
}

uint64_t metrics_renders(const struct metrics *m)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < METRICS_BUCKETS; i++)
		sum += atomic_load(&m->buckets[i]);
	return sum;
}

/* The second number of /proc/self/statm: resident pages. */
static int64_t resident(void)
{
	long long size, pages = 0;
	FILE *f = fopen("/proc/self/statm", "re");

	if (!f)
		return 0;
	if (fscanf(f, "%lld %lld", &size, &pages) != 2)
		pages = 0;
	fclose(f);
	return pages * sysconf(_SC_PAGESIZE);
}

void metrics_process(const struct metrics *m, struct metrics_process *ret)
{
	struct rlimit limit = { 0 };
	struct rusage used = { 0 };

	getrlimit(RLIMIT_NOFILE, &limit);
	getrusage(RUSAGE_SELF, &used);
	ret->rss = resident();
	ret->fds = fd_count();
	ret->max_fds = (int64_t)limit.rlim_cur;
	ret->uptime = date_now() - m->began;
	ret->cpu_s = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec)
		     + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

int64_t metrics_publish_lag(const struct metrics *m)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	struct fail f = FAIL_INIT;
	int64_t next, now = date_now();

	if (!registry_begin(m->engine->host->registry, TX_READ, &t, &f)
	    || !due_next(t.tx, &next, &f) || !next || next > now)
		return 0;
	return now - next;
}
