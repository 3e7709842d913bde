/* edit_store.h - the statements that edit.c and shelve.c are made of. */
#ifndef CONTENT_EDIT_STORE_H
#define CONTENT_EDIT_STORE_H

#include "content/edit.h"

/* A place in a list. */
struct place {
	int64_t list, at, post, shelf, out;
};

MUST_CHECK bool edit_store_next_id(struct tx *tx, int64_t *ret, struct fail *f);
MUST_CHECK bool edit_store_path_holder(struct tx *tx, struct str path, int64_t *id, struct fail *f);
MUST_CHECK bool edit_store_write(struct tx *tx, int64_t id, enum post_status status,
				 struct str path, const struct post_edit *in, int64_t now,
				 struct fail *f);
MUST_CHECK bool edit_store_publish(struct tx *tx, int64_t id, struct fail *f);
MUST_CHECK bool edit_store_delete(struct tx *tx, int64_t id, struct fail *f);
MUST_CHECK bool edit_store_due(struct arena *a, struct tx *tx, int64_t now, int64_t **ids,
			       size_t *n, struct fail *f);

/* The term of that kind and slug, made when there is none. */
MUST_CHECK bool edit_store_term(struct tx *tx, enum term_kind kind, struct str slug,
				struct str name, int64_t *id, struct fail *f);
MUST_CHECK bool edit_store_terms_clear(struct tx *tx, int64_t post, struct fail *f);
MUST_CHECK bool edit_store_terms_add(struct tx *tx, int64_t post, int64_t place, int64_t term,
				     struct fail *f);
/* The term, or the month (2031 * 100 + 2), has so many posts more or less. */
MUST_CHECK bool edit_store_term_add(struct tx *tx, int64_t term, int64_t posts, struct fail *f);
MUST_CHECK bool edit_store_month_add(struct tx *tx, int64_t ym, int64_t posts, struct fail *f);

/* The places of a post; of a list between its neighbours. */
MUST_CHECK bool edit_store_places(struct arena *a, struct tx *tx, int64_t post, struct place **ret,
				  size_t *n, struct fail *f);
MUST_CHECK bool edit_store_around(struct tx *tx, const struct place *p, struct place *before,
				  struct place *after, struct fail *f);
MUST_CHECK bool edit_store_place(struct tx *tx, const struct place *p, struct fail *f);
MUST_CHECK bool edit_store_unplace(struct tx *tx, const struct place *p, struct fail *f);
/* The date of the n-th newest post of a list; INT64_MIN when it has fewer. */
MUST_CHECK bool edit_store_nth_newest(struct tx *tx, int64_t list, int n, int64_t *ret,
				      struct fail *f);
/* How many posts of the list are newer than that place, counted up to `most`. */
MUST_CHECK bool edit_store_newer(struct tx *tx, const struct place *p, int most, int64_t *ret,
				 struct fail *f);
/* Posts of a list that come just before a place, at most `limit`. */
MUST_CHECK bool edit_store_near(struct arena *a, struct tx *tx, const struct place *p, int limit,
				int64_t **ids, size_t *n, struct fail *f);

MUST_CHECK bool edit_store_relate(struct tx *tx, int64_t post, int64_t other, int64_t score,
				  struct fail *f);
MUST_CHECK bool edit_store_unrelate(struct tx *tx, int64_t post, struct fail *f);
/* Keeps the best of what a post is related to. */
MUST_CHECK bool edit_store_relate_trim(struct tx *tx, int64_t post, int64_t most,
				       struct fail *f);
/* The posts that show this one as related (post_related), as things stand. */
MUST_CHECK bool edit_store_shown_by(struct arena *a, struct tx *tx, int64_t other, int64_t **ids,
				    size_t *n, struct fail *f);
/* Those, and the posts that would if it came forward. */
MUST_CHECK bool edit_store_related_to(struct arena *a, struct tx *tx, int64_t other, int64_t **ids,
				      size_t *n, struct fail *f);

/* Whole lists, for edit_arrange(). */
MUST_CHECK bool edit_store_overfull(struct arena *a, struct tx *tx, int64_t most,
				    struct place **ret, size_t *n, struct fail *f);
MUST_CHECK bool edit_store_from_shelf(struct arena *a, struct tx *tx, int64_t list, int64_t shelf,
				      struct place **ret, size_t *n, struct fail *f);
MUST_CHECK bool edit_store_lists(struct arena *a, struct tx *tx, int64_t **ret, size_t *n,
				 struct fail *f);
MUST_CHECK bool edit_store_set_shelf(struct tx *tx, const struct place *p, struct fail *f);
MUST_CHECK bool edit_store_set_order(struct tx *tx, bool serial, struct fail *f);
MUST_CHECK bool edit_store_months_clear(struct tx *tx, struct fail *f);

#endif
