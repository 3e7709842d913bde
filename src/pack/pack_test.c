/* pack_test.c - archives of every bad kind, made with the same library and by hand. */
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/digest.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/test.h"
#include "pack/pack.h"

struct item {
	const char *name, *text, *link;
	int type;			/* AE_IF..., 0: a file */
};

#define A_FILE(name, text) { (name), (text), NULL, 0 }

static la_ssize_t collect(struct archive *ar, void *out, const void *bytes, size_t n)
{
	(void)ar;
	buf_add(out, str_from(bytes, n));
	return (la_ssize_t)n;
}

static void put(struct archive *ar, const struct item *it)
{
	struct archive_entry *e = archive_entry_new();
	struct str text = str_of(it->text);

	archive_entry_set_pathname(e, it->name);
	archive_entry_set_filetype(e, it->type ? (unsigned)it->type : AE_IFREG);
	archive_entry_set_perm(e, 0644);
	archive_entry_set_size(e, (la_int64_t)text.n);
	if (it->type == AE_IFLNK)
		archive_entry_set_symlink(e, it->link);
	else if (it->link)
		archive_entry_set_hardlink(e, it->link);
	assert_true(archive_write_header(ar, e) >= ARCHIVE_WARN);
	if (text.n)
		assert_int_equal(archive_write_data(ar, text.p, text.n), text.n);
	archive_entry_free(e);
}

static void make(struct buf *out, bool zip, const struct item *items)
{
	struct archive *ar = archive_write_new();

	if (zip) {
		archive_write_set_format_zip(ar);
	} else {
		archive_write_set_format_pax_restricted(ar);
		archive_write_add_filter_gzip(ar);
	}
	archive_write_open2(ar, out, NULL, collect, NULL, NULL);
	for (; items->name; items++)
		put(ar, items);
	assert_int_equal(archive_write_close(ar), ARCHIVE_OK);
	archive_write_free(ar);
}

/* Both kinds refuse the items with these words. */
static void assert_refused(const struct item *items, const char *words)
{
	for (int zip = 0; zip < 2; zip++) {
		CLEANUP(arena_freep) struct arena *a = arena_new(0);
		CLEANUP(buf_release) struct buf b = BUF(2 * LIMIT_PACK);
		struct fail f = FAIL_INIT;
		struct pack p;

		if (zip && items[0].type == AE_IFCHR)
			continue;	/* a zip cannot say so */
		if (zip && items[0].link && !items[0].type)
			continue;
		make(&b, zip, items);
		assert_false(pack_read(a, buf_str(&b), "x.zip", &p, &f));
		if (str_find(str_of(f.text), str_of(words)) < 0)
			fail_msg("\"%s\" is not in \"%s\"", words, f.text);
	}
}

static void assert_packed(const struct item *items, const char *top, const char *names)
{
	for (int zip = 0; zip < 2; zip++) {
		CLEANUP(arena_freep) struct arena *a = arena_new(0);
		CLEANUP(buf_release) struct buf b = BUF(2 * LIMIT_PACK), got = BUF(4000);
		struct fail f = FAIL_INIT;
		struct pack p;

		make(&b, zip, items);
		assert_ok(pack_read(a, buf_str(&b), "x", &p, &f), &f);
		for (size_t i = 0; i < p.n; i++)
			buf_addf(&got, "%.*s=%.*s ", STR_ARG(p.files[i].name),
				 STR_ARG(p.files[i].bytes));
		assert_str_eq(buf_str(&got), str_of(names));
		assert_str_eq(p.top, str_of(top));
	}
}

static void an_honest_archive_gives_its_files(void **state)
{
	const struct item flat[] = {A_FILE("theme.ini", "i"), A_FILE("templates/base.html", "b"),
				    { 0 }};
	const struct item inside[] = {{ "./ardoise/", NULL, NULL, AE_IFDIR },
				      A_FILE("./ardoise/theme.ini", "i"),
				      A_FILE("ardoise//sass/style.scss", "s"), { 0 }};

	(void)state;
	assert_packed(flat, "", "templates/base.html=b theme.ini=i ");
	assert_packed(inside, "ardoise", "sass/style.scss=s theme.ini=i ");
}

static void litter_of_peoples_machines_is_left_out(void **state)
{
	const struct item items[] = {A_FILE("a/theme.ini", "i"), A_FILE("a/.git/config", "x"),
				     A_FILE("__MACOSX/a/._theme.ini", "x"),
				     A_FILE("a/theme.ini~", "x"),
				     A_FILE(".DS_Store", "x"), { 0 }};

	(void)state;
	assert_packed(items, "a", "theme.ini=i ");
}

static void traps_are_refused_by_name(void **state)
{
	const struct {
		struct item item[3];
		const char *words;
	} traps[] = {
		{ {{ "a/link", NULL, "/etc/passwd", AE_IFLNK }}, "x.zip/a/link: links, devices" },
		{ {{ "b", NULL, "theme.ini", 0 }}, "x.zip/b: links, devices" },
		{ {{ "null", NULL, NULL, AE_IFCHR }}, "x.zip/null: links, devices" },
		{ {A_FILE("../evil", "x")}, "x.zip/../evil: a name may not lead out" },
		{ {A_FILE("a/b/../../../evil", "x")}, "a name may not lead out" },
		{ {A_FILE("./.git/../../evil", "x")}, "a name may not lead out" },
		{ {A_FILE("/etc/cron.d/evil", "x")}, "x.zip//etc/cron.d/evil: absolute" },
		{ {A_FILE("C:evil", "x")}, "absolute" },
		{ {A_FILE("a*b", "x")}, "file names are made of" },
		{ {A_FILE("a\nb", "x")}, "x.zip/a?b: file names are made of" },
		{ {A_FILE("caf\xc3\xa9", "x")}, "file names are made of" },
		{ {A_FILE("aux.", "x")}, "may not end with a dot" },
		{ {A_FILE("a", "x"), A_FILE("a", "y")}, "x.zip/a: the name is there twice" },
		{ {A_FILE("dir/File", "x"), A_FILE("dir/file", "y")},
		  "dir/file: the name is there twice" },
		{ {A_FILE("a", "x"), A_FILE("a/b", "y")}, "x.zip/a/b: the name is there twice" },
		{ {A_FILE("a/b", "x"), A_FILE("A", "y")}, "x.zip/A: the name is there twice" },
		{ {A_FILE("1/2/3/4/5/6/7/8/9/x", "x")}, "too many folders" },
		{ {A_FILE(".only-dots", "x")}, "x.zip: there is no file in it" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(traps); i++) {
		struct item items[4] = {{ 0 }};

		memcpy(items, traps[i].item, sizeof traps[i].item);
		assert_refused(items, traps[i].words);
	}
}

static void a_name_that_is_too_long_is_refused(void **state)
{
	char name[PACK_NAME + 2];
	const struct item items[] = {A_FILE(name, "x"), { 0 }};

	(void)state;
	memset(name, 'x', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	assert_refused(items, "too long");
}

static void bombs_are_refused_before_they_burst(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	char *large = arena_alloc(a, 8 * MIB + 1);
	const struct item bomb[] = {A_FILE("a/zeros", large), { 0 }};
	const struct item hidden[] = {A_FILE(".zeros", large), A_FILE("a", "x"), { 0 }};

	(void)state;
	memset(large, '0', 8 * MIB);
	assert_refused(bomb, "a/zeros: this is a bomb");
	assert_refused(hidden, ".zeros: this is a bomb");
}

static void more_than_the_limit_is_refused(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf b = BUF(4 * LIMIT_PACK);
	char *noise = arena_alloc(a, LIMIT_PACK / 4 + 2);
	struct item items[6] = {{ 0 }};
	struct fail f = FAIL_INIT;
	struct pack p;

	(void)state;
	rand_bytes(noise, LIMIT_PACK / 4 + 1);
	for (size_t i = 0; i < LIMIT_PACK / 4 + 1; i++)
		noise[i] = (char)('0' + (noise[i] & 15));
	for (int i = 0; i < 5; i++)
		items[i] = (struct item){ arena_printf(a, "%d", i).p, noise, NULL, 0 };
	make(&b, false, items);
	assert_false(pack_read(a, buf_str(&b), "x.zip", &p, &f));
	assert_int_equal(f.code, FAIL_TOO_LARGE);
}

static void too_many_entries_are_refused(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct item *items = arena_array(a, PACK_FILES + 2, sizeof *items);

	(void)state;
	for (int i = 0; i <= PACK_FILES; i++)
		items[i] = (struct item){ arena_printf(a, "f%d", i).p, "x", NULL, 0 };
	assert_refused(items, "more than 2000 entries");
}

static void every_torn_archive_is_refused_or_whole(void **state)
{
	const struct item items[] = {A_FILE("theme.ini", "[theme]"), A_FILE("a/b", "text"), { 0 }};

	(void)state;
	for (int zip = 0; zip < 2; zip++) {
		CLEANUP(buf_release) struct buf b = BUF(MIB);

		make(&b, zip, items);
		for (size_t n = 0; n < b.n; n++) {
			CLEANUP(arena_freep) struct arena *a = arena_new(0);
			struct fail f = FAIL_INIT;
			struct pack p;

			if (!pack_read(a, str_from(b.p, n), "x", &p, &f))
				assert_true(f.code == FAIL_INVALID);
			else
				assert_int_equal(p.n, 2);
		}
	}
}

static void what_is_no_archive_is_told_so(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct fail f = FAIL_INIT;
	struct pack p;

	(void)state;
	assert_false(pack_read(a, STR("hello, world"), "x.zip", &p, &f));
	assert_true(str_starts(str_of(f.text), STR("x.zip: this is no .zip or .tar.gz")));
}

static void the_same_files_make_the_same_archive(void **state)
{
	struct pack_file files[] = {{ STR("a.txt"), STR("A") }, { STR("b/c.txt"), STR("C") }};
	const struct pack p = { .files = files, .n = 2 };
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf one = BUF(MIB), two = BUF(MIB);
	const struct pack_file *found;
	struct fail f = FAIL_INIT;
	struct pack back;

	(void)state;
	assert_ok(pack_zip(&p, STR("top"), &one, &f), &f);
	setenv("TZ", "Pacific/Auckland", 1);
	assert_ok(pack_zip(&p, STR("top"), &two, &f), &f);
	assert_str_eq(buf_str(&one), buf_str(&two));
	assert_ok(pack_read(a, buf_str(&one), "x", &back, &f), &f);
	assert_str_eq(back.top, STR("top"));
	found = pack_find(&back, STR("b/c.txt"));
	assert_non_null(found);
	assert_str_eq(found->bytes, STR("C"));
	assert_null(pack_find(&back, STR("b")));
}

static void remove_dir(void *dir)
{
	(void)!dir_remove(dir, NULL);
}

static void a_folder_is_taken_like_its_archive(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	char *dir = arena_cstr(a, STR("/tmp/hameau-pack-XXXXXX"));
	struct pack_file files[] = {{ STR("a.txt"), STR("A") }, { STR("b/c.txt"), STR("C") }};
	const struct pack p = { .files = files, .n = 2 };
	struct fail f = FAIL_INIT;
	const char *theme;
	struct pack back;

	(void)state;
	assert_non_null(mkdtemp(dir));
	arena_defer(a, remove_dir, dir);
	theme = path_join(a, dir, STR("slate"));
	assert_ok(pack_unfold(&p, theme, &f), &f);
	assert_ok(file_write(path_join(a, theme, STR(".hidden")), STR("x"), false, &f), &f);
	assert_ok(pack_open(a, path_join(a, theme, STR("")), &back, &f), &f);
	assert_int_equal(back.n, 2);
	assert_int_equal(back.left_out, 1);
	assert_str_eq(back.top, STR("slate"));
	assert_int_equal(symlink("/etc/passwd", path_join(a, theme, STR("evil"))), 0);
	assert_false(pack_open(a, theme, &back, &f));
	assert_non_null(strstr(f.text, "slate/evil: links"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_honest_archive_gives_its_files),
		cmocka_unit_test(litter_of_peoples_machines_is_left_out),
		cmocka_unit_test(traps_are_refused_by_name),
		cmocka_unit_test(a_name_that_is_too_long_is_refused),
		cmocka_unit_test(bombs_are_refused_before_they_burst),
		cmocka_unit_test(more_than_the_limit_is_refused),
		cmocka_unit_test(too_many_entries_are_refused),
		cmocka_unit_test(every_torn_archive_is_refused_or_whole),
		cmocka_unit_test(what_is_no_archive_is_told_so),
		cmocka_unit_test(the_same_files_make_the_same_archive),
		cmocka_unit_test(a_folder_is_taken_like_its_archive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
