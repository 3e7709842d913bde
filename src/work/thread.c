/* thread.c - see thread.h. */
#include "work/thread.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "base/date.h"
#include "base/mem.h"

enum { NICE_MOST = 19 };
#define NAME_SIZE 16			/* what the kernel keeps, with the NUL */

struct thread {
	pthread_t id;
	void (*run)(void *);
	void *arg;
	char name[NAME_SIZE];
	bool nice;
};

/* A fraction of what one page takes, and many times what giving way costs; the shortest slice
 * that Linux gives. */
#define RUN_NS 100000

/* struct sched_attr of sched_setattr(2), which the C library does not know yet. */
struct attributes {
	uint32_t size, policy;
	uint64_t flags;
	int32_t nice;
	uint32_t priority;
	uint64_t runtime, deadline, period;
};

#define KEEP_POLICY 8

static _Thread_local struct {
	bool nice;
	int64_t since;			/* it has had the processor, or longer */
} self;

static void *thread_main(void *arg)
{
	struct thread *t = arg;

	self.nice = t->nice;
	pthread_setname_np(pthread_self(), t->name);
	t->run(t->arg);
	return NULL;
}

bool thread_start(const char *name, void (*run)(void *), void *arg, struct thread **ret,
		  struct fail *f)
{
	struct thread *t = MEM_NEW(struct thread);
	sigset_t all, before;
	int rc;

	t->run = run;
	t->arg = arg;
	t->nice = self.nice;
	snprintf(t->name, sizeof t->name, "%s", name);

	/* A new thread inherits the mask: blocked here, it never sees a signal. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	rc = pthread_create(&t->id, NULL, thread_main, t);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (rc == 0) {
		*ret = t;
		return true;
	}
	mem_free(t);
	errno = rc;
	return fail_errno(f, "cannot start the thread %s", name);
}

void thread_join(struct thread *t)
{
	if (!t)
		return;
	pthread_join(t->id, NULL);
	mem_free(t);
}

int thread_cores(void)
{
	cpu_set_t set;
	int n = 0;

	if (sched_getaffinity(0, sizeof set, &set) == 0)
		n = CPU_COUNT(&set);
	return n > 0 ? n : 1;
}

/* For the calling thread alone: on Linux each has its own. False: an older kernel, or we may
 * not. */
static bool set_attributes(int nice)
{
	struct attributes a = { .size = sizeof a, .flags = KEEP_POLICY, .nice = nice,
				.runtime = RUN_NS };

	return syscall(SYS_sched_setattr, 0, &a, 0) == 0;
}

void thread_be_brief(void)
{
	(void)set_attributes(getpriority(PRIO_PROCESS, 0));
}

/* From where it is: whoever began the process may have made it nice, and to less than that the
 * kernel says no. */
void thread_be_nice(int nice_by)
{
	int nice = getpriority(PRIO_PROCESS, 0) + nice_by;

	if (nice_by <= 0)
		return;
	nice = nice < NICE_MOST ? nice : NICE_MOST;
	if (!set_attributes(nice))
		(void)setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), nice);
	self.nice = true;
}

bool thread_give_way(void)
{
	if (!self.nice || clock_ns() - self.since < RUN_NS)
		return false;
	sched_yield();
	self.since = clock_ns();
	return true;
}
