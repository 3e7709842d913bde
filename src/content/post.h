/* post.h - posts and pages: what they are and how they are found.
 *
 * A post has a date and stands in lists, feeds and archives; a page stands for
 * itself, perhaps in the menu. Both have one address on their site ("/rain/"), a
 * source in Markdown, and what the source became when it was saved: rendering
 * Markdown is paid once per edit, not once per page that shows it.
 *
 * All functions work in the caller's transaction on site.db; results are in the
 * arena. Finders return NULL in *ret when there is nothing (true all the same).
 */
#ifndef CONTENT_POST_H
#define CONTENT_POST_H

#include "base/html.h"
#include "content/term.h"

enum post_kind { POST_POST = 0, POST_PAGE = 1 };
enum post_status { POST_DRAFT = 0, POST_SCHEDULED = 1, POST_PUBLISHED = 2 };

struct post {
	int64_t id;
	enum post_kind kind;
	enum post_status status;
	struct str path;		/* "/rain/": begins and ends with a slash */
	struct str title;
	struct str lang;		/* BCP 47; empty: the site's */
	int64_t published_at, updated_at;	/* updated_at: 0, or when the author says so */
	int64_t changed_at;		/* last saved here */
	bool pinned, in_menu;
	int64_t weight;			/* order in a serial or in the menu; 0: none given */
	struct str cover, cover_alt;	/* address of a picture, or empty */
	int cover_width, cover_height;
	struct str set;			/* translations of one text share it; may be empty */
	struct str summary;		/* the author's own, plain text; may be empty */
	struct html excerpt;		/* what lists show when there is no summary */
	bool has_more;			/* the excerpt is less than the whole */
	int64_t words;
	struct str source_path, source_digest;	/* where an import found it; may be empty */

	/* Only where the whole post is asked for: */
	struct html html, toc;
	struct str source, links;
	struct str text;		/* plain; once it is published only fulltext/ has it */

	struct term *terms;		/* tags and authors, in the author's order */
	size_t n_terms;
};

/* The whole post at an address, whatever its status: callers look at it. */
MUST_CHECK bool post_at(struct arena *a, struct tx *tx, struct str path, struct post **ret,
			struct fail *f);
/* The same without text, source and links. */
MUST_CHECK bool post_shown_at(struct arena *a, struct tx *tx, struct str path, struct post **ret,
			      struct fail *f);
MUST_CHECK bool post_by_id(struct arena *a, struct tx *tx, int64_t id, struct post **ret,
			   struct fail *f);
/* Without texts, excerpt and terms. */
MUST_CHECK bool post_briefly(struct arena *a, struct tx *tx, int64_t id, struct post **ret,
			     struct fail *f);

/* What an import needs to know before it reads on: 0 when there is none. */
MUST_CHECK bool post_by_source(struct arena *a, struct tx *tx, struct str source_path, int64_t *id,
			       struct str *digest, struct fail *f);

/* Some post whose source_path begins so; a slash ends it. 0: there is none. */
MUST_CHECK bool post_by_source_below(struct arena *a, struct tx *tx, struct str folder,
				     int64_t *id, struct fail *f);

/* A growing list of posts, as lists show them (without html, source ...). */
struct post_list {
	struct post *p;
	size_t n;
};

/* As links show them, without excerpts: the post before and after in the site's order; NULL when
 * there is none. */
MUST_CHECK bool post_neighbours(struct arena *a, struct tx *tx, const struct post *of,
				const struct post **before, const struct post **after,
				struct fail *f);
MUST_CHECK bool post_related(struct arena *a, struct tx *tx, int64_t id, struct post_list *ret,
			     struct fail *f);
/* The other published members of its translation set. */
MUST_CHECK bool post_translations(struct arena *a, struct tx *tx, const struct post *of,
				  struct post_list *ret, struct fail *f);
MUST_CHECK bool post_pinned(struct arena *a, struct tx *tx, struct post_list *ret, struct fail *f);
/* The pages below a folder ("/", "/club/"), as lists show them but without their terms. */
enum post_order { POST_BY_WEIGHT, POST_NEWEST, POST_OLDEST };
MUST_CHECK bool post_pages(struct arena *a, struct tx *tx, struct str folder,
			   enum post_order order, int limit, struct post_list *ret,
			   struct fail *f);
/* Pages of the menu, by weight, then title. */
MUST_CHECK bool post_menu(struct arena *a, struct tx *tx, struct post_list *ret, struct fail *f);
/* What it gave earlier in this transaction is shown on another page. */
void post_menu_again(struct tx *tx);

/* The addresses of what is published, pages too, behind the id *after, which moves on; at most
 * `limit`. */
MUST_CHECK bool post_paths(struct arena *a, struct tx *tx, int64_t *after, int limit,
			   struct str **ret, size_t *n, struct fail *f);

/* Every post and page after the id, drafts too, at most `limit`, without texts, excerpts and
 * terms: reads a fiftieth of the database. */
MUST_CHECK bool post_all_briefly(struct arena *a, struct tx *tx, int64_t after, int limit,
				 struct post_list *ret, struct fail *f);

#endif
