/* media_test.c - files as they are sent: typed, kept, and never run. Started as "media_test
 * scale-child" it is the child that makes a picture narrower. */
#include "content/media.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include "base/file.h"
#include "base/folder_test.h"
#include "base/limits.h"
#include "base/log.h"
#include "media/files.h"
#include "scale/scale_child.h"
#include "web/show_test.h"

static const char png[] =
	"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
	"\0\0\0\rIDATx\x9c"
	"c\xf8\xcf\xc0\xf0\x1f\0\5\0\1\xff\x89\x99=\x1d\0\0\0\0IEND\xae"
	"B`\x82";

static struct medium store(struct show *x, const char *name, struct str bytes)
{
	const struct media_place at = { .dir = x->dir };
	struct medium m;
	struct tx *tx;

	assert_ok(media_store(x->a, &at, str_of(name), bytes, &m, &x->f), &x->f);
	assert_ok(tx_begin(x->db, TX_WRITE, &tx, &x->f), &x->f);
	assert_ok(media_put(tx, &m, &x->f), &x->f);
	assert_ok(tx_commit(tx, &x->f), &x->f);
	return m;
}

static struct answer ask(struct show *x, struct str path)
{
	return show_ask(x, &files_feature, arena_cstr(x->a, path), "");
}

static bool has(struct str s, const char *what)
{
	return str_find(s, str_of(what)) >= 0;
}

static void a_picture_is_shown_and_kept_for_ever(void **state)
{
	struct show *x = *state;
	struct medium m = store(x, "Mon Été.PNG", (struct str){ png, sizeof png - 1 });
	struct answer an = ask(x, m.path);

	assert_true(str_ends(m.path, STR("/mon-ete.png")));
	assert_int_equal(m.width, 1);
	assert_int_equal(an.status, 200);
	assert_str_eq(an.type, STR("image/png"));
	assert_true(file_exists(an.file));
	assert_true(has(an.head, "Cache-Control: public, max-age=31536000, immutable\r\n"));
	assert_true(has(an.head, "X-Content-Type-Options: nosniff\r\n"));
	assert_false(has(an.head, "Content-Disposition"));
	assert_str_eq(an.etag, arena_printf(x->a, "\"%.*s\"", STR_ARG(m.digest)));
}

static void the_same_bytes_have_the_same_address(void **state)
{
	struct show *x = *state;
	struct medium a = store(x, "a.txt", STR("text")), b = store(x, "a.txt", STR("text"));
	struct medium c = store(x, "a.txt", STR("other"));

	assert_str_eq(a.path, b.path);
	assert_false(str_eq(a.path, c.path));
}

static void what_a_browser_could_run_is_sandboxed_and_downloaded(void **state)
{
	static const struct { const char *name, *bytes; } all[] = {
		{ "page.html", "<script>alert(1)</script>" },
		{ "pic.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\">"
			     "<script>alert(1)</script></svg>" },
		{ "x.xhtml", "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>" },
		{ "x.js", "alert(1)" }, { "x.exe", "MZ" }, { "noextension", "<html>" },
	};
	struct show *x = *state;

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		struct answer an = ask(x, store(x, all[i].name, str_of(all[i].bytes)).path);

		assert_int_equal(an.status, 200);
		assert_true(has(an.head, "Content-Disposition: attachment\r\n"));
		assert_true(has(an.head, "Content-Security-Policy: default-src 'none';"));
		assert_true(has(an.head, "; sandbox\r\n"));
	}
}

static void an_svg_is_an_image_that_pages_can_show(void **state)
{
	struct show *x = *state;
	struct medium m = store(x, "pic.svg", STR("<svg xmlns=\"http://www.w3.org/2000/svg\""
						  " width=\"3\" height=\"2\"/>"));

	assert_str_eq(ask(x, m.path).type, STR("image/svg+xml"));
}

static void a_name_that_lies_about_a_picture_does_not_matter(void **state)
{
	struct show *x = *state;
	struct medium m = store(x, "pic.html", (struct str){ png, sizeof png - 1 });

	assert_str_eq(ask(x, m.path).type, STR("image/png"));
}

static void what_is_not_there_is_not_found(void **state)
{
	struct show *x = *state;

	assert_true(ask(x, STR("/media/12345678/x.png")).not_found);
	assert_true(ask(x, STR("/media/x")).not_found);
	assert_true(ask(x, STR("/media/a/b/c")).not_found);
}

/* The answer for a narrower picture, so many seconds after the first request. */
static struct answer ask_narrow(struct show *x, struct str path, int after)
{
	struct ctx *cx = show_begin(x, arena_cstr(x->a, path), "");
	const struct route *r = files_feature.routes;
	struct answer an;

	cx->images = path_join(x->a, x->dir, STR("images"));
	cx->now += after;
	assert_true(route_match(r->pattern, cx->path, cx->args));
	assert_ok(r->show(cx, &an, &x->f), &x->f);
	show_end(x);
	return an;
}

static struct medium store_screenshot(struct show *x)
{
	CLEANUP(buf_release) struct buf all = BUF(MIB);
	const char *path = folder_test_source(x->a, "themes/agora/screenshot.png");

	assert_ok(file_read(path, &all, &x->f), &x->f);
	return store(x, "a.png", arena_str(x->a, buf_str(&all)));
}

/* So few descriptors that no child can be started. */
static struct rlimit no_children(void)
{
	int fd = dup(0);
	struct rlimit was, few;

	getrlimit(RLIMIT_NOFILE, &was);
	few = (struct rlimit){ (rlim_t)fd + 2, was.rlim_max };
	close(fd);
	setrlimit(RLIMIT_NOFILE, &few);
	return was;
}

static void what_the_machine_failed_at_is_tried_again(void **state)
{
	struct show *x = *state;
	struct medium m = store_screenshot(x);
	struct str narrow = arena_printf(x->a, "/media/%.8s/w16/a.png", m.digest.p);
	struct rlimit was = no_children();

	log_level(LOG_ERROR);
	assert_int_equal(ask_narrow(x, narrow, 0).status, 302);
	log_level(LOG_INFO);
	setrlimit(RLIMIT_NOFILE, &was);
	assert_int_equal(ask_narrow(x, narrow, 1).status, 302);
	assert_int_equal(ask_narrow(x, narrow, 60).status, 200);
}

static void what_is_broken_is_tried_once(void **state)
{
	struct show *x = *state;
	struct medium m = store_screenshot(x);
	const char *file = media_file(x->a, x->dir, m.digest);
	struct str narrow = arena_printf(x->a, "/media/%.8s/w16/a.png", m.digest.p);

	assert_int_equal(truncate(file, 5000), 0);
	assert_int_equal(ask_narrow(x, narrow, 100).status, 302);
	assert_ok(file_remove(file, &x->f), &x->f);
	store_screenshot(x);
	assert_int_equal(ask_narrow(x, narrow, 200).status, 302);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		ON_A_SITE(a_picture_is_shown_and_kept_for_ever),
		ON_A_SITE(the_same_bytes_have_the_same_address),
		ON_A_SITE(what_a_browser_could_run_is_sandboxed_and_downloaded),
		ON_A_SITE(an_svg_is_an_image_that_pages_can_show),
		ON_A_SITE(a_name_that_lies_about_a_picture_does_not_matter),
		ON_A_SITE(what_is_not_there_is_not_found),
		ON_A_SITE(what_the_machine_failed_at_is_tried_again),
		ON_A_SITE(what_is_broken_is_tried_once),
	};

	if (argc > 1 && strcmp(argv[1], "scale-child") == 0)
		scale_child_main();
	return cmocka_run_group_tests_name("media", tests, NULL, NULL);
}
