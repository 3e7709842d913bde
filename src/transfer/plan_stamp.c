/* plan_stamp.c - see plan_stamp.h. */
#include "transfer/plan_stamp.h"

#include "transfer/plan_read.h"

void plan_stamping_release(struct plan_stamping *st)
{
	buf_release(&st->text);
	arena_free(st->scratch);
	st->scratch = NULL;
}

/* Raised when what an import makes of the same file changes. */
static const struct str STAMP_VERSION = STR_INIT("2");

static void complain_missing(struct plan *p, const struct plan_item *it, struct str url, int line)
{
	struct fail why = FAIL_INIT;

	fail(&why, FAIL_NOT_FOUND, "there is no file for \"%.*s\"", STR_ARG(str_sub(url, 0, 200)));
	receipt_complain(p->receipt, it->doc.path, line, &why);
}

static void put_target(struct plan *p, struct plan_item *it, struct plan_stamping *st,
		       struct str url, int line)
{
	struct resolved r = resolve_url(p->index, st->scratch, &it->doc, url);
	struct buf *b = &st->text;

	it->leads_inside |= r.kind == RESOLVE_MEDIA || r.kind == RESOLVE_DOC;
	switch (r.kind) {
	case RESOLVE_MEDIA:
		buf_addf(b, "m%.*s %lld %lld\n", STR_ARG(r.file->path), (long long)r.file->size,
			 (long long)r.file->mtime_ns);
		plan_read_use(p, r.file);
		break;
	case RESOLVE_DOC:
		buf_addf(b, "d%.*s\n", STR_ARG(r.doc->address));
		break;
	case RESOLVE_MISSING:
		buf_adds(b, "?\n");
		complain_missing(p, it, url, line);
		break;
	case RESOLVE_ELSEWHERE:
		break;
	}
}

void plan_stamp(struct plan *p, struct plan_item *it, struct plan_stamping *st)
{
	struct buf *b = &st->text;
	struct digest d;
	size_t i;

	if (!st->scratch)
		st->scratch = arena_new(16 * 1024);
	buf_clear(b);
	arena_reset(st->scratch);
	buf_addf(b, "%.*s %.*s %.*s %.*s %.*s %d %d %d %s\n", STR_ARG(STAMP_VERSION),
		 STR_ARG(p->dialect_name), STR_ARG(it->doc.address),
		 STR_ARG(it->doc.lang), STR_ARG(it->set), it->doc.is_post, it->doc.is_draft,
		 it->doc.in_menu, p->zone ? p->zone : "");
	buf_add(b, str_from((const char *)it->doc.digest.b, DIGEST_LEN));
	for (i = 0; i < it->n_aliases; i++)
		buf_addf(b, "a%.*s\n", STR_ARG(it->aliases[i]));
	it->leads_inside = false;
	if (it->doc.cover.n)
		put_target(p, it, st, it->doc.cover, it->doc.cover_line);
	for (i = 0; i < it->n_urls; i++)
		put_target(p, it, st, it->urls[i], it->lines[i]);
	d = digest_of(buf_str(b));
	digest_hex(&d, it->stamp);
}
