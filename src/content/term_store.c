/* term_store.c - terms by their slug, and all of a kind. */
#include "content/term.h"

#include "base/vec.h"
#include "content/kinds.h"
#include "content/rows.h"

struct str term_lang_slug(struct str asked, struct str lang_of_site)
{
	if (str_eq(asked, lang_of_site))
		return TERM_OWN_LANG;
	return str_eq(asked, TERM_OWN_LANG) ? STR("") : asked;
}

static const struct query TERM = {
	.sql = "SELECT id, kind, slug, name, posts FROM term WHERE kind = ?1 AND slug = ?2"
	       " AND posts > 0",
	.reads = {{ GEN_TERM, 1, 2 }},
};

static const struct query TERM_NAMED = {
	.sql = "SELECT id, kind, slug, name, 0 FROM term WHERE kind = ?1 AND slug = ?2"
	       " AND posts > 0",
	.reads = {{ GEN_NAME, 1, 2 }},
};

static bool read_term(struct arena *a, struct row *r, struct term **ret, struct fail *f)
{
	if (!r)
		return false;
	*ret = NULL;
	if (row_next(r)) {
		*ret = ARENA_NEW(a, struct term);
		term_read(a, r, 0, *ret);
	}
	return row_end(r, f);
}

bool term_find(struct arena *a, struct tx *tx, enum term_kind kind, struct str slug,
	       struct term **ret, struct fail *f)
{
	return read_term(a, tx_run(tx, &TERM, f, "ds", (int)kind, slug), ret, f);
}

bool term_named(struct arena *a, struct tx *tx, enum term_kind kind, struct str slug,
		struct term **ret, struct fail *f)
{
	return read_term(a, tx_run(tx, &TERM_NAMED, f, "ds", (int)kind, slug), ret, f);
}

static const struct query TERMS = {
	.sql = "SELECT id, kind, slug, name, posts FROM term WHERE kind = ?1 AND posts > 0"
	       " ORDER BY slug LIMIT 5000",
	.reads = {{ GEN_TERMS, 1 }},
};

bool term_all(struct arena *a, struct tx *tx, enum term_kind kind, struct term **ret, size_t *n,
	      struct fail *f)
{
	struct row *r = tx_run(tx, &TERMS, f, "d", (int)kind);
	VEC(struct term) all = { 0 };
	bool ok;

	if (!r)
		return false;
	while (row_next(r))
		term_read(a, r, 0, VEC_ADD(&all));
	ok = row_end(r, f);
	*ret = VEC_INTO(a, &all, n);
	return ok;
}
