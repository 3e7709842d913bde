/* import_job.c - one text: its links get our addresses, its pictures come along. */
#include <stdio.h>
#include <string.h>
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/vec.h"
#include "transfer/import_job.h"

void import_jobs_init(struct import_jobs *js, const struct import_site *site)
{
	memset(js, 0, sizeof *js);
	js->site = site;
	js->arena = arena_new(0);
	js->media = map_new();
	mutex_init(&js->lock, MUTEX_LEAF);
	cond_init(&js->done);
}

void import_jobs_release(struct import_jobs *js)
{
	cond_release(&js->done);
	mutex_release(&js->lock);
	map_free(js->media, NULL);
	arena_free(js->arena);
	for (size_t i = 0; i < js->makers.n; i++)
		concord_maker_free(js->makers.p[i]);
	VEC_FREE(&js->makers);
}

void import_jobs_forget(struct import_jobs *js)
{
	MUTEX_HOLD(&js->lock);
	size_t at = 0;
	struct str key;
	void *medium;

	while (map_each(js->media, &at, &key, &medium))
		((struct import_medium *)medium)->is_put = false;
}

static void complain(struct import_job *j, int line, const struct fail *why)
{
	receipt_complain(j->shared->receipt, j->doc.path, line, why);
}

/* --- pictures --- */

static void use_medium(struct import_job *j, struct import_medium *m)
{
	size_t i;

	for (i = 0; i < j->n_media; i++)
		if (j->media[i] == m)
			return;
	if (j->n_media == j->media_cap) {
		size_t cap = j->media_cap ? j->media_cap * 2 : 4;
		struct import_medium **all = arena_array(j->arena, cap, sizeof *all);

		if (j->n_media)
			memcpy(all, j->media, j->n_media * sizeof *all);
		j->media = all;
		j->media_cap = cap;
	}
	j->media[j->n_media++] = m;
}

static struct import_medium *find_medium(struct import_jobs *js, struct str key)
{
	MUTEX_HOLD(&js->lock);

	return map_find(js->media, key);
}

/* Two jobs may have stored the same picture meanwhile; the first one counts. */
static struct import_medium *keep_medium(struct import_jobs *js, struct str key,
					 const struct medium *m)
{
	MUTEX_HOLD(&js->lock);
	struct import_medium *kept = map_find(js->media, key);

	if (kept)
		return kept;
	kept = ARENA_NEW(js->arena, struct import_medium);
	kept->medium = *m;
	kept->medium.path = arena_str(js->arena, m->path);
	kept->medium.digest = arena_str(js->arena, m->digest);
	kept->medium.type = arena_str(js->arena, m->type);
	map_put(js->media, key, kept);
	return kept;
}

/* A dry run looks at the bytes as closely, and keeps nothing. */
static bool take_in(struct import_job *j, const struct tree_file *file, struct medium *ret,
		    struct fail *f)
{
	CLEANUP(buf_release) struct buf bytes = BUF(LIMIT_MEDIA);
	const struct import_jobs *js = j->shared;
	const struct media_place at = { js->site->dir, js->site->is_new };
	struct str name = path_name(file->path);

	if (!tree_read(&js->plan->tree, file->path, &bytes, f))
		return false;
	return js->dry_run ? media_try(j->arena, name, buf_str(&bytes), ret, f)
			   : media_store(j->arena, &at, name, buf_str(&bytes), ret, f);
}

/* What a text wants of a picture is told of each text; that it cannot be read or written (a full
 * disk) has nothing to do with them. */
static void complain_of_medium(struct import_job *j, const struct tree_file *file,
			       const struct fail *why)
{
	if (why->code != FAIL_IO) {
		complain(j, j->line, why);
		return;
	}
	receipt_complain_of(j->shared->receipt, file->path, j->doc.path, j->line, why);
	j->lacks = true;
}

static struct import_medium *store(struct import_job *j, const struct tree_file *file)
{
	struct import_jobs *js = j->shared;
	struct str key = arena_printf(j->arena, "%.*s %lld %lld%s", STR_ARG(file->path),
				      (long long)file->size, (long long)file->mtime_ns,
				      js->dry_run ? " dry" : "");
	struct import_medium *m = find_medium(js, key);
	struct fail why = FAIL_INIT;
	struct medium stored;

	if (!m) {
		if (!take_in(j, file, &stored, &why)) {
			complain_of_medium(j, file, &why);
			return NULL;
		}
		m = keep_medium(js, key, &stored);
	}
	use_medium(j, m);
	return m;
}

/* --- where pictures lay --- */

static void add_old(struct import_job *j, struct import_medium *m, struct str from)
{
	struct str base = j->shared->plan->dialect.base_path;
	size_t i;

	if (from.n < 2 || from.n > LIMIT_TARGET || str_eq(from, m->medium.path))
		return;
	for (i = 0; i < j->n_old; i++)
		if (str_eq(j->old[i].from, from))
			return;
	if (j->n_old + 2 > j->old_cap) {
		size_t cap = j->old_cap ? j->old_cap * 2 : 8;
		struct import_old *all = arena_array(j->arena, cap, sizeof *all);

		if (j->n_old)
			memcpy(all, j->old, j->n_old * sizeof *all);
		j->old = all;
		j->old_cap = cap;
	}
	j->old[j->n_old++] = (struct import_old){ from, m };
	if (base.n)
		j->old[j->n_old++] = (struct import_old){
			arena_printf(j->arena, "%.*s%.*s", STR_ARG(base), STR_ARG(from)), m };
}

/* path below dir, with its slash: "/x.png"; empty when it is not. */
static struct str below(struct str path, struct str dir)
{
	if (dir.n == 0 || path.n <= dir.n || !str_starts(path, dir) || path.p[dir.n] != '/')
		return STR_NONE;
	return str_skip(path, dir.n);
}

/* Statics lie where they are; what is beside a text lay beside its page. */
static void note_old(struct import_job *j, struct import_medium *m, struct str file)
{
	const struct dialect *d = &j->shared->plan->dialect;
	const struct source_doc *doc = &j->item->doc;
	struct str own = str_sub(doc->path, 0, doc->path.n - path_extension(doc->path).n - 1);
	struct str rest = doc->is_bundle ? below(file, doc->dir) : below(file, own);
	size_t i;

	if (rest.n && str_ends(doc->old_address, STR("/")))
		add_old(j, m, arena_printf(j->arena, "%.*s%.*s", STR_ARG(doc->old_address),
					   STR_ARG(str_skip(rest, 1))));
	for (i = 0; i < DIALECT_STATICS && d->statics[i].p; i++) {
		rest = below(file, d->statics[i]);
		if (rest.n)
			add_old(j, m, rest);
		else if (d->statics[i].n == 0)
			add_old(j, m, arena_printf(j->arena, "/%.*s", STR_ARG(file)));
	}
}

/* --- addresses --- */

static bool our_url(void *ctx, struct arena *a, struct str url, struct str *ret)
{
	struct import_job *j = ctx;
	struct resolved r = resolve_url(j->shared->plan->index, a, &j->item->doc, url);
	struct import_medium *m;

	if (r.kind == RESOLVE_DOC) {
		*ret = arena_printf(a, "%.*s%.*s", STR_ARG(r.doc->address), STR_ARG(r.tail));
		return true;
	}
	if (r.kind != RESOLVE_MEDIA)
		return false;
	m = store(j, r.file);
	if (!m)
		return false;
	note_old(j, m, r.file->path);
	*ret = arena_printf(a, "%.*s%.*s", STR_ARG(m->medium.path), STR_ARG(r.tail));
	return true;
}

static const struct medium *medium_at(const struct import_job *j, struct str url)
{
	size_t i;

	for (i = 0; i < j->n_media; i++)
		if (str_eq(j->media[i]->medium.path, url))
			return &j->media[i]->medium;
	return NULL;
}

static bool size_of(void *ctx, struct str url, int *width, int *height)
{
	const struct import_job *j = ctx;
	const struct medium *m = medium_at(j, url);

	if (!m && j->shared->size)
		return j->shared->size(j->shared->size_ctx, url, width, height);
	if (!m || m->width == 0)
		return false;
	*width = m->width;
	*height = m->height;
	return true;
}

static void rewrite_links(struct import_job *j)
{
	struct link *links = j->whole ? j->whole->links : NULL;
	size_t i, n;

	if (!j->item->leads_inside)
		return;
	n = j->whole ? j->whole->n_links : links_find(j->arena, j->doc.body, &links);
	for (i = 0; i < n; i++) {
		j->line = j->doc.body_line + links[i].line - 1;
		if (!our_url(j, j->arena, links[i].url, &links[i].now))
			links[i].now = STR_NONE;
	}
	j->doc.body = links_replace(j->arena, j->doc.body, links, n);
}

static void take_cover(struct import_job *j)
{
	j->cover = j->doc.cover;
	j->line = j->doc.cover_line;
	if (j->cover.n == 0)
		return;
	our_url(j, j->arena, j->doc.cover, &j->cover);
	size_of(j, j->cover, &j->cover_width, &j->cover_height);
}

/* --- names --- */

static bool has_term(const struct import_job *j, enum term_kind kind, struct str name)
{
	size_t i;

	for (i = 0; i < j->n_terms; i++)
		if (j->terms[i].kind == kind && str_eq_nocase(j->terms[i].name, name))
			return true;
	return false;
}

static void take_terms(struct import_job *j)
{
	const struct { struct source_list list; enum term_kind kind; } lists[] = {
		{ j->doc.authors, TERM_AUTHOR }, { j->doc.tags, TERM_TAG },
		{ j->doc.categories, TERM_TAG },
	};
	struct fail why = FAIL_INIT;
	size_t i, k;

	j->terms = arena_array(j->arena, LIMIT_TAGS, sizeof *j->terms);
	for (i = 0; i < ARRAY_LEN(lists); i++)
		for (k = 0; k < lists[i].list.n; k++) {
			struct term_name t = { lists[i].kind, lists[i].list.p[k] };

			if (has_term(j, t.kind, t.name))
				continue;
			if (j->n_terms < LIMIT_TAGS) {
				j->terms[j->n_terms++] = t;
				continue;
			}
			fail(&why, FAIL_TOO_LARGE, "there are more than %d tags and authors; the "
			     "others are left out", LIMIT_TAGS);
			complain(j, 0, &why);
			return;
		}
}

/* --- words --- */

static bool take_maker(struct import_jobs *js, struct concord_maker **ret, struct fail *f)
{
	{
		MUTEX_HOLD(&js->lock);

		*ret = js->makers.n ? js->makers.p[--js->makers.n] : NULL;
	}
	return *ret || concord_maker_new(ret, f);
}

static void give_maker(struct import_jobs *js, struct concord_maker *m)
{
	MUTEX_HOLD(&js->lock);

	*VEC_ADD(&js->makers) = m;
}

/* Where it fails, the search index counts by itself. */
static void count_words(struct import_job *j)
{
	const struct post_edit in = { .title = j->doc.title, .terms = j->terms,
				      .n_terms = j->n_terms, .body = &j->body };
	struct concord_maker *m;

	if (!j->shared->count_words || !take_maker(j->shared, &m, NULL))
		return;
	if (!edit_concord(m, j->arena, &in, &j->concord, NULL))
		j->concord = NULL;
	give_maker(j->shared, m);
}

/* --- the job --- */

/* Markdown says "line 3: ..." of the body, in the reader's language; told is the line of
 * the file. */
static void complain_of_body(struct import_job *j, struct fail why)
{
	struct str text = str_of(why.text);
	size_t from = 0, to;
	int line = 0;

	while (from < text.n && from < 24 && !(text.p[from] >= '0' && text.p[from] <= '9'))
		from++;
	for (to = from; to < text.n && to < from + 8 && text.p[to] >= '0' && text.p[to] <= '9';
	     to++)
		line = line * 10 + (text.p[to] - '0');
	while (to < text.n && to > from && (text.p[to] == ' ' || (text.p[to] & 0x80)))
		to++;				/* French puts a no-break space before the colon */
	if (from == 0 || to == from || to >= text.n || text.p[to] != ':') {
		complain(j, j->doc.body_line, &why);
		return;
	}
	text = arena_str(j->arena, str_trim(str_skip(text, to + 1)));
	snprintf(why.text, sizeof why.text, "%.*s", STR_ARG(text));
	complain(j, j->doc.body_line + line - 1, &why);
}

static bool read_source(struct import_job *j)
{
	j->whole = plan_take_whole(j->item);
	if (!j->whole)
		return source_read(&j->shared->plan->cx, j->arena, j->item->doc.path,
				   &j->item->doc.digest, &j->doc);
	j->doc = j->whole->doc;
	return true;
}

static bool make(struct import_job *j)
{
	const struct import_site *site = j->shared->site;
	const struct body_hooks hooks = { .ctx = j, .link = our_url, .size = size_of };
	struct fail why = FAIL_INIT;
	struct str lang;

	if (!read_source(j))
		return false;
	rewrite_links(j);
	take_cover(j);
	take_terms(j);
	j->line = j->doc.body_line;
	lang = j->doc.lang.n ? j->doc.lang : site->lang;
	if (body_render(j->arena, j->doc.body, lang,
			site->catalog ? site->catalog(site->ctx, lang) : NULL, &hooks, &j->body,
			&why)) {
		count_words(j);
		return true;
	}
	complain_of_body(j, why);
	return false;
}

void import_job_run(void *job)
{
	struct import_job *j = job;

	j->arena = arena_new(32 * 1024);
	j->is_ok = make(j);
	mutex_lock(&j->shared->lock);
	j->is_done = true;
	cond_broadcast(&j->shared->done);
	mutex_unlock(&j->shared->lock);
}

void import_job_wait(struct import_job *j)
{
	MUTEX_HOLD(&j->shared->lock);

	while (!j->is_done)
		cond_wait(&j->shared->done, &j->shared->lock);
}

void import_job_release(struct import_job *j)
{
	arena_free(j->arena);
	plan_whole_free(j->whole);
	j->arena = NULL;
	j->whole = NULL;
}

struct str import_job_stamp(const struct import_job *j)
{
	return j->lacks ? STR_NONE : str_of(j->item->stamp);
}
