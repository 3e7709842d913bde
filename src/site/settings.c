/* settings.c - the table of keys and their checks. SQL is in settings_store.c. */
#include "site/settings.h"

#include <string.h>

#include "base/conf.h"
#include "base/limits.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "unicode/language.h"
#include "unicode/zone.h"

const struct settings_key settings_keys[] = {
	{ "title", SETTINGS_TEXT, "",
	  .help = N_("What the site is called."), .max = LIMIT_TITLE },
	{ "tagline", SETTINGS_TEXT, "",
	  .help = N_("One sentence below the title."), .max = LIMIT_TITLE },
	{ "lang", SETTINGS_LANG, "en",
	  .help = N_("The language of the site and of its interface (fr, de, pt-BR).") },
	{ "languages", SETTINGS_LANGS, "",
	  .help = N_("Further languages in which readers may have menus, dates and labels (fr,"
		     " de).") },
	{ "author", SETTINGS_TEXT, "",
	  .help = N_("Who writes, for posts that name nobody."), .max = LIMIT_TITLE },
	{ "timezone", SETTINGS_ZONE, "UTC",
	  .help = N_("Where the site's clock stands (Europe/Paris).") },
	{ "order", SETTINGS_CHOICE, "newest",
	  .help = N_("newest first, or serial: read from the beginning."),
	  .choices = "newest serial" },
	{ "lists", SETTINGS_CHOICE, "summary",
	  .help = N_("Lists show a summary of each post, or the full text."),
	  .choices = "summary full" },
	{ "posts_per_page", SETTINGS_NUMBER, "10",
	  .help = N_("Posts on one page of a list."), NULL, 1, 100 },
	{ "listed", SETTINGS_BOOL, "yes",
	  .help = N_("Show the site and its newest posts on the host's front page.") },
	{ "theme", SETTINGS_THEME, "",
	  .help = N_("The look; empty: the host's usual one.") },
	{ "robots_ai", SETTINGS_CHOICE, "allow",
	  .help = N_("Whether robots.txt allows crawlers that train models."),
	  .choices = "allow refuse" },
	{ "preset", SETTINGS_TEXT, "",
	  .help = N_("A preset of the theme's options."), .max = 80 },
	{ "menu", SETTINGS_TEXT, "",
	  .help = N_("The menu, one entry a line: Title = /address/; empty: the pages that ask"
		     " for it."),
	  .max = LIMIT_SETTING },
	{ "footer", SETTINGS_TEXT, "",
	  .help = N_("Text at the foot of every page, in Markdown."),
	  .max = LIMIT_SETTING },
};

const size_t settings_keys_count = ARRAY_LEN(settings_keys);

static bool is_option_name(struct str name)
{
	if (!name.n || name.n > 40)
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
			return false;
	}
	return true;
}

static bool has_control(struct str s, bool lines)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' && !(lines && (s.p[i] == '\n' || s.p[i] == '\t')))
			return true;
	return false;
}

static bool check_text(struct str value, size_t max, struct fail *f)
{
	if (value.n > max)
		return fail(f, FAIL_TOO_LARGE, "the value is longer than %zu bytes", max);
	if (!utf8_valid(value))
		return fail(f, FAIL_INVALID, "the value is not valid UTF-8");
	if (has_control(value, max > LIMIT_TITLE))
		return fail(f, FAIL_INVALID, "the value holds control characters");
	return true;
}

static bool check_choice(const char *choices, struct str value, struct fail *f)
{
	return str_has_item(str_of(choices), " ", value)
	       || fail(f, FAIL_INVALID, "\"%.*s\" is none of: %s", STR_ARG(value), choices);
}

static bool check_zone(struct str value, struct fail *f)
{
	char zone[64];

	if (value.n < sizeof zone) {
		memcpy(zone, value.p, value.n);
		zone[value.n] = '\0';
		if (zone_exists(zone))
			return true;
	}
	return fail(f, FAIL_INVALID, "\"%.*s\" is no time zone, as Europe/Paris or UTC are",
		    STR_ARG(value));
}

static bool check_lang(struct str value, struct fail *f)
{
	return language_valid(value)
		|| fail(f, FAIL_INVALID, "\"%.*s\" is no language code, as fr or pt-BR are",
			STR_ARG(value));
}

static bool check_langs(struct str value, struct fail *f)
{
	struct str lang;

	while (str_item(&value, ",", &lang))
		if (!check_lang(lang, f))
			return false;
	return true;
}

static bool check_value(const struct settings_key *key, struct str value, struct fail *f)
{
	int64_t number;
	bool yes;

	if (!check_text(value, key->type == SETTINGS_TEXT ? (size_t)key->max : LIMIT_TITLE, f))
		return false;
	if (!value.n)
		return true;
	switch (key->type) {
	case SETTINGS_TEXT:
		return true;
	case SETTINGS_LANG:
		return check_lang(value, f);
	case SETTINGS_LANGS:
		return check_langs(value, f);
	case SETTINGS_ZONE:
		return check_zone(value, f);
	case SETTINGS_THEME:
		return is_option_name(value)
			|| fail(f, FAIL_INVALID, "\"%.*s\" is no name of a theme", STR_ARG(value));
	case SETTINGS_CHOICE:
		return check_choice(key->choices, value, f);
	case SETTINGS_BOOL:
		return conf_bool(value, &yes, f);
	case SETTINGS_NUMBER:
		return conf_int(value, key->min, key->max, &number, f);
	}
	return fail(f, FAIL_BUG, "a setting of an unknown type");
}

bool settings_check(struct str key, struct str value, struct fail *f)
{
	struct nearest near;

	if (str_starts(key, STR("option."))) {
		if (!is_option_name(str_skip(key, 7)))
			return fail(f, FAIL_INVALID, "\"%.*s\" is no name of an option",
				    STR_ARG(key));
		return check_text(value, LIMIT_SETTING, f) || fail_in(f, "%.*s", STR_ARG(key));
	}
	if (str_starts(key, STR("menu."))) {
		if (!is_option_name(str_skip(key, 5)))
			return fail(f, FAIL_INVALID, "\"%.*s\" is no name of a menu",
				    STR_ARG(key));
		return check_text(value, LIMIT_SETTING, f) || fail_in(f, "%.*s", STR_ARG(key));
	}
	nearest_init(&near, key);
	for (size_t i = 0; i < settings_keys_count; i++) {
		struct str name = str_of(settings_keys[i].name);

		if (str_eq(name, key))
			return check_value(&settings_keys[i], value, f) || fail_in(f, "%s", name.p);
		nearest_offer(&near, name);
	}
	if (near.best.n)
		return fail(f, FAIL_NOT_FOUND,
			    "there is no setting \"%.*s\"; did you mean \"%.*s\"?", STR_ARG(key),
			    STR_ARG(near.best));
	return fail(f, FAIL_NOT_FOUND, "there is no setting \"%.*s\"", STR_ARG(key));
}
