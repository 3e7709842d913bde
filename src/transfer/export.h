/* export.h - a whole site as files: to open from a disk, to put on any static server, and
 * as Markdown to take elsewhere.
 *
 * The pages are what a reader gets: the site is asked for its start page, its posts
 * and its feeds, and then for whatever their links lead to, until nothing new comes.
 * Links become relative, folders get an index.html, redirects become small pages.
 * In source/ stand the texts with their heads and the media, as a site that Hugo
 * builds and that `hameau import` reads back.
 */
#ifndef TRANSFER_EXPORT_H
#define TRANSFER_EXPORT_H

#include "base/buf.h"
#include "store/db.h"
#include "transfer/receipt.h"

struct export_page {
	int status;			/* 200, 301, 404 ... */
	struct str type;		/* "text/html; charset=utf-8" */
	struct str location;		/* of a redirect */
	struct buf body;		/* the renderer fills it, export.c releases it */
};

struct export_site {
	struct db *db;			/* of the site, read only */
	const char *dir;		/* its folder */
	struct str url;			/* "https://anna.example", for source/hugo.toml */
	struct str title, lang;
	const struct str *starts;	/* more addresses to begin with: homes in other languages */
	size_t n_starts;
	const char *zone;

	/* GET path, as a reader without a session gets it. False only for what ends the
	 * export; strings live in the arena. NULL: only source/ is written. */
	bool (*render)(void *ctx, struct arena *a, struct str path, struct export_page *ret,
		       struct fail *f);
	void *ctx;
};

struct export_options {
	bool force;			/* also into a folder with other things in it */
	void (*progress)(void *ctx, size_t done, size_t known);	/* may be NULL */
	void *progress_ctx;
};

struct export_counts {
	size_t pages, files, redirects, texts, media, removed;
	size_t left_out;		/* addresses that no file can have */
};

/* Refuses a folder that is neither empty nor a former export (FAIL_CONFLICT). Of a former
 * export, files that are no longer part of the site are removed. */
MUST_CHECK bool export_run(const struct export_site *site, const char *folder,
			   const struct export_options *o, struct export_counts *ret,
			   struct fail *f);

#endif
