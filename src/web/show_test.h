/* show_test.h - a site in a database of its own, a theme of few words, and a way to ask for
 * its pages: for the unit tests of web/ and of the features above it.
 */
#ifndef WEB_SHOW_TEST_H
#define WEB_SHOW_TEST_H

#include "base/test.h"
#include "content/edit.h"
#include "theme/themes.h"
#include "web/feature.h"

struct show {
	const char *dir;
	struct gens *gens;
	struct db *db;
	struct arena *a;
	struct catalogs *catalogs;
	struct themes *themes;
	struct theme *theme;
	struct site site;
	const struct ctx_watch *watch;	/* for every context from now on, or NULL */
	struct ctx cx;		/* as the last show_ask() left it; its tx is over */
	struct fail f;
};

int show_set_up(void **state);		/* *state is a struct show; "https://test.example" */
int show_tear_down(void **state);

void show_set(struct show *x, const char *key, const char *value);
/* Puts the post; body and path may be missing (rendered; made from the title). Its id. */
int64_t show_put(struct show *x, struct post_edit in);
void show_remove(struct show *x, int64_t id);
/* Posts "p1" ... "pN" an hour apart, all with the tag "t". */
void show_fill(struct show *x, int n);
void show_arrange(struct show *x);

/* The context as for a request, with a read transaction that show_end() ends. */
struct ctx *show_begin(struct show *x, const char *path, const char *query);
void show_end(struct show *x);
/* What the feature answers; not_found for a path that is none of its. */
struct answer show_ask(struct show *x, const struct feature *of, const char *path,
		       const char *query);
/* Its body, without the newline at the end. */
struct str show_page(struct show *x, const struct feature *of, const char *path);

#define ON_A_SITE(test) cmocka_unit_test_setup_teardown(test, show_set_up, show_tear_down)

#endif
