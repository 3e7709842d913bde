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
}

void receipt_release(struct receipt *r)
{
	mem_free(r->complaints);
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

void receipt_complain(struct receipt *r, struct str file, int line, const struct fail *f)
{
	MUTEX_HOLD(&r->lock);

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

static int by_place(const void *pa, const void *pb)
{
	const struct receipt_line *a = pa, *b = pb;
	int order = str_cmp(a->file, b->file);

	if (order == 0)
		order = (a->line > b->line) - (a->line < b->line);
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
