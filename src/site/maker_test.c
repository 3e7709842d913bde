/* maker_test.c - many new sites: whole and known, or not there. */
#include "site/maker.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"
#include "base/folder_test.h"
#include "base/limits.h"
#include "site/due.h"
#include "site/settings.h"
#include "site/village_test.h"

static int syncs_that_fail;	/* of the next ones */

/* In the place of the library's: SQLite calls them, too. */
int fdatasync(int fd)
{
	if (syncs_that_fail == 0)
		return (int)syscall(SYS_fdatasync, fd);
	syncs_that_fail--;
	errno = EIO;
	return -1;
}

int fsync(int fd)
{
	return fdatasync(fd);
}

struct bench {
	struct village *v;
	struct maker *maker;
	struct mould *mould;
};

static struct bench bench_open(void **state)
{
	struct bench b = { .v = *state };

	b.maker = maker_new(b.v->registry);
	assert_ok(mould_open(b.v->registry, &b.mould, &b.v->f), &b.v->f);
	return b;
}

static void bench_close(struct bench *b)
{
	maker_free(b->maker);
	mould_close(b->mould);
}

static size_t folders(const struct bench *b)
{
	const char *sites = path_join(b->v->arena, b->v->dir, STR("sites"));
	struct dir_entry *list, *inner;
	size_t n = 0, k, count = 0;

	if (file_is_dir(sites))
		assert_ok(dir_list(b->v->arena, sites, &list, &n, &b->v->f), &b->v->f);
	for (size_t i = 0; i < n; i++) {
		const char *dir = path_join(b->v->arena, sites, str_of(list[i].name));

		assert_ok(dir_list(b->v->arena, dir, &inner, &k, &b->v->f), &b->v->f);
		count += k;
	}
	return count;
}

static bool want(const struct bench *b, const char *name, struct maker_site *ret)
{
	struct fail *f = &b->v->f;

	*ret = (struct maker_site){ .count = 0 };
	assert_ok(name_parse(b->v->arena, str_of(name), &ret->name, f), f);
	return maker_want(b->maker, ret, f);
}

static uint64_t add(const struct bench *b, const char *name, const struct maker_contents *c)
{
	struct maker_site s;
	uint64_t id;

	assert_ok(want(b, name, &s), &b->v->f);
	assert_ok(maker_add(b->maker, b->mould, &s, c, &id, &b->v->f), &b->v->f);
	return id;
}

static bool fill(void *ctx, struct arena *a, struct db *db, const char *dir, void **news,
		 struct fail *f)
{
	struct tx *tx;

	assert_true(file_is_dir(dir));
	if (!*(bool *)ctx)
		return fail(f, FAIL_IO, "not today");
	assert_ok(tx_begin(db, TX_WRITE, &tx, f), f);
	assert_ok(settings_set(tx, STR("footer"), STR("Filled."), f), f);
	*news = arena_cstr(a, STR("77"));
	return tx_commit(tx, f);
}

static bool tell(struct tx *tx, uint64_t id, void *news, struct fail *f)
{
	return due_set(tx, id, DUE_PUBLISH, atoi(news), f);
}

static struct str footer_of(struct village *v, uint64_t id)
{
	CLEANUP(site_unrefp) struct site *site = NULL;
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	struct settings s;

	assert_ok(registry_site(v->registry, id, &site, &v->f), &v->f);
	assert_ok(registry_begin_site(v->registry, site, TX_READ, &t, &v->f), &v->f);
	assert_ok(settings_load(v->arena, t.tx, &s, &v->f), &v->f);
	return s.footer;
}

static int64_t due_of(struct village *v, uint64_t id)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	struct due *due;
	size_t n;

	assert_ok(registry_begin(v->registry, TX_READ, &t, &v->f), &v->f);
	assert_ok(due_list(v->arena, t.tx, 1000, 10, &due, &n, &v->f), &v->f);
	for (size_t i = 0; i < n; i++)
		if (due[i].site == id)
			return due[i].at;
	return 0;
}

static void nobody_knows_of_a_site_before_all_of_it_is_there(void **state)
{
	bool may = true;
	const struct maker_contents contents = { .fill = fill, .tell = tell, .ctx = &may };
	struct bench b = bench_open(state);
	uint64_t anna = add(&b, "anna", &contents), berta = add(&b, "berta", NULL);

	assert_str_eq(village_ask(b.v, "anna.test.example"), STR("nothing"));
	assert_int_equal(maker_waiting(b.maker), 2);
	assert_ok(maker_commit(b.maker, &b.v->f), &b.v->f);
	assert_int_equal(maker_waiting(b.maker), 0);
	assert_str_eq(village_ask(b.v, "anna.test.example"), STR("site anna 200"));
	assert_str_eq(village_ask(b.v, "berta.test.example"), STR("site berta 200"));
	assert_str_eq(footer_of(b.v, anna), STR("Filled."));
	assert_str_eq(footer_of(b.v, berta), STR(""));
	assert_int_equal(due_of(b.v, anna), 77);
	assert_int_equal(due_of(b.v, berta), 0);
	bench_close(&b);
	assert_int_equal(folders(&b), 2);
}

static void what_is_never_committed_leaves_no_folder(void **state)
{
	struct bench b = bench_open(state);

	add(&b, "anna", NULL);
	add(&b, "berta", NULL);
	assert_int_equal(folders(&b), 2);
	bench_close(&b);
	assert_int_equal(folders(&b), 0);
	assert_str_eq(village_ask(b.v, "anna.test.example"), STR("nothing"));
}

static void what_cannot_be_filled_is_not_made_and_may_be_tried_again(void **state)
{
	bool may = false;
	const struct maker_contents contents = { .fill = fill, .tell = tell, .ctx = &may };
	struct bench b = bench_open(state);
	struct maker_site s;
	uint64_t id;

	assert_ok(want(&b, "anna", &s), &b.v->f);
	assert_fails(maker_add(b.maker, b.mould, &s, &contents, &id, &b.v->f), &b.v->f, FAIL_IO);
	assert_int_equal(folders(&b), 0);
	may = true;
	assert_ok(maker_add(b.maker, b.mould, &s, &contents, &id, &b.v->f), &b.v->f);
	assert_ok(maker_commit(b.maker, &b.v->f), &b.v->f);
	assert_str_eq(footer_of(b.v, id), STR("Filled."));
	bench_close(&b);
}

static void of_names_that_look_alike_the_first_is_made(void **state)
{
	struct bench b = bench_open(state);
	struct maker_site s;

	add(&b, "paul1", NULL);
	assert_fails(want(&b, "paul1", &s), &b.v->f, FAIL_CONFLICT);
	assert_string_equal(b.v->f.text, "the name \"paul1\" is taken");
	assert_fails(want(&b, "paull", &s), &b.v->f, FAIL_CONFLICT);
	assert_string_equal(b.v->f.text,
			    "the name \"paull\" looks like \"paul1\", which is taken");
	bench_close(&b);
}

static void a_name_that_was_taken_meanwhile_undoes_the_batch(void **state)
{
	struct bench b = bench_open(state);

	add(&b, "anna", NULL);
	add(&b, "berta", NULL);
	village_make(b.v, "berta");
	assert_fails(maker_commit(b.maker, &b.v->f), &b.v->f, FAIL_CONFLICT);
	assert_str_eq(village_ask(b.v, "anna.test.example"), STR("nothing"));
	assert_int_equal(folders(&b), 1);
	bench_close(&b);
}

static void copy(struct village *v, const char *to, const char *name)
{
	CLEANUP(buf_release) struct buf all = BUF(MIB);

	assert_ok(file_read(path_join(v->arena, v->dir, str_of(name)), &all, &v->f), &v->f);
	assert_ok(file_write(path_join(v->arena, to, str_of(name)), buf_str(&all), false, &v->f),
		  &v->f);
}

/* What host.db would say if everything stopped now and was opened again. */
static bool is_known_after_a_crash(struct village *v, const char *host)
{
	CLEANUP(found_release) struct found found = { .kind = FOUND_NOTHING };
	struct registry_config config = *registry_setup(v->registry);
	struct registry *r;

	config.data = folder_test_new(v->arena);
	copy(v, config.data, "host.db");
	copy(v, config.data, "host.db-wal");
	assert_ok(registry_open(&config, false, &r, &v->f), &v->f);
	assert_ok(registry_find(r, str_of(host), &found, &v->f), &v->f);
	registry_close(r);
	return found.kind != FOUND_NOTHING;
}

static void after_a_commit_that_failed_folders_go_when_no_row_can_come_back(void **state)
{
	struct bench b = bench_open(state);
	struct host_tx reader;		/* else the log is removed with the handle that failed */

	assert_ok(registry_begin(b.v->registry, TX_READ, &reader, &b.v->f), &b.v->f);
	village_make(b.v, "berta");	/* the log has its head, which is synchronised alone */
	add(&b, "anna", NULL);		/* two, so that only the commit is synchronised this way */
	add(&b, "carla", NULL);
	syncs_that_fail = 1;
	assert_false(maker_commit(b.maker, &b.v->f));
	assert_int_equal(syncs_that_fail, 0);
	assert_int_equal(folders(&b), 1);
	assert_true(is_known_after_a_crash(b.v, "berta.test.example"));
	assert_false(is_known_after_a_crash(b.v, "anna.test.example"));
	registry_end(&reader);
	bench_close(&b);
}

static void folders_stay_while_nobody_can_tell_whether_rows_come_back(void **state)
{
	struct bench b = bench_open(state);

	add(&b, "anna", NULL);
	add(&b, "carla", NULL);
	syncs_that_fail = 1000;
	assert_false(maker_commit(b.maker, &b.v->f));
	assert_in_range(syncs_that_fail, 1, 999);
	syncs_that_fail = 0;
	assert_int_equal(folders(&b), 2);
	assert_str_eq(village_ask(b.v, "anna.test.example"), STR("nothing"));
	bench_close(&b);
}

static void a_site_whose_own_files_the_disk_did_not_take_is_not_made(void **state)
{
	struct bench b = bench_open(state);

	add(&b, "anna", NULL);
	syncs_that_fail = 1;
	assert_false(maker_commit(b.maker, &b.v->f));
	assert_int_equal(syncs_that_fail, 0);
	assert_int_equal(folders(&b), 0);
	assert_str_eq(village_ask(b.v, "anna.test.example"), STR("nothing"));
	bench_close(&b);
}

#define IN_VILLAGE(test) cmocka_unit_test_setup_teardown(test, village_set_up, village_tear_down)

int maker_tests(void)
{
	const struct CMUnitTest tests[] = {
		IN_VILLAGE(nobody_knows_of_a_site_before_all_of_it_is_there),
		IN_VILLAGE(what_is_never_committed_leaves_no_folder),
		IN_VILLAGE(what_cannot_be_filled_is_not_made_and_may_be_tried_again),
		IN_VILLAGE(of_names_that_look_alike_the_first_is_made),
		IN_VILLAGE(a_name_that_was_taken_meanwhile_undoes_the_batch),
		IN_VILLAGE(after_a_commit_that_failed_folders_go_when_no_row_can_come_back),
		IN_VILLAGE(a_site_whose_own_files_the_disk_did_not_take_is_not_made),
		IN_VILLAGE(folders_stay_while_nobody_can_tell_whether_rows_come_back),
	};

	return cmocka_run_group_tests_name("makers", tests, NULL, NULL);
}
