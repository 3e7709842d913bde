/* fuzz_modern.c - Sass from strangers, before libsass sees it: rewriting ends, also of what was
 * rewritten, reads nothing beside the text, and every place of the outcome leads to one of the
 * source. (That twice is once is proved for what is Sass, in modern_test.c.) */
#include <stdlib.h>
#include <string.h>
#include "theme/modern.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t lines_of(struct str s)
{
	size_t n = 1;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

static void check_places(const struct modern_text *t)
{
	size_t most = lines_of(t->source), all = lines_of(t->text);

	for (size_t i = 1; i <= all && i < 50; i++)
		for (size_t k = 1; k < 50; k += 7) {
			size_t line = i, column = k;

			modern_origin(t, &line, &column);
			if (!line || !column || line > most)
				abort();
		}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	/* A copy of its own, so that a byte too far is seen. */
	char *copy = size ? memcpy(malloc(size), data, size) : NULL;
	struct modern_source source = { "fuzz", str_from(copy, size), 0 };
	struct modern_text once, twice;
	struct fail f = FAIL_INIT;

	source.own = modern_own(source.text);
	if (modern_rewrite(a, &source, &once, &f)) {
		check_places(&once);
		source.text = once.text;
		if (modern_rewrite(a, &source, &twice, &f))
			check_places(&twice);
	}
	free(copy);
	return 0;
}
