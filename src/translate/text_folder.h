/* text_folder.h - the long texts beside a folder of catalogs, as their translators work on
 * them: texts/legal.fr.md ... (lang/texts.h). Blocking.
 */
#ifndef TRANSLATE_TEXT_FOLDER_H
#define TRANSLATE_TEXT_FOLDER_H

#include "base/buf.h"
#include "lang/catalogs.h"
#include "lang/texts.h"
#include "translate/po_stats.h"

struct text_file {
	const char *path;
	struct str name, lang;		/* "legal", "fr" */
	struct str source;
	bool fuzzy;			/* begins with TEXTS_FUZZY */
	const char *wrong;		/* why it cannot be used; NULL: it can */
	int wrong_line;
};

struct text_folder {
	struct arena *arena;
	const char *dir;		/* of the texts */
	struct text_file *files;	/* by name; none where there is no such folder */
	size_t count;
	/* English first, then those of LINGUAS, then others that have a text. */
	struct str langs[CATALOGS_MAX];
	size_t n_langs;
	size_t n_wanted;		/* so many of them have to have every text */
};

/* catalogs: the folder of the catalogs. */
MUST_CHECK bool text_folder_load(struct arena *a, const char *catalogs, struct text_folder *ret,
				 struct fail *f);

/* NULL: there is none. */
const struct text_file *text_folder_find(const struct text_folder *folder, struct str name,
					 struct str lang);
bool text_folder_wants(const struct text_folder *folder, struct str lang);

/* How many sections of the English texts there are in that language: ret[0] is the whole,
 * the others are text by text ("texts/legal"). Returns how many; 0: there are no texts. */
size_t text_folder_stats(const struct text_folder *folder, struct str lang,
			 struct po_stats **ret);

/* What a translator begins with: the English text, marked as fuzzy. */
void text_folder_copy(struct buf *out, const struct text_file *english);

#endif
