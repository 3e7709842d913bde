/* spec_test.c - the published specification: every case of the core and of inheritance. Its
 * JSON files are looked for in HAMEAU_SPECS, else beside the source tree; they are not part of
 * it. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/file.h"
#include "base/map.h"
#include "base/test.h"
#include "mustache/mustache_test.h"
#include "mustache/template.h"

static const char *const files[] = { "comments", "delimiters", "interpolation", "inverted",
				     "partials", "sections", "~inheritance" };

static const struct template_options plain = { .strict = false };

static struct value *value_of_json(struct arena *a, json_t *j)
{
	struct value *v;
	const char *key;
	json_t *item;
	size_t i;

	switch (json_typeof(j)) {
	case JSON_OBJECT:
		v = value_map(a);
		json_object_foreach(j, key, item)
			value_set(v, key, value_of_json(a, item));
		return v;
	case JSON_ARRAY:
		v = value_list(a);
		json_array_foreach(j, i, item)
			value_list_add(v, value_of_json(a, item));
		return v;
	case JSON_STRING:
		return value_text(a, str_from(json_string_value(j), json_string_length(j)));
	case JSON_INTEGER:
		return value_i64(a, json_integer_value(j));
	case JSON_REAL:
		return value_text(a, arena_printf(a, "%g", json_real_value(j)));
	case JSON_TRUE:
	case JSON_FALSE:
		return value_bool(a, json_is_true(j));
	default:
		return value_none(a);
	}
}

static const struct template *find(void *arg, struct str name)
{
	return map_find(arg, name);
}

static void drop(void *t)
{
	template_unref(t);
}

static struct map *partials_of(json_t *test)
{
	struct map *partials = map_new();
	struct fail f = FAIL_INIT;
	const char *name;
	json_t *text;

	json_object_foreach(json_object_get(test, "partials"), name, text) {
		struct template *t;

		assert_ok(template_compile(str_of(json_string_value(text)), name, &plain, &t, &f),
			  &f);
		map_put(partials, str_of(name), t);
	}
	return partials;
}

static bool run_case(json_t *test)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf out = BUF(1 << 20);
	CLEANUP(template_unrefp) struct template *t = NULL;
	struct map *partials = partials_of(test);
	struct render_env env = { .arg = partials, .find = find };
	struct str want = str_of(json_string_value(json_object_get(test, "expected")));
	const char *name = json_string_value(json_object_get(test, "name"));
	struct fail f = FAIL_INIT;
	bool ok = template_compile(str_of(json_string_value(json_object_get(test, "template"))),
				   "template", &plain, &t, &f)
		&& template_render(t, value_of_json(a, json_object_get(test, "data")), &env, &out,
				   &f)
		&& str_eq(buf_str(&out), want);

	if (!ok)
		print_error("%s: \"%.*s\" is not \"%.*s\" %s\n", name, STR_ARG(buf_str(&out)),
			    STR_ARG(want), f.text);
	map_free(partials, drop);
	return ok;
}

static const char *specs_dir(struct arena *a)
{
	const char *env = getenv("HAMEAU_SPECS"), *top = getenv("top_srcdir");

	if (env)
		return path_join(a, env, STR("mustache"));
	return path_join(a, top ? top : ".", STR("../shared/specs/mustache"));
}

static size_t run_file(const char *path)
{
	json_error_t error;
	json_t *spec = json_load_file(path, 0, &error), *test;
	size_t i, good = 0;

	assert_non_null(spec);
	json_array_foreach(json_object_get(spec, "tests"), i, test)
		good += run_case(test);
	assert_int_equal(good, json_array_size(json_object_get(spec, "tests")));
	json_decref(spec);
	return good;
}

static void every_case_of_the_specification_passes(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *dir = specs_dir(a);
	size_t cases = 0;

	(void)state;
	if (!file_is_dir(dir)) {
		print_message("# %s is not there; set HAMEAU_SPECS\n", dir);
		skip();
	}
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		cases += run_file(path_join(a, dir, arena_printf(a, "%s.json", files[i])));
	assert_true(cases >= 163);
}

int spec_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case_of_the_specification_passes),
	};

	return cmocka_run_group_tests_name("mustache/spec", tests, NULL, NULL);
}
