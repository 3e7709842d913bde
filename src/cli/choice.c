/* choice.c - see choice.h. */
#include "cli/choice.h"

#include "app/engine.h"
#include "base/nearest.h"
#include "site/settings.h"
#include "theme/theme_option.h"

#define OPTION "option."
#define MENU "menu."

bool choice_split(struct str text, struct manage_setting *ret, struct fail *f)
{
	struct str value, key = str_cut(text, '=', &value);

	if (!value.p)
		return fail(f, FAIL_INVALID, "\"%.*s\" is not KEY=VALUE", STR_ARG(text));
	*ret = (struct manage_setting){ str_trim(key), value };
	return true;
}

/* The theme that the site will have. */
static bool theme_of(struct call *call, const struct site *site, const struct manage_setting *list,
		     size_t n, struct str *ret, struct fail *f)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	struct str given = STR_NONE;

	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i].key, STR("theme")))
			given = str_trim(list[i].value);
	*ret = given;
	if (given.p || !site)
		return true;
	return registry_begin_site(call->host->registry, site, TX_READ, &t, f)
		&& settings_value(call->arena, t.tx, STR("theme"), ret, f);
}

static bool no_option(const struct theme *t, struct str name, struct fail *f)
{
	const struct manifest *m = theme_manifest(t);
	struct str id = theme_id(t);
	CLEANUP(buf_release) struct buf names = BUF(4 * KIB);
	struct nearest near;

	nearest_init(&near, name);
	for (size_t i = 0; i < m->n_options; i++) {
		nearest_offer(&near, m->options[i].name);
		buf_addf(&names, "%s%.*s", i ? ", " : "", STR_ARG(m->options[i].name));
	}
	if (near.best.n)
		return fail(f, FAIL_NOT_FOUND, "the theme %.*s has no option \"%.*s\"; did you mean"
			    " \"%.*s\"?", STR_ARG(id), STR_ARG(name), STR_ARG(near.best));
	if (!names.n)
		return fail(f, FAIL_NOT_FOUND, "the theme %.*s has no options", STR_ARG(id));
	return fail(f, FAIL_NOT_FOUND, "the theme %.*s has no option \"%.*s\"; it has %.*s",
		    STR_ARG(id), STR_ARG(name), STR_ARG(buf_str(&names)));
}

static bool check_option(struct call *call, const struct theme *t, const struct manage_setting *s,
			 struct fail *f)
{
	struct str name = str_skip(s->key, sizeof OPTION - 1), value = str_trim(s->value), written;
	struct fail why = FAIL_INIT;

	/* Back to the default, also of an option that a former theme had. */
	if (!value.n)
		return true;
	if (theme_option_check(call->arena, t, name, value, &written, &why))
		return true;
	if (why.code == FAIL_NOT_FOUND)
		return no_option(t, name, f);
	return fail(f, why.code, "%s%s", OPTION, why.text);
}

static bool check_preset(const struct theme *t, struct str name, struct fail *f)
{
	const struct manifest *m = theme_manifest(t);
	CLEANUP(buf_release) struct buf names = BUF(4 * KIB);

	if (!name.n || manifest_preset_find(m, name))
		return true;
	for (size_t i = 0; i < m->n_presets; i++)
		buf_addf(&names, "%s%.*s", i ? " " : "", STR_ARG(m->presets[i].name));
	if (!names.n)
		return fail(f, FAIL_NOT_FOUND, "the theme %.*s has no presets",
			    STR_ARG(theme_id(t)));
	return fail(f, FAIL_INVALID, "preset: \"%.*s\" is none of: %.*s", STR_ARG(name),
		    STR_ARG(buf_str(&names)));
}

static bool check_menu(const struct theme *t, const struct manage_setting *s, struct fail *f)
{
	const struct manifest *m = theme_manifest(t);
	struct str name = str_skip(s->key, sizeof MENU - 1);
	CLEANUP(buf_release) struct buf names = BUF(4 * KIB);

	if (!str_trim(s->value).n || manifest_menu_find(m, name))
		return true;
	for (size_t i = 0; i < m->n_menus; i++)
		buf_addf(&names, "%s%.*s", i ? ", " : "", STR_ARG(m->menus[i].name));
	if (!names.n)
		return fail(f, FAIL_NOT_FOUND, "the theme %.*s has no places for menus",
			    STR_ARG(theme_id(t)));
	return fail(f, FAIL_NOT_FOUND, "the theme %.*s has no place \"%.*s\" for a menu; it has"
		    " %.*s", STR_ARG(theme_id(t)), STR_ARG(name), STR_ARG(buf_str(&names)));
}

static bool is_of_theme(struct str key)
{
	return str_starts(key, STR(OPTION)) || str_starts(key, STR(MENU))
		|| str_eq(key, STR("preset"));
}

static bool check_all(struct call *call, const struct theme *t, const struct manage_setting *list,
		      size_t n, struct fail *f)
{
	for (size_t i = 0; i < n; i++) {
		if (str_starts(list[i].key, STR(OPTION)) && !check_option(call, t, &list[i], f))
			return false;
		if (str_starts(list[i].key, STR(MENU)) && !check_menu(t, &list[i], f))
			return false;
		if (str_eq(list[i].key, STR("preset"))
		    && !check_preset(t, str_trim(list[i].value), f))
			return false;
	}
	return true;
}

static bool check_with_themes(struct call *call, struct themes *themes, struct str id,
			      const struct manage_setting *list, size_t n, struct fail *f)
{
	CLEANUP(theme_unrefp) struct theme *theme =
		id.n ? themes_find(themes, id) : themes_default(themes);

	if (!theme)
		return fail(f, FAIL_INVALID, "the theme \"%.*s\" cannot be used; hameau doctor says"
			    " why", STR_ARG(id));
	return check_all(call, theme, list, n, f);
}

/* Loading themes is dear: only where an option is set, and not where a server has them. */
static bool check_of_theme(struct call *call, const struct site *site,
			   const struct manage_setting *list, size_t n, struct fail *f)
{
	struct engine *e = call->host->engine;
	struct themes *themes;
	struct str id;
	bool ok;

	if (!theme_of(call, site, list, n, &id, f))
		return false;
	if (e)
		return check_with_themes(call, e->themes, id, list, n, f);
	if (!engine_open_themes(call->host, call->arena, &themes, f))
		return false;
	ok = check_with_themes(call, themes, id, list, n, f);
	themes_close(themes);
	return ok;
}

/* Half a translation makes half a site; what a site has already it keeps. */
static bool check_language(const struct catalogs *all, struct str key, struct str lang,
			   struct fail *f)
{
	int percent = catalogs_percent(all, lang);

	if (percent >= CATALOGS_OFFERED || (percent < 0 && str_eq(key, STR("lang"))))
		return true;
	if (percent < 0)
		return fail(f, FAIL_NOT_FOUND, "%.*s: there is no translation into \"%.*s\"",
			    STR_ARG(key), STR_ARG(lang));
	return fail(f, FAIL_INVALID, "%.*s: %d %% of \"%.*s\" are translated; a language is offered"
		    " to sites from %d %% on", STR_ARG(key), percent, STR_ARG(lang),
		    CATALOGS_OFFERED);
}

static bool check_languages(struct call *call, struct str key, struct str value, struct fail *f)
{
	struct catalogs *all = host_catalogs(call->host);
	struct str lang;
	bool ok = true;

	while (ok && str_item(&value, ",", &lang))
		ok = check_language(all, key, lang, f);
	catalogs_unref(all);
	return ok;
}

static bool is_language(struct str key)
{
	return str_eq(key, STR("lang")) || str_eq(key, STR("languages"));
}

bool choice_check(struct call *call, const struct site *site, const struct manage_setting *list,
		  size_t n, struct fail *f)
{
	bool of_theme = false;

	for (size_t i = 0; i < n; i++) {
		struct str value = str_trim(list[i].value);

		if (!settings_check(list[i].key, value, f)
		    || (str_eq(list[i].key, STR("theme")) && value.n
			&& !host_check_theme(call->host, value, f))
		    || (is_language(list[i].key)
			&& !check_languages(call, list[i].key, value, f)))
			return false;
		of_theme |= is_of_theme(list[i].key) && value.n;
	}
	return !of_theme || check_of_theme(call, site, list, n, f);
}
