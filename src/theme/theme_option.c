/* theme_option.c - see theme_option.h. */
#include "theme/theme_option.h"

static bool chosen(struct arena *a, const struct theme_choice *choice, const struct option *o,
		   struct str *ret)
{
	for (size_t i = 0; choice && i < choice->n; i++)
		if (str_eq(choice->settings[i].name, o->name)
		    && option_check(a, o, choice->settings[i].value, ret, NULL))
			return true;
	for (size_t i = 0; choice && o->renamed_from.n && i < choice->n; i++)
		if (manifest_was_called(o, choice->settings[i].name)
		    && option_check(a, o, choice->settings[i].value, ret, NULL))
			return true;
	return false;
}

/* The value without a look at show_if, so that two options may name each other. */
static struct str value_of(struct arena *a, const struct theme *t,
			   const struct theme_choice *choice, const struct option *o)
{
	const struct manifest_preset *preset = NULL;
	struct str value;

	if (chosen(a, choice, o, &value))
		return value;
	if (choice && choice->preset.n)
		preset = manifest_preset_find(theme_manifest(t), choice->preset);
	for (size_t i = 0; preset && i < preset->n; i++)
		if (str_eq(preset->values[i].key, o->name)
		    && option_check(a, o, preset->values[i].value, &value, NULL))
			return value;
	return o->value;
}

bool theme_option_is_shown(struct arena *a, const struct theme *t,
			   const struct theme_choice *choice, const struct option *o)
{
	struct str want, name = str_cut(o->show_if, ':', &want), checked;
	const struct option *other = manifest_option_find(theme_manifest(t), name);

	if (!o->show_if.n || !other)
		return true;
	if (!want.p)
		want = STR("true");
	return option_check(a, other, want, &checked, NULL)
		&& str_eq(value_of(a, t, choice, other), checked);
}

struct str theme_option(struct arena *a, const struct theme *t, const struct theme_choice *choice,
			const struct option *o)
{
	return theme_option_is_shown(a, t, choice, o) ? value_of(a, t, choice, o) : o->value;
}

bool theme_option_check(struct arena *a, const struct theme *t, struct str name, struct str value,
			struct str *ret, struct fail *f)
{
	const struct option *o = manifest_option_find(theme_manifest(t), name);

	if (!o)
		return fail(f, FAIL_NOT_FOUND, "the theme %.*s has no option \"%.*s\"",
			    STR_ARG(theme_id(t)), STR_ARG(name));
	return option_check(a, o, value, ret, f) || fail_in(f, "%.*s", STR_ARG(name));
}

/* Pictures of the theme itself are named as in its files. */
static struct str shown(const struct theme *t, const struct option *o, struct str value)
{
	if (o->type == OPTION_IMAGE && str_starts(value, STR("assets/")))
		return theme_asset_url(t, str_skip(value, 7));
	return value;
}

void theme_options_css(const struct theme *t, const struct theme_choice *choice, struct buf *out)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const struct manifest *m = theme_manifest(t);
	bool any = false;

	for (size_t i = 0; i < m->n_options; i++) {
		const struct option *o = &m->options[i];

		if (o->type == OPTION_MARKDOWN)
			continue;
		buf_addf(out, "%s--%.*s:", any ? ";" : ":root{", STR_ARG(o->name));
		option_css(o, shown(t, o, theme_option(a, t, choice, o)), out);
		any = true;
	}
	if (any)
		buf_addc(out, '}');
}

static void put_option(struct arena *a, struct value *map, const struct option *o, struct str value,
		       struct html (*markdown)(struct arena *a, struct str source))
{
	struct str name;

	switch (o->type) {
	case OPTION_BOOL:
		value_set_str(map, o->name, value_bool(a, str_eq(value, STR("true"))));
		return;
	case OPTION_IMAGE:
		value_set_str(map, o->name, value_url(a, value));
		return;
	case OPTION_MARKDOWN:
		value_set_str(map, o->name, markdown ? value_html(a, markdown(a, value))
			      : value_text(a, value));
		return;
	case OPTION_SELECT:
		name = arena_printf(a, "%.*s_%.*s", STR_ARG(o->name), STR_ARG(value));
		value_set_str(map, name, value_bool(a, true));
		break;
	default:
		break;
	}
	value_set_str(map, o->name, value_text(a, value));
}

struct value *theme_options_value(struct arena *a, const struct theme *t,
				  const struct theme_choice *choice,
				  struct html (*markdown)(struct arena *a, struct str source))
{
	const struct manifest *m = theme_manifest(t);
	struct value *map = value_map(a);

	for (size_t i = 0; i < m->n_options; i++) {
		const struct option *o = &m->options[i];

		put_option(a, map, o, shown(t, o, theme_option(a, t, choice, o)), markdown);
	}
	return map;
}
