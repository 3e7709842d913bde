/* cmd_import.c - hameau import and watch. */
#include "base/limits.h"
#include "base/map.h"
#include "cli/writing.h"
#include "transfer/watch.h"

/* --- telling --- */

/* told: lines that were told before and are not told again, or NULL. It becomes those of
 * this receipt: what was put right may be told another time. (A receipt of some texts
 * only adds its own.) */
static void tell_complaints(struct call *call, const struct receipt *r, struct map **told)
{
	CLEANUP(buf_release) struct buf text = BUF(8 * MIB);
	struct map *now = map_new();
	struct str rest, line;

	receipt_print(r, &text);
	rest = buf_str(&text);
	while (str_line(&rest, &line)) {
		if (!told || !map_find(*told, line))
			call_note(call, "%.*s", STR_ARG(line));
		map_put(told && r->is_part ? *told : now, line, call);
	}
	if (told && !r->is_part) {
		map_free(*told, NULL);
		*told = now;
	} else {
		map_free(now, NULL);
	}
	if (r->more)
		call_note(call, trn(call->catalog, "and %zu more", "and %zu more", r->more),
			  r->more);
}

/* A line of the receipt; nothing for none. */
static void tell_line(struct call *call, const char *sentence, int64_t n)
{
	if (n == 0)
		return;
	call_out(call, "  ");
	call_out(call, sentence, (long long)n);
	call_out(call, "\n");
}

static void tell_numbers(struct call *call, const struct receipt *r)
{
	const struct catalog *c = call->catalog;

	tell_line(call, trn(c, "%lld post", "%lld posts", (uint64_t)r->posts), r->posts);
	tell_line(call, trn(c, "%lld page", "%lld pages", (uint64_t)r->pages), r->pages);
	if (r->posts == 0 && r->pages > 0 && r->created > 0 && !r->is_part)
		call_out(call, "  %s\n", tr(c, "no posts: a text becomes one by a date, in its"
					     " head or in the name of its file"));
	tell_line(call, trn(c, "%lld of them a draft", "%lld of them drafts", (uint64_t)r->drafts),
		  r->drafts);
	tell_line(call, trn(c, "%lld picture", "%lld pictures", (uint64_t)r->images), r->images);
	tell_line(call, trn(c, "%lld old address leads to its text",
			    "%lld old addresses lead to their texts", (uint64_t)r->redirects),
		  r->redirects);
	tell_line(call, trn(c, "%lld text is new", "%lld texts are new", (uint64_t)r->created),
		  r->created);
	tell_line(call, trn(c, "%lld text has changed", "%lld texts have changed",
			    (uint64_t)r->changed), r->changed);
	tell_line(call, trn(c, "%lld text is as it was", "%lld texts are as they were",
			    (uint64_t)r->unchanged), r->unchanged);
	tell_line(call, trn(c, "%lld file is gone", "%lld files are gone", (uint64_t)r->missing),
		  r->missing);
	tell_line(call, trn(c, "%lld text was removed", "%lld texts were removed",
			    (uint64_t)r->removed), r->removed);
	tell_line(call, trn(c, "%lld file has an error and was left out",
			    "%lld files have an error and were left out", (uint64_t)r->refused),
		  r->refused);
}

static void tell_receipt(struct call *call, const struct receipt *r)
{
	if (call->json) {
		receipt_json(r, call_buf(call));
		call_out(call, "\n");
		return;
	}
	tell_complaints(call, r, NULL);
	if (r->is_dry)
		call_out(call, "%s\n",
			 tr(call->catalog, "Nothing was written. This is what would be:"));
	tell_numbers(call, r);
}

static void show_progress(void *ctx, size_t done, size_t all)
{
	struct call *call = ctx;

	call_progress(call, (int64_t)done, (int64_t)all, str_of(tr(call->catalog, "texts")));
}

/* --- import --- */

static bool import_into(struct call *call, struct writing *o, struct receipt *r, struct fail *f)
{
	CLEANUP(import_freep) struct import *im =
		import_new(&o->to, call_path(call, call->args[1]));
	const struct import_options options = {
		.dry_run = call_has(call, "dry-run"), .prune = call_has(call, "prune"),
		.progress = show_progress, .progress_ctx = call,
	};

	if (!import_run(im, &options, r, f))
		return false;
	/* Even when nothing changed: the run before may have ended between the two. */
	return options.dry_run ||
	       writing_announce(o, f);
}

bool cmd_import(struct call *call, struct fail *f)
{
	CLEANUP(writing_release) struct writing o = { .db = NULL };
	struct receipt r;
	bool done;

	if (!writing_open(call, &o, f))
		return false;
	receipt_init(&r);
	done = import_into(call, &o, &r, f);
	tell_receipt(call, &r);
	call->exit = r.refused ? 1 : 0;
	receipt_release(&r);
	return done;
}

/* --- watch --- */

struct watching {
	struct call *call;
	struct writing *o;
	struct map *told;
	bool is_begun;
};

static void tell_run(void *ctx, const struct receipt *r, const struct fail *why, int64_t ns)
{
	struct watching *w = ctx;
	struct call *call = w->call;
	struct fail later = FAIL_INIT;
	int64_t done = r->created + r->changed + r->removed;

	tell_complaints(call, r, &w->told);
	if (!why && (done || !w->is_begun) &&
	    !writing_announce(w->o, &later))
		why = &later;
	if (why)
		call_note(call, "%s", why->text);
	if (!w->is_begun)
		tell_numbers(call, r);
	else if (done) {
		call_out(call, trn(call->catalog, "%lld text, in %lld ms", "%lld texts, in %lld ms",
				   (uint64_t)done), (long long)done, (long long)(ns / 1000000));
		call_out(call, "\n");
	}
	if (!w->is_begun)
		call_out(call, "%s\n", tr(call->catalog, "Watching; Ctrl-C ends it."));
	w->is_begun = true;
	call_flush(call);
}

static bool is_over(void *ctx)
{
	const struct watching *w = ctx;

	return call_is_cancelled(w->call);
}

bool cmd_watch(struct call *call, struct fail *f)
{
	CLEANUP(writing_release) struct writing o = { .db = NULL };
	CLEANUP(import_freep) struct import *im = NULL;
	struct watching w = { .call = call, .o = &o, .told = map_new() };
	const struct watch_hooks hooks = { .ctx = &w, .ran = tell_run, .is_over = is_over };
	const char *folder = call_path(call, call->args[1]);
	bool done = writing_open(call, &o, f);

	if (done) {
		im = import_new(&o.to, folder);
		done = watch_run(im, folder, &hooks, f);
	}
	map_free(w.told, NULL);
	return done;
}
