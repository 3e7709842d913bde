/* md_tags.h - the allow-list: which raw elements and attributes may pass. */
#ifndef MARKDOWN_MD_TAGS_H
#define MARKDOWN_MD_TAGS_H

#include "markdown/md_html.h"

struct md_tag {
	const char *name;
	enum md_holds holds;
	bool empty;			/* has no end tag: <br> */
	bool block;			/* stands where blocks stand */
	bool comment;			/* also in comments */
	const char *parents;		/* " ul ol ": must stand in one of these; NULL: anywhere */
};

enum md_attr_kind { MD_ATTR_TEXT, MD_ATTR_LINK, MD_ATTR_MEDIA, MD_ATTR_ID, MD_ATTR_NUMBER,
		    MD_ATTR_BOOL };

struct md_attr {
	const char *name;
	enum md_attr_kind kind;
	const char *tags;		/* " a q "; NULL: on all */
	bool comment;
};

const struct md_tag *md_tags_find(struct str name);
const struct md_attr *md_tags_attr(const struct md_tag *tag, struct str name);
bool md_tags_in(const char *list, const char *name);	/* is name one of " a b "? */

/* Elements whose content is no text to read: dropped with all up to their end. */
bool md_tags_is_hidden(struct str name);

#endif
