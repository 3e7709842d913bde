/* fuzz_po.c - any bytes as a catalog: read, or told what is wrong; and every message
 * found again. Links lang, unicode, base. */
#include <assert.h>
#include "base/arena.h"
#include "lang/catalog.h"
#include "lang/po_edit.h"

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

/* What is edited can be read again, has the translation, and no message more or less. */
static void edit(struct arena *a, struct str text)
{
	CLEANUP(buf_release) struct buf out = BUF(8 << 20);
	struct fail f = FAIL_INIT;
	struct po was, now;
	struct po_message m;
	const struct po_message *found;

	if (!po_parse_all(a, text, "fuzz.po", &was, &f) || was.count == 0
	    || was.messages[0].obsolete)
		return;
	m = was.messages[0];
	m.texts = m.id_plural.p ? 2 : 1;
	m.text[0] = m.text[1] = STR("new \"words\"\n\t");
	assert(po_edit(text, "fuzz.po", STR("fr"), &m, &out, &f));
	assert(po_parse_all(a, arena_str(a, buf_str(&out)), "out.po", &now, &f));
	assert(now.count == was.count);
	found = po_edit_find(&now, m.context, m.id);
	assert(found && str_eq(found->text[0], m.text[0]) && !found->fuzzy);
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
	edit(a, text);
	catalog_unref(c);
	arena_free(a);
	return 0;
}
