/* export_text.h - one text of a site as a Markdown file with its head.
 *
 * The same bytes for the same text, so that they tell its version: what is read again and
 * saved is the text as it was. Addresses inside are those of the site.
 */
#ifndef TRANSFER_EXPORT_TEXT_H
#define TRANSFER_EXPORT_TEXT_H

#include "base/digest.h"
#include "content/post.h"

/* The whole post (post_at(), post_by_id()); dates are written in the zone's time, NULL is
 * UTC. The buffer wants room for 4 * LIMIT_POST. */
MUST_CHECK bool export_text(struct buf *b, struct tx *tx, const struct post *p, const char *zone,
			    struct fail *f);

/* What tells one version of the text from another. */
MUST_CHECK bool export_text_version(struct tx *tx, const struct post *p, const char *zone,
				    char ret[DIGEST_HEX_LEN + 1], struct fail *f);

/* What looks like one of Hugo's tags is shown by Hugo, not run: its inside becomes a comment,
 * which an import takes away again. */
void export_text_tag(struct buf *b, struct str body);
/* The other way. */
struct str export_text_untag(struct arena *a, struct str body);

#endif
