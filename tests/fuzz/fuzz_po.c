/* fuzz_po.c - any bytes as a catalog: read, or told what is wrong; and every message
 * found again. Links lang, unicode, base. */
#include <assert.h>
#include "base/arena.h"
#include "lang/catalog.h"
#include "lang/po.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look_up(struct arena *a, const struct catalog *c, struct str text)
{
	struct fail f = FAIL_INIT;
	struct po po;

	if (!po_parse(a, text, "fuzz.po", &po, &f))
		return;
	for (size_t i = 0; i < po.count && i < 100; i++) {
		const struct po_message *m = &po.messages[i];
		struct str found;

		catalog_get(c, m->context.p, m->id.p);
		if (m->id_plural.p)
			for (uint64_t n = 0; n < 5; n++)
				assert(catalog_plural(c, m->context.p, m->id.p, m->id_plural.p, n));
		if (catalog_find(c, m->context, m->id, &found))
			assert(found.n > 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = str_from((const char *)data, size);
	struct arena *a = arena_new(0);
	struct catalog *c = NULL;
	struct fail f = FAIL_INIT;

	if (catalog_parse(STR("fr"), text, "fuzz.po", &c, &f))
		look_up(a, c, text);
	else
		assert(f.code != FAIL_NONE && f.text[0]);
	catalog_unref(c);
	arena_free(a);
	return 0;
}
