/* cache_test.c - the unit tests of cache/ and what they share. */
#include "cache/cache_test.h"

#include <stdio.h>
#include <stdlib.h>
#include "base/file.h"

int cache_test_setup(void **state)
{
	static struct place p;
	char gens[96];
	struct fail f = FAIL_INIT;

	snprintf(p.dir, sizeof p.dir, "%s", "/tmp/hameau-cache-XXXXXX");
	assert_non_null(mkdtemp(p.dir));
	snprintf(p.cache_dir, sizeof p.cache_dir, "%.60s/cache", p.dir);
	snprintf(gens, sizeof gens, "%.60s/gens", p.dir);
	assert_ok(gens_open(gens, &p.gens, &f), &f);
	*state = &p;
	return 0;
}

int cache_test_teardown(void **state)
{
	struct place *p = *state;
	struct fail f = FAIL_INIT;

	gens_close(p->gens);
	assert_ok(dir_remove(p->dir, &f), &f);
	return 0;
}

static uint32_t thing(void)
{
	return gens_slot(7, GEN_FIRST_OF_SITE, 1);
}

struct entry *cache_test_page(struct place *p, struct str body)
{
	struct deps deps = { 0 };
	struct entry_parts parts = {
		.status = 200, .site = 7, .last_modified = 1927000000,
		.type = STR("text/html; charset=utf-8"),
		.head = STR("Cache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\n"),
		.body = body, .compress = true, .deps = &deps,
	};
	struct entry *e;

	deps_add(&deps, p->gens, thing());
	e = entry_make(&parts);
	deps_release(&deps);
	return e;
}

void cache_test_raise(struct place *p)
{
	gens_raise(p->gens, thing());
}

bool cache_test_same(const struct entry *a, const struct entry *b)
{
	return a->status == b->status && a->site == b->site
	       && a->last_modified == b->last_modified && str_eq(a->plain, b->plain)
	       && str_eq(a->gzip, b->gzip) && str_eq(a->head_plain, b->head_plain)
	       && str_eq(a->head_gzip, b->head_gzip)
	       && str_eq(a->head_plain_304, b->head_plain_304)
	       && str_eq(a->head_gzip_304, b->head_gzip_304) && a->deps.n == b->deps.n
	       && memcmp(a->deps.p, b->deps.p, a->deps.n * sizeof *a->deps.p) == 0;
}

int main(void)
{
	return entry_tests() + memory_tests() + disk_tests() + disk_damage_tests()
		+ record_tests() + roll_tests() + statics_tests();
}
