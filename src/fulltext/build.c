/* build.c - see build.h. A word's posts lie in a chain of blocks, each twice as large as the
 * one before. */
#include "fulltext/build.h"

#include <stdlib.h>
#include <string.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "fulltext/build_store.h"
#include "fulltext/segment.h"
#include "fulltext/slots.h"
#include "fulltext/varint.h"

enum { SLOTS = 4096, BLOCK = 32, BLOCK_MAX = 4096, ARENA = 256 * 1024 };
enum { MAIN_INDEX = '0' };		/* stands before each word: FTS5's mark of an index */

struct block {
	struct block *next;
	uint32_t n, cap;
	unsigned char bytes[];
};

struct posting {
	struct str word;		/* with its mark */
	uint64_t hash;
	int64_t last;			/* post */
	struct block *first, *end;
};

/* A segment that was written. */
struct written {
	int64_t number, leaves;
};

struct build {
	struct arena *arena;		/* of all that is in memory */
	struct { struct posting *p; size_t n, cap; } words;
	struct slots slots;		/* of words */
	int64_t posts, sizes[CONCORD_COLUMNS];	/* in the whole index */
	struct { struct written *p; size_t n, cap; } written;
	size_t kept;			/* of them, when the transaction began */
	int64_t was_posts, was_sizes[CONCORD_COLUMNS];
	bool begun;			/* takes posts */
};

static void clear(struct build *b)
{
	arena_free(b->arena);
	slots_release(&b->slots);
	b->arena = arena_new(ARENA);
	slots_init(&b->slots, SLOTS);
	b->words.n = 0;
}

struct build *build_new(void)
{
	struct build *b = MEM_NEW(struct build);

	clear(b);
	return b;
}

void build_free(struct build *b)
{
	if (!b)
		return;
	arena_free(b->arena);
	slots_release(&b->slots);
	VEC_FREE(&b->words);
	VEC_FREE(&b->written);
	mem_free(b);
}

/* ---- what the index has ---- */

static void add_number(struct buf *out, int64_t v)
{
	unsigned char bytes[VARINT_MAX];

	buf_add(out, str_from((const char *)bytes, varint_put(bytes, (uint64_t)v)));
}

/* FTS5 merges segments of a level when there are four of them; an edit's has a few leaves and
 * is on level 0. A large one stands where four merges of fours would have brought it, so that
 * it is not merged anew with each handful of edits. */
static int level_of(int64_t leaves)
{
	int level = 0;

	while (level < 4 && leaves >= 8) {
		leaves /= 4;
		level++;
	}
	return level;
}

static void describe_level(const struct build *b, int level, struct buf *out)
{
	int64_t n = 0;

	for (size_t i = 0; i < b->written.n; i++)
		n += level_of(b->written.p[i].leaves) == level;
	add_number(out, 0);			/* none are being merged */
	add_number(out, n);
	for (size_t i = 0; i < b->written.n; i++) {
		const struct written *w = &b->written.p[i];

		if (level_of(w->leaves) != level)
			continue;
		add_number(out, w->number);
		add_number(out, 1);
		add_number(out, w->leaves);
	}
}

/* FTS5's "structure record": a cookie of its settings, which are the usual ones; levels,
 * segments, leaves that were ever written; the segments of each level. */
static void describe(const struct build *b, struct buf *segments, struct buf *totals)
{
	int64_t leaves = 0;
	int levels = 0;

	for (size_t i = 0; i < b->written.n; i++) {
		int level = level_of(b->written.p[i].leaves);

		leaves += b->written.p[i].leaves;
		levels = level + 1 > levels ? level + 1 : levels;
	}
	buf_add(segments, str_from("\0\0\0\0", 4));
	add_number(segments, levels);
	add_number(segments, (int64_t)b->written.n);
	add_number(segments, leaves);
	for (int i = 0; i < levels; i++)
		describe_level(b, i, segments);
	if (b->written.n == 0)
		return;
	add_number(totals, b->posts);
	for (int i = 0; i < CONCORD_COLUMNS; i++)
		add_number(totals, b->sizes[i]);
}

bool build_begin(struct build *b, struct tx *tx, bool *ret, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf segments = BUF(1 << 20), totals = BUF(256);
	struct str have, counts;

	if (!build_store_load(a, tx, &have, &counts, f))
		return false;
	describe(b, &segments, &totals);
	b->begun = str_eq(have, buf_str(&segments)) && str_eq(counts, buf_str(&totals));
	b->kept = b->written.n;
	b->was_posts = b->posts;
	memcpy(b->was_sizes, b->sizes, sizeof b->sizes);
	*ret = b->begun;
	return true;
}

void build_forget(struct build *b)
{
	clear(b);
	b->written.n = b->kept;
	b->posts = b->was_posts;
	memcpy(b->sizes, b->was_sizes, sizeof b->sizes);
	b->begun = false;
}

/* ---- words ---- */

static bool is_of(const struct posting *p, const struct concord_word *w)
{
	return p->hash == w->hash && p->word.n == w->n + 1
		&& (w->n <= CONCORD_SHORT || memcmp(p->word.p + 1, w->p, w->n) == 0);
}

static struct posting *posting_of(struct build *b, const struct concord_word *w)
{
	size_t at = slots_first(&b->slots, w->hash);
	struct posting *p;
	char *word;

	for (; b->slots.p[at]; at = slots_next(&b->slots, at))
		if (is_of(&b->words.p[b->slots.p[at] - 1], w))
			return &b->words.p[b->slots.p[at] - 1];
	word = arena_alloc(b->arena, w->n + 2);
	word[0] = MAIN_INDEX;
	memcpy(word + 1, w->p, w->n);
	p = VEC_ADD(&b->words);
	p->word = str_from(word, w->n + 1);
	p->hash = w->hash;
	b->slots.p[at] = (uint32_t)b->words.n;
	if (b->words.n * 2 <= b->slots.n)
		return p;
	slots_grow(&b->slots, &b->words.p->hash, sizeof *b->words.p, b->words.n);
	return p;
}

static void add_block(struct build *b, struct posting *p)
{
	uint32_t cap = p->end ? p->end->cap * 2 : BLOCK;
	struct block *block;

	cap = cap < BLOCK_MAX ? cap : BLOCK_MAX;
	block = arena_alloc(b->arena, sizeof *block + cap);
	block->cap = cap;
	if (p->end)
		p->end->next = block;
	else
		p->first = block;
	p->end = block;
}

static void add_bytes(struct build *b, struct posting *p, const unsigned char *bytes, size_t n)
{
	while (n) {
		size_t now;

		if (!p->end || p->end->n == p->end->cap)
			add_block(b, p);
		now = p->end->cap - p->end->n;
		now = n < now ? n : now;
		memcpy(p->end->bytes + p->end->n, bytes, now);
		p->end->n += (uint32_t)now;
		bytes += now;
		n -= now;
	}
}

static void add_post(struct build *b, int64_t post, const struct concord_word *w)
{
	struct posting *p = posting_of(b, w);
	unsigned char step[VARINT_MAX];
	struct block *at = p->end;

	if (at && at->cap - at->n >= VARINT_MAX + CONCORD_ROOM && w->n_places <= CONCORD_ROOM) {
		at->n += (uint32_t)varint_put(at->bytes + at->n, (uint64_t)(post - p->last));
		memcpy(at->bytes + at->n, w->places, CONCORD_ROOM);	/* as a rule */
		at->n += w->n_places;
	} else {
		add_bytes(b, p, step, varint_put(step, (uint64_t)(post - p->last)));
		add_bytes(b, p, w->places, w->n_places);
	}
	p->last = post;
}

bool build_add(struct build *b, struct tx *tx, int64_t post, struct str title, struct str terms,
	       struct str text, const struct concord *words, struct fail *f)
{
	unsigned char sizes[CONCORD_COLUMNS * VARINT_MAX];
	size_t n = 0;

	for (int i = 0; i < CONCORD_COLUMNS; i++) {
		n += varint_put(sizes + n, (uint64_t)words->sizes[i]);
		b->sizes[i] += words->sizes[i];
	}
	b->posts++;
	for (size_t i = 0; i < words->n; i++)
		add_post(b, post, &words->p[i]);
	return build_store_post(tx, post, title, terms, text,
				str_from((const char *)sizes, n), f);
}

/* ---- writing ---- */

static int by_word(const void *x, const void *y)
{
	const struct posting *a = x, *b = y;

	return str_cmp(a->word, b->word);
}

static void add_posting(struct segment *s, const struct posting *p, struct buf *posts)
{
	buf_clear(posts);
	for (const struct block *block = p->first; block; block = block->next)
		buf_add(posts, str_from((const char *)block->bytes, block->n));
	segment_add(s, p->word, buf_str(posts));
}

static bool write_segment(struct build *b, struct tx *tx, struct fail *f)
{
	CLEANUP(buf_release) struct buf posts = BUF(SIZE_MAX / 2);
	struct written w = { .number = (int64_t)b->written.n + 1 };
	struct segment s;

	qsort(b->words.p, b->words.n, sizeof *b->words.p, by_word);
	segment_begin(&s, tx, w.number, f);
	for (size_t i = 0; i < b->words.n; i++)
		add_posting(&s, &b->words.p[i], &posts);
	if (!segment_end(&s, &w.leaves))
		return false;
	*VEC_ADD(&b->written) = w;
	return true;
}

bool build_write(struct build *b, struct tx *tx, struct fail *f)
{
	CLEANUP(buf_release) struct buf segments = BUF(1 << 20), totals = BUF(256);

	if (!b->begun || b->posts == b->was_posts)
		return true;
	if (b->words.n && !write_segment(b, tx, f))
		return false;
	clear(b);
	describe(b, &segments, &totals);
	b->begun = false;
	return build_store_save(tx, buf_str(&segments), buf_str(&totals), f)
		&& build_store_forget(tx, f);
}
