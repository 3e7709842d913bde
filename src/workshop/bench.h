/* bench.h - how long a template takes, and what it costs. */
#ifndef WORKSHOP_BENCH_H
#define WORKSHOP_BENCH_H

#include "theme/theme.h"

enum { BENCH_RUNS = 10000 };		/* at most */

struct bench {
	int runs;
	int64_t median_ns, worst_ns;	/* processor time of this thread */
	size_t bytes;			/* of the page */
	size_t nodes;			/* instructions of templates that were run */
};

/* Renders the template with these values so many times, after one that is not counted. */
MUST_CHECK bool bench_run(const struct theme *t, const struct template *tpl,
			  const struct value *page, int runs, struct bench *ret, struct fail *f);

#endif
