/* fuzz_mustache.c - templates from strangers: whatever they hold, compiling and rendering them
 * ends, and a text value never reaches the page unescaped from a strict one. The first byte
 * chooses the options; a NUL separates the template from one partial that every name finds. */
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/arena.h"
#include "mustache/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HOSTILE "<Q\"'&"

static const struct template *find(void *arg, struct str name)
{
	(void)name;
	return arg;
}

static struct value *tree(struct arena *a, int depth)
{
	static const char *const names[] = { "a", "b", "c", "x", "t" };
	struct value *map = value_map(a), *list = value_list(a);

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		value_set_text(map, names[i], STR(HOSTILE));
	value_set_url(map, "u", STR("/a?" HOSTILE));
	value_set_html(map, "h", html_trusted(STR("<b>")));
	value_set_bool(map, "y", true);
	for (int i = 0; i < 3 && depth > 0; i++)
		value_list_add(list, tree(a, depth - 1));
	value_set(map, "l", list);
	return map;
}

static bool ignore(void *arg, const struct template_use *use)
{
	(void)arg;
	return use->line > 0;
}

static void render(const struct template *t, struct template *partial, bool strict,
		   bool is_hostile_itself)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf out = BUF(64 * 1024);
	struct render_env env = { .arg = partial, .find = find, .nodes = 20000 };
	bool done = template_render(t, tree(a, 2), &env, &out, NULL);

	(void)done;
	if (strict && !is_hostile_itself && str_find(buf_str(&out), STR(HOSTILE)) >= 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(template_unrefp) struct template *t = NULL, *partial = NULL;
	struct template_options options;
	struct fail f = FAIL_INIT;
	struct str source, second;

	if (!size)
		return 0;
	options = (struct template_options){ data[0] & 1, data[0] & 2, data[0] & 4 };
	source = str_from((const char *)data + 1, size - 1);
	source = str_cut(source, '\0', &second);
	if (!template_compile(source, "fuzz", &options, &t, &f))
		return 0;
	if (!template_compile(second, "partial", &options, &partial, &f))
		partial = NULL;
	template_each_use(t, ignore, NULL);
	render(t, partial, options.strict, memchr(data, 'Q', size));
	return 0;
}
