/* concord.c - see concord.h.
 *
 * A place is written as the difference to the one before it, plus two; where a word goes on in
 * another column, 0x01 and the column's number stand before it, and places begin anew; twice
 * the bytes of all stand before them (FTS5's "poslist"). A text is gone through twice: first its
 * words get numbers and are counted; then each has room for its places, which are written there
 * one after the other.
 */
#include "fulltext/concord.h"

#include <string.h>
#include "base/buf.h"
#include "base/vec.h"
#include "fulltext/varint.h"
#include "store/tokens.h"

/* FTS5 cuts words there. */
enum { LONGEST = 32768, SLOTS = 1024, NEW_COLUMN = 1 };
_Static_assert((int)CONCORD_SHORT == (int)TOKENS_ROOM && CONCORD_SHORT == sizeof(uint64_t),
	       "hash_of() takes a short word as a number");

struct counted {
	uint64_t hash;
	size_t at;			/* in `texts` */
	uint32_t n;			/* bytes of the word */
	uint32_t n_places;
	uint32_t column, before;	/* of the place before */
	unsigned char *first, *end;	/* its places */
};

/* Of a text of n bytes as many words at most, and one. */
static size_t most_words(size_t n)
{
	return n / 2 + 1;
}

struct concord_maker {
	struct db *db;			/* in memory: it lends its tokenizer */
	struct buf texts;		/* of the words, one behind the other */
	struct { struct counted *p; size_t n, cap; } words;
	uint32_t *text;			/* as indexes of words; room for all that it can have */
	size_t n_text, text_cap;
	uint32_t *slots;		/* index of a word + 1; a power of two */
	size_t n_slots;
};

bool concord_maker_new(struct concord_maker **ret, struct fail *f)
{
	const struct db_config c = { .path = ":memory:", .create = true };
	struct concord_maker *m = MEM_NEW(struct concord_maker);

	m->texts = (struct buf)BUF(SIZE_MAX / 2);	/* the texts have limits */
	if (!db_open(&c, &m->db, f)) {
		concord_maker_free(m);
		return false;
	}
	m->n_slots = SLOTS;
	m->slots = mem_array(m->n_slots, sizeof *m->slots);
	*ret = m;
	return true;
}

void concord_maker_free(struct concord_maker *m)
{
	if (!m)
		return;
	db_close(m->db);
	buf_release(&m->texts);
	VEC_FREE(&m->words);
	mem_free(m->text);
	mem_free(m->slots);
	mem_free(m);
}

static void grow(struct concord_maker *m)
{
	mem_free(m->slots);
	m->n_slots *= 2;
	m->slots = mem_array(m->n_slots, sizeof *m->slots);
	for (size_t i = 0; i < m->words.n; i++) {
		size_t at = m->words.p[i].hash & (m->n_slots - 1);

		while (m->slots[at])
			at = (at + 1) & (m->n_slots - 1);
		m->slots[at] = (uint32_t)i + 1;
	}
}

/* Of a short word, which most are, the hash tells all: no other one has it, for no word has a
 * zero in it. Only this process sees it. */
static uint64_t hash_of(struct str word)
{
	uint64_t h;

	if (word.n > CONCORD_SHORT)
		return str_hash(word, 0);
	memcpy(&h, word.p, sizeof h);
	h *= 0x9e3779b97f4a7c15u;
	return h ^ h >> 29;
}

static uint32_t add_word(struct concord_maker *m, struct str word, uint64_t hash)
{
	struct counted *c = VEC_ADD(&m->words);

	c->hash = hash;
	c->at = m->texts.n;
	c->n = (uint32_t)word.n;
	buf_add(&m->texts, word);
	if (m->words.n * 2 > m->n_slots)
		grow(m);
	return (uint32_t)m->words.n - 1;
}

static uint32_t index_of(struct concord_maker *m, struct str word)
{
	uint64_t hash = hash_of(word);
	size_t at = hash & (m->n_slots - 1);

	for (; m->slots[at]; at = (at + 1) & (m->n_slots - 1)) {
		const struct counted *c = &m->words.p[m->slots[at] - 1];

		if (c->hash == hash && c->n == word.n
		    && (word.n <= CONCORD_SHORT || memcmp(m->texts.p + c->at, word.p, word.n) == 0))
			return m->slots[at] - 1;
	}
	m->slots[at] = (uint32_t)m->words.n + 1;
	return add_word(m, word, hash);
}

static bool on_word(void *arg, struct str folded, size_t from, size_t to)
{
	struct concord_maker *m = arg;
	uint32_t i = index_of(m, str_sub(folded, 0, LONGEST));

	(void)from;
	(void)to;
	m->words.p[i].n_places++;
	m->text[m->n_text++] = i;
	return true;
}

/* ---- places ---- */

/* Bytes of a word's places and their length at most, where a place takes `most` of them. */
static size_t room_of(const struct counted *c, size_t most)
{
	return VARINT_MAX + 2 * (CONCORD_COLUMNS - 1) + c->n_places * most;
}

static void make_room(struct concord_maker *m, struct arena *a)
{
	unsigned char step[VARINT_MAX], *to;
	size_t most = varint_put(step, m->n_text + 2), n = 0;

	for (size_t i = 0; i < m->words.n; i++)
		n += room_of(&m->words.p[i], most);
	to = arena_alloc(a, n + CONCORD_ROOM);
	for (size_t i = 0; i < m->words.n; i++) {
		struct counted *c = &m->words.p[i];

		c->first = c->end = to + VARINT_MAX;
		to += room_of(c, most);
	}
}

static void put_place(struct counted *c, uint32_t column, uint32_t place)
{
	unsigned char *end = c->end;

	if (c->column != column) {
		*end++ = NEW_COLUMN;
		*end++ = (unsigned char)column;
		c->column = column;
		c->before = 0;
	}
	c->end = end + varint_put(end, place - c->before + 2);
	c->before = place;
}

static void put_places(struct concord_maker *m, const int64_t sizes[CONCORD_COLUMNS])
{
	struct counted *words = m->words.p;
	const uint32_t *text = m->text;

	for (uint32_t i = 0; i < CONCORD_COLUMNS; text += sizes[i++])
		for (uint32_t place = 0; place < sizes[i]; place++)
			put_place(&words[text[place]], i, place);
}

/* Their length, before them. */
static void put_length(struct counted *c)
{
	unsigned char length[VARINT_MAX];
	size_t n = varint_put(length, (uint64_t)(c->end - c->first) * 2);

	c->first -= n;
	memcpy(c->first, length, n);
}

static const struct concord_word *take(const struct concord_maker *m, struct arena *a)
{
	struct concord_word *all = arena_array(a, m->words.n + 1, sizeof *all);
	const char *texts = arena_str(a, buf_str(&m->texts)).p;

	for (size_t i = 0; i < m->words.n; i++) {
		struct counted *c = &m->words.p[i];

		put_length(c);
		all[i] = (struct concord_word){
			.p = texts + c->at, .n = c->n, .hash = c->hash, .places = c->first,
			.n_places = (uint32_t)(c->end - c->first),
		};
	}
	return all;
}

static void begin(struct concord_maker *m, const struct str columns[CONCORD_COLUMNS])
{
	size_t most = 0;

	for (int i = 0; i < CONCORD_COLUMNS; i++)
		most += most_words(columns[i].n);
	if (most > m->text_cap) {
		mem_free(m->text);
		m->text_cap = most + most / 2;
		m->text = mem_array(m->text_cap, sizeof *m->text);
	}
	memset(m->slots, 0, m->n_slots * sizeof *m->slots);
	m->words.n = m->n_text = 0;
	buf_clear(&m->texts);
}

bool concord_make(struct concord_maker *m, struct arena *a,
		  const struct str columns[CONCORD_COLUMNS], const struct concord **ret,
		  struct fail *f)
{
	struct concord *w = ARENA_NEW(a, struct concord);
	begin(m, columns);
	for (int i = 0; i < CONCORD_COLUMNS; i++) {
		int64_t before = (int64_t)m->n_text;

		if (!tokens_each(m->db, columns[i], on_word, m, f))
			return false;
		w->sizes[i] = (int64_t)m->n_text - before;
	}
	make_room(m, a);
	put_places(m, w->sizes);
	w->p = take(m, a);
	w->n = m->words.n;
	*ret = w;
	return true;
}
