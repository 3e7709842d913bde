/* page_test.c - a page that was packed comes back, whatever is in it; nothing else is touched.
 *
 * ISA-L's loops are written by hand: no sanitizer looks into them. So texts and rooms end here at
 * a wall, memory that nobody may touch.
 */
#include "base/test.h"
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/digest.h"
#include "base/limits.h"
#include "gz/gz.h"

enum { EXTRA_MOST = 5 };	/* a block that is stored, for each 64 KiB */

/* Memory with a wall behind it. */
struct yard {
	char *p;
	size_t n;
};

static struct yard yard_open(size_t least)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), n = (least + page - 1) / page * page;
	char *p = mmap(NULL, n + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert_true(p != MAP_FAILED);
	assert_int_equal(mprotect(p + n, page, PROT_NONE), 0);
	return (struct yard){ p, n };
}

static void yard_close(struct yard *y)
{
	munmap(y->p, y->n + (size_t)sysconf(_SC_PAGESIZE));
}

static size_t bound(size_t n)
{
	return 18 + n + EXTRA_MOST * (n / UINT16_MAX + 1);
}

/* Packs text into a buffer that ends at the wall. */
static void comes_back(struct str text)
{
	CLEANUP(yard_close) struct yard from = yard_open(text.n), to = yard_open(bound(text.n) + 1);
	CLEANUP(buf_release) struct buf back = BUF(4 * MIB);
	struct buf gz = BUF(bound(text.n));
	char *own = from.p + from.n - text.n;
	struct fail f = FAIL_INIT;

	if (text.n)
		memcpy(own, text.p, text.n);
	gz.cap = gz.max + 1;
	gz.p = to.p + to.n - gz.cap;
	assert_true(gz_page(str_from(own, text.n), &gz));
	assert_ptr_equal(gz.p, to.p + to.n - gz.cap);
	assert_ok(gz_read(buf_str(&gz), &back, &f), &f);
	assert_true(str_eq(buf_str(&back), text));
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

/* Of fifteen letters each takes four bits, and the byte before it hardly any. By the code of most
 * pages that would be a quarter more. */
static void other_letters_get_a_code_of_their_own(void **state)
{
	static char text[40000];
	CLEANUP(buf_release) struct buf gz = BUF(MIB);

	(void)state;
	for (size_t i = 0; i < sizeof text; i += 2) {
		unsigned letter = 0x430 + (unsigned)(rand_u64() % 15);

		text[i] = (char)(0xc0 | letter >> 6);
		text[i + 1] = (char)(0x80 | (letter & 0x3f));
	}
	assert_true(gz_page(str_from(text, sizeof text), &gz));
	assert_true(gz.n < sizeof text * 2 / 5);
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
		cmocka_unit_test(other_letters_get_a_code_of_their_own),
		cmocka_unit_test(a_page_is_one_member_and_always_the_same),
		cmocka_unit_test(a_page_that_has_no_room_is_not_packed),
	};

	return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
