/* thread.c - see thread.h. */
#include "work/thread.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "base/date.h"
#include "base/mem.h"

#define NAME_SIZE 16			/* what the kernel keeps, with the NUL */

struct thread {
	pthread_t id;
	void (*run)(void *);
	void *arg;
	char name[NAME_SIZE];
	bool nice;
};

/* A fraction of what one page takes, and many times what giving way costs. */
#define RUN_NS 100000

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

void thread_be_nice(int nice_by)
{
	if (nice_by <= 0)
		return;
	/* On Linux a thread has its own priority, under its kernel id. */
	(void)setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), nice_by);
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
