/* import_gone.c - posts whose files are gone, or lie in a folder with another name. */
#include "transfer/import_impl.h"
#include "base/date.h"

static bool remove_post(struct run *run, struct tx **tx, const struct import_known *k)
{
	run->receipt->removed++;
	if (run->o->dry_run)
		return true;
	return (*tx || import_impl_write_tx(run, tx)) &&
	       (!k->since || import_impl_keep(run->im, *tx, k->id, run->f)) &&
	       edit_remove(*tx, &run->im->site.rules, k->id, run->f);
}

/* Editors move a file away and write it anew; meanwhile its post stays. */
static bool is_lost(struct run *run, struct seen *seen)
{
	int64_t now = clock_ns();

	if (seen->away_ns == 0)
		seen->away_ns = now;
	if (now - seen->away_ns >= IMPORT_AWAY_MS * 1000000LL)
		return true;
	run->im->is_waiting = true;
	return false;
}

/* A post whose file is gone: removed, or told. */
static bool handle_gone(struct run *run, struct tx **tx, const struct import_known *k)
{
	struct seen *seen = run->o->prune_seen ? map_find(run->im->seen, k->file) : NULL;
	struct fail why = FAIL_INIT;

	run->receipt->missing++;
	if (run->o->prune)
		return remove_post(run, tx, k);
	if (seen)
		return !is_lost(run, seen) || remove_post(run, tx, k);
	if (run->o->prune_seen && map_count(run->im->seen))
		return true;			/* told by the first run */
	fail(&why, FAIL_NOT_FOUND, "this file is gone; its text is still at %.*s (hameau import "
	     "--prune removes it)", STR_ARG(k->path));
	receipt_complain(run->receipt, k->file, 0, &why);
	return true;
}

static void note_seen(struct run *run)
{
	const struct plan *plan = &run->im->plan;
	size_t i;

	for (i = 0; i < plan->n; i++) {
		struct str path = plan->items[i]->doc.path;
		struct seen *seen;

		if (!import_impl_is_wanted(plan->items[i]))
			continue;
		seen = map_find(run->im->seen, path);
		if (!seen) {
			seen = ARENA_NEW(run->im->arena, struct seen);
			map_put(run->im->seen, path, seen);
		}
		seen->away_ns = 0;
	}
}

bool import_impl_go(struct run *run)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct fail why = FAIL_INIT;
	struct tx *whole;
	size_t i;

	if (run->im->plan.n == 0 && map_count(run->known.by_file)) {
		fail(&why, FAIL_NOT_FOUND, "the folder holds no text at all; nothing is removed");
		receipt_complain(run->receipt, STR_NONE, 0, &why);
		return true;
	}
	for (i = 0; i < run->known.n; i++)
		if (import_impl_is_gone(run, run->known.all[i])
		    && !handle_gone(run, &tx, run->known.all[i]))
			return false;
	note_seen(run);
	whole = tx;
	tx = NULL;
	return !whole || import_impl_commit(&run->im->site, whole, run->f);
}

/* Texts that stay as the site has them, of a folder with another name. */
bool import_impl_relocate(struct run *run)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct tx *whole;
	size_t i;

	for (i = 0; i < run->known.n && !run->o->dry_run; i++) {
		const struct import_known *k = run->known.all[i];

		if (k->moved_to.n == 0)
			continue;
		if ((!tx && !import_impl_write_tx(run, &tx)) ||
		    !edit_source(tx, k->id, import_known_place(a, run->im->folder, k->moved_to),
				 import_known_stamp(a, k->stamp, k->bytes, k->since), run->f))
			return false;
	}
	whole = tx;
	tx = NULL;
	return !whole || tx_commit(whole, run->f);
}
