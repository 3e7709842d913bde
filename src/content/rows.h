/* rows.h - reading rows of posts and terms: shared by the stores of content/. */
#ifndef CONTENT_ROWS_H
#define CONTENT_ROWS_H

#include "content/post.h"
#include "store/row.h"

/* What lists show, of a table or alias p; brief: without texts, which lie on pages of their
 * own in the database. */
#define POST_COLUMNS_BRIEF \
	"p.id, p.kind, p.status, p.path, p.title, p.lang, p.published_at, p.updated_at," \
	" p.changed_at, p.pinned, p.in_menu, p.weight, p.cover, p.cover_alt, p.cover_width," \
	" p.cover_height, p.translations, p.summary, p.source_path, p.source_digest, p.words," \
	" p.has_more"
#define POST_COLUMNS POST_COLUMNS_BRIEF ", p.excerpt"
/* What links show, post_collect_link(): a page has a dozen of them. */
#define POST_COLUMNS_LINK \
	"p.id, p.kind, p.path, p.title, p.lang, p.published_at, p.updated_at, p.weight, p.cover," \
	" p.cover_alt, p.cover_width, p.cover_height"
/* What pages and feeds show; the source and the text for the search index lie behind it, and
 * are most of what a post takes. */
#define POST_COLUMNS_REST "p.html, p.toc"
#define POST_COLUMNS_SHOWN POST_COLUMNS ", " POST_COLUMNS_REST
#define POST_COLUMNS_LONG POST_COLUMNS_SHOWN ", p.text, p.source, p.links"

/* r may be NULL, when the statement already failed: here and below. */

/* The first column of all rows: ids, or other numbers. In the arena. */
MUST_CHECK bool rows_ids(struct arena *a, struct row *r, int64_t **ret, size_t *n, struct fail *f);

MUST_CHECK bool post_collect_short(struct arena *a, struct row *r, struct post_list *ret,
				   struct fail *f);
MUST_CHECK bool post_collect_link(struct arena *a, struct row *r, struct post_list *ret,
				  struct fail *f);

/* What `find` finds for the id of each row (its first column), but what is gone; `of` is its own.
 * One by one, because other pages have shown most of them (seen.h). */
typedef bool post_find_fn(const void *of, int64_t id, const struct post **ret, struct fail *f);
MUST_CHECK bool post_collect_each(struct arena *a, struct row *ids, post_find_fn *find,
				  const void *of, struct post_list *ret, struct fail *f);

/* The only row; NULL in *ret: there is none. */
MUST_CHECK bool post_read_short(struct arena *a, struct row *r, struct post **ret, struct fail *f);
MUST_CHECK bool post_read_link(struct arena *a, struct row *r, struct post **ret, struct fail *f);
MUST_CHECK bool post_read_shown(struct arena *a, struct row *r, struct post **ret, struct fail *f);
MUST_CHECK bool post_read_long(struct arena *a, struct row *r, struct post **ret, struct fail *f);

/* POST_COLUMNS_REST of a post that was seen without them. */
MUST_CHECK bool post_read_rest(struct arena *a, struct row *r, const struct post *seen,
			       struct post **ret, struct fail *f);

/* Rows of these columns of x, a table of posts, and t, grouped by post, given to the posts of the
 * list. In the author's order whatever order they come in: sorting costs SQLite as much as
 * finding them. */
#define POST_TERM_COLUMNS "t.id, t.kind, t.slug, t.name, t.posts, x.place"
MUST_CHECK bool post_read_terms(struct arena *a, struct row *r, struct post_list *of,
				struct fail *f);
void term_read(struct arena *a, struct row *r, int col, struct term *t);

#endif
