/* cmd_render.c - hameau render markdown and render template: what the server would
 * make of a text or a template, for people who look for a mistake, and for the
 * published conformance suites. */
#include <jansson.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/map.h"
#include "cli/call.h"
#include "content/body.h"
#include "mustache/template.h"
#include "mustache/value.h"

static bool read_input(struct buf *b, struct fail *f)
{
	char chunk[16384];
	ssize_t n;

	while ((n = read(STDIN_FILENO, chunk, sizeof chunk)) > 0)
		buf_add(b, str_from(chunk, (size_t)n));
	if (n < 0)
		return fail_errno(f, "cannot read standard input");
	if (!buf_ok(b))
		return fail(f, FAIL_TOO_LARGE, "standard input is larger than %zu KiB",
			    b->max / KIB);
	return true;
}

static void print_all(struct call *call, struct str text)
{
	call_flush(call);
	call->io->out(call->io->data, text);
}

bool cmd_render_markdown(struct call *call, struct fail *f)
{
	CLEANUP(buf_release) struct buf source = BUF(LIMIT_POST);
	struct str lang = call_option(call, "lang");
	struct body body;
	struct html html;

	if (!read_input(&source, f))
		return false;
	if (call_has(call, "raw")) {
		if (!markdown_raw(call->arena, buf_str(&source), &html, f))
			return false;
	} else {
		if (!body_render(call->arena, buf_str(&source), lang.n ? lang : STR("en"),
				 call->catalog, NULL, &body, f))
			return false;
		html = body.md.html;
	}
	print_all(call, html.s);
	return true;
}

/* A JSON value as templates see it. Numbers as JSON writes them. */
static struct value *value_of(struct arena *a, json_t *j)
{
	struct value *v;
	const char *key;
	json_t *item;
	size_t i;
	char *text;

	switch (json_typeof(j)) {
	case JSON_OBJECT:
		v = value_map(a);
		json_object_foreach(j, key, item)
			value_set_str(v, arena_str(a, str_of(key)), value_of(a, item));
		return v;
	case JSON_ARRAY:
		v = value_list(a);
		json_array_foreach(j, i, item)
			value_list_add(v, value_of(a, item));
		return v;
	case JSON_STRING:
		return value_text(
			a, arena_str(a, str_from(json_string_value(j), json_string_length(j))));
	case JSON_TRUE:
	case JSON_FALSE:
		return value_bool(a, json_is_true(j));
	case JSON_NULL:
		return value_none(a);
	default:
		text = json_dumps(j, JSON_ENCODE_ANY | JSON_REAL_PRECISION(12));
		v = value_text(a, arena_str(a, str_of(text)));
		free(text);
		return v;
	}
}

static const struct template *find_partial(void *arg, struct str name)
{
	return map_find(arg, name);
}

static bool compile_partials(json_t *partials, struct map *into, struct fail *f)
{
	const struct template_options o = { .strict = false };
	const char *name;
	json_t *source;

	json_object_foreach(partials, name, source) {
		struct template *t;

		if (!json_is_string(source))
			return fail(f, FAIL_INVALID, "partials: \"%s\" should be a text", name);
		if (!template_compile(
			    str_from(json_string_value(source), json_string_length(source)), name,
			    &o, &t, f))
			return false;
		map_put(into, str_of(name), t);
	}
	return true;
}

static void free_template(void *t)
{
	template_unref(t);
}

static bool render(struct call *call, json_t *input, struct buf *out, struct fail *f)
{
	const struct template_options o = { .strict = false };
	CLEANUP(template_unrefp) struct template *t = NULL;
	json_t *source = json_object_get(input, "template"), *data = json_object_get(input, "data");
	struct map *partials = map_new();
	struct render_env env = { .arg = partials, .find = find_partial };
	struct value *root = data ? value_of(call->arena, data) : value_map(call->arena);
	bool ok;

	if (!json_is_string(source))
		ok = fail(f, FAIL_INVALID, "the member \"template\" should be a text");
	else
		ok = template_compile(
			     str_from(json_string_value(source), json_string_length(source)),
			     "template", &o, &t, f)
		     && compile_partials(json_object_get(input, "partials"), partials, f)
		     && template_render(t, root, &env, out, f);
	map_free(partials, free_template);
	return ok;
}

bool cmd_render_template(struct call *call, struct fail *f)
{
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_PAGE), out = BUF(LIMIT_PAGE);
	json_error_t where;
	json_t *input;
	bool ok;

	if (!read_input(&text, f))
		return false;
	input = json_loadb(text.p ? text.p : "", text.n, 0, &where);
	if (!input)
		return fail(f, FAIL_INVALID, "standard input, line %d: this is not JSON: %s",
			    where.line, where.text);
	ok = json_is_object(input) ? render(call, input, &out, f)
		: fail(f, FAIL_INVALID, "standard input should be a JSON object with \"template\"");
	json_decref(input);
	if (ok)
		print_all(call, buf_str(&out));
	return ok;
}
