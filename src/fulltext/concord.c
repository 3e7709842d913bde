/* concord.c - see concord.h.
 *
 * A place is written as the difference to the one before it, plus two; where a word goes on in
 * another column, 0x01 and the column's number stand before it, and places begin anew; twice
 * the bytes of all stand before them (FTS5's "poslist"). A text is gone through once: each
 * place is a link of its word's chain, and the chains are laid out one behind the other at the
 * end.
 */
#include "fulltext/concord.h"

#include <string.h>
#include "base/buf.h"
#include "base/vec.h"
#include "fulltext/varint.h"
#include "store/tokens.h"

/* FTS5 cuts words there. */
enum { LONGEST = 32768, SLOTS = 1024, NEW_COLUMN = 1 };
enum { PLACE = 7 };			/* bytes: 2 for the column, 5 for the place */

struct place {
	uint32_t next;			/* index + 1 */
	unsigned char n, bytes[PLACE];
};

struct counted {
	uint64_t hash;
	size_t at, n;			/* in `texts` */
	uint32_t first, last;		/* places: index + 1 */
	uint32_t n_bytes;		/* of all places */
	uint32_t column, before;	/* of the place before */
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
	struct place *places;		/* room for all that a text can have */
	size_t n_places, places_cap;
	uint32_t *slots;		/* index of a word + 1; a power of two */
	size_t n_slots;
	uint32_t column, place;		/* where we are */
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
	mem_free(m->places);
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

enum { SHORT = 8 };

/* Of a short word, which most are, hash and length tell all. Only this process sees it. */
static uint64_t hash_of(struct str word)
{
	uint32_t begin = 0, end = 0;

	if (word.n > SHORT)
		return str_hash(word, 0);
	if (word.n >= 4) {
		memcpy(&begin, word.p, 4);
		memcpy(&end, word.p + word.n - 4, 4);
	} else {
		begin = (unsigned char)word.p[0];
		end = (uint32_t)((unsigned char)word.p[word.n / 2] << 8)
			| (unsigned char)word.p[word.n - 1];
	}
	uint64_t h = ((uint64_t)begin << 32 | end) * 0x9e3779b97f4a7c15u;

	return h ^ h >> 29;
}

static struct counted *count(struct concord_maker *m, struct str word)
{
	uint64_t hash = hash_of(word);
	size_t at = hash & (m->n_slots - 1);
	struct counted *c;

	for (; m->slots[at]; at = (at + 1) & (m->n_slots - 1)) {
		c = &m->words.p[m->slots[at] - 1];
		if (c->hash == hash && c->n == word.n
		    && (word.n <= SHORT || memcmp(m->texts.p + c->at, word.p, word.n) == 0))
			return c;
	}
	c = VEC_ADD(&m->words);
	c->hash = hash;
	c->at = m->texts.n;
	c->n = word.n;
	buf_add(&m->texts, word);
	m->slots[at] = (uint32_t)m->words.n;
	if (m->words.n * 2 > m->n_slots)
		grow(m);
	return c;
}

static bool on_word(void *arg, struct str folded, size_t from, size_t to)
{
	struct concord_maker *m = arg;
	struct counted *c = count(m, str_sub(folded, 0, LONGEST));
	struct place *p = &m->places[m->n_places++];

	(void)from;
	(void)to;
	p->next = p->n = 0;
	if (c->column != m->column) {
		p->bytes[p->n++] = NEW_COLUMN;
		p->bytes[p->n++] = (unsigned char)m->column;
		c->column = m->column;
		c->before = 0;
	}
	p->n = (unsigned char)(p->n + varint_put(p->bytes + p->n, m->place - c->before + 2));
	c->before = m->place++;
	c->n_bytes += p->n;
	if (c->last)
		m->places[c->last - 1].next = (uint32_t)m->n_places;
	else
		c->first = (uint32_t)m->n_places;
	c->last = (uint32_t)m->n_places;
	return true;
}

static unsigned char *lay_out(const struct concord_maker *m, const struct counted *c,
			      unsigned char *to)
{
	const struct place *p;

	to += varint_put(to, (uint64_t)c->n_bytes * 2);
	for (uint32_t at = c->first; at; at = p->next) {
		p = &m->places[at - 1];
		memcpy(to, p->bytes, PLACE);	/* what is too many is written over */
		to += p->n;
	}
	return to;
}

static void take(const struct concord_maker *m, struct arena *a, struct concord *ret)
{
	struct concord_word *all = arena_array(a, m->words.n + 1, sizeof *all);
	const char *texts = arena_str(a, buf_str(&m->texts)).p;
	size_t bytes = 0;
	unsigned char *to;

	for (size_t i = 0; i < m->words.n; i++)
		bytes += m->words.p[i].n_bytes + VARINT_MAX;
	to = arena_alloc(a, bytes + PLACE);
	ret->p = all;
	ret->n = m->words.n;
	for (size_t i = 0; i < m->words.n; i++) {
		const struct counted *c = &m->words.p[i];

		all[i].p = texts + c->at;
		all[i].n = (uint32_t)c->n;
		all[i].hash = c->hash;
		all[i].places = to;
		to = lay_out(m, c, to);
		all[i].n_places = (uint32_t)(to - all[i].places);
	}
}

static void begin(struct concord_maker *m, const struct str columns[CONCORD_COLUMNS])
{
	size_t most = 0;

	for (int i = 0; i < CONCORD_COLUMNS; i++)
		most += most_words(columns[i].n);
	if (most > m->places_cap) {
		mem_free(m->places);
		m->places_cap = most + most / 2;
		m->places = mem_array(m->places_cap, sizeof *m->places);
	}
	memset(m->slots, 0, m->n_slots * sizeof *m->slots);
	m->words.n = m->n_places = 0;
	buf_clear(&m->texts);
}

bool concord_make(struct concord_maker *m, struct arena *a,
		  const struct str columns[CONCORD_COLUMNS], const struct concord **ret,
		  struct fail *f)
{
	struct concord *w = ARENA_NEW(a, struct concord);

	begin(m, columns);
	for (m->column = 0; m->column < CONCORD_COLUMNS; m->column++) {
		m->place = 0;
		if (!tokens_each(m->db, columns[m->column], on_word, m, f))
			return false;
		w->sizes[m->column] = m->place;
	}
	take(m, a, w);
	*ret = w;
	return true;
}
