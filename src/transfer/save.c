/* save.c - one text: read, told which one it is, rendered, and written in one transaction.
 *
 *	find_folder -> read -> settle (kind, draft) -> place -> render	a reading transaction
 *	find the text again -> compare -> keep, write, or leave it	a writing one
 *
 * What was found while reading is only believed for what the text looks like; which post is
 * written is decided where nobody else writes.
 */
#include "transfer/save_impl.h"

#include <stdio.h>
#include <string.h>
#include "base/date.h"
#include "content/address.h"
#include "content/media.h"
#include "transfer/export_text.h"

/* --- what the site knows of the others --- */

static const struct source_doc *doc_of(void *ctx, struct arena *a, struct str path)
{
	struct save *s = ctx;
	struct str place = import_known_place(a, s->folder, path), digest;
	struct source_doc *doc;
	struct post *p = NULL;
	int64_t id = 0;

	if (!post_by_source(a, s->tx, place, &id, &digest, NULL) || id == 0 ||
	    !post_briefly(a, s->tx, id, &p, NULL) || !p)
		return NULL;
	doc = ARENA_NEW(a, struct source_doc);
	doc->path = path;
	doc->address = p->path;
	return doc;
}

static bool site_has(void *ctx, struct str path)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct save *s = ctx;
	enum address_kind kind = ADDRESS_UNKNOWN;
	struct medium *m = NULL;
	struct str to;

	return (media_at(a, s->tx, path, &m, NULL) && m) ||
	       (address_find(a, s->tx, path, &kind, &to, NULL) && kind != ADDRESS_UNKNOWN);
}

static bool site_size(void *ctx, struct str path, int *width, int *height)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct save *s = ctx;
	struct medium *m = NULL;

	if (!media_at(a, s->tx, path, &m, NULL) || !m || m->width == 0)
		return false;
	*width = m->width;
	*height = m->height;
	return true;
}

/* --- reading --- */

static bool check_read(struct save *s, struct fail *f)
{
	const struct source_doc *doc = &s->it->doc;

	if (doc->is_hidden)
		return fail(f, FAIL_INVALID, "this is no text of a site: it has no head, or its "
			    "head says so (headless)");
	if (doc->title.n == 0)
		return fail(f, FAIL_INVALID, "the text has no title; write one into its head, or "
			    "begin it with \"# \" and the title");
	return true;
}

static bool read_text(struct save *s, struct fail *f)
{
	const struct tree_given given = { s->file, s->in->text.p ? s->in->text : STR("") };

	s->im = import_new(s->site, s->folder);
	if (s->im->asks_clock)
		s->im->site.rules.now = date_now();
	if (!plan_lone_read(&s->im->plan, s->receipt, s->in->file ? NULL : &given, s->file,
			    &s->it))
		return fail(f, FAIL_INVALID, "the text has an error; nothing was saved");
	return check_read(s, f);
}

/* What the head leaves open, and what the caller says whatever the head does. */
static void settle_kind(struct save *s, struct source_doc *doc)
{
	bool was_post = doc->is_post, was_draft = doc->is_draft;

	if (s->in->page)
		doc->is_post = false;
	else if (!s->as_import && !doc->has_type && !doc->is_section && !doc->in_menu)
		doc->is_post = s->was ? s->was->kind == POST_POST : true;
	doc->is_draft = s->in->draft || (doc->is_draft && !s->in->publish);
	s->is_altered |= doc->is_post != was_post || doc->is_draft != was_draft;
}

/* Outside a generator's folder a text may be what export wrote. */
static void untag(struct save *s)
{
	struct plan_whole *w = s->it->whole;
	struct str body = w->doc.body;

	if (s->im->plan.dialect.kind != DIALECT_FOLDER)
		return;
	w->doc.body = export_text_untag(w->arena, body);
	if (w->doc.body.p != body.p)
		w->n_links = links_find(w->arena, w->doc.body, &w->links);
}

/* What was typed has no file's name to be called by. */
static void settle_given(struct save *s, struct source_doc *doc)
{
	struct arena *a = s->it->arena;

	if (s->in->file)
		return;
	if (doc->own_slug.n == 0 && !s->is_explicit)
		doc->own_slug = doc->title;
	if (!doc->is_post && doc->url.n == 0)
		doc->url = arena_printf(a, "/%.*s/", STR_ARG(doc->own_slug));
}

static bool settle(struct save *s, struct fail *f)
{
	struct source_doc *doc = &s->it->doc;

	s->is_explicit = doc->own_slug.n || (doc->url.n && !str_has_char(doc->url, ':'));
	settle_kind(s, doc);
	s->it->whole->doc.is_post = doc->is_post;
	s->it->whole->doc.is_draft = doc->is_draft;
	untag(s);
	settle_given(s, doc);
	plan_lone_place(&s->im->plan, s->it);
	if (!s->in->file && s->it->doc.old_address.n && s->it->n_aliases &&
	    str_eq(s->it->aliases[0], s->it->doc.old_address)) {
		s->it->aliases++;		/* no generator ever had it anywhere */
		s->it->n_aliases--;
	}
	if (s->in->address.n)
		s->it->doc.address = s->in->address;
	else if (s->was && !s->is_explicit)
		s->it->doc.address = s->was->path;
	if (s->it->doc.address.n && !edit_path_is_reserved(s->it->doc.address))
		return true;
	return fail(f, FAIL_INVALID, "the address \"%.*s\" is the site's own; give the text "
		    "another slug", STR_ARG(s->it->doc.address));
}

static bool render(struct save *s, struct fail *f)
{
	struct import_jobs *js = &s->im->jobs;

	js->plan = &s->im->plan;
	js->receipt = s->receipt;
	js->dry_run = s->in->dry_run;
	js->size = site_size;
	js->size_ctx = s;
	s->job = (struct import_job){ .shared = js, .item = s->it };
	import_job_run(&s->job);
	return s->job.is_ok || fail(f, FAIL_INVALID, "the text has an error; nothing was saved");
}

/* All that needs to be known before it is written. */
static bool prepare(struct save *s, struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct source_site site = { s, doc_of, site_has };
	bool done;

	if (!tx_begin(s->site->db, TX_READ, &tx, f))
		return false;
	s->tx = tx;
	done = save_find_folder(s, f) && save_find_named(s, f) && read_text(s, f);
	if (done)
		s->im->plan.cx.site = &site;
	done = done && settle(s, f) && render(s, f);
	if (s->im)
		s->im->plan.cx.site = NULL;
	s->tx = NULL;
	return done;
}

/* --- writing --- */

static void complain_of_date(struct save *s)
{
	struct fail why = FAIL_INIT;

	fail(&why, FAIL_INVALID, "this post has no date; the present one is taken");
	receipt_complain(s->receipt, s->file, s->job.doc.title_line, &why);
}

/* A draft that tells no day has none until it comes out. */
static int64_t date_of_text(struct save *s)
{
	const struct source_doc *doc = &s->job.doc;
	int64_t now = s->im->site.rules.now, date = s->was ? s->was->published_at : 0;

	if (doc->has_date)
		date = doc->date;
	if (date == 0 && !doc->is_draft) {
		date = now;
		if (doc->is_post && s->in->file)
			complain_of_date(s);
	}
	if (s->in->publish && date > now) {
		s->is_altered = true;
		return now;
	}
	return date;
}

/* Where the text came from, as an import of the folder will want to know it. */
static void tell_source(struct save *s, struct post_edit *edit)
{
	const struct post *was = s->was;
	struct str stamp, bytes;
	enum import_known_since since;
	char hex[DIGEST_HEX_LEN + 1];

	if (s->place.n) {
		digest_hex(&s->it->doc.digest, hex);
		edit->source_path = s->place;
		edit->source_digest = import_known_stamp(s->arena, import_job_stamp(&s->job),
							 str_of(hex),
							 s->is_altered ? SINCE_ALTERED
								       : SINCE_NOTHING);
	} else if (was && was->source_path.n) {
		import_known_read_stamp(was->source_digest, &stamp, &bytes, &since);
		edit->source_path = was->source_path;
		edit->source_digest = import_known_stamp(s->arena, stamp, bytes, SINCE_APART);
	}
}

/* Of a text that was deleted, unless another has its file now. */
static bool tell_kept_source(struct save *s, struct post_edit *edit, struct fail *f)
{
	const struct kept *k = s->in->kept;
	struct str digest;
	int64_t id = 0;

	if (!k || k->source_path.n == 0)
		return true;
	if (!post_by_source(s->arena, s->tx, k->source_path, &id, &digest, f))
		return false;
	if (id)
		return true;
	edit->source_path = k->source_path;
	edit->source_digest = k->source_digest;
	return true;
}

static bool check_version(struct save *s, struct fail *f)
{
	char now[DIGEST_HEX_LEN + 1];

	if (s->in->kept && s->was)
		return fail(f, FAIL_CONFLICT, "there is a text at %.*s again; hameau post show "
			    "--deleted prints the one that was", STR_ARG(s->was->path));
	if (s->in->version.n == 0)
		return true;
	if (!s->was)
		return fail(f, FAIL_CONFLICT, "there is no text at %.*s any more",
			    STR_ARG(s->it->doc.address));
	if (!export_text_version(s->tx, s->was, s->site->rules.zone, now, f))
		return false;
	return str_eq(s->in->version, str_of(now)) ||
	       fail(f, FAIL_CONFLICT, "the text at %.*s was changed meanwhile; nothing was saved",
		    STR_ARG(s->was->path));
}

/* Its file is saved, and the site's text was changed by itself since. */
static bool keep_what_is_apart(struct save *s, struct fail *f)
{
	struct fail why = FAIL_INIT;
	struct str stamp, bytes;
	enum import_known_since since;

	if (!s->was || s->place.n == 0 || s->in->version.n)
		return true;
	import_known_read_stamp(s->was->source_digest, &stamp, &bytes, &since);
	if (since != SINCE_APART || !str_eq(s->was->source_path, s->place))
		return true;
	fail(&why, FAIL_CONFLICT, "this text was changed here and on the site; the folder's is "
	     "taken, the site's is kept (hameau post show --deleted prints it: %.*s)",
	     STR_ARG(s->was->path));
	receipt_complain(s->receipt, s->file, 0, &why);
	return kept_put(s->site->dir, s->tx, s->was, s->site->rules.zone, f);
}

static bool same_source(const struct save *s, const struct post_edit *edit)
{
	return s->place.n == 0 || (str_eq(edit->source_path, s->was->source_path) &&
				   str_eq(edit->source_digest, s->was->source_digest));
}

static bool write_edit(struct save *s, const struct post_edit *edit, bool *is_changed,
		       struct fail *f)
{
	bool same = false;

	if (s->was && !import_impl_is_same(s->tx, edit, s->was, &same, f))
		return false;
	*is_changed = !same;
	if (s->in->dry_run || (same && same_source(s, edit)))
		return true;
	if (same)
		return edit_source(s->tx, s->was->id, edit->source_path, edit->source_digest, f);
	return keep_what_is_apart(s, f) &&
	       import_impl_write_one(s->im, s->tx, NULL, &s->job, edit, f);
}

/* As the caller is told. */
static bool tell(struct save *s, struct saved *ret, struct fail *f)
{
	struct post *p;

	if (s->in->dry_run)
		return true;
	if (!post_at(s->arena, s->tx, s->it->doc.address, &p, f))
		return false;
	if (!p)
		return fail(f, FAIL_BUG, "%.*s is not where it was put",
			    STR_ARG(s->it->doc.address));
	ret->id = p->id;
	ret->status = p->status;
	ret->published_at = p->published_at;
	return export_text_version(s->tx, p, s->site->rules.zone, ret->version, f);
}

/* The edit as it is with what is known now. */
static bool make_edit(struct save *s, struct post_edit *edit, struct fail *f)
{
	s->job.id = s->was ? s->was->id : 0;
	s->job.date = date_of_text(s);
	*edit = import_impl_edit(s->im, &s->job);
	edit->path = s->it->doc.address;
	/* Translations of other files are an import's to find. */
	if (edit->set.n == 0 && s->place.n && s->was)
		edit->set = s->was->set;
	tell_source(s, edit);
	return tell_kept_source(s, edit, f);
}

/* By the settings as they are when it is written. */
static bool begin(struct save *s, struct tx **ret, struct fail *f)
{
	struct run run = { .im = s->im, .f = f };

	return s->in->dry_run ? tx_begin(s->site->db, TX_READ, ret, f)
			      : import_impl_write_tx(&run, ret);
}

static bool commit(struct save *s, struct saved *ret, struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct post_edit edit;
	struct tx *whole;

	if (!begin(s, &tx, f))
		return false;
	s->tx = tx;
	if (!save_find_named(s, f) || !save_find_wished(s, s->it->doc.address, f) ||
	    !check_version(s, f) || !make_edit(s, &edit, f) ||
	    !write_edit(s, &edit, &ret->is_changed, f))
		return false;
	ret->is_new = !s->was;
	ret->path = arena_str(s->arena, edit.path);
	ret->title = arena_str(s->arena, edit.title);
	ret->kind = edit.kind;
	ret->published_at = edit.published_at;
	ret->status = edit.draft ? POST_DRAFT
		: edit.published_at > s->im->site.rules.now ? POST_SCHEDULED : POST_PUBLISHED;
	if (!tell(s, ret, f))
		return false;
	whole = tx;
	tx = NULL;
	return s->in->dry_run || import_impl_commit(s->site, whole, f);
}

bool save_text(struct arena *a, const struct import_site *site, const struct save_text *in,
	       struct receipt *r, struct saved *ret, struct fail *f)
{
	struct save s = { .arena = a, .site = site, .in = in, .receipt = r };
	bool done;

	*ret = (struct saved){ .id = 0 };
	done = prepare(&s, f) && commit(&s, ret, f);
	receipt_sort(r);
	import_job_release(&s.job);
	import_free(s.im);
	return done;
}
