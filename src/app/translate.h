/* translate.h - pages that show their messages, for translators: hameau serve --translate.
 *
 * Every sentence of a page that comes from a catalog stands in a frame that shows, under the
 * pointer and with the keyboard, its message, context and place; missing and fuzzy ones are
 * marked. What stands in attributes, in the title or nowhere to be seen is in a list at the
 * end of the page, where each message has a form. What is saved there is written into the
 * PO file and seen at once. Without JavaScript.
 *
 * Sites offer all catalogs in this mode, finished or not. Nothing is cached, and the server
 * listens on addresses of the machine only; forms carry a secret of this run.
 */
#ifndef APP_TRANSLATE_H
#define APP_TRANSLATE_H

#include "app/engine.h"
#include "http/reply.h"
#include "http/request.h"
#include "web/answer.h"

#define TRANSLATE_TOKEN 33

/* Begins the mode: before anybody is answered. */
void translate_begin(struct engine *e);

/* The pages that the mode itself has, below "/_/translate". Workers. */
bool translate_wants(const struct engine *e, struct str path);
void translate_answer(struct engine *e, const struct request *rq, struct reply *ret);

/* The languages of all catalogs, as the setting `languages` has them. */
struct str translate_languages(struct arena *a, const struct catalogs *all);

/* A page that was made with a catalog_marking() catalog: shows what the frames hold. plain:
 * the same catalog without frames. */
void translate_page(struct engine *e, struct ctx *cx, const struct marks *marks,
		    const struct catalog *plain, struct answer *an);

#endif
