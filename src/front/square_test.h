/* square_test.h - a host with sites, and a site whose pages can be asked for, for the tests of what
 * shows both. */
#ifndef FRONT_SQUARE_TEST_H
#define FRONT_SQUARE_TEST_H

#include "site/registry.h"
#include "site/village_test.h"
#include "web/show_test.h"

struct square {
	struct show *show;
	struct village *village;
	struct host_tx tx;		/* from square_begin() to square_end() */
	struct ctx cx;
};

int square_set_up(void **state);	/* *state is a struct square */
int square_tear_down(void **state);

/* The context of a page of the host itself, "https://test.example/". */
struct ctx *square_begin(struct square *s, const char *lang, const char *query);
void square_end(struct square *s);

#endif
