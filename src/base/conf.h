/* conf.h - reading INI files (libinih): configuration, site.ini, theme.ini.
 *
 * "[section]" lines, "key = value" lines, comments from ';' or '#' at the start of
 * a line. Each pair is handed to a function with its line; what the function
 * refuses becomes an error with file:line. Parsing goes on to the end so that all
 * mistakes are told at once: their sentences are joined by newlines (up to the
 * size of struct fail).
 */
#ifndef BASE_CONF_H
#define BASE_CONF_H

#include "base/fail.h"

struct conf_line {
	struct str section, key, value;		/* lent for the call */
	int line;
};

typedef bool conf_fn(void *data, const struct conf_line *l, struct fail *f);

/* name: how the text is called in messages. */
MUST_CHECK bool conf_parse(struct str text, const char *name, conf_fn *fn, void *data,
			   struct fail *f);
MUST_CHECK bool conf_read(const char *path, conf_fn *fn, void *data, struct fail *f);

/* Values as the configuration writes them. Errors say what is expected. */
/* yes/no, true/false, on/off, 1/0 */
MUST_CHECK bool conf_bool(struct str v, bool *ret, struct fail *f);
MUST_CHECK bool conf_int(struct str v, int64_t min, int64_t max, int64_t *ret, struct fail *f);
MUST_CHECK bool conf_size(struct str v, int64_t *ret, struct fail *f);	/* 64, 10K, 5M, 2G (1024) */
MUST_CHECK bool conf_seconds(struct str v, int64_t *ret, struct fail *f); /* 30, 30s, 5m, 2h, 7d */

#endif
