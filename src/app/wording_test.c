/* wording_test.c - words that are read while they change. */
#include "app/wording.h"

#include <unistd.h>
#include "app/app_test.h"
#include "base/file.h"
#include "lang/catalog.h"
#include "work/thread.h"

enum { LARGE = 20000, TRIES = 8, HEAD_START_US = 1000 };

struct place {
	struct wording *wording;
	struct site *site;
	struct catalogs *core;
	const char *file;
};

/* "Tags" in other words; with many more messages it takes a while to read. */
static void write_words(const struct place *p, const char *words, int more)
{
	CLEANUP(buf_release) struct buf b = BUF(4 << 20);
	struct fail f = FAIL_INIT;

	buf_addf(&b, "msgid \"Tags\"\nmsgstr \"%s\"\n", words);
	for (int i = 0; i < more; i++)
		buf_addf(&b, "\nmsgid \"Sentence %d\"\nmsgstr \"Words %d\"\n", i, i);
	assert_ok(file_write(p->file, buf_str(&b), false, &f), &f);
}

static void assert_said(const struct place *p, const char *words)
{
	struct catalogs *all = wording_get(p->wording, p->site, p->core);

	assert_non_null(all);
	assert_string_equal(tr(catalogs_find(all, STR("en")), "Tags"), words);
	catalogs_unref(all);
}

static void get(void *arg)
{
	struct place *p = arg;

	catalogs_unref(wording_get(p->wording, p->site, p->core));
}

/* Somebody makes a page and reads the file; it is changed before he has done; what he has read is
 * not what the next page says. */
static void what_was_read_before_a_change_is_not_kept_after_it(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct host *h = *state;
	struct fail f = FAIL_INIT;
	struct place p = { .site = app_test_site(h, "anna"), .core = host_catalogs(h) };
	const char *dir = wording_dir(a, p.site);

	p.file = path_join(a, dir, STR("en.po"));
	assert_ok(dir_make(dir, &f), &f);
	for (int i = 0; i < TRIES; i++) {
		struct thread *reader;

		write_words(&p, "Labels", LARGE);
		p.wording = wording_new(h->data, h->gens);
		assert_ok(thread_start("reader", get, &p, &reader, &f), &f);
		usleep(HEAD_START_US);
		write_words(&p, "Topics", 0);
		wording_changed(p.wording, p.site->id, p.core);
		thread_join(reader);
		assert_said(&p, "Topics");
		wording_free(p.wording);
	}
	catalogs_unref(p.core);
	site_unref(p.site);
}

/* As a command does where no server can be reached, and a server that gives way to another. */
static void a_change_by_another_process_is_heard(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct host *h = *state;
	struct fail f = FAIL_INIT;
	struct place p = { .site = app_test_site(h, "anna"), .core = host_catalogs(h) };
	const char *dir = wording_dir(a, p.site);
	struct wording *other;

	p.file = path_join(a, dir, STR("en.po"));
	assert_ok(dir_make(dir, &f), &f);
	write_words(&p, "Labels", 0);
	p.wording = wording_new(h->data, h->gens);
	other = wording_new(h->data, h->gens);
	assert_said(&p, "Labels");
	assert_said(&p, "Labels");
	write_words(&p, "Some topics", 0);
	wording_changed(other, p.site->id, p.core);
	assert_said(&p, "Some topics");
	wording_free(other);
	wording_free(p.wording);
	catalogs_unref(p.core);
	site_unref(p.site);
}

int wording_tests(void)
{
	const struct CMUnitTest tests[] = {
		ON_OPEN_HOST(a_change_by_another_process_is_heard),
		ON_OPEN_HOST(what_was_read_before_a_change_is_not_kept_after_it),
	};

	return cmocka_run_group_tests_name("wording", tests, NULL, NULL);
}
