/* import_redirects.c - read the lines, look at what each address answers, write the rest. */
#include "transfer/import_redirects.h"
#include <string.h>
#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "content/address.h"
#include "content/edit.h"
#include "content/media.h"
#include "http/url.h"

enum { LINES_MAX = 100000 };

struct wish {
	struct str from, to;		/* to: empty when gone */
	bool is_file;
};

struct reading {
	const struct plan *plan;
	struct receipt *receipt;
	struct arena *arena;
	struct str file;
	VEC(struct wish) wishes;
};

static void complain(struct reading *rd, int line, const struct fail *why)
{
	receipt_complain(rd->receipt, rd->file, line, why);
}

static struct str take_word(struct str *s)
{
	struct str word;
	size_t n = 0;

	*s = str_trim(*s);
	while (n < s->n && s->p[n] != ' ' && s->p[n] != '\t')
		n++;
	word = str_sub(*s, 0, n);
	*s = str_skip(*s, n);
	return word;
}

/* "/a%20picture.png" is the address with the space. */
static struct str decoded(struct reading *rd, struct str raw)
{
	struct str path = url_decode(rd->arena, raw, false);

	return utf8_valid(path) ? path : STR_NONE;
}

static bool is_plain(struct str path)
{
	return path.n > 1 && path.n <= LIMIT_TARGET && path.p[0] == '/' && path.p[1] != '/' &&
	       !str_has_char(path, '*') && !str_has_char(path, ':') && !str_has_char(path, '?');
}

static void take_line(struct reading *rd, struct str line, int number)
{
	struct str from = take_word(&line), to = take_word(&line), status = take_word(&line);
	struct wish w = { .from = decoded(rd, from) };
	struct fail why = FAIL_INIT;
	struct resolved r;

	if (from.n == 0 || from.p[0] == '#')
		return;
	if (!is_plain(w.from)) {
		fail(&why, FAIL_INVALID,
		     "only plain addresses of this site can be redirected here");
		complain(rd, number, &why);
		return;
	}
	if (!str_starts(status, STR("410"))) {
		r = is_plain(to) ? resolve_url(rd->plan->index, rd->arena, NULL, to)
				 : (struct resolved){ .kind = RESOLVE_MISSING };
		if (r.kind != RESOLVE_DOC && r.kind != RESOLVE_MEDIA) {
			fail(&why, FAIL_NOT_FOUND,
			     "no text and no picture of this folder is at %.*s",
			     STR_ARG(str_sub(to, 0, 200)));
			complain(rd, number, &why);
			return;
		}
		w.is_file = r.kind == RESOLVE_MEDIA;
		w.to = w.is_file ? decoded(rd, to) : r.doc->address;
	}
	*VEC_ADD(&rd->wishes) = w;
	rd->receipt->redirects++;
}

static bool read_file(struct reading *rd, struct str dir, struct fail *f)
{
	CLEANUP(buf_release) struct buf text = BUF(16 * MIB);
	struct str rest, line;
	int number;

	rd->file = dir.n ? arena_printf(rd->arena, "%.*s/_redirects", STR_ARG(dir))
			 : STR("_redirects");
	if (!tree_find(&rd->plan->tree, rd->file))
		return true;
	if (!tree_read(&rd->plan->tree, rd->file, &text, f))
		return false;
	rest = arena_str(rd->arena, buf_str(&text));
	for (number = 1; str_line(&rest, &line) && number <= LINES_MAX; number++)
		take_line(rd, line, number);
	return true;
}

/* Where the picture is that a line leads to: itself, or where it is now. Empty: the site
 * does not have it, since no text shows it. */
static bool find_file(struct reading *rd, struct tx *tx, struct wish *w, struct fail *f)
{
	enum address_kind kind;
	struct medium *m;
	struct str now;

	if (!media_at(rd->arena, tx, w->to, &m, f))
		return false;
	if (m)
		return true;
	if (!address_find(rd->arena, tx, w->to, &kind, &now, f))
		return false;
	w->to = kind == ADDRESS_FILE ? now : STR_NONE;
	return true;
}

/* Drops the wish when it is fulfilled, or cannot be. */
static bool look(struct reading *rd, struct tx *tx, struct wish *w, bool *is_open, struct fail *f)
{
	enum address_kind kind;
	struct post *p;
	struct str to;

	*is_open = false;
	if (w->is_file && !find_file(rd, tx, w, f))
		return false;
	if (w->is_file && w->to.n == 0)
		return true;
	if (!post_at(rd->arena, tx, w->from, &p, f) ||
	    !address_find(rd->arena, tx, w->from, &kind, &to, f))
		return false;
	*is_open = !p && (w->to.n ? !str_eq(to, w->to) : kind == ADDRESS_UNKNOWN);
	return true;
}

static bool fulfil(struct reading *rd, struct tx *tx, const struct wish *w, struct fail *f)
{
	struct post *p;

	if (w->to.n == 0)
		return address_gone(tx, w->from, f);
	if (w->is_file)
		return address_point(tx, w->from, w->to, f);
	return post_at(rd->arena, tx, w->to, &p, f) &&
	       (!p || address_move(tx, w->from, p->id, f));
}

static bool keep_open(struct reading *rd, struct db *db, struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	size_t i, n = 0;
	bool is_open;

	if (!tx_begin(db, TX_READ, &tx, f))
		return false;
	for (i = 0; i < rd->wishes.n; i++) {
		if (!look(rd, tx, &rd->wishes.p[i], &is_open, f))
			return false;
		if (is_open)
			rd->wishes.p[n++] = rd->wishes.p[i];
	}
	rd->wishes.n = n;
	return true;
}

static bool write_open(struct reading *rd, struct db *db, struct fail *f)
{
	struct tx *tx;
	size_t i;

	if (rd->wishes.n == 0)
		return true;
	if (!tx_begin(db, TX_WRITE, &tx, f))
		return false;
	for (i = 0; i < rd->wishes.n; i++)
		if (!fulfil(rd, tx, &rd->wishes.p[i], f)) {
			tx_rollback(tx);
			return false;
		}
	return tx_commit(tx, f);
}

bool import_redirects(struct db *db, const struct plan *p, struct receipt *r, bool dry_run,
		      struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct reading rd = { .plan = p, .receipt = r, .arena = a };
	bool done = true;
	size_t i;

	for (i = 0; done && i < DIALECT_STATICS && p->dialect.statics[i].p; i++)
		done = read_file(&rd, p->dialect.statics[i], f);
	if (done && rd.wishes.n && !dry_run)
		done = keep_open(&rd, db, f) && write_open(&rd, db, f);
	VEC_FREE(&rd.wishes);
	return done;
}
