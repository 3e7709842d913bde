/* csv_test.c - what spreadsheets write. */
#include "base/base_test.h"

#include "base/buf.h"
#include "base/csv.h"

/* The records, fields between "|", a record a line; a failure as "line: reason". */
static struct str read(struct arena *a, struct str text)
{
	CLEANUP(buf_release) struct buf b = BUF(4096);
	struct str fields[CSV_FIELDS];
	struct fail f = FAIL_INIT;
	enum csv_result r;
	struct csv c;
	size_t n;

	csv_init(&c, text);
	while ((r = csv_next(&c, a, fields, &n, &f)) == CSV_RECORD) {
		buf_addf(&b, "%d", c.line);
		for (size_t i = 0; i < n; i++)
			buf_addf(&b, "|%.*s", STR_ARG(fields[i]));
		buf_addc(&b, '/');
	}
	if (r == CSV_BAD)
		buf_addf(&b, "%d: %s", c.line, f.text);
	return arena_str(a, buf_str(&b));
}

static void fields_and_records_come_apart(void **state)
{
	struct arena *a = arena_new(0);

	(void)state;
	assert_str_eq(read(a, STR("name,title\nanna, Anna\r\n\r\nbo,\n")),
		      STR("1|name|title/2|anna|Anna/4|bo|/"));
	assert_str_eq(read(a, STR("a;b;c,d\n1;2;3,4")), STR("1|a|b|c,d/2|1|2|3,4/"));
	assert_str_eq(read(a, STR("a\tb\n1\t2\n")), STR("1|a|b/2|1|2/"));
	assert_str_eq(read(a, STR("\xef\xbb\xbfname\nanna")), STR("1|name/2|anna/"));
	assert_str_eq(read(a, STR("")), STR(""));
	assert_str_eq(read(a, STR("a,\n")), STR("1|a|/"));
	arena_free(a);
}

static void quotes_hold_anything(void **state)
{
	struct arena *a = arena_new(0);

	(void)state;
	assert_str_eq(read(a, STR("a,\"b, \"\"c\"\"\nd\" ,e\nf,g,h\n")),
		      STR("1|a|b, \"c\"\nd|e/3|f|g|h/"));
	assert_str_eq(read(a, STR("\"\",x\n")), STR("1||x/"));
	arena_free(a);
}

static void what_is_no_table_is_told_with_its_line(void **state)
{
	CLEANUP(buf_release) struct buf many = BUF(4096);
	struct arena *a = arena_new(0);

	(void)state;
	assert_str_eq(read(a, STR("a\n\"b\nc")),
		      STR("1|a/2: a quote that is opened here is never closed"));
	assert_str_eq(read(a, STR("a\n\"b\"c\n")),
		      STR("1|a/2: text stands behind a closing quote; a quote in a text is written "
			  "twice"));
	for (int i = 0; i < CSV_FIELDS; i++)
		buf_adds(&many, "x,");
	assert_str_eq(read(a, buf_str(&many)), STR("1: a record has more than 64 fields"));
	arena_free(a);
}

int csv_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_and_records_come_apart),
		cmocka_unit_test(quotes_hold_anything),
		cmocka_unit_test(what_is_no_table_is_told_with_its_line),
	};

	return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
