/* fuzz_text.c - any bytes as a long text: read, or refused with file:line. Filled by a host
 * that tells nothing it asks for nothing more, and filling that changes no byte; compared
 * with itself it agrees. */
#include <stdlib.h>
#include "base/limits.h"
#include "lang/placeholder.h"
#include "lang/text.h"
#include "translate/text_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool is)
{
	if (!is)
		abort();
}

static struct str nothing(void *arg, struct str name)
{
	(void)arg;
	(void)name;
	return STR_NONE;
}

static void fill(struct arena *a, struct str body)
{
	struct str filled = text_fill(a, body, nothing, NULL);
	struct text_reader r = { .rest = filled };
	struct text_line line;

	while (text_next(&r, &line)) {
		struct str name;
		size_t at = 0;

		while (!line.code && (name = placeholder_next_name(line.line, &at)).n)
			must(!text_fact_is_known(name));
	}
	must(str_eq(text_fill(a, filled, nothing, NULL), filled));
}

static void no_difference(void *arg, const struct po_check_finding *found)
{
	(void)arg;
	must(strcmp(found->rule->id, "LA102") != 0 && strcmp(found->rule->id, "LA103") != 0
	     && strcmp(found->rule->id, "LA105") != 0);
}

static void check(struct arena *a, struct str source)
{
	struct text_file files[] = {
		{ .path = "legal.en.md", .name = STR("legal"), .lang = STR("en"),
		  .source = source },
		{ .path = "legal.fr.md", .name = STR("legal"), .lang = STR("fr"),
		  .source = source },
	};
	struct text_folder folder = { .arena = a, .dir = "texts", .files = files, .count = 2 };
	struct po_check how = { NULL, true, no_difference, NULL };
	struct po_stats *s;

	text_check(&how, &folder, STR("fr"));
	must(text_folder_stats(&folder, STR("fr"), &s) == 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str source = str_from((const char *)data, size);
	struct arena *a = arena_new(0);
	struct fail f = FAIL_INIT;
	struct text text;

	if (size > LIMIT_TEXT) {
		arena_free(a);
		return 0;
	}
	if (texts_parse(a, source, "legal.fr.md", &text, &f)) {
		fill(a, text.body);
		check(a, source);
	} else {
		must(str_starts(str_of(f.text), STR("legal.fr.md:")));
	}
	arena_free(a);
	return 0;
}
