/* workshop.h - what `hameau theme serve` adds to the pages of its throw-away host.
 *
 *	/workshop/		all pages of a site, its options, the other sites
 *	/workshop/set		?key=option.accent&value=red : changes the site and goes back
 *	/workshop/error/503/	the error page of a status
 *	/workshop/state		JSON: which theme is shown, and what is wrong with its files
 *	/workshop/live.js	asks for that twice a second; reloads, and shows what is wrong
 *	/forum/, /members/	forum.h
 *
 * Every page of a site gets that one script, and a policy that allows it. A page that the
 * theme fails to make becomes one that says why. No other host has any of this: a feature
 * that nobody adds (app/features.h) is not there.
 */
#ifndef WORKSHOP_WORKSHOP_H
#define WORKSHOP_WORKSHOP_H

#include "site/registry.h"
#include "theme/themes.h"
#include "web/feature.h"

struct workshop {
	struct themes *themes;
	struct registry *registry;
	struct str id;			/* of the theme that is worked on */
	const char *files;		/* folder of live.js and workshop.css */
	const struct str *sites;	/* their names */
	size_t n_sites;
};

extern const struct feature workshop_feature;

/* Before the first request. Everything outlives the last one. */
void workshop_begin(const struct workshop *shop);

#endif
