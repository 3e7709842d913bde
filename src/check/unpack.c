/* unpack.c - an archive as a folder that can be checked, for as long as the arena lives. */
#include <stdlib.h>

#include "base/file.h"
#include "base/limits.h"
#include "check/look.h"
#include "pack/pack.h"

static void remove_dir(void *dir)
{
	(void)!dir_remove(*(const char **)dir, NULL);
}

static const char *scratch(struct arena *a, struct fail *f)
{
	const char **dir = ARENA_NEW(a, const char *);

	if (!dir_temporary(a, "check", dir, f))
		return NULL;
	arena_defer(a, remove_dir, dir);
	return *dir;
}

/* "slate-1.0.0.tar.gz" is of slate: what comes before the version. */
static struct str id_of(struct str name)
{
	size_t n = 0;

	while (n < name.n && name.p[n] != '.'
	       && !(name.p[n] == '-' && n + 1 < name.n && name.p[n + 1] >= '0'
		    && name.p[n + 1] <= '9'))
		n++;
	return str_sub(name, 0, n);
}

static bool lay_out(struct arena *a, const struct pack *pack, const char *dir, struct fail *f)
{
	for (size_t i = 0; i < pack->n; i++) {
		const char *path = path_join(a, dir, pack->files[i].name);

		if (!dir_make(arena_cstr(a, path_dir(str_of(path))), f)
		    || !file_write(path, pack->files[i].bytes, false, f))
			return false;
	}
	return dir_make(dir, f);
}

static void report(struct arena *a, const char *id, struct str detail, struct check_report *ret)
{
	const struct check_rule *r = check_rules;

	while (strcmp(r->id, id) != 0)
		r++;
	*ret = (struct check_report){ .p = ARENA_NEW(a, struct check_finding), .n = 1 };
	ret->p[0] = (struct check_finding){ .rule = r, .detail = detail };
	ret->count[r->level] = 1;
}

bool check_unpack(struct arena *a, const char *archive, const char **dir,
		  struct check_report *ret, struct fail *f)
{
	struct str name = path_name(str_of(archive));
	CLEANUP(buf_release) struct buf bytes = BUF(LIMIT_PACK);
	struct fail why = FAIL_INIT;
	struct pack pack;
	const char *root;

	*dir = NULL;
	*ret = (struct check_report){ NULL };
	if (!file_read(archive, &bytes, &why)
	    || !pack_read(a, buf_str(&bytes), arena_cstr(a, name), &pack, &why)) {
		if (why.code == FAIL_NOT_FOUND || why.code == FAIL_IO)
			return fail(f, why.code, "%s", why.text);
		report(a, "TH170", arena_str(a, str_of(why.text)), ret);
		return true;
	}
	root = scratch(a, f);
	if (!root)
		return false;
	*dir = path_join(a, root, pack.top.n ? pack.top : id_of(name));
	if (pack.left_out)
		report(a, "TH171", arena_printf(a, "%zu", pack.left_out), ret);
	return lay_out(a, &pack, *dir, f);
}
