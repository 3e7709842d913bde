/* closed.h - what a template of a stranger must not say even in literal HTML.
 *
 * The server's policy keeps browsers from running scripts and from loading anything from
 * elsewhere. Exported pages have no server, names are looked up and connections opened
 * without asking a policy, and what was never written need not be kept from working. So a
 * closed template has no elements and attributes that run something, embed something or
 * change where addresses lead, and loads nothing from another host. Links (<a>, <area>, cite)
 * may lead anywhere.
 *
 * place.c asks; all state is in struct place.
 */
#ifndef MUSTACHE_CLOSED_H
#define MUSTACHE_CLOSED_H

#include "mustache/place.h"

/* The start tag of p->element is complete. */
MUST_CHECK bool closed_element(const struct place *p, struct fail *f);
/* The value of the attribute p->name begins, goes on, ends. */
MUST_CHECK bool closed_begin(struct place *p, struct fail *f);
MUST_CHECK bool closed_byte(struct place *p, char c, struct fail *f);
MUST_CHECK bool closed_end(const struct place *p, struct fail *f);
/* A {{x}} stands here in the value. */
MUST_CHECK bool closed_value(const struct place *p, struct fail *f);
/* Two ways meet: the more suspicious one counts. */
void closed_join(struct place *p, const struct place *start);

#endif
