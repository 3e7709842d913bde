/* import_job.c - one text: its links get our addresses, its pictures come along. */
#include <string.h>
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
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
}

void import_jobs_forget(struct import_jobs *js)
{
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

static const struct import_medium *store(struct import_job *j, const struct tree_file *file)
{
	CLEANUP(buf_release) struct buf bytes = BUF(LIMIT_MEDIA);
	struct import_jobs *js = j->shared;
	struct str key = arena_printf(j->arena, "%.*s %lld %lld", STR_ARG(file->path),
				      (long long)file->size, (long long)file->mtime_ns);
	struct import_medium *m = find_medium(js, key);
	struct fail why = FAIL_INIT;
	struct medium stored;

	if (!m) {
		if (!tree_read(&js->plan->tree, file->path, &bytes, &why) ||
		    !media_store(j->arena, js->site->dir, path_name(file->path), buf_str(&bytes),
				 &stored, &why)) {
			complain(j, 0, &why);
			return NULL;
		}
		m = keep_medium(js, key, &stored);
	}
	use_medium(j, m);
	return m;
}

/* --- addresses --- */

static bool our_url(void *ctx, struct arena *a, struct str url, struct str *ret)
{
	struct import_job *j = ctx;
	struct resolved r = resolve_url(j->shared->plan->index, a, &j->item->doc, url);
	const struct import_medium *m;

	if (r.kind == RESOLVE_DOC) {
		*ret = arena_printf(a, "%.*s%.*s", STR_ARG(r.doc->address), STR_ARG(r.tail));
		return true;
	}
	if (r.kind != RESOLVE_MEDIA || j->shared->dry_run)
		return false;
	m = store(j, r.file);
	if (!m)
		return false;
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
	const struct medium *m = medium_at(ctx, url);

	if (!m || m->width == 0)
		return false;
	*width = m->width;
	*height = m->height;
	return true;
}

static void rewrite_links(struct import_job *j)
{
	struct link *links;
	size_t i, n = links_find(j->arena, j->doc.body, &links);

	for (i = 0; i < n; i++)
		if (!our_url(j, j->arena, links[i].url, &links[i].now))
			links[i].now = STR_NONE;
	j->doc.body = links_replace(j->arena, j->doc.body, links, n);
}

static void take_cover(struct import_job *j)
{
	const struct medium *m;

	j->cover = j->doc.cover;
	if (j->cover.n == 0 || !our_url(j, j->arena, j->doc.cover, &j->cover))
		return;
	m = medium_at(j, j->cover);
	if (m) {
		j->cover_width = m->width;
		j->cover_height = m->height;
	}
}

/* --- the job --- */

static bool make(struct import_job *j)
{
	const struct import_site *site = j->shared->site;
	const struct body_hooks hooks = { .ctx = j, .link = our_url, .size = size_of };
	struct fail why = FAIL_INIT;
	struct str lang;

	if (!source_read(&j->shared->plan->cx, j->arena, j->item->doc.path, &j->doc))
		return false;
	rewrite_links(j);
	take_cover(j);
	lang = j->doc.lang.n ? j->doc.lang : site->lang;
	if (body_render(j->arena, j->doc.body, lang,
			site->catalog ? site->catalog(site->ctx, lang) : NULL, &hooks, &j->body, &why))
		return true;
	complain(j, j->doc.body_line, &why);
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
	j->arena = NULL;
}
