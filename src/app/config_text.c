/* config_text.c - the table of keys as text: the sample file and the manual. */
#include <string.h>

#include "app/config.h"
#include "app/config_keys.h"

/* Help as comment lines of at most 78 columns. */
static void add_comment(struct buf *b, const char *text)
{
	struct str rest = str_of(text), word;
	size_t column = 0;

	while (rest.n) {
		word = str_cut(rest, ' ', &rest);
		if (column && column + 1 + word.n > 78) {
			buf_addc(b, '\n');
			column = 0;
		}
		buf_adds(b, column ? " " : "; ");
		buf_add(b, word);
		column += word.n + (column ? 1 : 2);
	}
	buf_addc(b, '\n');
}

static void add_line(struct buf *b, const struct config_key *key, struct str base)
{
	bool is_base =
		base.n && strcmp(key->section, "host") == 0 && strcmp(key->name, "base") == 0;

	if (is_base)
		buf_addf(b, "%s = %.*s\n", key->name, STR_ARG(base));
	else
		buf_addf(b, ";%s =%s%s\n", key->name, *key->value ? " " : "", key->value);
}

void config_sample(struct buf *b, struct str base, const char *(*translate)(const char *))
{
	const char *section = "";

	for (size_t i = 0; i < config_keys_count; i++) {
		const struct config_key *key = &config_keys[i];

		if (strcmp(section, key->section) != 0)
			buf_addf(b, "%s[%s]\n", i ? "\n" : "", key->section);
		else
			buf_addc(b, '\n');
		section = key->section;
		add_comment(b, translate ? translate(key->help) : key->help);
		add_line(b, key, base);
	}
}

static const char *const type_names[] = {
	[CONFIG_TEXT] = "text",
	[CONFIG_CHOICE] = "choice",
	[CONFIG_DOMAIN] = "domain",
	[CONFIG_LANG] = "language",
	[CONFIG_FOLDER] = "folder",
	[CONFIG_LISTEN] = "ADDRESS:PORT, repeatable",
	[CONFIG_LOCAL] = "ADDRESS:PORT, repeatable",
	[CONFIG_NETWORKS] = "addresses",
	[CONFIG_SENDERS] = "addresses, unix",
	[CONFIG_BOOL] = "yes or no",
	[CONFIG_NUMBER] = "number",
	[CONFIG_SIZE] = "size (K, M, G)",
	[CONFIG_TIME] = "time (s, m, h, d)",
	[CONFIG_MODE] = "octal number",
};

void config_manual(struct buf *b)
{
	const char *section = "";

	for (size_t i = 0; i < config_keys_count; i++) {
		const struct config_key *key = &config_keys[i];

		if (strcmp(section, key->section) != 0)
			buf_addf(b,
				 "%s### [%s]\n\n| Key | Value | Default | |\n|---|---|---|---|\n",
				 i ? "\n" : "", key->section);
		section = key->section;
		buf_addf(b, "| `%s` | %s | %s%s%s | %s%s |\n", key->name,
			 key->choices ? key->choices : type_names[key->type],
			 *key->value ? "`" : "", key->value, *key->value ? "`" : "", key->help,
			 key->restart ? " *(at the next start)*" : "");
	}
}
