/* fuzz_pack.c - archives from outside: what comes out keeps every promise of pack.h, and goes
 * back into an archive that gives the same files. */
#include <stdlib.h>
#include <string.h>
#include "base/limits.h"
#include "pack/pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_safe(struct str name)
{
	struct str rest = name;

	if (!name.n || name.p[0] == '/')
		return false;
	while (rest.n) {
		struct str part = str_cut(rest, '/', &rest);

		if (!part.n || part.p[0] == '.' || str_has_char(part, '\\'))
			return false;
	}
	return true;
}

static void prove(const struct pack *p)
{
	size_t bytes = 0;

	for (size_t i = 0; i < p->n; i++) {
		bytes += p->files[i].bytes.n;
		if (!is_safe(p->files[i].name))
			abort();
		if (i && str_cmp(p->files[i - 1].name, p->files[i].name) >= 0)
			abort();
	}
	if (!p->n || p->n > PACK_FILES || bytes > LIMIT_PACK)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf zip = BUF(2 * LIMIT_PACK);
	struct fail f = FAIL_INIT;
	struct pack p, again;

	if (!pack_read(a, str_from((const char *)data, size), "x", &p, &f))
		return 0;
	prove(&p);
	if (!pack_zip(&p, STR("top"), &zip, &f))
		abort();
	if (!pack_read(a, buf_str(&zip), "x", &again, &f))
		return 0;		/* a bomb is a bomb the second time */
	if (again.n != p.n || !str_eq(again.top, STR("top")))
		abort();
	for (size_t i = 0; i < p.n; i++)
		if (!str_eq(p.files[i].name, again.files[i].name)
		    || !str_eq(p.files[i].bytes, again.files[i].bytes))
			abort();
	return 0;
}
