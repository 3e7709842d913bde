/* value.c - values: small nodes in an arena. A map keeps its entries in the order of setting
 * and finds them through an open-addressed table of their numbers, because a page looks up some
 * thousand names and misses often (every name is sought outward through the sections that are
 * open). What a value means in a page is render.c's business.
 */
#include "mustache/value.h"
#include <assert.h>
#include <inttypes.h>
#include <string.h>

struct entry {
	struct str name;
	uint32_t hash;
	const struct value *v;
};

struct list {
	struct arena *arena;
	const struct value **items;
	uint32_t n, cap;
};

struct map {
	struct arena *arena;
	struct entry *entries;
	uint32_t *slots;		/* number of the entry + 1, or 0 */
	uint32_t n, cap, mask;

	const struct value_shape *shape;	/* or NULL: the entries are all there is */
	void *env;
	const void *of;
	const struct value **made;	/* for each name of the shape; NULL: not asked for yet */
};

struct value {
	enum value_kind kind;
	bool b;
	union {
		struct str s;
		struct list *list;
		struct map *map;
	};
};

static struct value *make(struct arena *a, enum value_kind kind)
{
	struct value *v = ARENA_NEW(a, struct value);

	v->kind = kind;
	return v;
}

static struct value *make_text(struct arena *a, enum value_kind kind, struct str s)
{
	struct value *v = make(a, kind);

	v->s = s;
	return v;
}

struct value *value_none(struct arena *a)
{
	return make(a, VALUE_NONE);
}

struct value *value_bool(struct arena *a, bool b)
{
	struct value *v = make(a, VALUE_BOOL);

	v->b = b;
	return v;
}

struct value *value_text(struct arena *a, struct str s)
{
	return make_text(a, VALUE_TEXT, s);
}

struct value *value_i64(struct arena *a, int64_t n)
{
	return make_text(a, VALUE_TEXT, arena_printf(a, "%" PRId64, n));
}

struct value *value_html(struct arena *a, struct html h)
{
	return make_text(a, VALUE_HTML, h.s);
}

/* --- addresses --- */

static bool scheme_allowed(struct str scheme)
{
	static const struct str allowed[] = {
		STR_INIT("http"), STR_INIT("https"), STR_INIT("mailto"), STR_INIT("tel"),
		STR_INIT("xmpp"), STR_INIT("sms"), STR_INIT("geo"), STR_INIT("matrix"),
		STR_INIT("gemini"),
	};

	for (size_t i = 0; i < ARRAY_LEN(allowed); i++)
		if (str_eq_nocase(scheme, allowed[i]))
			return true;
	return false;
}

static bool has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ')
			return true;
	return false;
}

/* Browsers drop tabs and newlines and trim spaces before they look for a scheme, so an
 * address that holds any in its first segment is not worth understanding. */
struct value *value_url(struct arena *a, struct str url)
{
	size_t end = 0;

	url = str_trim(url);
	while (end < url.n && !strchr("/?#:", url.p[end]))
		end++;
	if (has_control(str_sub(url, 0, end)))
		return make_text(a, VALUE_URL, STR("#"));
	if (end < url.n && url.p[end] == ':' && !scheme_allowed(str_sub(url, 0, end)))
		return make_text(a, VALUE_URL, STR("#"));
	if (end > 0 && end == url.n)
		url = arena_printf(a, "./%.*s", STR_ARG(url));
	return make_text(a, VALUE_URL, url);
}

struct value *value_srcset(struct arena *a, struct str srcset)
{
	return make_text(a, VALUE_URL, srcset);
}

/* --- lists --- */

struct value *value_list(struct arena *a)
{
	struct value *v = make(a, VALUE_LIST);

	v->list = ARENA_NEW(a, struct list);
	v->list->arena = a;
	return v;
}

void value_list_add(struct value *list, struct value *item)
{
	struct list *l = list->list;

	if (l->n == l->cap) {
		uint32_t cap = l->cap ? l->cap * 2 : 16;
		const struct value **items = arena_array(l->arena, cap, sizeof(*items));

		if (l->n)
			memcpy(items, l->items, l->n * sizeof(*items));
		l->items = items;
		l->cap = cap;
	}
	l->items[l->n++] = item;
}

/* --- maps --- */

uint32_t value_hash(struct str name)
{
	uint64_t head = 0, tail = 0;

	if (name.n >= 8) {
		memcpy(&head, name.p, 8);
		memcpy(&tail, name.p + name.n - 8, 8);
	} else if (name.n) {
		memcpy(&head, name.p, name.n);
	}
	/* Names differ at their ends mostly; the middle of a long one may collide. */
	head = (head ^ name.n) * 0x9e3779b97f4a7c15u;
	head = (head ^ (head >> 29) ^ tail) * 0xbf58476d1ce4e5b9u;
	return (uint32_t)(head >> 32);
}

struct value *value_map(struct arena *a)
{
	struct value *v = make(a, VALUE_MAP);

	v->map = ARENA_NEW(a, struct map);
	v->map->arena = a;
	return v;
}

/* The slot where the name is, or where it would be put. */
static uint32_t *map_slot(const struct map *m, struct str name, uint32_t hash)
{
	uint32_t i = hash & m->mask;

	for (;; i = (i + 1) & m->mask) {
		const struct entry *e;

		if (!m->slots[i])
			return &m->slots[i];
		e = &m->entries[m->slots[i] - 1];
		if (e->hash == hash && str_eq(e->name, name))
			return &m->slots[i];
	}
}

static void map_grow(struct map *m)
{
	uint32_t cap = m->cap ? m->cap * 2 : 12;
	uint32_t size = 16;
	struct entry *entries = arena_array(m->arena, cap, sizeof(*entries));

	while (size < cap + cap / 4)
		size *= 2;
	if (m->n)
		memcpy(entries, m->entries, m->n * sizeof(*entries));
	m->entries = entries;
	m->cap = cap;
	m->mask = size - 1;
	m->slots = arena_array(m->arena, size, sizeof(*m->slots));
	for (uint32_t i = 0; i < m->n; i++)
		*map_slot(m, entries[i].name, entries[i].hash) = i + 1;
}

void value_set_str(struct value *map, struct str name, struct value *v)
{
	struct map *m = map->map;
	uint32_t hash = value_hash(name);
	uint32_t *slot;

	if (m->n == m->cap)
		map_grow(m);
	slot = map_slot(m, name, hash);
	if (*slot) {
		m->entries[*slot - 1].v = v;
		return;
	}
	m->entries[m->n] = (struct entry){ name, hash, v };
	*slot = ++m->n;
}

void value_set(struct value *map, const char *name, struct value *v)
{
	value_set_str(map, str_of(name), v);
}

void value_set_text(struct value *map, const char *name, struct str s)
{
	value_set(map, name, value_text(map->map->arena, s));
}

void value_set_html(struct value *map, const char *name, struct html h)
{
	value_set(map, name, value_html(map->map->arena, h));
}

void value_set_url(struct value *map, const char *name, struct str url)
{
	value_set(map, name, value_url(map->map->arena, url));
}

void value_set_bool(struct value *map, const char *name, bool b)
{
	value_set(map, name, value_bool(map->map->arena, b));
}

/* --- shapes --- */

enum { SHAPE_NEW, SHAPE_BEING_FILLED, SHAPE_READY };

static const struct value absent;	/* was asked for and is not there */

static void shape_fill(const struct value_shape *shape)
{
	struct value_index *x = shape->index;

	for (unsigned i = 0; i < shape->n; i++) {
		uint32_t at = 0;

		x->names[i] = str_of(shape->names[i]);
		x->hashes[i] = value_hash(x->names[i]);
		at = x->hashes[i] % sizeof x->slots;
		while (x->slots[at])
			at = (at + 1) % sizeof x->slots;
		x->slots[at] = (unsigned char)(i + 1);
	}
}

/* Whoever comes while another thread fills it waits the microsecond that this takes. */
static void shape_prepare(const struct value_shape *shape)
{
	_Atomic unsigned *state = &shape->index->state;
	unsigned was = SHAPE_NEW;

	if (atomic_load_explicit(state, memory_order_acquire) == SHAPE_READY)
		return;
	if (atomic_compare_exchange_strong(state, &was, SHAPE_BEING_FILLED)) {
		shape_fill(shape);
		atomic_store_explicit(state, SHAPE_READY, memory_order_release);
	}
	while (atomic_load_explicit(state, memory_order_acquire) != SHAPE_READY)
		;
}

struct value *value_shaped(struct arena *a, const struct value_shape *shape, void *env,
			   const void *of)
{
	struct value *v = value_map(a);

	assert(shape->n <= VALUE_SHAPE_NAMES);
	shape_prepare(shape);
	v->map->shape = shape;
	v->map->env = env;
	v->map->of = of;
	v->map->made = arena_array(a, shape->n, sizeof(*v->map->made));
	return v;
}

static const struct value *shape_get(const struct map *m, unsigned which)
{
	const struct value *v = m->made[which];

	if (!v) {
		v = m->shape->make(m->env, m->of, which);
		m->made[which] = v ? v : &absent;
	}
	return v == &absent ? NULL : v;
}

static const struct value *shape_find(const struct map *m, struct str name, uint32_t hash)
{
	const struct value_index *x = m->shape->index;

	for (uint32_t at = hash % sizeof x->slots; x->slots[at]; at = (at + 1) % sizeof x->slots) {
		unsigned which = x->slots[at] - 1u;

		if (x->hashes[which] == hash && str_eq(x->names[which], name))
			return shape_get(m, which);
	}
	return NULL;
}

static const struct value *entry_find(const struct map *m, struct str name, uint32_t hash)
{
	uint32_t slot = m->n ? *map_slot(m, name, hash) : 0;

	return slot ? m->entries[slot - 1].v : NULL;
}

/* The i-th name of the shape that has a value and was not set by hand; moves i on by those that
 * there are before it. */
static bool shape_entry(const struct map *m, size_t *i, struct str *name, const struct value **v)
{
	const struct value_index *x = m->shape ? m->shape->index : NULL;

	for (unsigned which = 0; x && which < m->shape->n; which++) {
		if (entry_find(m, x->names[which], x->hashes[which]) || !shape_get(m, which))
			continue;
		if ((*i)-- > 0)
			continue;
		*name = x->names[which];
		*v = shape_get(m, which);
		return true;
	}
	return false;
}

/* --- reading --- */

enum value_kind value_kind(const struct value *v)
{
	return v ? v->kind : VALUE_NONE;
}

const char *value_kind_name(enum value_kind kind)
{
	static const char *const names[] = { "none", "bool", "text", "html", "url", "list", "map" };

	return names[kind];
}

bool value_is_true(const struct value *v)
{
	switch (value_kind(v)) {
	case VALUE_NONE:
		return false;
	case VALUE_BOOL:
		return v->b;
	case VALUE_LIST:
		return v->list->n > 0;
	case VALUE_MAP:
		return true;
	default:
		return v->s.n > 0;
	}
}

struct str value_str(const struct value *v)
{
	switch (value_kind(v)) {
	case VALUE_TEXT:
	case VALUE_HTML:
	case VALUE_URL:
		return v->s;
	default:
		return STR_NONE;
	}
}

size_t value_length(const struct value *v)
{
	if (value_kind(v) == VALUE_LIST)
		return v->list->n;
	if (value_kind(v) != VALUE_MAP)
		return 0;

	size_t none = SIZE_MAX;
	struct str name;
	const struct value *unused;

	shape_entry(v->map, &none, &name, &unused);
	return SIZE_MAX - none + v->map->n;
}

const struct value *value_item(const struct value *list, size_t i)
{
	return i < value_length(list) && list->kind == VALUE_LIST ? list->list->items[i] : NULL;
}

const struct value *value_find_hashed(const struct value *map, struct str name, uint32_t hash)
{
	const struct value *v;

	if (value_kind(map) != VALUE_MAP)
		return NULL;
	v = entry_find(map->map, name, hash);
	return v || !map->map->shape ? v : shape_find(map->map, name, hash);
}

const struct value *value_find(const struct value *map, struct str name)
{
	return value_find_hashed(map, name, value_hash(name));
}

bool value_entry(const struct value *map, size_t i, struct str *name, const struct value **v)
{
	if (value_kind(map) != VALUE_MAP)
		return false;
	if (shape_entry(map->map, &i, name, v))
		return true;
	if (i >= map->map->n)
		return false;
	*name = map->map->entries[i].name;
	*v = map->map->entries[i].v;
	return true;
}
