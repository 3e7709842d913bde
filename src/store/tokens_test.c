/* tokens_test.c - words are what the full text index takes for words. */
#include "store/store_test.h"

#include <stdio.h>
#include "base/buf.h"
#include "store/tokens.h"

#define LONG "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz01"	/* 64 bytes */

struct heard {
	struct buf words;
	size_t most, from, to;
};

static bool hear(void *arg, struct str folded, size_t from, size_t to)
{
	struct heard *h = arg;

	if (h->words.n)
		buf_addc(&h->words, ' ');
	buf_add(&h->words, folded);
	h->from = from;
	h->to = to;
	return --h->most > 0;
}

static void hears(struct db *db, const char *text, size_t most, const char *words)
{
	struct heard h = { .words = BUF(1024), .most = most };
	struct fail f = FAIL_INIT;

	assert_ok(tokens_each(db, str_of(text), hear, &h, &f), &f);
	assert_str_eq(buf_str(&h.words), str_of(words));
	buf_release(&h.words);
}

static void words_are_folded_and_in_order(void **state)
{
	struct bench b;
	struct db *db;

	(void)state;
	store_test_setup(&b);
	db = store_test_open(&b);
	hears(db, "L'\xc3\x89t\xc3\xa9 \xe2\x80\x94 \xc3\xa0 \xc5\x81\xc3\xb3""d\xc5\xba, 1.5", 100,
	      "l ete a \xc5\x82odz 1 5");
	hears(db, "", 100, "");
	hears(db, "... \xff\xfe", 100, "");
	hears(db, "Abc\xc3\xa9 d\xe2\x80\x94" "e_f\xcc\x81.G7 \xc2\xb2 \xff" "a\xe2", 100,
	      "abce d e f g7 \xc2\xb2 a");
	hears(db, LONG LONG, 100, LONG LONG);
	hears(db, LONG " " LONG "x", 100, LONG " " LONG "x");
	db_close(db);
	store_test_teardown(&b);
}

/* What of ASCII is folded without the tokenizer: words of every length, at every place. */
static void plain_words_are_of_any_length(void **state)
{
	static const char between[] = "@[`{/: ,;.@[`{/: ,;.";
	char text[100], words[100];
	struct bench b;
	struct db *db;

	(void)state;
	store_test_setup(&b);
	db = store_test_open(&b);
	for (int n = 1; n < 40; n++)
		for (int before = 0; before < 20; before++) {
			snprintf(text, sizeof text, "%.*s%.*sZ9-A%.*s", before, between, n, LONG,
				 before, between);
			snprintf(words, sizeof words, "%.*sz9 a", n, LONG);
			hears(db, text, 100, words);
		}
	db_close(db);
	store_test_teardown(&b);
}

/* Marks are set there: in what the tokenizer is asked for, too. */
static void words_tell_where_they_stand(void **state)
{
	struct fail f = FAIL_INIT;
	struct heard h = { .words = BUF(1024), .most = 3 };
	struct bench b;
	struct db *db;

	(void)state;
	store_test_setup(&b);
	db = store_test_open(&b);
	assert_ok(tokens_each(db, STR("one tw\xc3\xb3 thr\xc3\xa9\xc3\xa9, four"), hear, &h, &f),
		  &f);
	assert_int_equal(h.from, 9);
	assert_int_equal(h.to, 16);
	buf_release(&h.words);
	db_close(db);
	store_test_teardown(&b);
}

static void it_ends_when_it_is_enough(void **state)
{
	struct bench b;
	struct db *db;

	(void)state;
	store_test_setup(&b);
	db = store_test_open(&b);
	hears(db, "one two three", 2, "one two");
	hears(db, "one two three", 1, "one");
	db_close(db);
	store_test_teardown(&b);
}

int tokens_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_folded_and_in_order),
		cmocka_unit_test(plain_words_are_of_any_length),
		cmocka_unit_test(words_tell_where_they_stand),
		cmocka_unit_test(it_ends_when_it_is_enough),
	};

	return cmocka_run_group_tests_name("store/tokens", tests, NULL, NULL);
}
