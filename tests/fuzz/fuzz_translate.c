/* fuzz_translate.c - what tools for translators read; the first byte chooses: g a glossary,
 * c a source in C, else a catalog. A catalog that can be read is written and read again as
 * the same, takes itself as its template twice without a change, and can be checked. */
#include <stdlib.h>
#include "base/limits.h"
#include "lang/po_write.h"
#include "translate/extract.h"
#include "translate/glossary.h"
#include "translate/po_check.h"
#include "translate/po_merge.h"
#include "translate/po_stats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool is)
{
	if (!is)
		abort();
}

static bool take_all(void *arg, struct str place)
{
	(void)arg;
	(void)place;
	return true;
}

static void fuzz_c(struct arena *a, struct str source)
{
	CLEANUP(extract_freep) struct extract *e = extract_new();
	CLEANUP(buf_release) struct buf out = BUF(LIMIT_CATALOG);
	struct fail f = FAIL_INIT;
	struct po po;

	extract_c(e, "a.c", source);
	extract_write(e, "Fuzz.", take_all, NULL, NULL, &out);
	/* What is no UTF-8 stays none. */
	if (!po_parse_all(a, buf_str(&out), "a.pot", &po, &f))
		must(str_find(str_of(f.text), STR("UTF-8")) >= 0);
}

static void fuzz_glossary(struct arena *a, struct str text)
{
	struct glossary g;
	struct fail f = FAIL_INIT;

	if (!glossary_parse(a, text, "g.csv", &g, &f)) {
		must(f.text[0]);
		return;
	}
	for (size_t i = 0; i < g.count; i++) {
		struct str cell = glossary_cell(&g, i, STR("fr")), word;

		while (glossary_word(&cell, &word))
			must(word.n > 0);
	}
}

static void must_be_same(const struct po_message *a, const struct po_message *b)
{
	must(str_eq(a->context, b->context) && str_eq(a->id, b->id) &&
	     str_eq(a->id_plural, b->id_plural) && a->texts == b->texts &&
	     a->obsolete == b->obsolete);
	for (unsigned i = 0; i < a->texts; i++)
		must(str_eq(a->text[i], b->text[i]));
}

static void write_again(struct arena *a, const struct po *po)
{
	CLEANUP(buf_release) struct buf out = BUF(LIMIT_CATALOG * 4);
	struct fail f = FAIL_INIT;
	struct po again;

	for (size_t i = 0; i < po->count; i++) {
		po_write_body(&out, &po->messages[i]);
		buf_adds(&out, "\n");
	}
	if (out.n > LIMIT_CATALOG)
		return;
	must(po_parse_all(a, buf_str(&out), "again.po", &again, &f));
	must(again.count == po->count);
	for (size_t i = 0; i < po->count; i++)
		must_be_same(&po->messages[i], &again.messages[i]);
}

static void merge_twice(struct arena *a, const struct po *po)
{
	CLEANUP(buf_release) struct buf once = BUF(LIMIT_CATALOG * 4);
	CLEANUP(buf_release) struct buf twice = BUF(LIMIT_CATALOG * 4);
	struct po_merge m = { po, po, NULL, 0 };
	struct po_merge_count count;
	struct fail f = FAIL_INIT;
	struct po merged;

	po_merge(a, &m, &once, &count);
	if (!po_parse_all(a, buf_str(&once), "once.po", &merged, &f))
		return;			/* over a limit, or without a header */
	m.old = &merged;
	po_merge(a, &m, &twice, &count);
	must(str_eq(buf_str(&once), buf_str(&twice)));
}

static void ignore(void *arg, const struct po_check_finding *found)
{
	++*(size_t *)arg;
	must(found->rule && found->path);
}

static void check(struct arena *a, const struct po *po)
{
	struct po_folder folder = { .arena = a, .dir = "." };
	struct po_folder_file file = { .name = "fr.po", .path = "fr.po", .lang = STR("fr"),
				       .po = *po };
	size_t found = 0;
	struct po_check how = { NULL, true, ignore, &found };
	struct po_stats *stats;

	po_check_file(&how, &folder, &file);
	must(po_stats(a, po, po, &stats) > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str text = str_from((const char *)data, size);
	struct fail f = FAIL_INIT;
	struct po po;

	if (size && data[0] == 'c') {
		fuzz_c(a, str_skip(text, 1));
	} else if (size && data[0] == 'g') {
		fuzz_glossary(a, str_skip(text, 1));
	} else if (size < 20000 && po_parse_all(a, text, "a.po", &po, &f)) {
		write_again(a, &po);
		merge_twice(a, &po);
		check(a, &po);
	}
	return 0;
}
