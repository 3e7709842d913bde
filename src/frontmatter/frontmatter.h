/* frontmatter.h - the head of a text file: what the author says about the text.
 *
 * A file may begin with a block between two lines of "---" (YAML) or "+++" (TOML), or
 * with one JSON object, which YAML can read too.
 * Whatever its shape, it becomes one flat list of keys with texts: maps are joined
 * by dots ("taxonomies.tags"), lists are several values of one key, and lists of
 * maps repeat their keys. What a key means is the reader's business.
 *
 * YAML is read by libyaml behind guards (a head of plain lines, as most are, without it, and in
 * the same way): anchors and aliases are refused, depth and number of values are bounded. TOML
 * is a subset of our own: strings of all four kinds, numbers, dates, booleans (as their text),
 * arrays, inline tables, [table] and [[table]]. Errors are told as name:line.
 */
#ifndef FRONTMATTER_FRONTMATTER_H
#define FRONTMATTER_FRONTMATTER_H

#include "base/arena.h"
#include "base/fail.h"

enum frontmatter_form { FRONTMATTER_NONE, FRONTMATTER_YAML, FRONTMATTER_TOML, FRONTMATTER_JSON };

struct frontmatter_pair {
	struct str key;			/* as written, joined by dots */
	struct str *values;		/* none for null or an empty list */
	size_t n;
	int line;			/* in the file, from 1 */
	bool is_list;
};

struct frontmatter {
	enum frontmatter_form form;
	struct frontmatter_pair *pairs;	/* in the order of the file */
	size_t n;
	struct str body;		/* what follows the block; part of `file` */
	int body_line;			/* the line of the file where body starts */
};

/* name: how the file is called in messages. A file without a block has no pairs and
 * is all body. The text must be valid UTF-8 without NUL (FAIL_INVALID). Lent from
 * `file`: body; all else lives in the arena. */
MUST_CHECK bool frontmatter_parse(struct arena *a, struct str file, const char *name,
				  struct frontmatter *ret, struct fail *f);

/* As Hexo reads it: the first "---" of a YAML block may be missing. */
MUST_CHECK bool frontmatter_parse_open(struct arena *a, struct str file, const char *name,
				       struct frontmatter *ret, struct fail *f);

/* A bare YAML or TOML file (a site's configuration), with the same guards. */
MUST_CHECK bool frontmatter_parse_yaml(struct arena *a, struct str text, const char *name,
				       struct frontmatter *ret, struct fail *f);
MUST_CHECK bool frontmatter_parse_toml(struct arena *a, struct str text, const char *name,
				       struct frontmatter *ret, struct fail *f);

/* The pair of a key (ASCII case ignored), NULL when there is none; the last wins. */
const struct frontmatter_pair *frontmatter_find(const struct frontmatter *fm, struct str key);

#endif
