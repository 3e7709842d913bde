/* parse.h - the parsers behind frontmatter.c. Only for frontmatter/ itself.
 *
 * Each reads a block (without its fences, at most LIMIT_FRONT_MATTER, valid UTF-8)
 * into pairs. Errors already carry name:line.
 */
#ifndef FRONTMATTER_PARSE_H
#define FRONTMATTER_PARSE_H

#include "frontmatter/pairs.h"

/* Of YAML what is a key and its words on each line. False: it is not as plain as that, or wrong;
 * the pairs are as they were, and parse_yaml() says which. */
MUST_CHECK bool parse_lines(struct pairs *ps, struct str block);
MUST_CHECK bool parse_yaml(struct pairs *ps, struct str block, struct fail *f);
MUST_CHECK bool parse_toml(struct pairs *ps, struct str block, struct fail *f);

#endif
