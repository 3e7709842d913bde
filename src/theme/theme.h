/* theme.h - one theme, loaded: what gives a site its look.
 *
 * A theme is a folder: theme.ini (manifest.h), templates/ with templates/partials/, sass/,
 * assets/, and what the engine does not read (README, LICENSE, screenshot.png, demo/). It
 * stands on its parent and on the engine's default theme; a file that it does not have is
 * theirs (folder.h). Options and Sass come from the theme and its parents; from the default
 * theme only where no base.html is there but that one. Loading checks everything that can be
 * checked without a site: templates compile as a stranger's (mustache/template.h) and find
 * the templates and assets they name, stylesheets compile, defaults fit their types.
 * Messages are "ID/FILE:LINE...".
 *
 * A loaded theme is immutable and refcounted; any thread may use it. Loading blocks (Sass
 * runs in a child process) and is for bulk workers and commands.
 *
 * What a site chooses of a theme is in theme_option.h.
 */
#ifndef THEME_THEME_H
#define THEME_THEME_H

#include "mustache/template.h"
#include "theme/asset.h"
#include "theme/manifest.h"
#include "theme/words.h"

struct theme;

struct theme_source {
	const char *dirs[FOLDER_LAYERS - 1];	/* the theme's own folder first */
	size_t n_dirs;
	const char *overrides;	/* of a site: templates/, sass/, assets/ above all those; or NULL */
	const struct folder_but *but;	/* files of overrides that are passed over, or NULL */
	const char *cache;	/* folder for compiled stylesheets (DATA/cache/themes), or NULL */
	bool trusted;		/* by the operator: scripts and outside addresses are allowed */
	const struct theme *last;	/* as it was until now, for words that cannot be read */
};

MUST_CHECK bool theme_load(const struct theme_source *source, struct theme **ret, struct fail *f);
struct theme *theme_ref(struct theme *t);
void theme_unref(struct theme *t);			/* NULL is fine */
void theme_unrefp(struct theme **t);			/* for CLEANUP */

/* What it was loaded from, lent: to load it again for a site that changes it (own.h). */
const struct theme_source *theme_loaded_from(const struct theme *t);
size_t theme_bytes(const struct theme *t);	/* how much memory it takes, about */

struct str theme_id(const struct theme *t);
bool theme_id_is_good(struct str id);	/* 3 to 40 small letters, digits and "-" */
const struct manifest *theme_manifest(const struct theme *t);
bool theme_is_trusted(const struct theme *t);		/* as its source said */
/* Changes when anything of the theme does: for cache keys and generations. */
const struct digest *theme_digest(const struct theme *t);

const struct words *theme_words(const struct theme *t);	/* lent */

/* Each template once. */
void theme_each_template(const struct theme *t, void (*fn)(void *arg, const struct template *),
			 void *arg);

/* "post", "partials/card" or just "card"; NULL when absent. Lent. */
const struct template *theme_template(const struct theme *t, struct str name);
/* The same, in the form that struct render_env asks for; arg is the theme. */
const struct template *theme_find_template(void *arg, struct str name);

/* The queries of the manifest that this template, or one that it uses, mentions: bit i for
 * manifest->queries[i]. The others need not be asked. */
uint32_t theme_asks(const struct theme *t, struct str name);

/* rest: the address behind "/_/theme/ID/". *current: the address is the asset's present
 * one and may be cached for ever; an old one still gets the asset, for a short time. */
const struct asset *theme_asset(const struct theme *t, struct str rest, bool *current);
/* The address of an asset by its name ("style.css"), or empty. */
struct str theme_asset_url(const struct theme *t, struct str name);

#endif
