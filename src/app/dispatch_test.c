/* dispatch_test.c - what the loop answers by itself, and what it leaves to a worker. */
#include "app/dispatch.h"

#include "app/app_test.h"
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
	cache_put(x->engine.cache, &(struct cache_key){ x->anna->id, STR("/"), STR_NONE }, e);
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

int dispatch_tests(void)
{
	const struct CMUnitTest tests[] = {
		ON_OPEN_HOST(a_finished_page_leaves_from_memory),
		ON_OPEN_HOST(what_is_not_that_page_is_a_workers),
		ON_OPEN_HOST(who_came_by_http_to_a_host_of_https_is_sent_on),
		ON_OPEN_HOST(a_suspended_site_shows_nothing_that_lies_in_memory),
	};

	return cmocka_run_group_tests_name("dispatch", tests, NULL, NULL);
}
