/* fuzz_frontmatter.c - the heads of files that anybody may import.
 *
 * And what is read of plain lines is what libyaml reads of them.
 */
#include <stdlib.h>
#include "base/utf8.h"
#include "frontmatter/frontmatter.h"
#include "frontmatter/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void compare(struct arena *a, struct str block)
{
	struct pairs x, y;

	pairs_init(&x, a, "f", 1);
	pairs_init(&y, a, "f", 1);
	if (!utf8_valid(block) || str_has_char(block, '\0') || !parse_lines(&x, block))
		return;
	if (!parse_yaml(&y, block, NULL) || x.n != y.n || x.values != y.values)
		abort();
	for (size_t i = 0; i < x.n; i++) {
		if (!str_eq(x.p[i].key, y.p[i].key) || x.p[i].n != y.p[i].n
		    || x.p[i].line != y.p[i].line || x.p[i].is_list != y.p[i].is_list)
			abort();
		for (size_t k = 0; k < x.p[i].n; k++)
			if (!str_eq(x.p[i].values[k], y.p[i].values[k]))
				abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str text = str_from((const char *)data, size);
	struct fail f = FAIL_INIT;
	struct frontmatter fm;
	size_t i, n = 0;

	if (frontmatter_parse(a, text, "f.md", &fm, &f))
		for (i = 0; i < fm.n; i++)
			n += fm.pairs[i].n + fm.pairs[i].key.n;
	if (frontmatter_parse_open(a, text, "f.md", &fm, &f))
		n += fm.body.n;
	if (frontmatter_parse_toml(a, text, "f.toml", &fm, &f))
		n += fm.n;
	if (frontmatter_parse_yaml(a, text, "f.yml", &fm, &f))
		n += fm.n;
	compare(a, text);
	return n == SIZE_MAX;
}
