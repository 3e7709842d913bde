/* fulltext_store.c - FTS5, and the reader's query in its language.
 *
 * Every word of the query is quoted, so that no character of it means anything to FTS5.
 */
#include "fulltext/fulltext.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "fulltext/highlight.h"
#include "store/row.h"

enum { SEARCH_MOST = 1000 };		/* hits that are counted */

static const struct query PUT = {
	.sql = "INSERT OR REPLACE INTO found (rowid, title, terms, text) VALUES (?1, ?2, ?3, ?4)",
	.writes = {{ GEN_COMMIT }},
};

bool fulltext_put(struct tx *tx, int64_t id, struct str title, struct str terms, struct str text,
		  struct fail *f)
{
	return tx_exec(tx, &PUT, f, "isss", id, title, terms, text);
}

static const struct query ADD = {
	.sql = "INSERT INTO found (rowid, title, terms, text) VALUES (?1, ?2, ?3, ?4)",
	.writes = {{ GEN_COMMIT }},
};

bool fulltext_add(struct tx *tx, int64_t id, struct str title, struct str terms, struct str text,
		  struct fail *f)
{
	return tx_exec(tx, &ADD, f, "isss", id, title, terms, text);
}

static const struct query REMOVE = {
	.sql = "DELETE FROM found WHERE rowid = ?1",
	.writes = {{ GEN_COMMIT }},
};

bool fulltext_remove(struct tx *tx, int64_t id, struct fail *f)
{
	return tx_exec(tx, &REMOVE, f, "i", id);
}

static bool is_separator(char c)
{
	return (unsigned char)c < 0x80 && !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
					    || (c >= 'A' && c <= 'Z'));
}

/* A search: in FTS5's language, and as what is marked in what it finds. */
struct search {
	struct arena *a;
	struct db *db;
	struct buf match;
	struct highlight wanted;
};

static bool add_phrase(struct search *s, struct str phrase, bool prefix, struct fail *f)
{
	if (s->match.n)
		buf_addc(&s->match, ' ');
	buf_addc(&s->match, '"');
	buf_add(&s->match, phrase);
	buf_adds(&s->match, prefix ? "\"*" : "\"");
	return highlight_seek(&s->wanted, s->a, s->db, phrase, prefix, f);
}

static bool has_letter(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_separator(s.p[i]))
			return true;
	return false;
}

/* The first `most` words: each word of a phrase is looked for behind each place of the one
 * before it, in each text. */
static struct str first_words(struct str s, int most)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (!is_separator(s.p[i]) && (i == 0 || is_separator(s.p[i - 1])) && most-- == 0)
			break;
	return str_sub(s, 0, i);
}

static bool add_quoted(struct search *s, struct str phrase, int *words, struct fail *f)
{
	if (!has_letter(phrase))
		return true;
	++*words;
	return add_phrase(s, first_words(phrase, HIGHLIGHT_PHRASES), false, f);
}

/* Words, "phrases" and beginnings* into FTS5's language. */
static bool translate(struct search *s, struct str query, struct fail *f)
{
	struct str rest = query;

	for (int words = 0; rest.n && words < HIGHLIGHT_PHRASES;) {
		size_t n = 0;

		if (rest.p[0] == '"') {
			if (!add_quoted(s, str_cut(str_skip(rest, 1), '"', &rest), &words, f))
				return false;
			continue;
		}
		while (n < rest.n && !is_separator(rest.p[n]))
			n++;
		if (n) {
			bool last = !has_letter(str_skip(rest, n));
			bool prefix = (n < rest.n && rest.p[n] == '*') || (last && n > 1);

			if (!add_phrase(s, str_sub(rest, 0, n), prefix, f))
				return false;
			words++;
		}
		rest = str_skip(rest, n ? n : 1);
	}
	return true;
}

/* Numbers only: what is shown is read for the few that are shown. */
static const struct query SEARCH = {
	.sql = "SELECT rowid FROM found WHERE found MATCH ?1"
	       " ORDER BY bm25(found, 8.0, 4.0, 1.0), rowid DESC LIMIT ?2 OFFSET ?3",
	.reads = {{ GEN_COMMIT }},
};

static const struct query TEXT = {
	.sql = "SELECT title, text FROM found WHERE rowid = ?1",
	.reads = {{ GEN_COMMIT }},
};

static const struct query COUNT_FOUND = {
	.sql = "SELECT count(*) FROM (SELECT 1 FROM found WHERE found MATCH ?1 LIMIT ?2)",
	.reads = {{ GEN_COMMIT }},
};

static bool find(struct search *s, struct row *r, struct fulltext_hits *ret, struct fail *f)
{
	VEC(struct fulltext_hit) all = { 0 };
	bool ok;

	if (!r)
		return false;
	while (row_next(r))
		VEC_ADD(&all)->id = row_i64(r, 0);
	ok = row_end(r, f);
	ret->p = VEC_INTO(s->a, &all, &ret->n);
	return ok;
}

static bool show(struct search *s, struct tx *tx, struct fulltext_hit *hit, struct fail *f)
{
	struct row *r = tx_run(tx, &TEXT, f, "i", hit->id);
	bool ok = true;

	if (!r)
		return false;
	if (row_next(r))
		ok = highlight_all(&s->wanted, s->a, s->db, row_str(r, 0), &hit->title, f)
			&& highlight_excerpt(&s->wanted, s->a, s->db, row_str(r, 1),
					     &hit->snippet, f);
	return row_end(r, f) && ok;
}

/* A page that is not full tells how many there are. */
static bool count(struct search *s, struct tx *tx, const struct fulltext_query *q,
		  struct fulltext_hits *hits, struct fail *f)
{
	if (hits->n < (size_t)q->limit && (hits->n || !q->skip)) {
		hits->total = q->skip + (int64_t)hits->n;
		return true;
	}
	return tx_number(tx, &COUNT_FOUND, &hits->total, f, "sd", buf_str(&s->match), SEARCH_MOST);
}

static bool run(struct search *s, struct tx *tx, const struct fulltext_query *q,
		struct fulltext_hits *ret, struct fail *f)
{
	struct str match = buf_str(&s->match);
	bool ok;

	if (match.n == 0 || !buf_ok(&s->match))
		return true;
	ok = find(s, tx_run(tx, &SEARCH, f, "sdd", match, q->limit, q->skip), ret, f);
	for (size_t i = 0; ok && i < ret->n; i++)
		ok = show(s, tx, &ret->p[i], f);
	return ok && count(s, tx, q, ret, f);
}

bool fulltext_search(struct arena *a, struct tx *tx, const struct fulltext_query *q,
		     struct fulltext_hits *ret, struct fail *f)
{
	struct search *s = ARENA_NEW(a, struct search);
	bool ok;

	*ret = (struct fulltext_hits){ .n = 0 };
	*s = (struct search){ .a = a, .db = tx_db(tx), .match = BUF(8192) };
	ok = translate(s, utf8_valid(q->words) ? q->words : STR(""), f) && run(s, tx, q, ret, f);
	buf_release(&s->match);
	return ok;
}
