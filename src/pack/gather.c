/* gather.c - see gather.h. */
#include "pack/gather.h"

#include <stdlib.h>
#include "base/limits.h"

void gather_init(struct gather *g, struct arena *a, const char *label)
{
	*g = (struct gather){ .arena = a, .label = label, .seen = map_new() };
}

void gather_release(struct gather *g)
{
	map_free(g->seen, NULL);
	VEC_FREE(&g->found);
}

bool gather_count(struct gather *g, struct fail *f)
{
	g->entries++;
	if (g->entries <= PACK_FILES)
		return true;
	return fail(f, FAIL_TOO_LARGE, "%s: more than %d entries", g->label, PACK_FILES);
}

/* A name in a message: strangers' bytes reach a terminal as question marks. */
static struct str tame(struct gather *g, struct str name)
{
	char *s = arena_cstr(g->arena, str_sub(name, 0, PACK_NAME));

	for (char *p = s; *p; p++)
		if (*p < ' ' || *p == 127)
			*p = '?';
	return str_of(s);
}

static enum gather_verdict refuse(struct gather *g, struct str name, const char *why,
				  struct fail *f)
{
	(void)!fail(f, FAIL_INVALID, why, g->label, STR_ARG(tame(g, name)));
	return GATHER_REFUSE;
}

static const char *fault_of_part(struct str part)
{
	if (str_eq(part, STR("..")))
		return N_("%s/%.*s: a name may not lead out of its folder (\"..\")");
	for (size_t i = 0; i < part.n; i++) {
		char c = part.p[i];

		if (c < ' ' || c > '~' || str_has_char(STR("\\:*?\"<>|"), c))
			return N_("%s/%.*s: file names are made of plain letters, digits, \"-\","
				  " \"_\" and \".\"");
	}
	if (part.p[part.n - 1] == '.' || part.p[part.n - 1] == ' ')
		return N_("%s/%.*s: a name may not end with a dot or a space");
	return NULL;
}

/* What people's machines put into archives beside what they mean. */
static bool is_litter(struct str part)
{
	return part.p[0] == '.' || str_eq(part, STR("__MACOSX")) || part.p[part.n - 1] == '~';
}

enum gather_verdict gather_name(struct gather *g, struct str name, struct fail *f)
{
	struct str rest = name;
	bool litter = false;
	int depth = 0;

	if (!name.n || name.n > PACK_NAME)
		return refuse(g, name, N_("%s/%.*s: a name that is too long, or none"), f);
	if (name.p[0] == '/' || name.p[0] == '\\' || (name.n > 1 && name.p[1] == ':'))
		return refuse(g, name, N_("%s/%.*s: absolute names are not allowed"), f);
	while (rest.n) {
		struct str part = str_cut(rest, '/', &rest);
		const char *fault;

		if (!part.n || str_eq(part, STR(".")))
			continue;
		fault = fault_of_part(part);
		if (fault && (str_eq(part, STR("..")) || !is_litter(part)))
			return refuse(g, name, fault, f);
		litter = litter || is_litter(part);
		if (++depth > PACK_DEPTH + 1)
			return refuse(g, name, N_("%s/%.*s: too many folders in each other"), f);
	}
	g->left_out += litter;
	return litter ? GATHER_LEAVE : GATHER_TAKE;
}

/* "./a//b" is "a/b". */
static struct str plain(struct arena *a, struct str name)
{
	CLEANUP(buf_release) struct buf b = BUF(PACK_NAME);

	while (name.n) {
		struct str part = str_cut(name, '/', &name);

		if (!part.n || str_eq(part, STR(".")))
			continue;
		if (b.n)
			buf_addc(&b, '/');
		buf_add(&b, part);
	}
	return arena_str(a, buf_str(&b));
}

static struct str small(struct arena *a, struct str name)
{
	char *s = arena_cstr(a, name);

	for (char *p = s; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p += 'a' - 'A';
	return str_from(s, name.n);
}

/* A name may be there once, whatever its capitals, and not be a folder of another. */
static bool is_new(struct gather *g, struct str name)
{
	static char file, folder;
	struct str key = small(g->arena, name);

	if (map_find(g->seen, key))
		return false;
	for (size_t i = 0; i < key.n; i++) {
		struct str above = str_sub(key, 0, i);

		if (key.p[i] != '/')
			continue;
		if (map_find(g->seen, above) == &file)
			return false;
		map_put(g->seen, above, &folder);
	}
	map_put(g->seen, key, &file);
	return true;
}

bool gather_file(struct gather *g, struct str name, struct str bytes, struct fail *f)
{
	struct pack_file *file;

	name = plain(g->arena, name);
	if (!name.n || !is_new(g, name)) {
		refuse(g, name, N_("%s/%.*s: the name is there twice, for some systems at"
				" least"), f);
		return false;
	}
	g->bytes += bytes.n;
	if (g->bytes > LIMIT_PACK)
		return fail(f, FAIL_TOO_LARGE, "%s: more than %d MiB of files", g->label,
			    LIMIT_PACK / MIB);
	file = VEC_ADD(&g->found);
	*file = (struct pack_file){ name, bytes };
	return true;
}

static int by_name(const void *x, const void *y)
{
	const struct pack_file *a = x, *b = y;

	return str_cmp(a->name, b->name);
}

static struct str common_top(const struct gather *g)
{
	struct str top = STR_NONE, rest;

	for (size_t i = 0; i < g->found.n; i++) {
		struct str first = str_cut(g->found.p[i].name, '/', &rest);

		if (!rest.n || (top.n && !str_eq(top, first)))
			return STR_NONE;
		top = first;
	}
	return top;
}

void gather_finish(struct gather *g, bool find_top, struct pack *ret)
{
	struct str top = find_top ? common_top(g) : STR_NONE;

	*ret = (struct pack){ .top = top, .left_out = g->left_out };
	for (size_t i = 0; top.n && i < g->found.n; i++)
		g->found.p[i].name = str_skip(g->found.p[i].name, top.n + 1);
	ret->files = VEC_INTO(g->arena, &g->found, &ret->n);
	if (ret->n)
		qsort(ret->files, ret->n, sizeof *ret->files, by_name);
}

const struct pack_file *pack_find(const struct pack *p, struct str name)
{
	const struct pack_file key = { .name = name };

	return p->n ? bsearch(&key, p->files, p->n, sizeof key, by_name) : NULL;
}
