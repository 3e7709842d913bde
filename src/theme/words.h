/* words.h - the wording of a theme: its own strings, and other words for the program's.
 *
 * themes/ID/lang/fr.po and its like, of the theme and of those it stands on. A file that
 * cannot be read does not keep the theme from working: what was good before stays, and a
 * note says so ("ID/lang/fr.po:12: ..."). Immutable once loaded; any thread.
 */
#ifndef THEME_WORDS_H
#define THEME_WORDS_H

#include "lang/catalogs.h"
#include "theme/folder.h"

struct words {
	struct catalogs *at[FOLDER_LAYERS];	/* NULL: the layer has none */
	size_t n;				/* layers, the theme's own first */
};

/* last: of the same theme as it was before, or NULL. */
MUST_CHECK bool words_load(const char *const *dirs, size_t n, const struct words *last,
			   struct words *ret, struct fail *f);
void words_release(struct words *w);

/* The catalog with the theme's words over it; a reference. Takes that of `under`. */
struct catalog *words_over(const struct words *w, struct str lang, struct catalog *under);
void words_notes(const struct words *w, void (*tell)(void *data, const char *note), void *data);

#endif
