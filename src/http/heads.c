/* heads.c - see heads.h: a table of places, each for the beginnings that a hash sends there. */
#include "http/heads.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/wide.h"
#include "http/fields.h"

#define PLACES 64

/* How a place was asked for since somebody else wanted it. */
enum asked { ASKED_NOT, ASKED_PART, ASKED_WHOLE };

struct place {
	uint64_t beginning;		/* hash of what it holds begins with; 0: nothing */
	uint64_t offered;		/* hash of who wanted the place last */
	uint16_t n, n_fields;
	bool is_whole;			/* the text ends with the empty line */
	enum asked asked;
	struct heads_field fields[HEADS_FIELDS];
	char text[HEADS_BYTES];		/* all lines */
};

struct heads {
	uint64_t seed;			/* nobody outside chooses who shares a place */
	uint64_t beginning;		/* of what was looked for last */
	struct place places[PLACES];
};

struct heads *heads_new(void)
{
	struct heads *h = MEM_NEW(struct heads);

	h->seed = rand_u64();
	return h;
}

void heads_free(struct heads *h)
{
	mem_free(h);
}

static uint64_t stir(uint64_t hash, const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof word);
	hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
	return hash ^ hash >> 32;
}

/* Of some bytes among the first: there browsers say what they are. */
static uint64_t hash_of_beginning(const struct heads *h, const char *p)
{
	return stir(stir(stir(stir(h->seed, p + 24), p + 40), p + 48), p + 56) | 1;
}

/* Of the length and some bytes: only what was kept is compared. The first lines may be of one
 * reader, and then nobody says all that again. */
static uint64_t hash_of_all(uint64_t hash, struct str bytes)
{
	hash = stir(stir(stir(hash, bytes.p), bytes.p + 8), bytes.p + 16);
	return stir(stir(hash ^ bytes.n, bytes.p + bytes.n / 2), bytes.p + bytes.n - 12);
}

/* How many bytes both begin with. */
static size_t common_narrow(const char *a, const char *b, size_t n)
{
	size_t i = 0;

	while (n - i >= 64 && scan_same_64(a + i, b + i))
		i += 64;
	for (; n - i >= 16; i += 16) {
		unsigned same = scan_same(scan_load(a + i), scan_load(b + i));

		if (same != SCAN_ALL)
			return i + scan_first(~same);
	}
	while (i < n && a[i] == b[i])
		i++;
	return i;
}

/* The places of all fields in `bytes`. */
static void put_narrow(const struct heads_found *found, struct str bytes, struct field *to)
{
	for (size_t i = 0; i < found->n; i++) {
		const struct heads_field *from = &found->fields[i];

		to[i].name = str_from(bytes.p + from->name, from->name_n);
		to[i].value = str_from(bytes.p + from->value, from->value_n);
	}
}

#ifdef WIDE

/* The last step overlaps the one before. */
static WIDE size_t common_wide(const char *a, const char *b, size_t n)
{
	size_t i = 0, last = n - 64;
	uint64_t other;

	while (i < last && wide_same_64(a + i, b + i))
		i += 64;
	i = i < last ? i : last;
	other = wide_other_64(a + i, b + i);
	return other ? i + (size_t)__builtin_ctzll(other) : n;
}

/* Four numbers are one load, one addition and one store. */
static WIDE void put_wide(const struct heads_found *found, struct str bytes, struct field *to)
{
	const struct heads_field *from = found->fields, *behind = from + found->n;
	__m256i base = wide_pairs((uintptr_t)bytes.p, 0);

	_Static_assert(offsetof(struct heads_field, value_n) == 3 * sizeof(uint16_t)
		       && offsetof(struct field, value.n) == 3 * sizeof(uint64_t), "alike");
	for (; from < behind; from++, to++)
		wide_store(to, wide_add(wide_four(from), base));
}

#else
#define common_wide common_narrow
#define put_wide put_narrow
#endif

static size_t common(const char *a, const char *b, size_t n)
{
	return wide_is_used && n >= 64 ? common_wide(a, b, n) : common_narrow(a, b, n);
}

struct heads_found heads_find(struct heads *h, struct str bytes)
{
	struct heads_found found = { .n = 0 };
	struct place *k;
	size_t same;

	h->beginning = hash_of_beginning(h, bytes.p);
	k = &h->places[h->beginning % PLACES];
	if (k->beginning != h->beginning)
		return found;
	found.fields = k->fields;
	same = common(k->text, bytes.p, k->n < bytes.n ? k->n : bytes.n);
	if (same == bytes.n && same == k->n && k->is_whole) {
		k->asked = ASKED_WHOLE;
		found = (struct heads_found){ k->fields, k->n_fields, same, true };
		return found;
	}
	for (found.n = k->n_fields; found.n && k->fields[found.n - 1].end > same; found.n--)
		;
	if (!found.n)
		return found;
	found.bytes = k->fields[found.n - 1].end;
	if (k->asked == ASKED_NOT)
		k->asked = ASKED_PART;
	return found;
}

void heads_fields(const struct heads_found *found, struct str bytes, struct request *rq)
{
	const struct heads_field *last = &found->fields[found->n - 1];
	unsigned count = (unsigned)rq->n_fields;

	if (wide_is_used)
		put_wide(found, bytes, rq->fields + count);
	else
		put_narrow(found, bytes, rq->fields + count);
	for (const struct heads_field *from = found->fields; from <= last; from++)
		rq->places[from->place] = (unsigned char)count++;
	rq->n_fields = count;
	rq->shared |= last->shared | (rq->names & last->names);
	rq->names |= last->names;
}

/* Only what comes a second time is worth the copy, and only where nobody is asked for. Who
 * begins as what holds the place has the use of it, unless that very head comes again. */
static bool comes_again(struct place *k, uint64_t beginning, struct str bytes)
{
	bool is_alike = k->beginning == beginning;
	uint64_t hash = is_alike ? hash_of_all(beginning, bytes) : beginning;
	bool again = k->offered == hash;
	enum asked most = is_alike ? ASKED_PART : ASKED_NOT;

	k->offered = hash;
	if (!again || k->asked <= most)
		return again;
	k->asked = most;
	return false;
}

/* Of one person, and of no use for another. */
static bool is_personal(struct str name)
{
	return str_eq_nocase(name, STR("cookie")) || str_eq_nocase(name, STR("authorization"))
		|| str_eq_nocase(name, STR("proxy-authorization"));
}

static uint16_t offset(struct str bytes, const char *p)
{
	return (uint16_t)(p - bytes.p);
}

/* A field of `bytes`, which the next one, or the empty line, stands behind at `end`. */
static void keep_field(struct heads_field *to, struct str bytes, const struct field *field,
		       const char *end)
{
	to->name = offset(bytes, field->name.p);
	to->name_n = (uint16_t)field->name.n;
	to->value = offset(bytes, field->value.p);
	to->value_n = (uint16_t)field->value.n;
	to->end = offset(bytes, end);
	to->place = (uint16_t)request_name_place(field->name);
}

/* The first lines of `bytes`, up to one that is nobody else's. */
static NOINLINE void keep(struct place *k, struct str bytes, const struct field *from, size_t n)
{
	uint64_t names = 0, shared = 0, bit;
	struct framing fr = { .hosts = 0 };
	size_t i;

	for (i = 0; i < n && i < HEADS_FIELDS && !is_personal(from[i].name); i++) {
		keep_field(&k->fields[i], bytes, &from[i],
			   i + 1 < n ? from[i + 1].name.p : bytes.p + bytes.n - 2);
		fields_note(&fr, &from[i]);
		bit = request_name_bit(from[i].name);
		shared |= names & bit;
		names |= bit;
		k->fields[i].close = fr.close;
		k->fields[i].keep_alive = fr.keep_alive;
		k->fields[i].names = names;
		k->fields[i].shared = shared;
	}
	k->is_whole = i == n;
	k->n_fields = (uint16_t)i;
	k->n = k->is_whole ? (uint16_t)bytes.n : i ? k->fields[i - 1].end : 0;
	memcpy(k->text, bytes.p, k->n);
}

void heads_keep(struct heads *h, struct str bytes, const struct request *rq, size_t n)
{
	struct place *k = &h->places[h->beginning % PLACES];

	if (!comes_again(k, h->beginning, bytes))
		return;
	k->beginning = h->beginning;
	k->asked = ASKED_NOT;
	keep(k, bytes, rq->fields + rq->n_fields - n, n);
}
