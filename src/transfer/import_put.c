/* import_put.c - a text that is ready becomes a post, with its pictures and old addresses. */
#include "base/date.h"
#include "content/address.h"
#include "transfer/import_impl.h"
#include "transfer/kept.h"
#include "unicode/slug.h"

static bool put_media(struct tx *tx, struct import_job *j, struct fail *f)
{
	size_t i;

	for (i = 0; i < j->n_media; i++)
		if (!j->media[i]->is_put && !media_put(tx, &j->media[i]->medium, f))
			return false;
	return true;
}

static bool put_old(struct tx *tx, struct import_job *j, struct fail *f)
{
	size_t i;

	for (i = 0; i < j->n_old; i++)
		if (!address_point(tx, j->old[i].from, j->old[i].medium->medium.path, f))
			return false;
	return true;
}

struct post_edit import_impl_edit(const struct import *im, const struct import_job *j)
{
	const struct source_doc *doc = &j->doc;
	bool is_home_lang = str_eq_nocase(doc->lang, im->site.lang);

	return (struct post_edit){
		.id = j->id, .kind = doc->is_post ? POST_POST : POST_PAGE, .draft = doc->is_draft,
		.path = j->item->doc.address, .title = doc->title, .source = doc->body,
		.summary = doc->summary, .lang = is_home_lang ? STR_NONE : doc->lang,
		.set = j->item->set, .cover = j->cover, .cover_alt = doc->cover_alt,
		.cover_width = j->cover_width, .cover_height = j->cover_height,
		.published_at = j->date, .updated_at = doc->has_updated ? doc->updated : 0,
		.weight = doc->menu_weight ? doc->menu_weight : doc->weight,
		.pinned = doc->is_pinned, .in_menu = doc->in_menu && !doc->is_post,
		.terms = j->terms, .n_terms = j->n_terms,
		.aliases = j->item->aliases, .n_aliases = j->item->n_aliases, .body = &j->body,
		.concord = j->concord,
	};
}

bool import_impl_write_one(struct import *im, struct tx *tx, struct edit_batch *batch,
			   struct import_job *j, const struct post_edit *edit, struct fail *f)
{
	int64_t id;

	if (!put_media(tx, j, f) ||
	    !(batch ? edit_batch_put(batch, tx, edit, &id, f)
		    : edit_put(tx, &im->site.rules, edit, &id, f)) ||
	    !put_old(tx, j, f))
		return false;
	for (size_t i = 0; i < j->n_media; i++)
		j->media[i]->is_put = true;
	return true;
}

/* --- what the site has already --- */

static bool has_term(const struct post *p, enum term_kind kind, struct str slug)
{
	for (size_t i = 0; i < p->n_terms; i++)
		if (p->terms[i].kind == kind && str_eq(p->terms[i].slug, slug))
			return true;
	return false;
}

/* Names that are one slug are one term; the language is a term of its own. */
static bool same_terms(struct arena *a, const struct post_edit *edit, const struct post *p)
{
	struct map *seen = map_new();
	size_t i, n = 0, have = 0;
	bool same = true;

	for (i = 0; i < p->n_terms; i++)
		have += p->terms[i].kind != TERM_LANG;
	for (i = 0; i < edit->n_terms && same; i++) {
		struct str slug = slug_make(a, str_trim(edit->terms[i].name), 80);

		if (slug.n == 0 || map_put(seen, arena_printf(a, "%d%.*s", (int)edit->terms[i].kind,
							      STR_ARG(slug)), seen))
			continue;
		same = has_term(p, edit->terms[i].kind, slug);
		n++;
	}
	map_free(seen, NULL);
	return same && n == have;
}

static bool same_aliases(struct arena *a, struct tx *tx, const struct post_edit *edit,
			 const struct post *p, bool *ret, struct fail *f)
{
	struct str *has;
	size_t i, k, n;

	*ret = true;
	if (!address_of(a, tx, p->id, &has, &n, f))
		return false;
	for (i = 0; i < edit->n_aliases && *ret; i++) {
		for (k = 0; k < n && !str_eq(has[k], edit->aliases[i]); k++)
			;
		*ret = k < n || str_eq(edit->aliases[i], p->path);
	}
	return true;
}

static struct str without_first_line_end(struct str s)
{
	return str_starts(s, STR("\n")) ? str_skip(s, 1) : s;
}

static bool same_text(const struct post_edit *e, const struct post *p)
{
	return e->kind == p->kind && e->draft == (p->status == POST_DRAFT) &&
	       str_eq(e->path, p->path) && str_eq(e->title, p->title) &&
	       str_eq(without_first_line_end(e->source), without_first_line_end(p->source)) &&
	       str_eq(e->summary, p->summary) && str_eq(e->lang, p->lang) &&
	       str_eq(e->set, p->set) && str_eq(e->cover, p->cover) &&
	       str_eq(e->cover_alt, p->cover_alt) && e->published_at == p->published_at &&
	       e->updated_at == p->updated_at && e->weight == p->weight &&
	       e->pinned == p->pinned && e->in_menu == p->in_menu;
}

bool import_impl_is_same(struct tx *tx, const struct post_edit *edit, const struct post *p,
			 bool *ret, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	*ret = same_text(edit, p) && same_terms(a, edit, p);
	return !*ret || same_aliases(a, tx, edit, p, ret, f);
}

bool import_impl_keep(const struct import *im, struct tx *tx, int64_t id, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct post *p;

	return post_by_id(a, tx, id, &p, f) &&
	       (!p || kept_put(im->site.dir, tx, p, im->site.rules.zone, f));
}

/* The file changed, and so did the text on the site: the folder goes before, and what the site
 * had is kept. */
static bool keep_what_is_apart(struct run *run, struct tx *tx, const struct import_job *j,
			       const struct post_edit *edit)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str stamp, bytes;
	struct fail why = FAIL_INIT;
	enum import_known_since since;
	bool same;
	struct post *p;

	if (!post_briefly(a, tx, j->id, &p, run->f))
		return false;
	if (!p)
		return true;
	import_known_read_stamp(p->source_digest, &stamp, &bytes, &since);
	if (!since)
		return true;
	if (!post_by_id(a, tx, j->id, &p, run->f) ||
	    !import_impl_is_same(tx, edit, p, &same, run->f))
		return false;
	if (same)
		return true;
	fail(&why, FAIL_CONFLICT, "this text was changed here and on the site; the folder's is "
	     "taken, the site's is kept (hameau post show --deleted prints it: %.*s)",
	     STR_ARG(p->path));
	receipt_complain(run->receipt, j->doc.path, 0, &why);
	return kept_put(run->im->site.dir, tx, p, run->im->site.rules.zone, run->f);
}

bool import_impl_put(struct run *run, struct tx *tx, struct edit_batch *batch,
		     struct import_job *j)
{
	struct post_edit edit = import_impl_edit(run->im, j);
	char bytes[DIGEST_HEX_LEN + 1];

	digest_hex(&j->item->doc.digest, bytes);
	edit.source_path = import_known_place(j->arena, run->im->folder, j->doc.path);
	edit.source_digest = import_known_stamp(j->arena, import_job_stamp(j), str_of(bytes),
						SINCE_NOTHING);
	if (j->id && !batch && !keep_what_is_apart(run, tx, j, &edit))
		return false;
	return import_impl_write_one(run->im, tx, batch, j, &edit, run->f);
}
