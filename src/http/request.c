/* request.c - see request.h. */
#include "http/request.h"
#include <stdatomic.h>
#include <string.h>

#include "base/ascii.h"
#include "base/digest.h"
#include "http/lex.h"

#define ID_MAX 64

void request_init(struct request *rq, struct arena *arena)
{
	memset(rq, 0, offsetof(struct request, places));
	rq->arena = arena;
}

/* Names of one length mostly differ in their last letter, too. */
static inline bool is_named(const struct field *field, struct str name)
{
	return field->name.n == name.n
		&& !((field->name.p[name.n - 1] ^ name.p[name.n - 1]) & ~0x20)
		&& str_eq_nocase(field->name, name);
}

/* Comma and space between what several fields of one name said. */
static struct str join(const struct request *rq, struct str name, size_t bytes)
{
	char *out = arena_alloc(rq->arena, bytes + 1);
	size_t n = 0;

	for (size_t i = 0; i < rq->n_fields; i++) {
		const struct field *field = &rq->fields[i];

		if (!is_named(field, name))
			continue;
		if (n) {
			memcpy(out + n, ", ", 2);
			n += 2;
		}
		if (field->value.n)
			memcpy(out + n, field->value.p, field->value.n);
		n += field->value.n;
	}
	return str_from(out, n);
}

static struct str value_of(const struct field *field)
{
	return field->value.p ? field->value : STR("");
}

/* What all fields of that name say; others may have its bit, too. */
static NOINLINE struct str of_several(const struct request *rq, struct str name)
{
	struct str first = STR_NONE;
	size_t count = 0, bytes = 0;

	for (size_t i = 0; i < rq->n_fields; i++) {
		if (!is_named(&rq->fields[i], name))
			continue;
		if (!count++)
			first = value_of(&rq->fields[i]);
		bytes += rq->fields[i].value.n + 2;
	}
	return count > 1 ? join(rq, name, bytes) : first;
}

/* Of the one that has the bit, unless it is of another name. */
static NOINLINE struct str in_other_case(const struct field *field, struct str name)
{
	return is_named(field, name) ? value_of(field) : STR_NONE;
}

struct str request_field_there(const struct request *rq, struct str name)
{
	const struct field *field = &rq->fields[rq->places[request_name_place(name)]];

	if (rq->shared & request_name_bit(name))
		return of_several(rq, name);
	return str_same(field->name, name) ? value_of(field) : in_other_case(field, name);
}

static void move(struct str *s, const char *from, size_t n, const char *to)
{
	uintptr_t at = (uintptr_t)s->p, start = (uintptr_t)from;

	if (s->p && at >= start && (at < start + n || (at == start + n && !s->n)))
		s->p = to + (at - start);
}

void request_rebase(struct request *rq, const char *from, size_t n, const char *to)
{
	struct str *slices[] = { &rq->method_name, &rq->target, &rq->host, &rq->path,
				 &rq->query, &rq->expect, &rq->body };

	for (size_t i = 0; i < ARRAY_LEN(slices); i++)
		move(slices[i], from, n, to);
	for (size_t i = 0; i < rq->n_fields; i++) {
		move(&rq->fields[i].name, from, n, to);
		move(&rq->fields[i].value, from, n, to);
	}
}

/* What goes into logs and pages as it is. */
static bool is_id(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_digit(s.p[i]) && ((s.p[i] | 0x20) < 'a' || (s.p[i] | 0x20) > 'z') &&
		    !str_has_char(STR("-_.=+/:"), s.p[i]))
			return false;
	return s.n > 0 && s.n <= ID_MAX;
}

/* Numbers from a random one on, stirred (splitmix64: one to one, so none comes twice). */
static uint64_t next_number(void)
{
	static _Atomic uint64_t last;
	uint64_t none = 0, z;

	if (!atomic_load_explicit(&last, memory_order_relaxed))
		atomic_compare_exchange_strong(&last, &none, rand_u64() | 1);
	z = atomic_fetch_add_explicit(&last, 0x9e3779b97f4a7c15, memory_order_relaxed);
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static struct str fresh_id(struct arena *a)
{
	char *text = arena_alloc(a, 17);
	uint64_t number = next_number();

	for (int i = 0; i < 16; i++)
		text[i] = "0123456789abcdef"[number >> (60 - 4 * i) & 15];
	return str_from(text, 16);
}

void request_name(struct request *rq)
{
	struct str given = STR_NONE;

	if (rq->id.n)
		return;
	if (rq->proxied)
		given = request_field(rq, STR("x-request-id"));
	rq->id = is_id(given) ? arena_str(rq->arena, given) : fresh_id(rq->arena);
}
