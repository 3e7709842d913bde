/* memo.c - see memo.h. A place is locked by a flag that nobody waits for. */
#include "unicode/memo.h"

#include <stdatomic.h>
#include <string.h>

enum { PLACES = 16384, ROOM = 72 };	/* a power of two; bytes of both languages and the text */

struct place {
	atomic_flag busy;
	bool is_used;
	int kind;
	int64_t number;
	unsigned char n_lang, n_in, n_text;
	char bytes[ROOM];
};

static struct place places[PLACES];

static struct place *place_of(const struct memo_key *k)
{
	uint64_t h = str_hash(k->lang, (uint64_t)k->number * 64 + (uint64_t)k->kind);

	return &places[str_hash(k->in, h) & (PLACES - 1)];
}

static bool is_at(const struct place *p, const struct memo_key *k)
{
	return p->is_used && p->kind == k->kind && p->number == k->number
		&& str_eq(str_from(p->bytes, p->n_lang), k->lang)
		&& str_eq(str_from(p->bytes + p->n_lang, p->n_in), k->in);
}

bool memo_find(struct arena *a, const struct memo_key *k, struct str *ret)
{
	struct place *p = place_of(k);
	bool found;

	if (atomic_flag_test_and_set_explicit(&p->busy, memory_order_acquire))
		return false;
	found = is_at(p, k);
	if (found)
		*ret = arena_str(a, str_from(p->bytes + p->n_lang + p->n_in, p->n_text));
	atomic_flag_clear_explicit(&p->busy, memory_order_release);
	return found;
}

static void put(char **at, struct str s)
{
	if (s.n)
		memcpy(*at, s.p, s.n);
	*at += s.n;
}

void memo_keep(const struct memo_key *k, struct str text)
{
	struct place *p = place_of(k);
	char *at = p->bytes;

	if (k->lang.n + k->in.n + text.n > ROOM)
		return;
	if (atomic_flag_test_and_set_explicit(&p->busy, memory_order_acquire))
		return;
	p->is_used = true;
	p->kind = k->kind;
	p->number = k->number;
	p->n_lang = (unsigned char)k->lang.n;
	p->n_in = (unsigned char)k->in.n;
	p->n_text = (unsigned char)text.n;
	put(&at, k->lang);
	put(&at, k->in);
	put(&at, text);
	atomic_flag_clear_explicit(&p->busy, memory_order_release);
}
