/* share.c - see share.h. */
#include "app/share.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/file.h"

enum { SHARE_UP = 4 };		/* build/NAME/src/hameau is the deepest that we make */

static bool is_share(struct arena *a, const char *dir)
{
	return file_is_dir(path_join(a, dir, STR("themes/plume")))
		&& file_is_dir(path_join(a, dir, STR("lang")));
}

static bool keep(struct arena *a, const char *dir, char out[PATH_MAX])
{
	struct str s = str_of(dir);

	if (!is_share(a, dir) || s.n >= PATH_MAX)
		return false;
	memcpy(out, dir, s.n + 1);
	return true;
}

static void look(char out[PATH_MAX])
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	char program[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", program, sizeof program);
	struct str dir = path_dir(str_from(program, n > 0 ? (size_t)n : 0));

	if (keep(a, PKGDATADIR, out)
	    || keep(a, path_join(a, arena_cstr(a, dir), STR("../share/hameau")), out))
		return;
	for (int i = 0; i < SHARE_UP && dir.n > 1; i++, dir = path_dir(dir))
		if (keep(a, arena_cstr(a, dir), out))
			return;
	memcpy(out, PKGDATADIR, sizeof PKGDATADIR);
}

const char *share_dir(void)
{
	static char found[PATH_MAX];
	const char *given = getenv("HAMEAU_SHARE");

	if (given && *given)
		return given;
	if (!found[0])
		look(found);
	return found;
}
