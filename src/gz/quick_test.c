/* quick_test.c - what was packed quickly is what libdeflate unpacks, whatever it was, and stays
 * within the room that was promised.
 */
#include "base/test.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/limits.h"
#include "base/mem.h"
#include "gz/gz.h"
#include "gz/quick.h"

enum { MARGIN = 64, MARK = 0x5a };

static void put4(unsigned char *to, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		to[i] = (unsigned char)(v >> (8 * i));
}

/* By a member put together by hand. The text lies at the end of a block of its own size, so that a
 * sanitizer sees what is read behind it. */
static void comes_back(struct str text)
{
	size_t room = quick_room(text.n), n;
	unsigned char *gz = mem_alloc(10 + room + 8 + MARGIN);
	CLEANUP(buf_release) struct buf back = BUF(4 * MIB);
	char *own = mem_alloc(text.n ? text.n : 1);
	struct fail f = FAIL_INIT;

	if (text.n)
		memcpy(own, text.p, text.n);
	memcpy(gz, "\x1f\x8b\x08\0\0\0\0\0\4\xff", 10);
	memset(gz + 10 + room, MARK, MARGIN);
	n = 10 + quick_pack(str_from(own, text.n), gz + 10);
	for (int i = 0; i < MARGIN; i++)
		assert_int_equal(gz[10 + room + (size_t)i], MARK);
	assert_true(n <= 10 + room);
	put4(gz + n, gz_crc(text));
	put4(gz + n + 4, (uint32_t)text.n);
	assert_ok(gz_read(str_from((char *)gz, n + 8), &back, &f), &f);
	assert_true(str_eq(buf_str(&back), text));
	mem_free(own);
	mem_free(gz);
}

/* Pieces of what came before, of any length and from anywhere, between bytes of any kind. */
static void write_any(struct buf *b, size_t n)
{
	size_t kinds = 2 + rand_u64() % 250;

	while (b->n < n) {
		size_t from = b->n ? rand_u64() % b->n : 0, most = 1 + rand_u64() % 600;

		if (b->n && rand_u64() % 3)
			for (size_t i = 0; i < most && b->n < n; i++)
				buf_addc(b, b->p[from + i]);
		for (size_t i = rand_u64() % 40; i > 0 && b->n < n; i--)
			buf_addc(b, (char)(rand_u64() % kinds));
	}
}

static void any_text_comes_back(void **state)
{
	(void)state;
	comes_back(STR_NONE);
	for (int i = 0; i < 400; i++) {
		CLEANUP(buf_release) struct buf b = BUF(MIB);

		write_any(&b, i < 100 ? (size_t)i : rand_u64() % (i % 20 ? 20000 : 300000));
		comes_back(buf_str(&b));
	}
}

static void one_byte_many_times_comes_back(void **state)
{
	static char same[70000];

	(void)state;
	memset(same, 'a', sizeof same);
	for (size_t n = 0; n < 600; n++)
		comes_back(str_from(same, n));
	comes_back(str_from(same, sizeof same));
}

/* Just near enough, too far by one, and where positions modulo 64 KiB begin again. */
static void what_repeats_from_afar_comes_back(void **state)
{
	static const size_t far[] = { 127, 128, 129, 255, 256, 257, 258, 32767, 32768, 32769, 65535,
				      65536, 65537, 131072 };
	static char text[200000];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(far); i++)
		for (size_t n = 4; n < 300; n += n < 20 ? 1 : 59) {
			rand_bytes(text, sizeof text);
			for (size_t k = 1000; k < 1000 + n; k++)
				text[k + far[i]] = text[k];
			comes_back(str_from(text, 1000 + far[i] + n + n % 30));
		}
}

/* Control characters have the longest codes. */
static void what_cannot_be_packed_keeps_within_its_room(void **state)
{
	static char text[50000];

	(void)state;
	rand_bytes(text, sizeof text);
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (char)(1 + (unsigned char)text[i] % 8);
	comes_back(str_from(text, sizeof text));
	rand_bytes(text, sizeof text);
	comes_back(str_from(text, sizeof text));
}

static void the_code_suits_latin_letters_only(void **state)
{
	(void)state;
	assert_true(quick_suits(STR("<p>Dans la rue, les chats étaient déjà réveillés, et la pluie "
				    "tombait. Über den Dächern wurde es hell; still.</p>\n")));
	assert_true(quick_suits(STR("")));
	assert_false(quick_suits(STR("<p>На улице уже проснулись кошки, и шёл дождь. "
				     "Над крышами светало, но никто не видел.</p>\n")));
	assert_false(quick_suits(STR("<p>猫たちは目を覚まし、雨が降って"
				     "いた。屋根の上が明るくなった。</p>\n")));
}

static void a_page_is_one_member_and_always_the_same(void **state)
{
	static const char *const lines[] = { "<li>rain over the hills</li>\n",
					     "<li>дождь над холмами, дождь</li>\n" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		CLEANUP(buf_release) struct buf a = BUF(MIB), b = BUF(MIB);
		CLEANUP(buf_release) struct buf text = BUF(MIB), back = BUF(MIB);
		struct fail f = FAIL_INIT;

		for (int k = 0; k < 3000; k++)
			buf_addf(&text, "%d %s", k % 97, lines[i]);
		assert_true(gz_page(buf_str(&text), &a));
		assert_true(gz_page(buf_str(&text), &b));
		assert_true(str_eq(buf_str(&a), buf_str(&b)));
		assert_true(a.n < text.n / 5);
		assert_ok(gz_read(buf_str(&a), &back, &f), &f);
		assert_true(str_eq(buf_str(&back), buf_str(&text)));
	}
}

static void a_page_that_has_no_room_is_not_packed(void **state)
{
	static char noise[1000];
	CLEANUP(buf_release) struct buf out = BUF(500);

	(void)state;
	rand_bytes(noise, sizeof noise);
	assert_false(gz_page(str_from(noise, sizeof noise), &out));
	assert_false(buf_ok(&out));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_text_comes_back),
		cmocka_unit_test(one_byte_many_times_comes_back),
		cmocka_unit_test(what_repeats_from_afar_comes_back),
		cmocka_unit_test(what_cannot_be_packed_keeps_within_its_room),
		cmocka_unit_test(the_code_suits_latin_letters_only),
		cmocka_unit_test(a_page_is_one_member_and_always_the_same),
		cmocka_unit_test(a_page_that_has_no_room_is_not_packed),
	};

	return cmocka_run_group_tests_name("quick", tests, NULL, NULL);
}
