/* spawn.h - a child process with its output and limits.
 *
 * For work on untrusted input that a library cannot be trusted with (Sass): the
 * function runs in a forked child under resource limits and writes its answer to
 * a pipe. The caller blocks: bulk workers and commands only.
 */
#ifndef BASE_SPAWN_H
#define BASE_SPAWN_H

#include "base/buf.h"
#include "base/fail.h"

enum { SPAWN_UNFIT = 126 };	/* as shells say it: there, but it cannot be run */

struct spawn_limits {
	unsigned cpu_s;			/* seconds of processor time */
	unsigned wall_ms;		/* then it is killed */
	size_t memory;			/* bytes of address space; 0: none set (sanitizers) */
	size_t output;			/* bytes it may answer */
};

/* Runs `path` with argv in a child whose standard input is `in` and whose standard
 * output is appended to `out`. The environment is empty but for PATH and LANG=C.
 * False with FAIL_TOO_LARGE (output), FAIL_BUSY (wall_ms were over: it was stopped),
 * FAIL_INVALID (it crashed, met a limit, or its exit status is not 0; what it wrote is in
 * out), or FAIL_IO for what says nothing about the input: it could not be started, it says
 * so itself by exit status SPAWN_UNFIT, or somebody else killed it. */
MUST_CHECK bool spawn_filter(const char *path, const char *const argv[], struct str in,
			     const struct spawn_limits *limits, struct buf *out, struct fail *f);

#endif
