/* fuzz_manifest.c - theme.ini from strangers, and stylesheets: the first byte chooses. Whatever
 * a default or a preset says, its CSS must not be able to leave a declaration or a <style>
 * element. */
#include <stdlib.h>
#include "theme/manifest.h"
#include "theme/stylesheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool map(void *arg, struct str url, struct str *ret, struct fail *f)
{
	(void)arg;
	if (url.n > 20)
		return fail(f, FAIL_INVALID, "too long");
	*ret = STR("/x");
	return true;
}

/* Braces, semicolons and "<" may stand in strings only, and "<" not even there. */
static void prove(struct str css)
{
	char quote = '\0';

	for (size_t i = 0; i < css.n; i++) {
		char c = css.p[i];

		if (c == '<' || c == '\n')
			abort();
		if (quote && c == '\\')
			i++;
		else if (c == quote)
			quote = '\0';
		else if (!quote && (c == '"' || c == '\''))
			quote = c;
		else if (!quote && (c == ';' || c == '{' || c == '}'))
			abort();
	}
	if (quote)
		abort();
}

static void fuzz_manifest(struct str text)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct manifest *m;
	struct fail f = FAIL_INIT;

	if (!manifest_parse(a, text, "theme.ini", &m, &f))
		return;
	for (size_t i = 0; i < m->n_options; i++) {
		CLEANUP(buf_release) struct buf css = BUF(100000);

		option_css(&m->options[i], m->options[i].value, &css);
		prove(buf_str(&css));
	}
}

static void fuzz_css(struct str css)
{
	static const struct stylesheet_map rewrite = { map, NULL };
	CLEANUP(buf_release) struct buf out = BUF(1000000);
	struct fail f = FAIL_INIT;
	bool done = stylesheet_rewrite(css, "x.css", &rewrite, &out, &f);

	(void)done;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	if (data[0] == 'c')
		fuzz_css(str_from((const char *)data + 1, size - 1));
	else
		fuzz_manifest(str_from((const char *)data + 1, size - 1));
	return 0;
}
