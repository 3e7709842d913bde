/* record_test.c - out of a record comes the page that was written, or nothing. */
#include "cache/record.h"

#include "base/limits.h"
#include "base/mem.h"
#include "cache/cache_test.h"
#include "cache/disk_test.h"

/* As a roll reads it: an entry's room, something of 32 bytes, note, body. */
static struct roll_found lay(struct str note, struct str body, struct buf *block)
{
	size_t at = RECORD_FRONT + 32;

	assert_true(buf_reserve(block, at + note.n + body.n));
	block->n = at;
	buf_add(block, note);
	buf_add(block, body);
	return (struct roll_found){ str_from(block->p + at, note.n),
				    str_from(block->p + at + note.n, body.n) };
}

static struct entry *read_back(struct place *p, const struct cache_key *k, enum record which,
			       struct str note, struct str body)
{
	CLEANUP(buf_release) struct buf block = BUF(MIB);
	struct roll_found found = lay(note, body, &block);
	struct entry *e = record_entry(k, which, p->gens, &found, &block);

	assert_true(!e == !!block.p);
	return e;
}

static void note_of(const struct entry *e, enum record which, struct buf *out)
{
	buf_clear(out);
	assert_true(record_note(&POST, e, which, out));
}

static void a_page_is_the_same_in_each_form(void **state)
{
	struct place *p = *state;
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	CLEANUP(buf_release) struct buf note = BUF(MIB);

	for (enum record which = RECORD_SAVED; which <= RECORD_UNPACKED; which++) {
		CLEANUP(entry_dropp) struct entry *want = entry_of_form(e, which == RECORD_SAVED);
		CLEANUP(entry_dropp) struct entry *back = NULL;
		enum record found;

		note_of(e, which, &note);
		back = read_back(*state, &POST, which, buf_str(&note), record_body(e, which));
		assert_true(back && cache_test_same(back, want));
		assert_str_eq(back->type, e->type);
		assert_str_eq(back->head, e->head);
		assert_str_eq(back->etag, want->etag);
		assert_str_eq(back->etag_gzip, want->etag_gzip);
		assert_str_eq(entry_digest(back), entry_digest(e));
		assert_int_equal(back->plain_bytes, e->plain.n);
		assert_true(entry_has(back, which == RECORD_SAVED));
		assert_true(record_is_fresh(buf_str(&note), p->gens, &found));
		assert_int_equal(found, which);
	}
}

/* One write sends both. */
static void a_body_lies_behind_its_head(void **state)
{
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	CLEANUP(buf_release) struct buf note = BUF(MIB);
	CLEANUP(entry_dropp) struct entry *back = NULL;

	note_of(e, RECORD_SAVED, &note);
	back = read_back(*state, &POST_GZIP, RECORD_SAVED, buf_str(&note), e->gzip);
	assert_non_null(back);
	assert_ptr_equal(back->head_gzip.p + back->head_gzip.n, back->gzip.p);
}

static void what_is_of_another_key_or_stale_does_not_come_out(void **state)
{
	struct place *p = *state;
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(p, LONG_TEXT);
	CLEANUP(buf_release) struct buf note = BUF(MIB);
	struct cache_key site = POST, lang = POST;
	enum record which;

	site.site = 8;
	lang.lang = STR("fr");
	note_of(e, RECORD_SAVED, &note);
	assert_null(read_back(p, &HOME, RECORD_SAVED, buf_str(&note), e->gzip));
	assert_null(read_back(p, &site, RECORD_SAVED, buf_str(&note), e->gzip));
	assert_null(read_back(p, &lang, RECORD_SAVED, buf_str(&note), e->gzip));
	assert_null(read_back(p, &POST, RECORD_UNPACKED, buf_str(&note), e->gzip));
	cache_test_raise(p);
	assert_null(read_back(p, &POST, RECORD_SAVED, buf_str(&note), e->gzip));
	assert_false(record_is_fresh(buf_str(&note), p->gens, &which));
}

static void a_head_that_tells_another_length_does_not_come_out(void **state)
{
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	CLEANUP(entry_dropp) struct entry *tiny = cache_test_page(*state, STR("hi"));
	CLEANUP(buf_release) struct buf note = BUF(MIB);
	CLEANUP(buf_release) struct buf longer = BUF(MIB);

	note_of(e, RECORD_SAVED, &note);
	buf_add(&longer, e->gzip);
	buf_addc(&longer, '!');
	assert_null(read_back(*state, &POST, RECORD_SAVED, buf_str(&note), buf_str(&longer)));
	assert_null(read_back(*state, &POST, RECORD_SAVED, buf_str(&note),
			      str_sub(e->gzip, 0, e->gzip.n - 1)));
	note_of(tiny, RECORD_SAVED, &note);
	assert_null(read_back(*state, &POST, RECORD_SAVED, buf_str(&note), STR("hi ho")));
}

static void touch(const struct entry *e)
{
	struct str all[] = { e->head_plain, e->head_gzip, e->head_plain_304, e->head_gzip_304,
			     e->plain, e->gzip, e->etag, e->etag_gzip, e->type, e->head };
	uint64_t h = e->deps.n ? e->deps.p[e->deps.n - 1].value : 0;

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		h = str_hash(all[i], h);
	assert_true(h != 1);
}

/* What the checksum lets through by chance reads nothing that is not its own. */
static void a_changed_or_torn_note_reads_only_itself(void **state)
{
	struct place *p = *state;
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(p, LONG_TEXT);
	CLEANUP(buf_release) struct buf note = BUF(MIB);
	enum record which;

	note_of(e, RECORD_SAVED, &note);
	for (size_t i = 0; i < 8 * note.n; i++) {
		CLEANUP(entry_dropp) struct entry *torn = NULL, *changed = NULL;

		torn = read_back(p, &POST, RECORD_SAVED, str_from(note.p, i / 8), e->gzip);
		note.p[i / 8] ^= (char)(1 << i % 8);
		changed = read_back(p, &POST, RECORD_SAVED, buf_str(&note), e->gzip);
		record_is_fresh(buf_str(&note), p->gens, &which);
		note.p[i / 8] ^= (char)(1 << i % 8);
		if (torn)
			touch(torn);
		if (changed)
			touch(changed);
	}
}

static void a_page_of_too_many_things_has_no_record(void **state)
{
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, STR("hi"));
	CLEANUP(buf_release) struct buf note = BUF(64 * KIB);
	struct dep *many = mem_array(70000, sizeof *many);
	struct entry too_much = *e;

	too_much.deps = (struct deps){ many, 9000, 9000 };
	assert_false(record_note(&POST, &too_much, RECORD_SAVED, &note));
	note.max = MIB;
	too_much.deps.n = 70000;
	assert_false(record_note(&POST, &too_much, RECORD_SAVED, &note));
	mem_free(many);
}

int record_tests(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PLACE(a_page_is_the_same_in_each_form),
		WITH_PLACE(a_body_lies_behind_its_head),
		WITH_PLACE(what_is_of_another_key_or_stale_does_not_come_out),
		WITH_PLACE(a_head_that_tells_another_length_does_not_come_out),
		WITH_PLACE(a_changed_or_torn_note_reads_only_itself),
		WITH_PLACE(a_page_of_too_many_things_has_no_record),
	};

	return cmocka_run_group_tests_name("cache/record", tests, NULL, NULL);
}
