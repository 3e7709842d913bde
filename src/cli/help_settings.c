/* help_settings.c - the settings of a site, for `hameau help settings` and for doc/. */
#include "cli/help.h"
#include "site/settings.h"

static const char *kind_of(const struct catalog *c, const struct settings_key *key)
{
	switch (key->type) {
	case SETTINGS_LANG:
		return tr(c, "language");
	case SETTINGS_LANGS:
		return tr(c, "languages");
	case SETTINGS_ZONE:
		return tr(c, "time zone");
	case SETTINGS_BOOL:
		return tr(c, "yes or no");
	case SETTINGS_NUMBER:
		return tr(c, "number");
	case SETTINGS_CHOICE:
		return key->choices;
	case SETTINGS_TEXT:
	case SETTINGS_THEME:
		break;
	}
	return tr(c, "text");
}

void help_settings(struct buf *b, const struct catalog *c)
{
	for (size_t i = 0; i < settings_keys_count; i++) {
		const struct settings_key *key = &settings_keys[i];

		buf_addf(b, "%s (%s)", key->name, kind_of(c, key));
		if (*key->value)
			buf_addf(b, " = %s", key->value);
		buf_addf(b, "\n    %s\n", tr(c, key->help));
	}
	buf_addf(b, "menu.NAME\n    %s\n", tr(c, "The menu at a place of the theme, as menu."));
	buf_addf(b, "option.NAME\n    %s\n", tr(c, "An option of the theme."));
}

void help_settings_manual(struct buf *b)
{
	buf_adds(b, "| Setting | Value | Default | |\n|---|---|---|---|\n");
	for (size_t i = 0; i < settings_keys_count; i++) {
		const struct settings_key *key = &settings_keys[i];
		const char *tick = *key->value ? "`" : "";

		buf_addf(b, "| `%s` | %s | %s%s%s | %s |\n", key->name, kind_of(NULL, key), tick,
			 key->value, tick, key->help);
	}
	buf_adds(b, "| `menu.NAME` | text | | The menu at a place of the theme, as menu. |\n");
	buf_adds(b, "| `option.NAME` | text | | An option of the theme. |\n");
}
