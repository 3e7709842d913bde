/* import_work.c - what is to be done: which files are new or other than they were, whose posts
 * they go on as, and in what order.
 */
#include "transfer/import_impl.h"
#include <stdlib.h>
#include "base/mem.h"

bool import_impl_is_wanted(const struct plan_item *it)
{
	return it->is_read && !it->doc.is_hidden && it->doc.address.n;
}

/* Files of ours that are gone, by what they held and by where their posts are: one of
 * them may be here again under another name. */
struct gone {
	struct map *by_bytes, *by_address;
};

bool import_impl_is_gone(const struct run *run, const struct import_known *k)
{
	const struct plan_item *it = plan_find(&run->im->plan, k->file);

	return k->is_ours && !k->is_guest && !k->is_claimed &&
	       (!it || (it->is_read && !import_impl_is_wanted(it)));
}

static struct gone find_gone(const struct run *run)
{
	struct gone g = { map_new(), map_new() };
	size_t i;

	for (i = 0; i < run->known.n; i++) {
		struct import_known *k = run->known.all[i];

		if (!import_impl_is_gone(run, k))
			continue;
		map_put(g.by_bytes, k->bytes, k);
		map_put(g.by_address, k->path, k);
	}
	return g;
}

/* The post that a file goes on as; NULL: it is new. */
static struct import_known *post_of(const struct run *run, const struct gone *g,
				    const struct plan_item *it)
{
	struct import_known *k = map_find(run->known.by_file, it->doc.path);
	char bytes[DIGEST_HEX_LEN + 1];

	if (k)
		return k;
	digest_hex(&it->doc.digest, bytes);
	k = map_find(g->by_bytes, str_of(bytes));
	if (!k || k->is_claimed)
		k = map_find(g->by_address, it->doc.address);
	return k && !k->is_claimed ? k : NULL;
}

static bool is_as_it_was(const struct run *run, const struct import_known *k,
			 const struct plan_item *it)
{
	return k && str_eq(k->stamp, str_of(it->stamp)) && str_eq(k->file, it->doc.path) &&
	       str_eq(k->folder, str_of(run->im->folder));
}

/* Saved on the site by itself since, while its file is as it was: the site's text stays. Only
 * where it comes from is noted when the folder has another name. */
static bool stays(struct run *run, struct import_known *k, const struct plan_item *it)
{
	char bytes[DIGEST_HEX_LEN + 1];
	struct fail why = FAIL_INIT;

	digest_hex(&it->doc.digest, bytes);
	if (!k || !k->since || !str_eq(k->bytes, str_of(bytes)))
		return false;
	fail(&why, FAIL_CONFLICT, "this text was changed on the site since (%.*s); the site's "
	     "stays until the file changes, too", STR_ARG(k->path));
	receipt_complain(run->receipt, it->doc.path, 0, &why);
	run->receipt->unchanged++;
	if (!str_eq(k->file, it->doc.path) || !str_eq(k->folder, str_of(run->im->folder)))
		k->moved_to = it->doc.path;
	return true;
}

int64_t import_impl_date(const struct import_job *j)
{
	if (j->item->doc.has_date)
		return j->item->doc.date;
	return j->known_date ? j->known_date : j->item->doc.mtime_ns / 1000000000;
}

static int by_date(const void *x, const void *y)
{
	const struct import_job *a = x, *b = y;
	int64_t at = import_impl_date(a), other = import_impl_date(b);

	if (at != other)
		return at < other ? -1 : 1;
	return str_cmp(a->item->doc.address, b->item->doc.address);
}

/* Oldest first, whatever the files are called: lists grow at their end, posts relate to
 * those before them, and the same texts make the same site wherever they come from. */
void import_impl_find_work(struct run *run)
{
	const struct plan *plan = &run->im->plan;
	struct gone gone = find_gone(run);
	size_t i;

	run->jobs = mem_array(plan->n + 1, sizeof *run->jobs);
	for (i = 0; i < plan->n; i++) {
		struct plan_item *it = plan->items[i];
		struct import_known *k;

		if (!import_impl_is_wanted(it))
			continue;
		k = post_of(run, &gone, it);
		if (k)
			k->is_claimed = true;
		if (stays(run, k, it))
			continue;
		if (is_as_it_was(run, k, it))
			run->receipt->unchanged++;
		else
			run->jobs[run->n++] = (struct import_job){
				.shared = &run->im->jobs, .item = it, .id = k ? k->id : 0,
				.known_date = k ? k->published_at : 0,
			};
	}
	map_free(gone.by_bytes, NULL);
	map_free(gone.by_address, NULL);
	qsort(run->jobs, run->n, sizeof *run->jobs, by_date);
}
