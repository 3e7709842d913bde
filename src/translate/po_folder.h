/* po_folder.h - a folder of catalogs as its translators work on it.
 *
 * The program's own folder has two domains: hameau.pot (fr.po) and operator.pot
 * (fr.operator.po). That of a theme has one, theme.pot (fr.po). Where there is no
 * template (the wording of a site), catalogs stand for themselves. Blocking.
 */
#ifndef TRANSLATE_PO_FOLDER_H
#define TRANSLATE_PO_FOLDER_H

#include "lang/po.h"

#define PO_FOLDER_DOMAINS 2

struct po_folder_domain {
	const char *name;	/* "hameau", "theme", "operator" */
	const char *suffix;	/* ".po", ".operator.po" */
	const char *path;	/* of the template */
	bool there;		/* it could be read */
	struct str text;	/* of the template */
	struct po pot;
};

struct po_folder_file {
	const char *name, *path;		/* "fr.po" */
	struct str lang;
	size_t domain;
	struct str text;		/* with newlines of one byte, whatever the file has */
	struct po po;
	const char *wrong;		/* why it could not be read, with file:line; NULL: it was */
	int wrong_line;			/* 0: not known */
};

struct po_folder {
	struct arena *arena;
	const char *dir;
	struct po_folder_domain domains[PO_FOLDER_DOMAINS];
	struct po_folder_file *files;	/* by name */
	size_t count;
};

/* False where the folder or one of its templates cannot be read. */
MUST_CHECK bool po_folder_load(struct arena *a, const char *dir, struct po_folder *ret,
			       struct fail *f);

/* The same language's catalog of another domain, or NULL. */
const struct po_folder_file *po_folder_sibling(const struct po_folder *folder,
					       const struct po_folder_file *file);

/* Whether dir looks like one: it has a template. */
bool po_folder_is(struct arena *a, const char *dir);

#endif
