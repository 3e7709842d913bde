/* source.h - a text of the folder in neutral form, whichever dialect it was written in.
 *
 * source_read() reads one file: its name, its head and its body. What a text needs
 * to know of the others (addresses, translations, links) is filled in later by
 * permalink.h and resolve.h. All strings live in the arena given.
 */
#ifndef TRANSFER_SOURCE_H
#define TRANSFER_SOURCE_H

#include "base/digest.h"
#include "transfer/dialect.h"

struct source_list {
	struct str *p;
	size_t n;
};

struct source_doc {
	struct str path;		/* of the file, in the folder */
	struct str dir;			/* of the file; a bundle's pictures lie here */
	struct str place;		/* path below the content root, without language, date,
					   extension and "/index": "posts/hello" */
	struct str stem;		/* the last part of place */
	struct str section;		/* its first part, or empty */
	struct digest digest;		/* of the file */
	int64_t size, mtime_ns;		/* of it when it was opened */

	bool is_post, is_draft, is_hidden;	/* hidden: not to be imported at all */
	bool is_section;		/* _index.md: a list's own text */
	bool is_bundle;			/* dir/index.md */
	bool has_type;			/* the head says whether it is a post */

	struct str title, slug, url, summary, cover, cover_alt, translation_key;
	struct str lang;
	bool lang_in_name;		/* told by the file's name or folder */
	struct str own_slug;		/* slug as the head has it, when permalink.h changed it */
	struct source_list tags, categories, aliases, authors;
	bool has_date, has_updated, has_name_date;
	int64_t date, updated;
	bool is_pinned, in_menu;
	int64_t weight, menu_weight;
	struct str menu_name;

	struct str body;		/* Markdown, template tags translated */
	int body_line;			/* line of the file where it starts */
	int title_line, cover_line;

	struct str address;		/* ours: "/hello/" */
	struct str old_address;		/* the generator's, or empty */
};

struct source_context {
	const struct tree *tree;
	const struct dialect *dialect;
	struct receipt *receipt;
	const char *zone;		/* for dates that tell none; NULL is UTC */
	/* Of a text by itself (tree_lone()): what the site knows of the others. NULL: nothing. */
	const struct source_site *site;
};

struct source_site {
	void *ctx;
	/* The text of that file of the folder, with its address; NULL: the site has none. */
	const struct source_doc *(*doc_of)(void *ctx, struct arena *a, struct str path);
	/* Does an address of the site answer ("/media/1f2e3d4c/sky.png")? */
	bool (*has)(void *ctx, struct str path);
};

/* False, with a complaint on the receipt, when the file cannot be taken over. Any
 * thread; the arena is the caller's alone. known: the file's digest, when it was read before;
 * else NULL. */
bool source_read(const struct source_context *cx, struct arena *a, struct str path,
		 const struct digest *known, struct source_doc *ret);

/* The moment a date of a head means: "2024-03-01", "2024/3/1 10:00", RFC 3339. */
bool source_date(struct str text, const char *zone, int64_t *ret);

#endif
