/* people.h - the members of the workshop's forum: invented, and as varied as names are. */
#ifndef WORKSHOP_PEOPLE_H
#define WORKSHOP_PEOPLE_H

#include "web/view.h"

enum { PEOPLE_COUNT = 9 };

/* The i-th, counted round: name, url, initial, role and so on; full: with a text about them. */
struct value *people_value(struct ctx *cx, size_t i, bool full);

#endif
