/* import_job.h - making one text ready to be written: read, linked, rendered. Any thread;
 * no transaction.
 */
#ifndef TRANSFER_IMPORT_JOB_H
#define TRANSFER_IMPORT_JOB_H

#include "content/edit.h"
#include "content/media.h"
#include "transfer/import.h"
#include "transfer/plan.h"
#include "work/cond.h"

/* A picture that was brought into the site's media. */
struct import_medium {
	struct medium medium;
	bool is_put;			/* its row is written; only the writing thread looks */
};

/* Where it lay on the old site. */
struct import_old {
	struct str from;
	struct import_medium *medium;
};

/* What jobs share. */
struct import_jobs {
	const struct import_site *site;
	const struct plan *plan;
	struct receipt *receipt;
	bool dry_run;
	/* How large a picture is that the site has already; NULL: not asked. */
	bool (*size)(void *ctx, struct str path, int *width, int *height);
	void *size_ctx;
	bool count_words;		/* the search index wants them: edit_concord() */
	struct mutex lock;		/* over all below, and over is_done of the jobs */
	struct cond done;
	struct arena *arena;
	struct map *media;		/* "path size mtime" -> struct import_medium; lives on */
	struct { struct concord_maker **p; size_t n, cap; } makers;	/* that nobody uses now */
};

struct import_job {
	struct import_jobs *shared;
	struct plan_item *item;
	int64_t id;			/* of the post; 0: new */
	int64_t known_date, date;	/* of the post as it is; as it will be */
	int64_t ahead;			/* bytes of it that count as begun; the writer's */

	struct arena *arena;		/* of all below, but for what lies in `whole` */
	struct plan_whole *whole;	/* the text as the plan read it, or NULL */
	struct source_doc doc;
	struct body body;
	struct str cover;
	int cover_width, cover_height;
	struct import_medium **media;
	size_t n_media, media_cap;
	struct import_old *old;
	size_t n_old, old_cap;
	struct term_name *terms;
	size_t n_terms;
	const struct concord *concord;	/* NULL: not counted */
	int line;			/* of the file: what is looked at, for complaints */
	bool is_ok, is_done;
	bool lacks;			/* a picture could not be kept: another run tries again */
};

void import_jobs_init(struct import_jobs *js, const struct import_site *site);
void import_jobs_release(struct import_jobs *js);
/* A transaction was lost: the rows of all media are to be written again. */
void import_jobs_forget(struct import_jobs *js);

void import_job_run(void *job);			/* for the pool */
void import_job_wait(struct import_job *job);
void import_job_release(struct import_job *job);
/* What the post keeps of the plan's stamp, for import_known_stamp(): nothing where it lacks
 * something, so that its file is not taken for unchanged. */
struct str import_job_stamp(const struct import_job *job);

#endif
