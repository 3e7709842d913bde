/* fuzz_frontmatter.c - the heads of files that anybody may import. */
#include "frontmatter/frontmatter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
	return n == SIZE_MAX;
}
