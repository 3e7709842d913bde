/* reader.h - the interface in the language that a reader chose.
 *
 * A site that offers several (its setting `languages`) shows each page once more for each
 * of them, below "/_/fr": the same texts, with menus, dates and labels in French. What a
 * reader chose stands in the address and nowhere else, so a page is the same for everybody
 * who has its address, and the links of such a page lead on in its language. Below "/_/"
 * no text can have its address.
 *
 * cx->path and all addresses that handlers make are those of the site's own language;
 * reader_keep() moves the links when the page is finished.
 */
#ifndef WEB_READER_H
#define WEB_READER_H

#include "web/answer.h"
#include "mustache/value.h"

#define READER_LANGUAGES 16		/* that a site may offer beside its own */

/* "/_/fr/rain/" is "/rain/" for a reader of "fr": what is written as such an address. False:
 * it is any other. Whether the site offers that language is another question. Any thread. */
bool reader_split(struct str path, struct str *lang, struct str *rest);

/* Sets cx->languages from the settings: the site's own first, then those that have a
 * catalog; none where there is only one. */
void reader_offer(struct ctx *cx, const struct catalogs *all);

/* Takes the language from cx->path, if it is such an address and the language is offered:
 * cx->path, cx->lang, cx->prefix. True also where there was nothing to take. False: there is
 * no such page. */
bool reader_choose(struct ctx *cx);

/* The path as this reader has it, "/_/fr/rain/". */
struct str reader_path(const struct ctx *cx, struct str path);
/* The path for a reader of that language. */
struct str reader_path_in(const struct ctx *cx, struct str lang, struct str path);

/* Is it the address of a page, that each language has, or of a file, that there is once? */
bool reader_is_page(struct str path);

/* Sets `languages` (name, lang, url, is_current, is_partial, percent) and has_languages in
 * the page. */
void reader_value(struct ctx *cx, struct str path, struct value *page);

/* Sets is_partial and percent of one of them. */
void reader_set_percent(struct ctx *cx, struct value *language, int percent);

/* Lets the links of a finished page lead on in the reader's language, and turns files
 * into redirects to where they are. */
void reader_keep(struct ctx *cx, struct answer *an);

#endif
