/* save.h - one text is saved by itself, whatever the size of its site and its folder.
 *
 * The text is read as an import reads it: the same heads, the same rules for addresses where
 * the folder has a generator's configuration, the same pictures beside it. Which text of the
 * site it is follows, in this order, from what the caller says, from the file (one that was
 * imported or saved before), and from the address that its head asks for. A name alone
 * never takes the place of another text.
 *
 * A later import of the folder goes on with it (doc/adr/0025): what was saved from the file
 * is the file's, what was saved otherwise stays until the file changes.
 */
#ifndef TRANSFER_SAVE_H
#define TRANSFER_SAVE_H

#include "base/digest.h"
#include "transfer/import.h"
#include "transfer/kept.h"

struct save_text {
	const char *file;		/* a file of Markdown; NULL: `text` */
	struct str text;
	const char *folder;		/* where the pictures of `text` lie; NULL: nowhere */
	struct str address;		/* the one it shall have; empty: by text or file */
	struct str instead_of;		/* address of the text that it is a new version of */
	struct str version;		/* only if the site's is still this one; empty: any */
	const struct kept *kept;	/* where it was before it was deleted; or NULL */
	bool draft, publish;		/* whatever its head says */
	bool page;			/* and not a post */
	bool dry_run;			/* the same answer, nothing written */
};

struct saved {				/* strings in the caller's arena */
	int64_t id;			/* 0: a new one, of a dry run */
	struct str path, title;
	enum post_kind kind;
	enum post_status status;
	int64_t published_at;
	bool is_new, is_changed;
	char version[DIGEST_HEX_LEN + 1];	/* empty in a dry run */
};

/* Durable when it is true. What is to be said of single lines is on the receipt, also when it
 * is false. FAIL_CONFLICT: another text is in the way, or the version is another. Waits for
 * other writers of the site, not for whole imports. */
MUST_CHECK bool save_text(struct arena *a, const struct import_site *site,
			  const struct save_text *in, struct receipt *r, struct saved *ret,
			  struct fail *f);

/* An address as people write it ("rain", "/rain", "https://anna.example/rain/") as that of a
 * text: "/rain/". Empty: it can be none. */
struct str save_address(struct arena *a, struct str asked);

/* The text that answers at the address now, or did before it moved. FAIL_NOT_FOUND,
 * FAIL_GONE. */
MUST_CHECK bool save_find_at(struct arena *a, struct tx *tx, struct str address,
			     struct post **ret, struct fail *f);

#endif
