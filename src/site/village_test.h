/* village_test.h - a host in a folder of its own, for the unit tests of site/. */
#ifndef SITE_VILLAGE_TEST_H
#define SITE_VILLAGE_TEST_H

#include "base/test.h"
#include "site/manage.h"

struct village {
	const char *dir;
	struct arena *arena;
	struct gens *gens;
	struct handles *sites;
	struct registry *registry;
	struct fail f;
};

int village_set_up(void **state);	/* *state is a struct village; base domain "test.example" */
int village_tear_down(void **state);

/* The answer for a host name: "nothing", "front", "site NAME STATUS", with " -> HOST" behind
 * when it redirects. */
struct str village_ask(struct village *v, const char *host);
void village_make(struct village *v, const char *name);		/* a site, which must succeed */

int name_tests(void);
int settings_tests(void);
int registry_tests(void);
int manage_tests(void);
int maker_tests(void);

#endif
