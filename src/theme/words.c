/* words.c - see words.h. */
#include "theme/words.h"

#include "base/file.h"

bool words_load(const char *const *dirs, size_t n, const struct words *last, struct words *ret,
		struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct words w = { .n = n };

	for (size_t i = 0; i < n; i++) {
		const char *dir = path_join(a, dirs[i], STR("lang"));
		const char *label = path_join(a, arena_cstr(a, path_name(str_of(dirs[i]))),
					      STR("lang"));

		if (file_is_dir(dir)
		    && !catalogs_load_wording(dir, label, NULL,
					      last && i < last->n ? last->at[i] : NULL, &w.at[i],
					      f)) {
			words_release(&w);
			return false;
		}
	}
	*ret = w;
	return true;
}

void words_release(struct words *w)
{
	for (size_t i = 0; i < w->n; i++)
		catalogs_unref(w->at[i]);
	w->n = 0;
}

struct catalog *words_over(const struct words *w, struct str lang, struct catalog *under)
{
	for (size_t i = w->n; i-- > 0;) {
		const struct catalog *over = w->at[i] ? catalogs_find(w->at[i], lang) : NULL;
		struct catalog *both;

		if (!over || catalog_count(over) == 0)
			continue;
		both = catalog_over(over, under);
		catalog_unref(under);
		under = both;
	}
	return under;
}

void words_notes(const struct words *w, void (*tell)(void *data, const char *note), void *data)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->at[i])
			catalogs_notes(w->at[i], tell, data);
}
