/* edit_store.c - see edit_store.h. A write declares what it can name by its
 * parameters; edit.c raises the rest by hand. */
#include "content/edit_store.h"

#include <string.h>
#include "base/vec.h"
#include "content/kinds.h"
#include "content/rows.h"

static const struct query NEXT_ID = {
	.sql = "SELECT coalesce(max(id), 0) + 1 FROM post",
	.reads = {{ GEN_POST }},
};

bool edit_store_next_id(struct tx *tx, int64_t *ret, struct fail *f)
{
	return tx_number(tx, &NEXT_ID, ret, f, "");
}

static const struct query PATH_HOLDER = {
	.sql = "SELECT coalesce((SELECT id FROM post WHERE path = ?1), 0)",
	.reads = {{ GEN_ADDRESS, 1 }},
};

bool edit_store_path_holder(struct tx *tx, struct str path, int64_t *id, struct fail *f)
{
	return tx_number(tx, &PATH_HOLDER, id, f, "s", path);
}

static const struct query WRITE = {
	.sql = "INSERT INTO post (id, kind, status, path, title, lang, published_at, updated_at,"
	       " changed_at, pinned, in_menu, weight, cover, cover_alt, cover_width, cover_height,"
	       " translations, summary, source_path, source_digest, words, has_more, excerpt, html,"
	       " toc, text, source, links) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
	       " ?12,"
	       " ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28)"
	       " ON CONFLICT (id) DO UPDATE SET kind = ?2, status = ?3, path = ?4, title = ?5,"
	       " lang = ?6, published_at = ?7, updated_at = ?8, changed_at = ?9, pinned = ?10,"
	       " in_menu = ?11, weight = ?12, cover = ?13, cover_alt = ?14, cover_width = ?15,"
	       " cover_height = ?16, translations = ?17, summary = ?18, source_path = ?19,"
	       " source_digest = ?20, words = ?21, has_more = ?22, excerpt = ?23, html = ?24,"
	       " toc = ?25, text = ?26, source = ?27, links = ?28",
	.writes = {{ GEN_POST, 1 }, { GEN_ADDRESS, 4 }},
};

bool edit_store_write(struct tx *tx, int64_t id, enum post_status status, struct str path,
		      const struct post_edit *in, int64_t now, struct fail *f)
{
	const struct body *b = in->body;
	struct str source_path = in->source_path;
	/* Of what is published the full text index keeps the text. */
	struct str text = status == POST_PUBLISHED ? STR("") : b->md.text;

	if (source_path.n == 0)
		source_path.p = NULL;
	return tx_exec(tx, &WRITE, f, "iddsssiiiddissddssSsidssssss", id, (int)in->kind,
		       (int)status, path, in->title, in->lang, in->published_at, in->updated_at,
		       now, (int)in->pinned, (int)in->in_menu, in->weight, in->cover, in->cover_alt,
		       in->cover_width, in->cover_height, in->set, in->summary, source_path,
		       in->source_digest, (int64_t)b->md.words, (int)b->md.has_more,
		       b->md.excerpt.s, b->md.html.s, b->md.toc.s, text, in->source,
		       b->links);
}

static const struct query PUBLISH = {
	.sql = "UPDATE post SET status = 2, text = '' WHERE id = ?1",
	.writes = {{ GEN_POST, 1 }},
};

bool edit_store_publish(struct tx *tx, int64_t id, struct fail *f)
{
	return tx_exec(tx, &PUBLISH, f, "i", id);
}

static const struct query PLACE_SOURCE = {
	.sql = "UPDATE post SET source_path = ?2, source_digest = ?3 WHERE id = ?1",
	.writes = {{ GEN_POST }},
};

/* No page shows where a text came from: nothing is raised. */
bool edit_source(struct tx *tx, int64_t id, struct str source_path, struct str source_digest,
		 struct fail *f)
{
	return tx_exec(tx, &PLACE_SOURCE, f, "iss", id, source_path, source_digest);
}

static const struct query DELETE_POST = {
	.sql = "DELETE FROM post WHERE id = ?1",
	.writes = {{ GEN_POST, 1 }},
};

bool edit_store_delete(struct tx *tx, int64_t id, struct fail *f)
{
	return tx_exec(tx, &DELETE_POST, f, "i", id);
}

static const struct query DUE = {
	.sql = "SELECT id FROM post WHERE status = 1 AND (status <> 2 OR kind <> 0)"
	       " AND published_at <= ?1 ORDER BY published_at LIMIT 100",
	.reads = {{ GEN_POST }},
};

bool edit_store_due(struct arena *a, struct tx *tx, int64_t now, int64_t **ids, size_t *n,
		    struct fail *f)
{
	return rows_ids(a, tx_run(tx, &DUE, f, "i", now), ids, n, f);
}

static const struct query NEXT_DUE = {
	.sql = "SELECT coalesce((SELECT min(published_at) FROM post WHERE status = 1"
	       " AND (status <> 2 OR kind <> 0)), 0)",
	.reads = {{ GEN_POST }},
};

bool edit_next_due(struct tx *tx, int64_t *next, struct fail *f)
{
	return tx_number(tx, &NEXT_DUE, next, f, "");
}

static const struct query TERM_NEW = {
	.sql = "INSERT INTO term (kind, slug, name, posts) VALUES (?1, ?2, ?3, 0)"
	       " ON CONFLICT (kind, slug) DO NOTHING",
	.writes = {{ GEN_TERM, 1, 2 }},
};

static const struct query TERM_ID = {
	.sql = "SELECT id FROM term WHERE kind = ?1 AND slug = ?2",
	.reads = {{ GEN_TERM, 1, 2 }},
};

bool edit_store_term(struct tx *tx, enum term_kind kind, struct str slug, struct str name,
		     int64_t *id, struct fail *f)
{
	struct fail missing = FAIL_INIT;

	if (tx_number(tx, &TERM_ID, id, &missing, "ds", (int)kind, slug))
		return true;
	return tx_exec(tx, &TERM_NEW, f, "dss", (int)kind, slug, name)
		&& tx_number(tx, &TERM_ID, id, f, "ds", (int)kind, slug);
}

static const struct query TERMS_CLEAR = {
	.sql = "DELETE FROM post_term WHERE post = ?1",
	.writes = {{ GEN_POST, 1 }},
};

bool edit_store_terms_clear(struct tx *tx, int64_t post, struct fail *f)
{
	return tx_exec(tx, &TERMS_CLEAR, f, "i", post);
}

static const struct query TERMS_ADD = {
	.sql = "INSERT OR REPLACE INTO post_term (post, place, term) VALUES (?1, ?2, ?3)",
	.writes = {{ GEN_POST, 1 }},
};

bool edit_store_terms_add(struct tx *tx, int64_t post, int64_t place, int64_t term, struct fail *f)
{
	return tx_exec(tx, &TERMS_ADD, f, "iii", post, place, term);
}

static const struct query TERM_COUNT = {
	.sql = "UPDATE term SET posts = posts + ?2 WHERE id = ?1",
	.writes = {{ GEN_TERMS }},
};

/* Not by RETURNING: that makes a table of its own each time, and cost a quarter of an
 * import. */
static const struct query TERM_KEY = {
	.sql = "SELECT kind, slug, posts FROM term WHERE id = ?1",
	.reads = {{ GEN_TERMS }},
};

bool edit_store_term_add(struct tx *tx, int64_t term, int64_t posts, struct fail *f)
{
	struct row *r;

	if (!tx_exec(tx, &TERM_COUNT, f, "ii", term, posts))
		return false;
	r = tx_run(tx, &TERM_KEY, f, "i", term);
	if (!r)
		return false;
	if (row_next(r)) {
		int64_t kind = row_i64(r, 0), left = row_i64(r, 2);

		tx_raise(tx, GEN_TERM, query_key("is", kind, row_str(r, 1)));
		if (left == 0 || left == posts)		/* the last one went, the first came */
			tx_raise(tx, GEN_NAME, query_key("is", kind, row_str(r, 1)));
		tx_raise(tx, GEN_TERMS, query_key("i", kind));
	}
	return row_end(r, f);
}

static const struct query MONTH_ADD = {
	.sql = "INSERT INTO month (ym, posts) VALUES (?1, ?2)"
	       " ON CONFLICT (ym) DO UPDATE SET posts = posts + ?2",
	.writes = {{ GEN_MONTHS }},
};

bool edit_store_month_add(struct tx *tx, int64_t ym, int64_t posts, struct fail *f)
{
	return tx_exec(tx, &MONTH_ADD, f, "ii", ym, posts);
}

static void read_place(struct row *r, struct place *p)
{
	*p = (struct place){ row_i64(r, 0), row_i64(r, 1), row_i64(r, 2), row_i64(r, 3),
			     row_i64(r, 4) };
}

static bool places_of(struct arena *a, struct row *r, struct place **ret, size_t *n, struct fail *f)
{
	VEC(struct place) all = { 0 };
	bool ok;

	if (!r)
		return false;
	while (row_next(r))
		read_place(r, VEC_ADD(&all));
	ok = row_end(r, f);
	*ret = VEC_INTO(a, &all, n);
	return ok;
}

static const struct query PLACES = {
	.sql = "SELECT list, at, post, shelf, out FROM listing WHERE post = ?1 ORDER BY list",
	.reads = {{ GEN_AROUND, 1 }},
};

bool edit_store_places(struct arena *a, struct tx *tx, int64_t post, struct place **ret, size_t *n,
		       struct fail *f)
{
	return places_of(a, tx_run(tx, &PLACES, f, "i", post), ret, n, f);
}

static const struct query PLACE_BEFORE = {
	.sql = "SELECT list, at, post, shelf, out FROM listing WHERE list = ?1"
	       " AND (at, post) < (?2, ?3) ORDER BY at DESC, post DESC LIMIT 1",
	.reads = {{ GEN_LIST, 1 }},
};

static const struct query PLACE_AFTER = {
	.sql = "SELECT list, at, post, shelf, out FROM listing WHERE list = ?1"
	       " AND (at, post) > (?2, ?3) ORDER BY at, post LIMIT 1",
	.reads = {{ GEN_LIST, 1 }},
};

static bool beside(struct tx *tx, const struct query *q, const struct place *p, struct place *ret,
		   struct fail *f)
{
	struct row *r = tx_run(tx, q, f, "iii", p->list, p->at, p->post);

	if (!r)
		return false;
	*ret = (struct place){ 0 };
	if (row_next(r))
		read_place(r, ret);
	return row_end(r, f);
}

bool edit_store_around(struct tx *tx, const struct place *p, struct place *before,
		       struct place *after, struct fail *f)
{
	return beside(tx, &PLACE_BEFORE, p, before, f) && beside(tx, &PLACE_AFTER, p, after, f);
}

static const struct query PLACE = {
	.sql = "INSERT INTO listing (list, shelf, at, post, out) VALUES (?1, ?2, ?3, ?4, ?5)",
	.writes = {{ GEN_SHELF, 1, 2 }},
};

bool edit_store_place(struct tx *tx, const struct place *p, struct fail *f)
{
	return tx_exec(tx, &PLACE, f, "iiiii", p->list, p->shelf, p->at, p->post, p->out);
}

static const struct query UNPLACE = {
	.sql = "DELETE FROM listing WHERE list = ?1 AND shelf = ?2 AND at = ?3 AND post = ?4",
	.writes = {{ GEN_SHELF, 1, 2 }},
};

bool edit_store_unplace(struct tx *tx, const struct place *p, struct fail *f)
{
	return tx_exec(tx, &UNPLACE, f, "iiii", p->list, p->shelf, p->at, p->post);
}

static const struct query NTH = {
	.sql = "SELECT out FROM listing WHERE list = ?1 ORDER BY out DESC LIMIT 1 OFFSET ?2 - 1",
	.reads = {{ GEN_LIST, 1 }},
};

bool edit_store_nth_newest(struct tx *tx, int64_t list, int n, int64_t *ret, struct fail *f)
{
	struct row *r = tx_run(tx, &NTH, f, "id", list, n);

	if (!r)
		return false;
	*ret = row_next(r) ? row_i64(r, 0) : INT64_MIN;
	return row_end(r, f);
}

static const struct query NEWER = {
	.sql = "SELECT count(*) FROM (SELECT 1 FROM listing WHERE list = ?1 AND out >= ?2"
	       " AND (out, at, post) > (?2, ?5, ?3) LIMIT ?4)",
	.reads = {{ GEN_LIST, 1 }},
};

bool edit_store_newer(struct tx *tx, const struct place *p, int most, int64_t *ret,
		      struct fail *f)
{
	return tx_number(tx, &NEWER, ret, f, "iiidi", p->list, p->out, p->post, most, p->at);
}

static const struct query NEAR = {
	.sql = "SELECT post FROM listing WHERE list = ?1 AND (at, post) < (?2, ?3)"
	       " ORDER BY at DESC, post DESC LIMIT ?4",
	.reads = {{ GEN_LIST, 1 }},
};

bool edit_store_near(struct arena *a, struct tx *tx, const struct place *p, int limit,
		     int64_t **ids, size_t *n, struct fail *f)
{
	return rows_ids(a, tx_run(tx, &NEAR, f, "iiid", p->list, p->at, p->post, limit), ids, n, f);
}

static const struct query RELATE = {
	.sql = "INSERT OR REPLACE INTO related (post, other, score) VALUES (?1, ?2, ?3)",
	.writes = {{ GEN_AROUND, 1 }},
};

bool edit_store_relate(struct tx *tx, int64_t post, int64_t other, int64_t score, struct fail *f)
{
	return tx_exec(tx, &RELATE, f, "iii", post, other, score);
}

static const struct query UNRELATE = {
	.sql = "DELETE FROM related WHERE post = ?1 OR other = ?1",
	.writes = {{ GEN_AROUND, 1 }},
};

bool edit_store_unrelate(struct tx *tx, int64_t post, struct fail *f)
{
	return tx_exec(tx, &UNRELATE, f, "i", post);
}

static const struct query RELATED_COUNT = {
	.sql = "SELECT count(*) FROM related WHERE post = ?1",
	.reads = {{ GEN_AROUND, 1 }},
};

static const struct query TRIM = {
	.sql = "DELETE FROM related WHERE post = ?1 AND other NOT IN (SELECT other FROM related"
	       " WHERE post = ?1 ORDER BY score DESC, other DESC LIMIT ?2)",
	.writes = {{ GEN_AROUND, 1 }},
};

bool edit_store_relate_trim(struct tx *tx, int64_t post, int64_t most, struct fail *f)
{
	int64_t n;

	if (!tx_number(tx, &RELATED_COUNT, &n, f, "i", post))
		return false;
	return n <= most || tx_exec(tx, &TRIM, f, "ii", post, most);
}

static const struct query RELATED_TO = {
	.sql = "SELECT post FROM related WHERE other = ?1",
	.reads = {{ GEN_AROUND }},
};

bool edit_store_related_to(struct arena *a, struct tx *tx, int64_t other, int64_t **ids, size_t *n,
			   struct fail *f)
{
	return rows_ids(a, tx_run(tx, &RELATED_TO, f, "i", other), ids, n, f);
}

static const struct query SHOWN_BY = {
	.sql = "SELECT r.post FROM related r JOIN post o ON o.id = r.other WHERE r.other = ?1"
	       " AND (SELECT count(*) FROM related x JOIN post p ON p.id = x.other"
	       " WHERE x.post = r.post AND p.status = 2 AND (x.score, p.published_at, -p.id)"
	       " > (r.score, o.published_at, -o.id)) < 3",
	.reads = {{ GEN_AROUND }},
};

bool edit_store_shown_by(struct arena *a, struct tx *tx, int64_t other, int64_t **ids, size_t *n,
			 struct fail *f)
{
	return rows_ids(a, tx_run(tx, &SHOWN_BY, f, "i", other), ids, n, f);
}

static const struct query OVERFULL = {
	.sql = "SELECT list, 0, 0, min(shelf), 0 FROM (SELECT list, shelf, count(*) AS n"
	       " FROM listing GROUP BY list, shelf HAVING n > ?1) GROUP BY list",
	.reads = {{ GEN_LIST }},
};

bool edit_store_overfull(struct arena *a, struct tx *tx, int64_t most, struct place **ret,
			 size_t *n, struct fail *f)
{
	return places_of(a, tx_run(tx, &OVERFULL, f, "i", most), ret, n, f);
}

static const struct query FROM_SHELF = {
	.sql = "SELECT list, at, post, shelf, out FROM listing WHERE list = ?1 AND shelf >= ?2"
	       " ORDER BY at, post",
	.reads = {{ GEN_LIST, 1 }},
};

bool edit_store_from_shelf(struct arena *a, struct tx *tx, int64_t list, int64_t shelf,
			   struct place **ret, size_t *n, struct fail *f)
{
	return places_of(a, tx_run(tx, &FROM_SHELF, f, "ii", list, shelf), ret, n, f);
}

static const struct query LISTS = {
	.sql = "SELECT DISTINCT list FROM listing",
	.reads = {{ GEN_LIST }},
};

bool edit_store_lists(struct arena *a, struct tx *tx, int64_t **ret, size_t *n, struct fail *f)
{
	return rows_ids(a, tx_run(tx, &LISTS, f, ""), ret, n, f);
}

static const struct query SET_SHELF = {
	.sql = "UPDATE listing SET shelf = ?2 WHERE list = ?1 AND at = ?3 AND post = ?4",
	.writes = {{ GEN_SHELF, 1, 2 }},
};

bool edit_store_set_shelf(struct tx *tx, const struct place *p, struct fail *f)
{
	return tx_exec(tx, &SET_SHELF, f, "iiii", p->list, p->shelf, p->at, p->post);
}

static const struct query SET_ORDER = {
	.sql = "UPDATE listing SET at = CASE WHEN ?1 = 0 THEN out ELSE"
	       " (SELECT CASE WHEN p.weight > 0 THEN p.weight ELSE p.published_at END"
	       " FROM post p WHERE p.id = listing.post) END WHERE ?1 <> 0 OR at <> out",
	.writes = {{ GEN_SHELF }},
};

bool edit_store_set_order(struct tx *tx, bool serial, struct fail *f)
{
	return tx_exec(tx, &SET_ORDER, f, "d", (int)serial);
}

static const struct query MONTHS_CLEAR = {
	.sql = "DELETE FROM month",
	.writes = {{ GEN_MONTHS }},
};

bool edit_store_months_clear(struct tx *tx, struct fail *f)
{
	return tx_exec(tx, &MONTHS_CLEAR, f, "");
}
