/* value.h - what a template can show: a tree of typed values, made in an arena.
 *
 * The type says how a value may stand in a page:
 *	text	escaped wherever it stands
 *	html	made by html.h's makers; put as it is by {{{x}}}, escaped by {{x}}
 *	url	an address whose scheme was checked; the only type that a strict
 *		template puts into href, src and the like
 *	bool	for sections;  list and map: for sections and dotted names
 *
 * A value belongs to the arena it was made in, together with all that was put into
 * it; texts are lent, not copied (they live at least as long as the arena). Built by
 * one thread, then only read. NULL stands for "no value" wherever a value is taken.
 */
#ifndef MUSTACHE_VALUE_H
#define MUSTACHE_VALUE_H

#include <stdatomic.h>
#include "base/html.h"

enum value_kind {
	VALUE_NONE,
	VALUE_BOOL,
	VALUE_TEXT,
	VALUE_HTML,
	VALUE_URL,
	VALUE_LIST,
	VALUE_MAP,
};

struct value;

struct value *value_none(struct arena *a);
struct value *value_bool(struct arena *a, bool b);
struct value *value_text(struct arena *a, struct str s);
struct value *value_i64(struct arena *a, int64_t n);		/* a text of digits */
struct value *value_html(struct arena *a, struct html h);

/* Schemes other than http, https, mailto, tel, xmpp, sms, geo, matrix and gemini become
 * "#"; a relative address of one segment gets "./" before it, so that nothing a template
 * puts behind it can make a scheme of it. `srcset` texts are made with value_srcset. */
struct value *value_url(struct arena *a, struct str url);
/* A whole srcset text, made by the caller from addresses it trusts. */
struct value *value_srcset(struct arena *a, struct str srcset);

struct value *value_list(struct arena *a);
void value_list_add(struct value *list, struct value *item);
struct value *value_map(struct arena *a);
/* The name is lent (usually a literal). A name set again gets the new value. */
void value_set(struct value *map, const char *name, struct value *v);
void value_set_str(struct value *map, struct str name, struct value *v);

/* Shorthands for the commonest: the map's own arena is used. */
void value_set_text(struct value *map, const char *name, struct str s);
void value_set_html(struct value *map, const char *name, struct html h);
void value_set_url(struct value *map, const char *name, struct str url);
void value_set_bool(struct value *map, const char *name, bool b);

/* A map whose values are made when they are asked for: of the forty names of a post a list shows
 * ten. make() gives the which-th name its value, once and in the map's own arena; NULL: this one
 * has no such name. env and of live at least as long as the arena. What is set by hand goes
 * before what the shape makes. One shape for all maps alike, static, `index` zeroed. */
enum { VALUE_SHAPE_NAMES = 48 };
struct value_shape {
	const char *const *names;
	unsigned n;				/* at most VALUE_SHAPE_NAMES */
	struct value *(*make)(void *env, const void *of, unsigned which);
	struct value_index {			/* filled when the shape is first used */
		_Atomic unsigned state;
		struct str names[VALUE_SHAPE_NAMES];
		uint32_t hashes[VALUE_SHAPE_NAMES];
		unsigned char slots[128];	/* number of the name + 1, or 0 */
	} *index;
};
struct value *value_shaped(struct arena *a, const struct value_shape *shape, void *env,
			   const void *of);

/* Reading. What has no length, text or entry gives 0, "" or NULL. */
enum value_kind value_kind(const struct value *v);		/* NULL: VALUE_NONE */
const char *value_kind_name(enum value_kind kind);
bool value_is_true(const struct value *v);	/* not: none, false, "", an empty list */
struct str value_str(const struct value *v);			/* of text, html and url */
size_t value_length(const struct value *v);			/* of a list or a map */
const struct value *value_item(const struct value *list, size_t i);
const struct value *value_find(const struct value *map, struct str name);
/* The i-th entry in the order of setting; false behind the last. */
bool value_entry(const struct value *map, size_t i, struct str *name, const struct value **v);

/* For the renderer: names are hashed once, when a template is compiled. */
uint32_t value_hash(struct str name);
const struct value *value_find_hashed(const struct value *map, struct str name, uint32_t hash);

#endif
