/* batch_store.h - the statements of batch.c: rows by the handful. */
#ifndef CONTENT_BATCH_STORE_H
#define CONTENT_BATCH_STORE_H

#include "content/batch.h"

MUST_CHECK bool batch_store_places(struct tx *tx, const struct place *p, size_t n,
				   struct fail *f);
MUST_CHECK bool batch_store_terms(struct tx *tx, const struct post_term *p, size_t n,
				  struct fail *f);

/* A row of related. */
struct relation {
	int64_t post, other, score;
};
MUST_CHECK bool batch_store_relate(struct tx *tx, const struct relation *p, size_t n,
				   struct fail *f);
MUST_CHECK bool batch_store_unrelate(struct tx *tx, int64_t post, int64_t other, struct fail *f);
/* What a post is related to. */
MUST_CHECK bool batch_store_related(struct arena *a, struct tx *tx, int64_t post,
				    struct relation **ret, size_t *n, struct fail *f);

/* The last places of a list, the last one first, at most `limit`. */
MUST_CHECK bool batch_store_end(struct arena *a, struct tx *tx, int64_t list, int limit,
				struct place **ret, size_t *n, struct fail *f);
MUST_CHECK bool batch_store_count_term(struct tx *tx, int64_t term, int64_t posts,
				       struct fail *f);

#endif
