/* md_url.h - which addresses may stand in a page. */
#ifndef MARKDOWN_MD_URL_H
#define MARKDOWN_MD_URL_H

#include "base/buf.h"

enum md_url_use { MD_URL_LINK, MD_URL_MEDIA };

/* A link: relative, or of a scheme that can run nothing. Media: of the site itself, because
 * a picture from elsewhere would tell its owner who reads what. Judged as browsers read it:
 * without the white space and control bytes they skip. */
bool md_url_allowed(struct str url, enum md_url_use use);

/* Percent-encoded where it must be, escaped for a quoted attribute. */
void md_url_put(struct buf *out, struct str url);

#endif
