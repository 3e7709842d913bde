/* truth_host_test.c - what an operator changes around the posts of a site: its names and domains,
 * its files, themes, words and the configuration. One at a time: as the keeper does, which is one
 * thread. */
#include "app/truth_test.h"

#include "app/config.h"
#include "base/file.h"
#include "site/manage.h"
#include "theme/own.h"
#include "work/mutex.h"

static struct mutex one_at_a_time = MUTEX_INIT(MUTEX_SITE - 1);

static bool write_file(struct hand *h, const char *dir, const char *name, const char *text)
{
	return dir_make(dir, &h->f)
		&& file_write(path_join(h->a, dir, str_of(name)), str_of(text), false, &h->f);
}

static const char *in_data(struct hand *h, const char *name)
{
	return path_join(h->a, h->host->data, str_of(name));
}

static bool rename_site(struct hand *h, const struct site *site)
{
	CLEANUP(site_unrefp) struct site *now = NULL;
	struct str name = arena_printf(h->a, "truth-%d", (int)hand_pick(h, 100000));

	return manage_rename(h->host->registry, site->name, name, &now, &h->f);
}

/* Canonical or not, or gone. */
static bool change_domain(struct hand *h, const struct site *site)
{
	struct str domain = arena_printf(h->a, "truth-%d.net", (int)hand_pick(h, 3));
	struct fail none = FAIL_INIT;

	if (hand_pick(h, 3) > 0)
		return manage_domain_add(h->host->registry, site->name, domain, hand_pick(h, 2),
					 &h->f);
	return manage_domain_remove(h->host->registry, site->name, domain, &none)
		|| none.code == FAIL_NOT_FOUND || fail(&h->f, none.code, "%s", none.text);
}

static bool take_off_and_back(struct hand *h, const struct site *site)
{
	return manage_suspend(h->host->registry, site->name, hand_pick(h, 2), STR("rain"), &h->f)
		&& manage_resume(h->host->registry, site->name, &h->f);
}

static bool delete_and_back(struct hand *h, const struct site *site)
{
	return manage_delete(h->host->registry, site->name, &h->f)
		&& manage_undelete(h->host->registry, site->name, 30, &h->f);
}

static const char *const said[] = { "Topics", "Labels", "Tags" };

static const char *pick_po(struct hand *h)
{
	return arena_printf(h->a, "msgid \"Tags\"\nmsgstr \"%s\"\n", said[hand_pick(h, 3)]).p;
}

static const char *pick_po_name(struct hand *h)
{
	return hand_pick(h, 2) ? "en.po" : "fr.po";
}

/* The site says something in other words, as after a save of its PO file. */
static bool change_words(struct hand *h, const struct site *site)
{
	struct catalogs *all = host_catalogs(h->host);
	bool ok = write_file(h, wording_dir(h->a, site), pick_po_name(h), pick_po(h));

	if (ok)
		wording_changed(h->engine->wording, site->id, all);
	catalogs_unref(all);
	return ok;
}

/* So does the host. */
static bool change_catalog(struct hand *h, const struct site *site)
{
	(void)site;
	return write_file(h, in_data(h, "lang"), pick_po_name(h), pick_po(h))
		&& host_reload_catalogs(h->host, &h->f);
}

static bool change_config(struct hand *h, const struct site *site)
{
	CLEANUP(buf_release) struct buf restart = BUF(4 * KIB);
	const char *text = arena_printf(h->a, "[host]\nbase = truth.example\ncontact = %s\n",
					hand_pick(h, 2) ? "a@example.org" : "").p;

	(void)site;
	return write_file(h, h->host->data, "hameau.ini", text)
		&& host_reload(h->host, &restart, &h->f);
}

static const char *pick_template(struct hand *h)
{
	return arena_printf(h->a, "<p>%s {{title}} {{url}}</p>\n", said[hand_pick(h, 3)]).p;
}

/* A file of the theme that asks (truth_test.c), which sites wear now and then. */
static bool change_theme(struct hand *h, const struct site *site)
{
	(void)site;
	if (!write_file(h, in_data(h, "themes/asking/templates/partials"), "asked.html",
			pick_template(h)))
		return false;
	engine_refresh(h->engine);
	return true;
}

/* A file of the site's own over that of any theme, or none any more. */
static bool change_own(struct hand *h, const struct site *site)
{
	const char *partials = path_join(h->a, own_folder(h->a, site->dir),
					 STR("templates/partials"));
	bool ok = hand_pick(h, 3) ? write_file(h, partials, "tags.html", pick_template(h))
		: dir_remove(own_folder(h->a, site->dir), &h->f);

	if (ok)
		own_note(h->engine->own, site->id, site->dir);
	return ok;
}

static const struct act {
	const char *name;
	bool (*make)(struct hand *, const struct site *);
} acts[] = {
	{ "rename", rename_site }, { "domain", change_domain }, { "suspend", take_off_and_back },
	{ "delete", delete_and_back }, { "words", change_words }, { "catalog", change_catalog },
	{ "config", change_config }, { "theme file", change_theme }, { "own file", change_own },
};

bool hand_operate(struct hand *h)
{
	const struct act *act = &acts[hand_pick(h, ARRAY_LEN(acts))];
	CLEANUP(site_unrefp) struct site *site = NULL;

	h->did = act->name;
	mutex_lock(&one_at_a_time);
	bool ok = registry_site(h->host->registry, h->site, &site, &h->f) && act->make(h, site);

	mutex_unlock(&one_at_a_time);
	return ok;
}
