/* config_keys.h - the table of what may stand in hameau.ini. Private to config. */
#ifndef APP_CONFIG_KEYS_H
#define APP_CONFIG_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CONFIG_KEYS_MAX 64

enum config_type {
	CONFIG_TEXT,		/* struct str */
	CONFIG_CHOICE,		/* struct str, one of `choices` */
	CONFIG_LANG,		/* struct str, a language tag */
	CONFIG_FOLDER,		/* struct str, a folder that is there, or empty */
	CONFIG_DOMAIN,		/* struct str, as A-labels */
	CONFIG_LISTEN,		/* struct config_texts of ADDR:PORT, repeatable */
	CONFIG_LOCAL,		/* the same, but not for the world */
	CONFIG_NETWORKS,	/* struct config_texts of addresses and networks, repeatable */
	CONFIG_SENDERS,		/* the same, and the word unix */
	CONFIG_BOOL,		/* bool */
	CONFIG_NUMBER,		/* int64_t, like the following */
	CONFIG_SIZE,
	CONFIG_TIME,
	CONFIG_MODE,		/* of a file, octal */
};

struct config_key {
	const char *section, *name;
	enum config_type type;
	const char *value;		/* the default, as it would be written */
	size_t offset;			/* in struct config */
	int64_t min, max;
	const char *choices;		/* separated by spaces */
	bool restart;			/* a reload does not change it */
	const char *help;		/* one or two sentences for the operator */
};

extern const struct config_key config_keys[];
extern const size_t config_keys_count;

#endif
