/* install.c - see install.h. */
#include "theme/install.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/file.h"
#include "pack/pack.h"

/* --- versions --- */

static uint64_t take_number(struct str *s)
{
	uint64_t n = 0;

	while (s->n && s->p[0] >= '0' && s->p[0] <= '9' && n < 1000000000000) {
		n = 10 * n + (uint64_t)(s->p[0] - '0');
		*s = str_skip(*s, 1);
	}
	return n;
}

static bool is_digit(struct str s)
{
	return s.n && s.p[0] >= '0' && s.p[0] <= '9';
}

bool install_is_older(struct str a, struct str b)
{
	while (a.n || b.n) {
		if (is_digit(a) || is_digit(b)) {
			uint64_t x = take_number(&a), y = take_number(&b);

			if (x != y)
				return x < y;
			continue;
		}
		/* "1.0-beta" comes before "1.0", "1.0" before "1.0.1". */
		if (!a.n || !b.n)
			return a.n ? a.p[0] == '-' : b.p[0] != '-';
		if (a.p[0] != b.p[0])
			return a.p[0] < b.p[0];
		a = str_skip(a, 1);
		b = str_skip(b, 1);
	}
	return false;
}

/* --- the id --- */

/* "ardoise-1.2.0.tar.gz" is ardoise's. */
static struct str stem(struct str name)
{
	static const struct str ends[] = { STR_INIT(".zip"), STR_INIT(".tar.gz"),
					   STR_INIT(".tgz") };
	ptrdiff_t dash;

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (str_ends(name, ends[i]))
			name = str_sub(name, 0, name.n - ends[i].n);
	dash = str_rfind_char(name, '-');
	if (dash > 0 && is_digit(str_skip(name, (size_t)dash + 1)))
		name = str_sub(name, 0, (size_t)dash);
	return name;
}

static bool find_id(struct arena *a, const struct pack *p, const struct install_source *source,
		    struct str *ret, struct fail *f)
{
	struct str id = source->id;

	if (!id.n)
		id = stem(p->top.n ? p->top : path_name(str_of(source->path)));

	if (!theme_id_is_good(id))
		return fail(f, FAIL_INVALID, "\"%.*s\" is not a name for a theme: 3 to 40 small"
			    " letters, digits and \"-\"", STR_ARG(id));
	*ret = arena_str(a, id);
	return true;
}

/* --- into its place --- */

static const char *room_for(struct arena *a, const char *folder, struct fail *f)
{
	char *room = arena_cstr(a, str_of(path_join(a, folder, STR(".incoming-XXXXXX"))));

	if (!dir_make(folder, f))
		return NULL;
	if (mkdtemp(room))
		return room;
	(void)!fail_errno(f, "%s", room);
	return NULL;
}

/* In one step: the folder that was there before is at `from` after. */
static bool swap(const char *from, const char *to, bool *replaced, struct fail *f)
{
	*replaced = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_EXCHANGE) == 0;
	if (*replaced)
		return true;
	if (errno != ENOENT || rename(from, to) != 0)
		return fail_errno(f, "%s", to);
	return true;
}

/* Proves the theme that was laid out in dir and brings it to ret->dir. */
static bool place(struct arena *a, struct themes *ts, const char *dir, struct install *ret,
		  struct fail *f)
{
	CLEANUP(theme_unrefp) struct theme *fresh = NULL, *old = themes_find(ts, ret->id);

	if (!themes_try(ts, dir, &fresh, f))
		return false;
	ret->version = arena_str(a, theme_manifest(fresh)->version);
	if (old)
		ret->was = arena_str(a, theme_manifest(old)->version);
	ret->older = install_is_older(ret->version, ret->was);
	return swap(dir, ret->dir.p, &ret->replaced, f);
}

static bool is_theme(const struct pack *p, const char *path, struct fail *f)
{
	struct str name = path_name(str_of(path));

	return pack_find(p, STR("theme.ini"))
		|| fail(f, FAIL_INVALID, "%.*s: this is no theme: there is no theme.ini at its top",
			STR_ARG(name));
}

static bool is_allowed(struct arena *a, struct themes *ts, const struct install_source *source,
		       struct str id, struct fail *f)
{
	CLEANUP(theme_unrefp) struct theme *usual = themes_default(ts);
	const char *dir;

	if (usual && str_eq(theme_id(usual), id))
		return fail(f, FAIL_CONFLICT, "%.*s is the theme that all others stand on; give"
			    " the new one a name of its own", STR_ARG(id));
	if (!source->before)
		return true;
	dir = path_join(a, source->before, id);
	return !file_is_dir(dir)
		|| fail(f, FAIL_CONFLICT, "%s is looked at first; the installed theme would never"
			" be seen", dir);
}

bool install_theme(struct arena *a, struct themes *ts, const struct install_source *source,
		   struct install *ret, struct fail *f)
{
	struct install in = { .version = STR("") };
	const char *room, *laid;
	struct pack p;
	bool ok;

	if (!pack_open(a, source->path, &p, f) || !is_theme(&p, source->path, f)
	    || !find_id(a, &p, source, &in.id, f) || !is_allowed(a, ts, source, in.id, f))
		return false;
	in.dir = str_of(path_join(a, source->folder, in.id));
	in.files = p.n;
	in.left_out = p.left_out;
	room = room_for(a, source->folder, f);
	if (!room)
		return false;
	laid = path_join(a, room, in.id);
	ok = pack_unfold(&p, laid, f) && place(a, ts, laid, &in, f);
	/* What was there before, or what failed. If that cannot go, nobody sees it either. */
	(void)!dir_remove(room, NULL);
	if (ok)
		*ret = in;
	return ok;
}
