/* bench.c - processor time, so that what else the machine does is not counted. Messages stay
 * English: looking a sentence up costs the same in each language, but not here. */
#include "workshop/bench.h"

#include <stdlib.h>
#include <time.h>

#include "base/limits.h"
#include "base/mem.h"

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int by_size(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return a < b ? -1 : a > b;
}

bool bench_run(const struct theme *t, const struct template *tpl, const struct value *page,
	       int runs, struct bench *ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf out = BUF(LIMIT_PAGE);
	struct render_env env = { .arg = (void *)t, .find = theme_find_template,
				  .ran = &ret->nodes };
	int64_t *times;

	if (!template_render(tpl, page, &env, &out, f))
		return false;
	*ret = (struct bench){ .runs = runs, .bytes = out.n, .nodes = ret->nodes };
	times = mem_array((size_t)runs, sizeof *times);
	for (int i = 0; i < runs; i++) {
		int64_t start = now_ns();

		buf_clear(&out);
		if (!template_render(tpl, page, &env, &out, f)) {
			mem_free(times);
			return false;
		}
		times[i] = now_ns() - start;
	}
	qsort(times, (size_t)runs, sizeof *times, by_size);
	ret->median_ns = times[runs / 2];
	ret->worst_ns = times[runs - 1];
	mem_free(times);
	return true;
}
