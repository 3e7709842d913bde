/* save_impl.h - what save.c and save_find.c share; nobody else includes it. */
#ifndef TRANSFER_SAVE_IMPL_H
#define TRANSFER_SAVE_IMPL_H

#include "transfer/import_impl.h"
#include "transfer/save.h"

/* One save at work. */
struct save {
	struct arena *arena;
	const struct import_site *site;
	const struct save_text *in;
	struct receipt *receipt;
	struct tx *tx;			/* a reading one, later the writing one */
	struct import *im;
	struct plan_item *it;
	struct import_job job;

	const char *folder;		/* of the file, or of the pictures; or NULL */
	struct str file;		/* the text's path in it */
	struct str place;		/* import_known_place() of a file that speaks for itself */
	bool as_import;			/* an import of the folder would see it, too */
	bool is_explicit;		/* the head asks for an address */
	bool is_altered;		/* it is not what an import would make of the file */
	struct post *was;		/* NULL: a new one */
};

/* Fills folder, file, place, as_import. */
bool save_find_folder(struct save *s, struct fail *f);
/* The text that is named by the caller or by its file: fills was. */
bool save_find_named(struct save *s, struct fail *f);
/* The text at the address that it would like, unless it was named. In the writing transaction. */
bool save_find_wished(struct save *s, struct str path, struct fail *f);

#endif
