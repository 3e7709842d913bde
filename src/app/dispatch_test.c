/* dispatch_test.c - what the loop answers by itself, and what it leaves to a worker. */
#include "app/dispatch.h"

#include "app/app_test.h"
#include "app/cached.h"
#include "site/manage.h"

struct house {
	struct arena *a;
	struct engine engine;		/* without themes: no page is rendered here */
	struct dispatch d;
	struct site *anna;
};

/* A host with the site anna, whose home lies in the cache and whose names are known. */
static void move_in(struct house *x, struct host *h)
{
	struct entry_parts parts = { .status = 200, .type = STR("text/plain"),
				     .body = STR("home") };
	struct found found;
	struct fail f = FAIL_INIT;
	struct entry *e;

	*x = (struct house){ .a = arena_new(0), .anna = app_test_site(h, "anna") };
	x->engine = (struct engine){ .host = h, .cache = cache_new(1 << 20, h->gens),
				     .scheme = STR("https"), .port = STR("") };
	x->d = (struct dispatch){ .engine = &x->engine };
	parts.site = x->anna->id;
	parts.deps = &x->anna->deps;
	e = entry_make(&parts);
	cache_put(x->engine.cache,
		  &(struct cache_name){ STR("anna.test.example"), STR("/"), false }, e,
		  &x->anna->deps);
	entry_drop(e);
	assert_ok(registry_find(h->registry, STR("anna.test.example"), &found, &f), &f);
	found_release(&found);
}

static void move_out(struct house *x)
{
	cache_free(x->engine.cache);
	site_unref(x->anna);
	arena_free(x->a);
}

/* 0: left to a worker. */
static int answer(struct house *x, struct request *rq)
{
	struct reply r = REPLY(200);

	if (!dispatch_fast(&x->d, rq, &r))
		return 0;
	if (r.release)
		r.release(r.owner);
	return r.status;
}

static struct request ask(struct house *x, enum http_method method, const char *host,
			  const char *path)
{
	struct request rq;

	request_init(&rq, x->a);
	rq.method = method;
	rq.host = str_of(host);
	rq.path = str_of(path);
	return rq;
}

static int get(struct house *x, const char *host, const char *path)
{
	struct request rq = ask(x, HTTP_GET, host, path);

	return answer(x, &rq);
}

static void a_finished_page_leaves_from_memory(void **state)
{
	struct house x;
	struct request rq;

	move_in(&x, *state);
	assert_int_equal(get(&x, "anna.test.example", "/"), 200);
	rq = ask(&x, HTTP_HEAD, "anna.test.example", "/");
	assert_int_equal(answer(&x, &rq), 200);
	/* A query that no page looks at changes nothing. */
	rq = ask(&x, HTTP_GET, "anna.test.example", "/");
	rq.query = STR("utm=1");
	rq.has_query = true;
	assert_int_equal(answer(&x, &rq), 200);
	move_out(&x);
}

#define SNOW "snow and snow and snow and snow and snow and snow and snow and snow and "

static void what_lies_in_memory_packed_is_unpacked_for_who_reads_plain(void **state)
{
	struct entry *made, *gzip, *plain;
	struct cached_page page = { { STR("anna.test.example"), STR("/snow/"), true }, NULL };
	const char *source;
	struct house x;

	move_in(&x, *state);
	page.site = x.anna;
	made = entry_make(&(struct entry_parts){ .status = 404, .type = STR("text/plain"),
						 .site = x.anna->id, .compress = true,
						 .body = STR(SNOW SNOW SNOW SNOW SNOW) });
	gzip = entry_of_form(made, true);
	cache_put(x.engine.cache, &page.name, gzip, &x.anna->deps);
	page.name.gzip = false;
	assert_null(cached_find(&x.engine, &page.name, &source));
	plain = cached_load(&x.engine, &page, &source);
	assert_non_null(plain);
	assert_str_eq(plain->plain, made->plain);
	entry_drop(plain);
	plain = cached_find(&x.engine, &page.name, &source);
	assert_non_null(plain);
	entry_drop(plain);
	entry_drop(gzip);
	entry_drop(made);
	move_out(&x);
}

/* As a page that is too much for memory is. */
static void a_page_of_the_disk_leaves_without_a_worker_once_its_file_is_open(void **state)
{
	struct host *h = *state;
	struct cache_key rain = { 0, STR("/rain/"), STR_NONE, false };
	struct fail f = FAIL_INIT;
	struct entry *e, *there;
	struct house x;

	move_in(&x, h);
	rain.site = x.anna->id;
	x.engine.disk = disk_new(host_rolls_path(x.a, h->data), h->gens);
	e = entry_make(&(struct entry_parts){ .status = 200, .type = STR("text/plain"),
					      .site = rain.site, .body = STR("rain"),
					      .deps = &x.anna->deps });
	assert_ok(disk_save(x.engine.disk, &rain, e, &f), &f);
	entry_drop(e);
	entry_drop(disk_load(x.engine.disk, &rain));
	there = disk_glance(x.engine.disk, &rain);		/* NULL: not with this kernel */
	assert_int_equal(get(&x, "anna.test.example", "/rain/"), there ? 200 : 0);
	assert_int_equal(get(&x, "anna.test.example", "/snow/"), 0);
	entry_drop(there);
	assert_ok(manage_suspend(h->registry, STR("anna"), false, STR("Holidays"), &f), &f);
	assert_int_equal(get(&x, "anna.test.example", "/rain/"), 0);
	disk_free(x.engine.disk);
	move_out(&x);
}

static void what_is_not_that_page_is_a_workers(void **state)
{
	struct house x;
	struct request rq;

	move_in(&x, *state);
	assert_int_equal(get(&x, "anna.test.example", "/rain/"), 0);
	assert_int_equal(get(&x, "anna.test.example", "/search/"), 0);
	assert_int_equal(get(&x, "nobody.test.example", "/"), 0);
	assert_int_equal(get(&x, "test.example", "/"), 0);
	rq = ask(&x, HTTP_POST, "anna.test.example", "/");
	assert_int_equal(answer(&x, &rq), 0);
	rq = ask(&x, HTTP_GET, "anna.test.example", "/");
	rq.path_folded = true;
	assert_int_equal(answer(&x, &rq), 0);
	move_out(&x);
}

static void who_came_by_http_to_a_host_of_https_is_sent_on(void **state)
{
	struct house x;
	struct request rq;

	move_in(&x, *state);
	rq = ask(&x, HTTP_GET, "anna.test.example", "/");
	rq.told_scheme = true;
	assert_int_equal(answer(&x, &rq), 0);
	rq.https = true;
	assert_int_equal(answer(&x, &rq), 200);
	move_out(&x);
}

static void a_suspended_site_shows_nothing_that_lies_in_memory(void **state)
{
	struct fail f = FAIL_INIT;
	struct host *h = *state;
	struct found found;
	struct house x;

	move_in(&x, h);
	assert_ok(manage_suspend(h->registry, STR("anna"), false, STR("Holidays"), &f), &f);
	assert_int_equal(get(&x, "anna.test.example", "/"), 0);
	assert_ok(registry_find(h->registry, STR("anna.test.example"), &found, &f), &f);
	found_release(&found);
	assert_int_equal(get(&x, "anna.test.example", "/"), 0);
	move_out(&x);
}

static void a_name_that_was_given_up_shows_nothing_that_lies_in_memory(void **state)
{
	struct fail f = FAIL_INIT;
	struct host *h = *state;
	struct site *berta;
	struct house x;

	move_in(&x, h);
	assert_ok(manage_rename(h->registry, STR("anna"), STR("berta"), &berta, &f), &f);
	assert_int_equal(get(&x, "anna.test.example", "/"), 0);
	assert_int_equal(get(&x, "berta.test.example", "/"), 0);
	site_unref(berta);
	move_out(&x);
}

int dispatch_tests(void)
{
	const struct CMUnitTest tests[] = {
		ON_OPEN_HOST(a_finished_page_leaves_from_memory),
		ON_OPEN_HOST(a_page_of_the_disk_leaves_without_a_worker_once_its_file_is_open),
		ON_OPEN_HOST(what_lies_in_memory_packed_is_unpacked_for_who_reads_plain),
		ON_OPEN_HOST(what_is_not_that_page_is_a_workers),
		ON_OPEN_HOST(who_came_by_http_to_a_host_of_https_is_sent_on),
		ON_OPEN_HOST(a_suspended_site_shows_nothing_that_lies_in_memory),
		ON_OPEN_HOST(a_name_that_was_given_up_shows_nothing_that_lies_in_memory),
	};

	return cmocka_run_group_tests_name("dispatch", tests, NULL, NULL);
}
