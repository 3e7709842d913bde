/* md_links.h - bare addresses in running text: http://, https://, www. and e-mail. */
#ifndef MARKDOWN_MD_LINKS_H
#define MARKDOWN_MD_LINKS_H

#include "base/str.h"

struct md_link {
	size_t from, to;
	const char *prefix;		/* what the address lacks: "http://", "mailto:", "" */
};

/* The first address at or behind `from`. `before` is the character before s. Asked
 * again from ret->to, a text is read once in all. */
bool md_links_next(struct str s, size_t from, uint32_t before, struct md_link *ret);

#endif
