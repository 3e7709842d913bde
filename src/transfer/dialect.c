/* dialect.c - recognises the generator and reads the few settings that matter here. */
#include "transfer/dialect.h"
#include <string.h>
#include "base/limits.h"
#include "frontmatter/frontmatter.h"

static const char *const NAMES[] = { "folder", "hugo", "jekyll", "zola", "hexo" };

/* --- reading a configuration --- */

struct reader {
	const struct tree *tree;
	struct receipt *receipt;
	struct dialect *d;
	struct frontmatter fm;
};

static bool read_config(struct reader *rd, const char *path)
{
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_CONFIG);
	struct arena *a = rd->tree->arena;
	struct fail why = FAIL_INIT;
	struct str bytes;
	bool done;

	if (!tree_find(rd->tree, str_of(path)))
		return false;
	done = tree_read(rd->tree, str_of(path), &text, &why);
	bytes = arena_str(a, buf_str(&text));
	if (done && str_ends(str_of(path), STR(".toml")))
		done = frontmatter_parse_toml(a, bytes, path, &rd->fm, &why);
	else if (done)
		done = frontmatter_parse_yaml(a, bytes, path, &rd->fm, &why);
	if (!done)
		receipt_complain(rd->receipt, str_of(path), 0, &why);
	return done;
}

static struct str config(const struct reader *rd, const char *key)
{
	const struct frontmatter_pair *p = frontmatter_find(&rd->fm, str_of(key));

	return p && p->n ? p->values[0] : STR_NONE;
}

static void set_base(struct dialect *d, struct str url)
{
	ptrdiff_t at = str_find(url, STR("://")), slash;

	while (url.n && url.p[url.n - 1] == '/')
		url.n--;
	d->base_url = url;
	if (at < 0)
		return;
	slash = str_find_char(str_skip(url, (size_t)at + 3), '/');
	if (slash >= 0)
		d->base_path = str_skip(url, (size_t)at + 3 + (size_t)slash);
}

static void add_rule(struct dialect *d, struct str section, struct str pattern)
{
	if (pattern.n && d->n_rules < DIALECT_RULES)
		d->rules[d->n_rules++] = (struct dialect_permalink){ section, pattern };
}

static void add_static(struct dialect *d, struct str dir)
{
	size_t i;

	for (i = 0; i + 1 < DIALECT_STATICS; i++)
		if (!d->statics[i].p) {
			d->statics[i] = dir;
			return;
		}
}

static size_t language_index(struct dialect *d, struct str lang)
{
	size_t i;

	for (i = 0; i < d->n_languages; i++)
		if (str_eq_nocase(d->languages[i], lang))
			return i;
	if (d->n_languages == DIALECT_LANGUAGES)
		return 0;
	d->languages[d->n_languages] = lang;
	return d->n_languages++;
}

/* Keys such as "languages.fr.contentDir" or "permalinks.posts". */
static void take_nested(struct reader *rd)
{
	struct dialect *d = rd->d;
	size_t i;

	for (i = 0; i < rd->fm.n; i++) {
		const struct frontmatter_pair *p = &rd->fm.pairs[i];
		struct str rest, first = str_cut(p->key, '.', &rest);
		struct str second = str_cut(rest, '.', &rest);

		if (second.n == 0 || p->n == 0)
			continue;
		if (str_eq_nocase(first, STR("languages"))) {
			size_t at = language_index(d, second);

			if (str_eq_nocase(rest, STR("contentdir")))
				d->language_dirs[at] = p->values[0];
		} else if (str_eq_nocase(first, STR("permalinks")) && rest.n == 0) {
			add_rule(d, second, p->values[0]);
		} else if (str_eq_nocase(first, STR("permalinks")) &&
			   str_eq_nocase(second, STR("page"))) {
			add_rule(d, rest, p->values[0]);
		} else if (str_eq_nocase(first, STR("collections")) &&
			   str_eq_nocase(rest, STR("permalink"))) {
			add_rule(d, second, p->values[0]);
		}
	}
}

static struct str or_else(struct str s, struct str other)
{
	return s.n ? s : other;
}

static bool is_true(struct str s)
{
	return str_eq_nocase(s, STR("true"));
}

/* --- one function a generator --- */

static void setup_hugo(struct reader *rd)
{
	struct dialect *d = rd->d;

	d->kind = DIALECT_HUGO;
	d->content = or_else(config(rd, "contentDir"), STR("content"));
	add_static(d, or_else(config(rd, "staticDir"), STR("static")));
	add_static(d, STR("assets"));
	add_static(d, d->content);
	d->language = or_else(config(rd, "defaultContentLanguage"),
			      or_else(config(rd, "languageCode"), config(rd, "locale")));
	d->language_in_path = is_true(config(rd, "defaultContentLanguageInSubdir"));
	d->is_ugly = is_true(config(rd, "uglyURLs"));
	set_base(d, config(rd, "baseURL"));
	take_nested(rd);
}

static void setup_zola(struct reader *rd)
{
	struct dialect *d = rd->d;

	d->kind = DIALECT_ZOLA;
	d->content = STR("content");
	add_static(d, STR("static"));
	add_static(d, d->content);
	d->language = config(rd, "default_language");
	set_base(d, config(rd, "base_url"));
	take_nested(rd);
}

static void setup_hexo(struct reader *rd)
{
	struct dialect *d = rd->d;
	const struct frontmatter_pair *langs = frontmatter_find(&rd->fm, STR("language"));
	size_t i;

	d->kind = DIALECT_HEXO;
	d->content = or_else(config(rd, "source_dir"), STR("source"));
	add_static(d, d->content);
	d->language = config(rd, "language");
	for (i = 0; langs && i < langs->n; i++)
		language_index(d, langs->values[i]);
	set_base(d, config(rd, "url"));
	if (config(rd, "root").n > 1 && d->base_path.n == 0)
		d->base_path = arena_printf(rd->tree->arena, "/%.*s",
					    STR_ARG(str_trim(str_skip(config(rd, "root"), 1))));
	add_rule(d, STR_NONE, or_else(config(rd, "permalink"), STR(":year/:month/:day/:title/")));
}

static void setup_jekyll(struct reader *rd)
{
	struct dialect *d = rd->d;

	d->kind = DIALECT_JEKYLL;
	d->content = config(rd, "source");
	if (str_eq(d->content, STR(".")))
		d->content = STR_NONE;
	add_static(d, d->content.n ? d->content : STR(""));
	d->language = or_else(config(rd, "lang"), config(rd, "locale"));
	set_base(d, config(rd, "url"));
	d->base_path = config(rd, "baseurl");
	if (str_eq(d->base_path, STR("/")))
		d->base_path = STR_NONE;
	take_nested(rd);
	add_rule(d, STR_NONE, or_else(config(rd, "permalink"), STR("date")));
}

static void setup_folder(struct reader *rd)
{
	rd->d->kind = DIALECT_FOLDER;
	add_static(rd->d, STR(""));
	add_static(rd->d, STR("static"));
}

/* --- recognition --- */

static bool has_posts_folder(const struct tree *t)
{
	size_t i;

	if (t->is_lone)
		return tree_has_under(t, STR("_posts"));
	for (i = 0; i < t->n; i++)
		if (str_starts(t->files[i].path, STR("_posts/")) ||
		    str_find(t->files[i].path, STR("/_posts/")) >= 0)
			return true;
	return false;
}

/* Without a configuration that tells: Zola's heads have [taxonomies] or [extra]. */
static bool looks_like_zola(const struct tree *t)
{
	size_t i, seen = 0;

	for (i = 0; i < t->n && seen < 50; i++) {
		CLEANUP(buf_release) struct buf text = BUF(LIMIT_POST);
		struct str s;
		ptrdiff_t end;

		if (t->files[i].kind != TREE_TEXT || !str_starts(t->files[i].path, STR("content/")))
			continue;
		seen++;
		if (!tree_read(t, t->files[i].path, &text, NULL))
			continue;
		s = buf_str(&text);
		if (!str_starts(s, STR("+++")))
			continue;
		end = str_find(str_skip(s, 3), STR("\n+++"));
		s = str_sub(s, 0, end < 0 ? 0 : (size_t)end);
		if (str_find(s, STR("\n[taxonomies]")) >= 0 || str_find(s, STR("\n[extra]")) >= 0)
			return true;
	}
	return false;
}

static void setup_content_folder(struct reader *rd)
{
	static const char *const files[] = {
		"hugo.toml", "hugo.yaml", "hugo.yml", "config/_default/hugo.toml",
		"config/_default/hugo.yaml", "config/_default/config.toml",
		"config/_default/config.yaml", "config.yaml", "config.yml", "config.toml",
	};
	bool has_config = false;
	size_t i;

	for (i = 0; i < ARRAY_LEN(files) && !has_config; i++)
		has_config = read_config(rd, files[i]);
	if (has_config ? frontmatter_find(&rd->fm, STR("base_url")) != NULL
		       : looks_like_zola(rd->tree))
		setup_zola(rd);
	else
		setup_hugo(rd);
}

void dialect_find(const struct tree *t, struct receipt *r, struct dialect *ret)
{
	struct reader rd = { .tree = t, .receipt = r, .d = ret };

	memset(ret, 0, sizeof *ret);
	if (tree_has_under(t, STR("source/_posts")) || tree_has_under(t, STR("source/_drafts"))) {
		read_config(&rd, "_config.yml");
		setup_hexo(&rd);
	} else if (tree_find(t, STR("_config.yml")) || has_posts_folder(t)) {
		read_config(&rd, "_config.yml");
		setup_jekyll(&rd);
	} else if (tree_has_under(t, STR("content"))) {
		setup_content_folder(&rd);
	} else {
		setup_folder(&rd);
	}
	r->dialect = str_of(NAMES[ret->kind]);
}

static bool is_below(struct str path, struct str dir)
{
	return dir.n == 0 || (path.n > dir.n && str_starts(path, dir) && path.p[dir.n] == '/');
}

bool dialect_has(const struct dialect *d, struct str path)
{
	size_t i;

	for (i = 0; i < d->n_languages; i++)
		if (d->language_dirs[i].n && is_below(path, d->language_dirs[i]))
			return true;
	if (!is_below(path, d->content))
		return false;
	if (d->content.n)
		return true;
	return str_has_char(path, '/') || !(str_starts_nocase(path, STR("readme.")) ||
					    str_starts_nocase(path, STR("license.")) ||
					    str_starts_nocase(path, STR("contributing.")) ||
					    str_starts_nocase(path, STR("changelog.")));
}

struct str dialect_permalink_of(const struct dialect *d, struct str section)
{
	struct str general = STR_NONE;
	size_t i;

	for (i = 0; i < d->n_rules; i++) {
		if (d->rules[i].section.n && str_eq(d->rules[i].section, section))
			return d->rules[i].pattern;
		if (d->rules[i].section.n == 0)
			general = d->rules[i].pattern;
	}
	return general;
}
