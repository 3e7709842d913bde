/* stage.c - the sites are made by the very functions of the commands site create and import, so
 * they are what a host would have. */
#include "cli/stage.h"

#include <limits.h>
#include <stdlib.h>

#include "app/share.h"
#include "base/conf.h"
#include "base/file.h"
#include "cli/cmd_theme.h"
#include "site/manage.h"

enum { SETTINGS = 20 };

const char *stage_files(struct arena *a)
{
	return path_join(a, share_dir(), STR("examples/workshop"));
}

void stage_remove(struct stage *s)
{
	bool gone;

	host_close(s->host);
	s->host = NULL;
	gone = !s->dir || dir_remove(s->dir, NULL);
	(void)gone;
	s->dir = NULL;
}

/* --- the host --- */

static bool find_theme(struct call *call, struct stage *s, struct fail *f)
{
	char whole[PATH_MAX];
	struct themes *ts;
	bool ok;

	if (!cmd_theme_borrow(call, &ts, f))
		return false;
	ok = cmd_theme_folder(call, ts, call->args[0], &s->theme_dir, f);
	cmd_theme_give_back(call, ts);
	if (!ok)
		return false;
	if (!realpath(s->theme_dir, whole))
		return fail_errno(f, "cannot find the folder %.*s", STR_ARG(call->args[0]));
	s->theme_dir = arena_cstr(s->arena, str_of(whole));
	s->id = path_name(str_of(s->theme_dir));
	return true;
}

/* Nothing in it is to last, and the theme is looked for where it lies. */
static bool configure(struct stage *s, struct fail *f)
{
	struct str parent = path_dir(str_of(s->theme_dir));
	struct str ini = arena_printf(s->arena, "[host]\nbase = localhost\n[limits]\ndurable = no\n"
				      "[paths]\nthemes = %.*s\n", STR_ARG(parent));

	return host_init(s->dir, STR("localhost"), NULL, f)
		&& file_write(path_join(s->arena, s->dir, STR("hameau.ini")), ini, false, f)
		&& host_open(s->dir, &s->host, f);
}

static bool make_host(struct stage *s, struct fail *f)
{
	return dir_temporary(s->arena, "workshop", &s->dir, f) && configure(s, f);
}

/* --- a site --- */

struct reading {
	struct stage *s;
	struct manage_setting list[SETTINGS];
	size_t n;
};

/* What belongs to the theme that the example wears is not for ours. */
static bool read_setting(void *data, const struct conf_line *l, struct fail *f)
{
	struct reading *r = data;

	(void)f;
	if (str_eq(l->section, STR("site")) && !str_eq(l->key, STR("theme"))
	    && !str_eq(l->key, STR("preset")) && r->n < SETTINGS)
		r->list[r->n++] = (struct manage_setting){ arena_str(r->s->arena, l->key),
							   arena_str(r->s->arena, l->value) };
	return true;
}

static void hush(void *data, struct str bytes)
{
	(void)data;
	(void)bytes;
}

struct passing {
	struct call *call;
};

static void pass_progress(void *data, int64_t done, int64_t total, struct str what)
{
	struct passing *p = data;

	call_progress(p->call, done, total, what);
}

static bool import(struct call *call, struct stage *s, struct str site, const char *folder,
		   struct fail *f)
{
	struct passing passing = { call };
	const struct call_io io = { .data = &passing, .out = hush, .err = hush,
				    .progress = pass_progress, .ask = call->io->ask,
				    .is_cancelled = call->io->is_cancelled };
	struct str args[2] = { site, str_of(folder) };
	struct call sub = { .command = call->command, .arena = s->arena, .io = &io,
			    .cwd = call->cwd, .host = s->host, .args = args, .n_args = 2 };
	bool ok;

	if (!file_is_dir(folder))
		return true;
	ok = cmd_import(&sub, f);
	buf_release(&sub.out);
	return ok;
}

/* folder: with content/ and perhaps site.ini. */
static bool add_site(struct call *call, struct stage *s, struct str name, const char *folder,
		     struct fail *f)
{
	CLEANUP(site_unrefp) struct site *site = NULL;
	const char *ini = path_join(s->arena, folder, STR("site.ini"));
	struct reading r = { .s = s };

	if (file_exists(ini) && !conf_read(ini, read_setting, &r, f))
		return false;
	if (r.n < SETTINGS)
		r.list[r.n++] = (struct manage_setting){ STR("theme"), s->id };
	if (!manage_create(s->host->registry, name, r.list, r.n, &site, f))
		return false;
	s->sites[s->n_sites++] = arena_str(s->arena, name);
	return import(call, s, name, path_join(s->arena, folder, STR("content")), f);
}

static bool add_sites(struct call *call, struct stage *s, const char *folder, struct fail *f)
{
	struct dir_entry *e;
	size_t n;

	if (!dir_list(s->arena, folder, &e, &n, f))
		return false;
	for (size_t i = 0; i < n && s->n_sites + 2 < STAGE_SITES; i++)
		if (e[i].is_dir && !add_site(call, s, str_of(e[i].name),
					     path_join(s->arena, folder, str_of(e[i].name)), f))
			return false;
	return true;
}

/* --- sites that are no folder of examples/ --- */

static bool write_post(struct stage *s, const char *folder, int64_t i, struct fail *f)
{
	static const char *const words[] = { "rain", "bread", "harbour", "letters", "the orchard",
					     "a bench", "snow", "the ferry" };
	const char *about = words[i % ARRAY_LEN(words)];
	struct str name = arena_printf(s->arena, "%06lld.md", (long long)i);
	struct str text = arena_printf(s->arena, "---\ntitle: Number %lld, about %s\n"
		"date: %lld-%02lld-%02lld\ntags: [%s, year %lld]\n---\n\nThis is text number"
			    " %lld of"
		" many. It is about %s.\n\nIt has a second paragraph, too.\n", (long long)i, about,
		(long long)(2000 + i / 372 % 27), (long long)(1 + i / 31 % 12),
		(long long)(1 + i % 28), about, (long long)(i % 10), (long long)i, about);

	return file_write(path_join(s->arena, folder, name), text, false, f);
}

static bool add_many(struct call *call, struct stage *s, int64_t many, struct fail *f)
{
	const char *folder = path_join(s->arena, s->dir, STR("many"));
	const char *content = path_join(s->arena, folder, STR("content"));

	if (!dir_make(content, f))
		return false;
	for (int64_t i = 1; i <= many; i++)
		if (!write_post(s, content, i, f))
			return false;
	return add_site(call, s, STR("many"), folder, f);
}

/* The theme's folder `demo` is content/ of a site. */
static bool add_demo(struct call *call, struct stage *s, struct fail *f)
{
	const char *demo = path_join(s->arena, s->theme_dir, STR("demo"));
	const char *none = path_join(s->arena, s->dir, STR("none"));

	if (!file_is_dir(demo))
		return true;
	return add_site(call, s, STR("demo"), none, f) && import(call, s, STR("demo"), demo, f);
}

bool stage_make(struct call *call, int64_t many, struct stage *ret, struct fail *f)
{
	struct stage *s = ret;
	const char *sites = path_join(call->arena, share_dir(), STR("examples/sites"));

	*s = (struct stage){ .arena = call->arena };
	return find_theme(call, s, f) && make_host(s, f) && add_sites(call, s, sites, f)
		&& add_sites(call, s, path_join(s->arena, stage_files(s->arena), STR("sites")), f)
		&& add_demo(call, s, f) && (!many || add_many(call, s, many, f));
}
