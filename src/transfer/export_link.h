/* export_link.h - addresses of a site as files, and links between them. */
#ifndef TRANSFER_EXPORT_LINK_H
#define TRANSFER_EXPORT_LINK_H

#include "base/arena.h"
#include "base/buf.h"

/* "/rain/" is "rain/index.html", "/feed.xml" itself. */
struct str export_link_file(struct arena *a, struct str path);

/* The way from one file to another: "../rain/index.html". */
struct str export_link_between(struct arena *a, struct str from_file, struct str to_file);

/* Calls found(ctx, path) for each address of this site ("/...", decoded) that the page
 * links to, and appends the page with relative links to out. Without a server nothing
 * can be searched: such forms are left out. file empty: links stay as they are. */
typedef void export_link_fn(void *ctx, struct str path);
void export_link_html(struct arena *a, struct str html, struct str file, export_link_fn *found,
		      void *ctx, struct buf *out);
void export_link_css(struct arena *a, struct str css, struct str file, export_link_fn *found,
		     void *ctx, struct buf *out);

#endif
