/* receipt.c - keeps complaints and writes a receipt down. */
#include "transfer/receipt.h"
#include <stdlib.h>
#include <string.h>
#include "base/json.h"
#include "base/vec.h"

enum { COMPLAINTS_MAX = 5000 };

void receipt_init(struct receipt *r)
{
	memset(r, 0, sizeof *r);
	mutex_init(&r->lock, MUTEX_LEAF);
	r->arena = arena_new(0);
	r->things = map_new();
}

void receipt_release(struct receipt *r)
{
	mem_free(r->complaints);
	map_free(r->things, NULL);
	arena_free(r->arena);
	mutex_release(&r->lock);
}

/* Names of files and words of texts may hold anything: here they stay on their line and
 * command no terminal. */
static struct str visible(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t i;

	for (i = 0; i < s.n; i++)
		out[i] = (unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f ? '?' : s.p[i];
	return str_from(out, s.n);
}

static void keep(struct receipt *r, struct str file, int line, const struct fail *f)
{
	if (r->n >= COMPLAINTS_MAX) {
		r->more++;
		return;
	}
	if (r->n == r->cap) {
		r->cap = r->cap ? r->cap * 2 : 16;
		r->complaints = mem_resize(r->complaints, r->cap, sizeof *r->complaints);
	}
	r->complaints[r->n++] = (struct receipt_line){
		.file = visible(r->arena, file),
		.line = line,
		.text = visible(r->arena, str_of(f->text)),
	};
}

void receipt_complain(struct receipt *r, struct str file, int line, const struct fail *f)
{
	MUTEX_HOLD(&r->lock);

	keep(r, file, line, f);
}

static int compare_places(const struct receipt_line *a, const struct receipt_line *b)
{
	int order = str_cmp(a->file, b->file);

	return order ? order : (a->line > b->line) - (a->line < b->line);
}

void receipt_complain_of(struct receipt *r, struct str thing, struct str file, int line,
			 const struct fail *f)
{
	MUTEX_HOLD(&r->lock);
	size_t number = (size_t)(uintptr_t)map_find(r->things, thing);
	struct receipt_line place = { .file = visible(r->arena, file), .line = line };
	struct receipt_line *kept = number && number <= r->n ? &r->complaints[number - 1] : NULL;

	if (!number) {
		map_put(r->things, thing, (void *)(uintptr_t)(r->n + 1));
		keep(r, file, line, f);
	} else if (kept && compare_places(&place, kept) < 0) {
		kept->file = place.file;
		kept->line = place.line;
	}
}

static int by_place(const void *pa, const void *pb)
{
	const struct receipt_line *a = pa, *b = pb;
	int order = compare_places(a, b);

	return order ? order : str_cmp(a->text, b->text);
}

void receipt_sort(struct receipt *r)
{
	size_t i, kept = 0;

	if (r->n == 0)
		return;
	qsort(r->complaints, r->n, sizeof *r->complaints, by_place);
	for (i = 1; i < r->n; i++)
		if (by_place(&r->complaints[kept], &r->complaints[i]) != 0)
			r->complaints[++kept] = r->complaints[i];
	r->n = kept + 1;
}

void receipt_print(const struct receipt *r, struct buf *out)
{
	size_t i;

	for (i = 0; i < r->n; i++) {
		const struct receipt_line *l = &r->complaints[i];

		buf_add(out, l->file);
		if (l->line)
			buf_addf(out, ":%d", l->line);
		if (l->file.n)
			buf_adds(out, ": ");
		buf_add(out, l->text);
		buf_addc(out, '\n');
	}
}

static void put_complaints(const struct receipt *r, struct json *j)
{
	size_t i;

	json_key(j, "complaints");
	json_open(j, '[');
	for (i = 0; i < r->n; i++) {
		json_open(j, '{');
		json_put_str(j, "file", r->complaints[i].file);
		json_put_i64(j, "line", r->complaints[i].line);
		json_put_str(j, "text", r->complaints[i].text);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_put_i64(j, "complaints_not_kept", (int64_t)r->more);
}

void receipt_json(const struct receipt *r, struct buf *out)
{
	struct json j = { .b = out };

	json_open(&j, '{');
	json_put_str(&j, "dialect", r->dialect);
	json_put_bool(&j, "dry_run", r->is_dry);
	json_put_i64(&j, "posts", r->posts);
	json_put_i64(&j, "pages", r->pages);
	json_put_i64(&j, "drafts", r->drafts);
	json_put_i64(&j, "images", r->images);
	json_put_i64(&j, "redirects", r->redirects);
	json_put_i64(&j, "created", r->created);
	json_put_i64(&j, "changed", r->changed);
	json_put_i64(&j, "unchanged", r->unchanged);
	json_put_i64(&j, "missing", r->missing);
	json_put_i64(&j, "removed", r->removed);
	json_put_i64(&j, "refused", r->refused);
	put_complaints(r, &j);
	json_close(&j, '}');
}
