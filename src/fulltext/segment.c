/* segment.c - see segment.h.
 *
 *	leaf	u16 where the first post begins that belongs to a word of a leaf before, or 0;
 *		u16 where the footer begins; words with their posts; the footer: where each
 *		word begins, as differences
 *	word	(not the first of a leaf: how many bytes are as in the word before,) how many
 *		are new, these; its posts
 *	posts	the number of the first one, then differences; the first one that begins on a
 *		leaf tells its number; each with its places, which may go on on the next leaf
 *
 * The table of words has a row for each leaf on which a word begins. Where the last one goes
 * on for four leaves or more, FTS5 wants to skip: a row of its own tells on which leaves a
 * post begins, and which. A list of that kind that fills more than a leaf would be a tree; it
 * may be left out, then FTS5 reads one leaf after the other.
 */
#include "fulltext/segment.h"

#include "base/vec.h"
#include "fulltext/build_store.h"
#include "fulltext/varint.h"

/* A leaf of FTS5's usual size: two pages of ours, all but full, or half of a large one
 * (store/widen.c). */
enum { LEAF = 4050, HEAD = 4, WORTH_SKIPPING = 4, LEAF_MAX = 128 * 1024 };
enum { SEGMENT_BITS = 37, SKIPS_BIT = 36 };	/* of the row's number in _data */

static void add_number(struct buf *b, uint64_t v)
{
	unsigned char bytes[VARINT_MAX];

	buf_add(b, str_from((const char *)bytes, varint_put(bytes, v)));
}

static void put_u16(struct buf *b, size_t at, size_t v)
{
	b->p[at] = (char)(v >> 8 & 0xff);
	b->p[at + 1] = (char)(v & 0xff);
}

static void begin_leaf(struct segment *s)
{
	buf_clear(&s->leaf);
	buf_clear(&s->footer);
	buf_add(&s->leaf, str_from("\0\0\0\0", HEAD));
	s->last_offset = 0;
	s->has_word = s->has_post = false;
}

void segment_begin(struct segment *s, struct tx *tx, int64_t number, struct fail *f)
{
	*s = (struct segment){ .tx = tx, .f = f, .number = number, .page = 1, .index_page = 1,
			       .leaf = BUF(LEAF_MAX), .footer = BUF(LEAF_MAX),
			       .word = BUF(LEAF_MAX), .index_word = BUF(LEAF_MAX),
			       .skips = BUF(LEAF_MAX) };
	begin_leaf(s);
}

/* ---- skipping ---- */

/* A post is the first one to begin on this leaf. */
static void note_skip(struct segment *s, int64_t post)
{
	if (s->skips.n == 0) {
		buf_addc(&s->skips, 0);
		add_number(&s->skips, (uint64_t)s->page);
		add_number(&s->skips, (uint64_t)post);
	} else if (s->skips.n < LEAF) {
		add_number(&s->skips, (uint64_t)(post - s->skips_post));
	}
	s->skips_post = post;
}

/* The last word of index_page is at its end. Its row is written last, for rows of leaves have
 * smaller numbers. */
static bool keep_skips(struct segment *s)
{
	bool keep = s->skips.n && s->skips.n < LEAF && s->without_word >= WORTH_SKIPPING;

	if (keep) {
		struct segment_skips *k = VEC_ADD(&s->kept);

		k->page = s->skips_page;
		k->bytes = (struct buf)BUF(LEAF_MAX);
		buf_add(&k->bytes, buf_str(&s->skips));
	}
	buf_clear(&s->skips);
	s->without_word = 0;
	return keep;
}

static int64_t row_of(const struct segment *s, int64_t page)
{
	return (s->number << SEGMENT_BITS) + page;
}

static void write_skips(struct segment *s)
{
	for (size_t i = 0; i < s->kept.n; i++) {
		struct segment_skips *k = &s->kept.p[i];

		s->failed = s->failed
			|| !build_store_leaf(s->tx, row_of(s, k->page) + (INT64_C(1) << SKIPS_BIT),
					     buf_str(&k->bytes), s->f);
		buf_release(&k->bytes);
	}
	VEC_FREE(&s->kept);
}

/* ---- leaves ---- */

static void write_index(struct segment *s)
{
	bool skips;

	if (!s->index_page)
		return;
	skips = keep_skips(s);
	s->failed = s->failed
		|| !build_store_index(s->tx, s->number, buf_str(&s->index_word),
				      s->index_page * 2 + skips, s->f);
	s->index_page = 0;
}

static void end_leaf(struct segment *s)
{
	put_u16(&s->leaf, 2, s->leaf.n);
	buf_add(&s->leaf, buf_str(&s->footer));
	if (!s->has_word) {
		if (!s->has_post && s->skips.n && s->skips.n < LEAF)
			add_number(&s->skips, 0);
		s->without_word++;
	}
	s->failed = s->failed || !build_store_leaf(s->tx, row_of(s, s->page), buf_str(&s->leaf),
						   s->f);
	s->page++;
	begin_leaf(s);
}

static size_t room(const struct segment *s)
{
	size_t used = s->leaf.n + s->footer.n;

	return used < LEAF ? LEAF - used : 0;
}

static size_t alike(struct str a, struct str b)
{
	size_t n = 0;

	while (n < a.n && n < b.n && a.p[n] == b.p[n])
		n++;
	return n;
}

/* The beginning of a word that tells it from the one before. */
static void index_leaf(struct segment *s, struct str word, size_t same)
{
	write_index(s);
	buf_clear(&s->index_word);
	buf_add(&s->index_word, str_sub(word, 0, same + 1));
	s->index_page = s->page;
}

static void add_word(struct segment *s, struct str word)
{
	size_t same = alike(buf_str(&s->word), word);

	if (room(s) <= word.n + 2 && s->leaf.n > HEAD)
		end_leaf(s);
	add_number(&s->footer, s->leaf.n - s->last_offset);
	s->last_offset = s->leaf.n;
	if (!s->has_word && s->page > 1)
		index_leaf(s, word, same);
	if (s->has_word)
		add_number(&s->leaf, same);
	else
		same = 0;
	add_number(&s->leaf, word.n - same);
	buf_add(&s->leaf, str_skip(word, same));
	buf_clear(&s->word);
	buf_add(&s->word, word);
	s->has_word = true;
	s->has_post = true;			/* of the word: none need be told of */
	s->skips_page = s->page;
}

/* The leaf is left where it is full, but not before a number's end. */
static void add_places(struct segment *s, const unsigned char *p, size_t n)
{
	while (n) {
		size_t most = room(s), now = 0;

		if (n <= most) {
			now = n;
		} else {
			do
				now += varint_length(p + now);
			while (now < n && now + varint_length(p + now) <= most);
		}
		buf_add(&s->leaf, str_from((const char *)p, now));
		p += now;
		n -= now;
		if (room(s) == 0)
			end_leaf(s);
	}
}

/* Its number, how long its places are, and these. */
static void add_post(struct segment *s, int64_t post, int64_t step, const unsigned char *p,
		     size_t n)
{
	if (!s->has_post) {
		put_u16(&s->leaf, 0, s->leaf.n);
		note_skip(s, post);
		add_number(&s->leaf, (uint64_t)post);
		s->has_post = true;
	} else {
		add_number(&s->leaf, (uint64_t)step);
	}
	add_places(s, p, n);
}

/* Reads a post; returns where the next one begins. */
static const unsigned char *next_post(const unsigned char *p, int64_t *step,
				      const unsigned char **places)
{
	uint64_t v, size;

	p += varint_get(p, &v);
	*step = (int64_t)v;
	*places = p;
	p += varint_get(p, &size);
	return p + size / 2;
}

/* Posts that this leaf has room for, as they are, and more after them; returns the first one
 * that is left. *post: the number of the last one. */
static const unsigned char *add_run(struct segment *s, const unsigned char *p,
				    const unsigned char *end, int64_t *post)
{
	const unsigned char *from = p, *most = p + room(s), *places, *next;
	int64_t step;

	for (; p < end && (next = next_post(p, &step, &places)) < most; p = next)
		*post += step;
	buf_add(&s->leaf, str_from((const char *)from, (size_t)(p - from)));
	return p;
}

void segment_add(struct segment *s, struct str word, struct str posts)
{
	const unsigned char *p = (const unsigned char *)posts.p, *end = p + posts.n;
	int64_t post = 0;

	if (s->failed)
		return;
	add_word(s, word);
	if (posts.n <= room(s)) {
		buf_add(&s->leaf, posts);
		return;
	}
	while (p < end) {
		const unsigned char *next, *places;
		int64_t step;

		if (s->has_post)
			p = add_run(s, p, end, &post);
		if (p == end)
			break;
		next = next_post(p, &step, &places);
		post += step;
		add_post(s, post, step, places, (size_t)(next - places));
		p = next;
	}
}

bool segment_end(struct segment *s, int64_t *leaves)
{
	if (s->leaf.n > HEAD)
		end_leaf(s);
	if (s->page > 1)
		write_index(s);
	write_skips(s);
	buf_release(&s->leaf);
	buf_release(&s->footer);
	buf_release(&s->word);
	buf_release(&s->index_word);
	buf_release(&s->skips);
	*leaves = s->page - 1;
	return !s->failed;
}
