/* resolve.h - what the addresses in an imported text mean: a file of the folder, another
 * text of it, or something elsewhere.
 *
 * An index of all texts, by file and by address, is made once; then each text is
 * resolved by itself, from any thread. Pictures and other files are found beside the
 * text, in the folder that bears its name, and in the generator's static folders.
 */
#ifndef TRANSFER_RESOLVE_H
#define TRANSFER_RESOLVE_H

#include "transfer/links.h"
#include "transfer/source.h"

struct resolve_index;

/* docs must outlive the index. */
struct resolve_index *resolve_index_new(const struct source_context *cx,
					struct source_doc *const *docs, size_t n);
void resolve_index_free(struct resolve_index *ix);	/* NULL is fine */
void resolve_index_freep(struct resolve_index **ix);	/* for CLEANUP */

enum resolve_kind { RESOLVE_ELSEWHERE, RESOLVE_MEDIA, RESOLVE_DOC, RESOLVE_MISSING };

struct resolved {
	enum resolve_kind kind;
	const struct tree_file *file;		/* RESOLVE_MEDIA */
	const struct source_doc *doc;		/* RESOLVE_DOC */
	struct str tail;			/* "?query#fragment", or empty */
};

struct resolved resolve_url(const struct resolve_index *ix, struct arena *a,
			    const struct source_doc *from, struct str url);

#endif
