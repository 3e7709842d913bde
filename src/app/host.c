/* host.c - opening and closing the installation. */
#include "app/host.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "app/share.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "content/kinds.h"
#include "front/paper.h"

static const char *in_data(struct arena *a, const char *data, const char *name)
{
	return path_join(a, data, str_of(name));
}

const char *host_control_path(struct arena *a, const char *data)
{
	return in_data(a, data, "control.sock");
}

const char *host_rolls_path(struct arena *a, const char *data)
{
	return in_data(a, data, "cache/rolls");
}

const char *host_pages_path(struct arena *a, const char *data)
{
	return in_data(a, data, "cache/pages");
}

bool host_init(const char *data, struct str base, const char *(*translate)(const char *),
	       struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf sample = BUF(LIMIT_CONFIG);
	CLEANUP(config_unrefp) struct config *config = NULL;
	const char *ini = in_data(a, data, "hameau.ini");
	struct host *host;

	if (file_exists(ini))
		return fail(f, FAIL_CONFLICT, "%s is a host already: it has a hameau.ini", data);
	config_sample(&sample, base, translate);
	if (!config_parse(buf_str(&sample), "hameau.ini", &config, f))
		return false;
	if (!dir_make(data, f) || !dir_make(in_data(a, data, "sites"), f)
	    || !file_write(ini, buf_str(&sample), true, f))
		return false;

	struct registry_config rc = { .data = data, .base = config->base };
	struct registry *registry;

	if (!registry_open(&rc, true, &registry, f))
		return false;
	registry_close(registry);
	if (!host_open(data, &host, f))
		return false;
	host_close(host);
	return true;
}

static size_t lang_dirs(struct host *h, const struct config *c, struct arena *a,
			const char *dirs[HOST_LANG_DIRS])
{
	const char *own = in_data(a, h->data, "lang");
	const char *usual = path_join(a, share_dir(), STR("lang"));
	size_t n = 0;

	if (file_is_dir(own))
		dirs[n++] = own;
	if (c->lang_dir.n)
		dirs[n++] = arena_cstr(a, c->lang_dir);
	else if (file_is_dir(usual))
		dirs[n++] = usual;
	return n;
}

size_t host_lang_dirs(struct host *h, struct arena *a, const char *dirs[HOST_LANG_DIRS])
{
	struct config *c = host_config(h);
	size_t n = lang_dirs(h, c, a, dirs);

	config_unref(c);
	return n;
}

static size_t text_dirs(struct host *h, const struct config *c, struct arena *a,
			const char *dirs[HOST_TEXT_DIRS])
{
	const char *all[HOST_TEXT_DIRS] = { in_data(a, h->data, "texts"), NULL,
					    path_join(a, share_dir(), STR("lang/texts")) };
	size_t n = 0;

	if (c->lang_dir.n)
		all[1] = path_join(a, arena_cstr(a, c->lang_dir), STR("texts"));
	for (size_t i = 0; i < HOST_TEXT_DIRS; i++)
		if (all[i] && file_is_dir(all[i]))
			dirs[n++] = all[i];
	return n;
}

size_t host_text_dirs(struct host *h, struct arena *a, const char *dirs[HOST_TEXT_DIRS])
{
	struct config *c = host_config(h);
	size_t n = text_dirs(h, c, a, dirs);

	config_unref(c);
	return n;
}

static struct texts *load_texts(struct host *h, const struct config *c)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *dirs[HOST_TEXT_DIRS];
	size_t n = text_dirs(h, c, a, dirs);

	return texts_load(dirs, n, paper_check);
}

static bool load_catalogs(struct host *h, const struct config *c, struct catalogs **ret,
			  struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *dirs[HOST_LANG_DIRS];
	size_t n = lang_dirs(h, c, a, dirs);

	return catalogs_load_all(dirs, n, h->catalogs, ret, f);
}

static bool open_registry(struct host *h, struct fail *f)
{
	struct registry_config rc = {
		.data = h->data, .base = h->config->base, .gens = h->gens, .sites = h->sites,
		.site_steps = content_schema, .site_tables = content_tables,
		.places = (size_t)h->config->registry_places, .relaxed = !h->config->durable,
	};

	return registry_open(&rc, false, &h->registry, f);
}

static bool open_all(struct host *h, struct fail *f)
{
	const char *ini = in_data(h->memory, h->data, "hameau.ini");

	if (!file_exists(ini))
		return fail(f, FAIL_NOT_FOUND,
			    "%s is no host: it has no hameau.ini (hameau init makes one)",
			    h->data);
	if (!gens_open(in_data(h->memory, h->data, "gens"), &h->gens, f))
		return false;
	atomic_store(&h->era, gens_era(h->gens));	/* before anything of it is read */
	if (!config_load(ini, &h->config, f))
		return false;
	h->sites = handles_new(&(struct handles_config){
		.max_open = (size_t)h->config->open_sites, .relaxed = !h->config->durable,
		.gens = h->gens,
		.tables = content_tables, .steps = content_schema,
	});
	return open_registry(h, f);
}

bool host_open(const char *data, struct host **ret, struct fail *f)
{
	struct host *h = MEM_NEW(struct host);

	h->memory = arena_new(0);
	h->data = arena_cstr(h->memory, str_of(data));
	h->lock_fd = -1;
	mutex_init(&h->lock, MUTEX_SITE);
	if (!open_all(h, f)) {
		host_close(h);
		return false;
	}
	*ret = h;
	return true;
}

void host_close(struct host *h)
{
	if (!h)
		return;
	registry_close(h->registry);
	handles_free(h->sites);
	if (h->gens)
		gens_close(h->gens);
	texts_unref(h->texts);
	catalogs_unref(h->catalogs);
	config_unref(h->config);
	fd_close(&h->lock_fd);
	mutex_release(&h->lock);
	arena_free(h->memory);
	mem_free(h);
}

struct config *host_config(struct host *h)
{
	MUTEX_HOLD(&h->lock);
	config_ref(h->config);
	return h->config;
}

static bool has_catalogs(struct host *h)
{
	MUTEX_HOLD(&h->lock);
	return h->catalogs;
}

bool host_load_catalogs(struct host *h, struct fail *f)
{
	CLEANUP(config_unrefp) struct config *config = NULL;
	struct catalogs *made;

	if (has_catalogs(h))
		return true;
	config = host_config(h);
	if (!load_catalogs(h, config, &made, f))
		return false;
	MUTEX_HOLD(&h->lock);
	if (h->catalogs)
		catalogs_unref(made);	/* somebody was quicker */
	else
		h->catalogs = made;
	return true;
}

/* Without a folder the host speaks English, which never fails. */
struct catalogs *host_catalogs(struct host *h)
{
	struct catalogs *english = NULL;
	struct fail f = FAIL_INIT;

	if (!host_load_catalogs(h, &f)) {
		log_error("%s", f.text);
		(void)!catalogs_load_all(NULL, 0, NULL, &english, NULL);
		return english;
	}
	MUTEX_HOLD(&h->lock);
	return catalogs_ref(h->catalogs);
}

struct texts *host_texts(struct host *h)
{
	CLEANUP(config_unrefp) struct config *config = host_config(h);
	struct texts *made = NULL;

	mutex_lock(&h->lock);
	if (!h->texts) {
		mutex_unlock(&h->lock);
		made = load_texts(h, config);
		mutex_lock(&h->lock);
	}
	if (!h->texts) {
		h->texts = made;
		made = NULL;
	}
	struct texts *ret = texts_ref(h->texts);

	mutex_unlock(&h->lock);
	texts_unref(made);
	return ret;
}

bool host_is_current(const struct host *h)
{
	return atomic_load(&h->era) == gens_era(h->gens);
}

/* Who was behind stays behind. */
void host_new_era(struct host *h)
{
	uint32_t era = gens_new_era(h->gens);
	unsigned before = era - 1;

	atomic_compare_exchange_strong(&h->era, &before, era);
}

void host_give_way(struct host *h, bool gives)
{
	atomic_store(&h->gives_way, gives);
}

/* Swaps in what is not NULL. */
static void swap(struct host *h, struct config *config, struct catalogs *catalogs,
		 struct texts *texts)
{
	struct catalogs *old_catalogs = NULL;
	struct config *old_config = NULL;
	struct texts *old_texts;

	mutex_lock(&h->lock);
	if (config) {
		old_config = h->config;
		h->config = config;
	}
	old_catalogs = h->catalogs;
	h->catalogs = catalogs;
	old_texts = h->texts;
	h->texts = texts;
	mutex_unlock(&h->lock);
	config_unref(old_config);
	catalogs_unref(old_catalogs);
	texts_unref(old_texts);
}

/* The same, and every page is stale. */
static void take_over(struct host *h, struct config *config, struct catalogs *catalogs,
		      struct texts *texts)
{
	swap(h, config, catalogs, texts);
	host_new_era(h);
	gens_raise(h->gens, gens_slot(0, GEN_CONFIG, 0));
}

bool host_catch_up(struct host *h, struct fail *f)
{
	CLEANUP(config_unrefp) struct config *config = host_config(h);
	struct catalogs *catalogs;

	if (!load_catalogs(h, config, &catalogs, f))
		return false;
	swap(h, NULL, catalogs, load_texts(h, config));
	return true;
}

bool host_reload(struct host *h, struct buf *restart, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct catalogs *catalogs;
	struct config *config;

	if (!config_load(in_data(a, h->data, "hameau.ini"), &config, f))
		return false;
	if (!load_catalogs(h, config, &catalogs, f)) {
		config_unref(config);
		return false;
	}
	config_restart_keys(h->config, config, restart);
	take_over(h, config, catalogs, load_texts(h, config));
	return true;
}

bool host_reload_catalogs(struct host *h, struct fail *f)
{
	CLEANUP(config_unrefp) struct config *config = host_config(h);
	struct catalogs *catalogs;

	if (!load_catalogs(h, config, &catalogs, f))
		return false;
	take_over(h, NULL, catalogs, load_texts(h, config));
	return true;
}

size_t host_theme_dirs(struct host *h, struct arena *a, const char *dirs[HOST_THEME_DIRS])
{
	CLEANUP(config_unrefp) struct config *config = host_config(h);
	size_t n = 0;

	if (config->themes.n)
		dirs[n++] = arena_cstr(a, config->themes);
	dirs[n++] = in_data(a, h->data, "themes");
	dirs[n++] = path_join(a, share_dir(), STR("themes"));
	return n;
}

static bool has_theme(struct arena *a, const char *dir, struct str id, struct nearest *near)
{
	struct dir_entry *entries;
	size_t count;

	if (!dir_list(a, dir, &entries, &count, NULL))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct str name = str_of(entries[i].name);

		if (!file_exists(path_join(a, path_join(a, dir, name), STR("theme.ini"))))
			continue;
		if (str_eq(name, id))
			return true;
		nearest_offer(near, name);
	}
	return false;
}

bool host_check_theme(struct host *h, struct str id, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *dirs[HOST_THEME_DIRS];
	size_t n = host_theme_dirs(h, a, dirs);
	struct nearest near;

	nearest_init(&near, id);
	for (size_t i = 0; i < n; i++)
		if (has_theme(a, dirs[i], id, &near))
			return true;
	if (near.best.n)
		return fail(f, FAIL_NOT_FOUND, "there is no theme \"%.*s\"; did you mean \"%.*s\"?",
			    STR_ARG(id), STR_ARG(near.best));
	return fail(f, FAIL_NOT_FOUND, "there is no theme \"%.*s\"", STR_ARG(id));
}

bool host_lock(struct host *h, struct fail *f)
{
	const char *path = in_data(h->memory, h->data, "lock");
	CLEANUP(fd_close) int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		return fail_errno(f, "%s", path);
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno == EWOULDBLOCK)
			return fail(f, FAIL_CONFLICT, "a server runs on %s already", h->data);
		return fail_errno(f, "%s", path);
	}
	h->lock_fd = fd;
	fd = -1;
	return true;
}

bool host_adopt_lock(struct host *h, int fd, struct fail *f)
{
	const char *path = in_data(h->memory, h->data, "lock");
	struct stat ours, theirs;

	if (fstat(fd, &theirs) != 0 || stat(path, &ours) != 0 || ours.st_ino != theirs.st_ino
	    || ours.st_dev != theirs.st_dev)
		return fail(f, FAIL_CONFLICT, "the server that runs does not hand over");
	h->lock_fd = fd;
	return true;
}

void host_forget(struct host *h)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	(void)!file_remove(in_data(a, h->data, "facts"), NULL);
}

bool host_remember(struct host *h, struct str facts, bool told, struct fail *f)
{
	CLEANUP(buf_release) struct buf was = BUF(2 * DIGEST_HEX_LEN);
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *path = in_data(a, h->data, "facts");
	struct digest digest = digest_of(facts);
	char hex[DIGEST_HEX_LEN + 1];

	if (gens_is_private(h->gens))		/* no page that was kept is believed anyway */
		return true;
	digest_hex(&digest, hex);
	if (file_read(path, &was, NULL) && str_eq(str_trim(buf_str(&was)), str_of(hex)))
		return true;
	if (!told) {
		host_new_era(h);
		gens_raise(h->gens, gens_slot(0, GEN_CONFIG, 0));
	}
	return file_write(path, str_of(hex), false, f);
}
