/* concord.c - see concord.h.
 *
 * A place is written as the difference to the one before it, plus two; where a word goes on in
 * another column, 0x01 and the column's number stand before it, and places begin anew; twice
 * the bytes of all stand before them (FTS5's "poslist"). A text is gone through twice: first its
 * words get numbers and are counted; then each has room for its places, which are written there
 * one after the other. Words of the texts before are known, as most are.
 */
#include "fulltext/concord.h"

#include <string.h>
#include "base/buf.h"
#include "base/vec.h"
#include "fulltext/slots.h"
#include "fulltext/varint.h"
#include "store/tokens.h"

/* FTS5 cuts words there. */
enum { LONGEST = 32768, SLOTS = 1024, KNOWN_MAX = 8192, NEW_COLUMN = 1 };
_Static_assert((int)CONCORD_SHORT == (int)TOKENS_ROOM && CONCORD_SHORT == sizeof(uint64_t),
	       "find_short() takes a short word as a number");

/* A word of any text so far. */
struct known {
	uint64_t hash;
	uint32_t at, n;			/* in `spelled`; bytes */
	uint32_t text, index;		/* the last text that has it, its index there */
};

/* A word of this text. */
struct counted {
	uint32_t known;			/* its index there */
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
	struct { struct known *p; size_t n, cap; } known;
	struct buf spelled;		/* one behind the other, each with CONCORD_SHORT bytes */
	struct slots slots;		/* of known words */
	uint32_t number;		/* of this text: 1 and up */
	struct { struct counted *p; size_t n; } words;
	uint32_t *text;			/* as indexes of words */
	size_t n_text, text_cap;	/* room in both for all that a text can have */
};

bool concord_maker_new(struct concord_maker **ret, struct fail *f)
{
	const struct db_config c = { .path = ":memory:", .create = true };
	struct concord_maker *m = MEM_NEW(struct concord_maker);

	m->spelled = (struct buf)BUF(SIZE_MAX / 2);	/* texts have limits */
	if (!db_open(&c, &m->db, f)) {
		concord_maker_free(m);
		return false;
	}
	slots_init(&m->slots, SLOTS);
	*ret = m;
	return true;
}

void concord_maker_free(struct concord_maker *m)
{
	if (!m)
		return;
	db_close(m->db);
	buf_release(&m->spelled);
	VEC_FREE(&m->known);
	mem_free(m->words.p);
	mem_free(m->text);
	slots_release(&m->slots);
	mem_free(m);
}

/* A short word has zeros behind it (tokens.h). */
static size_t spelled_room(size_t n)
{
	return n > CONCORD_SHORT ? n : CONCORD_SHORT;
}

static NOINLINE struct known *learn(struct concord_maker *m, struct str word, uint64_t hash,
				    size_t at)
{
	struct known *k = VEC_ADD(&m->known);

	m->slots.p[at] = (uint32_t)m->known.n;
	k->hash = hash;
	k->at = (uint32_t)m->spelled.n;
	k->n = (uint32_t)word.n;
	buf_add(&m->spelled, str_from(word.p, spelled_room(word.n)));
	if (m->known.n * 2 > m->slots.n)
		slots_grow(&m->slots, &m->known.p->hash, sizeof *m->known.p, m->known.n);
	return k;
}

/* Of a short word, which most are, the hash tells all: no other has it, for no word has a zero
 * in it. Only this process sees it. */
static ALWAYS_INLINE struct known *find_short(struct concord_maker *m, struct str word)
{
	uint64_t hash;
	size_t at;

	memcpy(&hash, word.p, sizeof hash);
	hash *= 0x9e3779b97f4a7c15u;
	hash ^= hash >> 29;
	for (at = slots_first(&m->slots, hash); m->slots.p[at]; at = slots_next(&m->slots, at)) {
		struct known *k = &m->known.p[m->slots.p[at] - 1];

		if (k->hash == hash && k->n <= CONCORD_SHORT)
			return k;
	}
	return learn(m, word, hash, at);
}

static NOINLINE struct known *find_long(struct concord_maker *m, struct str word)
{
	uint64_t hash = str_hash(word, 0);
	size_t at;

	for (at = slots_first(&m->slots, hash); m->slots.p[at]; at = slots_next(&m->slots, at)) {
		struct known *k = &m->known.p[m->slots.p[at] - 1];

		if (k->hash == hash && k->n == word.n
		    && memcmp(m->spelled.p + k->at, word.p, word.n) == 0)
			return k;
	}
	return learn(m, word, hash, at);
}

/* Words of a text: there is room (begin()). */
static void add_to_text(struct concord_maker *m, struct known *k)
{
	k->text = m->number;
	k->index = (uint32_t)m->words.n;
	m->words.p[m->words.n++] = (struct counted){ .known = (uint32_t)(k - m->known.p) };
}

static bool on_word(void *arg, struct str folded, size_t from, size_t to)
{
	struct concord_maker *m = arg;
	struct known *k = folded.n <= CONCORD_SHORT ? find_short(m, folded)
						    : find_long(m, str_sub(folded, 0, LONGEST));

	(void)from;
	(void)to;
	if (k->text != m->number)
		add_to_text(m, k);
	m->words.p[k->index].n_places++;
	m->text[m->n_text++] = k->index;
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

static char *room_for_words(const struct concord_maker *m, struct arena *a)
{
	size_t n = CONCORD_SHORT;

	for (size_t i = 0; i < m->words.n; i++)
		n += m->known.p[m->words.p[i].known].n;
	return arena_alloc(a, n);
}

static const struct concord_word *take(const struct concord_maker *m, struct arena *a)
{
	struct concord_word *all = arena_array(a, m->words.n + 1, sizeof *all);
	char *to = room_for_words(m, a);

	for (size_t i = 0; i < m->words.n; i++) {
		struct counted *c = &m->words.p[i];
		const struct known *k = &m->known.p[c->known];

		put_length(c);
		all[i] = (struct concord_word){
			.p = memcpy(to, m->spelled.p + k->at, spelled_room(k->n)), .n = k->n,
			.hash = k->hash, .places = c->first,
			.n_places = (uint32_t)(c->end - c->first),
		};
		to += k->n;
	}
	return all;
}

static void forget(struct concord_maker *m)
{
	slots_clear(&m->slots);
	m->known.n = 0;
	buf_clear(&m->spelled);
}

static void begin(struct concord_maker *m, const struct str columns[CONCORD_COLUMNS])
{
	size_t most = 0;

	for (int i = 0; i < CONCORD_COLUMNS; i++)
		most += most_words(columns[i].n);
	if (most > m->text_cap) {
		m->text_cap = most + most / 2;
		m->text = mem_resize(m->text, m->text_cap, sizeof *m->text);
		m->words.p = mem_resize(m->words.p, m->text_cap, sizeof *m->words.p);
	}
	if (m->known.n > KNOWN_MAX)
		forget(m);
	m->words.n = m->n_text = 0;
	m->number++;
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
