/* truth_crowd_test.c - the truth of pages while several hands write, and of many sites that are
 * made at once.
 */
#include "app/truth_test.h"

#include <stdatomic.h>
#include "app/warm.h"
#include "cache/disk.h"
#include "site/manage.h"
#include "work/thread.h"

/* --- several hands at once --- */

enum { WRITERS = 2, READERS = 3, EACH_WRITES = 40 };

struct reader {
	struct truth *t;
	struct arena *a;
	struct str *paths;
	size_t n;
	uint64_t seed;
	atomic_int *writing;
	struct map *kept;
	struct fail f;
	bool ok;
};

static void write_on(void *arg)
{
	struct hand *h = arg;

	for (int i = 0; i < EACH_WRITES && !h->f.code; i++)
		if (!hand_change(h))
			return;
}

static bool read_one(struct reader *r, struct str path)
{
	CLEANUP(rendering_release) struct rendering one = { NULL };
	CLEANUP(site_unrefp) struct site *site = NULL;
	struct hand *h = &r->t->hand;

	arena_reset(r->a);
	if (!registry_site(h->host->registry, h->site, &site, &r->f)
	    || !render_site(h->engine, r->a, site, path, STR(""), &one, &r->f))
		return false;
	if (one.cacheable)
		entry_drop(map_put(r->kept, path, entry_hold(one.entry)));
	return true;
}

static void read_on(void *arg)
{
	struct reader *r = arg;
	struct hand dice = { .seed = r->seed };

	r->ok = true;
	while (r->ok && atomic_load(r->writing))
		r->ok = read_one(r, r->paths[hand_pick(&dice, r->n)]);
}

static void check_kept(struct truth *t, struct reader *r, const struct site *site, size_t *looked)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str path;
	size_t at = 0;
	void *kept;

	while (map_each(r->kept, &at, &path, &kept)) {
		CLEANUP(rendering_release) struct rendering now = { NULL };

		++*looked;
		if (!entry_is_fresh(kept, t->hand.host->gens))
			continue;
		assert_ok(render_site(t->hand.engine, a, site, path, STR(""), &now, &t->hand.f),
			  &t->hand.f);
		truth_check_same(t, path, "of a thread", kept, now.entry);
		arena_reset(a);
	}
}

/* Everything there is to ask for now. */
static struct str *all_paths(struct truth *t, struct arena *a, size_t *n)
{
	struct str *paths = arena_array(a, map_count(t->known) + 1, sizeof *paths), path;
	size_t at = 0;
	void *value;

	*n = 0;
	while (map_each(t->known, &at, &path, &value))
		paths[(*n)++] = path;
	return paths;
}

static void run_threads(struct hand *writers, struct reader *readers, atomic_int *writing)
{
	struct thread *w[WRITERS], *r[READERS];
	struct fail f = FAIL_INIT;

	for (int i = 0; i < READERS; i++)
		assert_ok(thread_start("reader", read_on, &readers[i], &r[i], &f), &f);
	for (int i = 0; i < WRITERS; i++)
		assert_ok(thread_start("writer", write_on, &writers[i], &w[i], &f), &f);
	for (int i = 0; i < WRITERS; i++)
		thread_join(w[i]);
	atomic_store(writing, 0);
	for (int i = 0; i < READERS; i++)
		thread_join(r[i]);
}

static void what_was_read_while_others_wrote_is_true_or_stale(void **state)
{
	struct truth *t = *state;
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct hand writers[WRITERS];
	struct reader readers[READERS];
	atomic_int writing = 1;
	struct site *site;
	size_t n, looked = 0;
	struct str *paths;

	truth_tell(t, 7, 30);
	paths = all_paths(t, a, &n);
	for (int i = 0; i < WRITERS; i++) {
		writers[i] = t->hand;
		writers[i].a = arena_new(0);
		writers[i].seed = 1234567 + (uint64_t)i * 7919;
	}
	for (int i = 0; i < READERS; i++)
		readers[i] = (struct reader){ .t = t, .a = arena_new(0), .paths = paths, .n = n,
					      .seed = 99 + (uint64_t)i, .writing = &writing,
					      .kept = map_new() };
	run_threads(writers, readers, &writing);
	site = truth_site(t);
	for (int i = 0; i < WRITERS; i++) {
		assert_int_equal(writers[i].f.code, 0);
		arena_free(writers[i].a);
	}
	for (int i = 0; i < READERS; i++) {
		assert_ok(readers[i].ok, &readers[i].f);
		check_kept(t, &readers[i], site, &looked);
		map_free(readers[i].kept, truth_drop);
		arena_free(readers[i].a);
	}
	site_unref(site);
	assert_true(looked > 0);	/* how many of them are still fresh is chance */
}

/* --- many sites at once --- */

struct tally {
	int sites;
	int64_t rendered, total;
	bool cancelled;
};

static void count_result(void *ctx, const struct warm_result *r)
{
	struct tally *t = ctx;

	if (r->fail.code && !r->is_stopped)
		fail_msg("%s", r->fail.text);
	assert_true(r->fail.code || r->total > 0);	/* each of them has pages */
	assert_true(r->total >= r->rendered);
	t->sites++;
	t->rendered += r->rendered;
	t->total += r->total;
}

static bool is_cancelled(void *ctx)
{
	return ((struct tally *)ctx)->cancelled;
}

static struct tally warm(struct truth *t, struct site **sites, int n, bool cancelled)
{
	struct tally tally = { .cancelled = cancelled };
	const struct warm_hooks hooks = { false, &tally, NULL, is_cancelled, count_result };
	struct warm_crew *crew;

	assert_ok(warm_crew_new(t->hand.engine, &hooks, &crew, &t->hand.f), &t->hand.f);
	for (int i = 0; i < n; i++)
		warm_crew_add(crew, sites[i]);
	warm_crew_end(crew);
	return tally;
}

static void many_sites_are_made_at_once(void **state)
{
	enum { SITES = 30 };
	struct truth *t = *state;
	struct hand *h = &t->hand;
	struct site *sites[SITES + 1];
	struct tally first, again;

	assert_ok(hand_fill(h, 1, 40), &h->f);
	for (int i = 0; i < SITES; i++)
		assert_ok(manage_create(h->host->registry, arena_printf(h->a, "many-%d", i), NULL,
					0, &sites[i], &h->f), &h->f);
	sites[SITES] = truth_site(t);
	first = warm(t, sites, SITES + 1, false);
	assert_int_equal(first.sites, SITES + 1);
	assert_true(first.rendered > SITES * 5 + 40);
	assert_int_equal(first.rendered, first.total);
	again = warm(t, sites, SITES + 1, false);
	assert_int_equal(again.rendered, 0);
	assert_int_equal(again.total, first.total);
	assert_int_equal(warm(t, sites, 0, false).sites, 0);
	assert_ok(disk_drop_all(h->engine->disk, &h->f), &h->f);
	assert_int_equal(warm(t, sites, SITES + 1, true).sites, SITES + 1);
	for (int i = 0; i <= SITES; i++)
		site_unref(sites[i]);
}

int truth_crowd_tests(void)
{
	const struct CMUnitTest tests[] = {
		TRUTH_TEST(what_was_read_while_others_wrote_is_true_or_stale),
		TRUTH_TEST(many_sites_are_made_at_once),
	};

	return cmocka_run_group_tests_name("truth/crowd", tests, NULL, NULL);
}
