/* heads.c - see heads.h: a table of places, each for the bytes that a hash sends there. */
#include "http/heads.h"

#include "base/digest.h"
#include "base/mem.h"

#define PLACES 64

struct heads {
	uint64_t seed;			/* nobody outside chooses who shares a place */
	struct heads_known places[PLACES];
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

/* Of the length and 32 of the bytes: all are compared afterwards. */
static uint64_t hash_of(const struct heads *h, struct str bytes)
{
	uint64_t hash = h->seed ^ bytes.n, word;

	for (size_t i = 1; i <= 4; i++) {
		memcpy(&word, bytes.p + (bytes.n - 12) * i / 4, sizeof word);
		hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 32;
	}
	return hash;
}

const struct heads_known *heads_find(struct heads *h, struct str bytes)
{
	struct heads_known *k = &h->places[hash_of(h, bytes) % PLACES];

	if (k->n != bytes.n || memcmp(k->text, bytes.p, bytes.n))
		return NULL;
	k->asked = true;
	return k;
}

void heads_fields(const struct heads_known *k, struct str bytes, struct field *ret)
{
	for (size_t i = 0; i < k->n_fields; i++) {
		ret[i].name = str_from(bytes.p + k->fields[i].name, k->fields[i].name_n);
		ret[i].value = str_from(bytes.p + k->fields[i].value, k->fields[i].value_n);
	}
}

/* Of one person, and of no use for another. */
static bool is_personal(const struct request *rq)
{
	return request_field(rq, STR("Cookie")).p || request_field(rq, STR("Authorization")).p
		|| request_field(rq, STR("Proxy-Authorization")).p;
}

/* Only what comes a second time is worth the copy, and only where nobody is asked for. */
static bool comes_again(struct heads_known *k, uint64_t hash)
{
	bool again = k->offered == hash && !k->asked;

	if (k->offered == hash)
		k->asked = false;
	k->offered = hash;
	return again;
}

void heads_keep(struct heads *h, struct str bytes, const struct request *rq, size_t n, bool close,
		bool keep_alive)
{
	const struct field *from = rq->fields + rq->n_fields - n;
	struct heads_known *k;
	uint64_t hash;

	hash = hash_of(h, bytes);
	k = &h->places[hash % PLACES];
	if (n > HEADS_FIELDS || !comes_again(k, hash) || is_personal(rq))
		return;
	*k = (struct heads_known){ .n = (uint16_t)bytes.n, .n_fields = (uint16_t)n,
				   .close = close, .keep_alive = keep_alive, .offered = hash };
	memcpy(k->text, bytes.p, bytes.n);
	for (size_t i = 0; i < n; i++) {
		k->names |= request_name_bit(from[i].name);
		k->fields[i].name = (uint16_t)(from[i].name.p - bytes.p);
		k->fields[i].name_n = (uint16_t)from[i].name.n;
		k->fields[i].value = (uint16_t)(from[i].value.p - bytes.p);
		k->fields[i].value_n = (uint16_t)from[i].value.n;
	}
}
