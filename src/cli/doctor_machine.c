/* doctor_machine.c - what surrounds the databases. See doctor.h. */
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/engine.h"
#include "app/share.h"
#include "base/file.h"
#include "cli/doctor.h"
#include "scale/scale.h"

#define LOW_SPACE (200LL * MIB)

static void check_space(struct doctor *d)
{
	struct statvfs fs;

	if (gens_is_private(d->call->host->gens)) {
		doctor_tell(d, DOCTOR_WARNING, "%s",
			    tr(d->call->catalog, "DATA lies on a medium that cannot be written:"
			       " full text indexes are not looked at, and it cannot be served"));
		return;
	}
	if (statvfs(d->call->host->data, &fs) == 0
	    && (int64_t)fs.f_bavail * (int64_t)fs.f_frsize < LOW_SPACE)
		doctor_tell(d, DOCTOR_WARNING,
			    tr(d->call->catalog, "less than %d MiB are free on the disk"),
			    (int)(LOW_SPACE / MIB));
}

static void check_files(struct doctor *d, const struct config *config)
{
	int64_t wanted = config->open_sites * 4 + config->connections + 64;
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) == 0 && (int64_t)files.rlim_max < wanted)
		doctor_tell(d, DOCTOR_WARNING,
			    tr(d->call->catalog, "%lld files may be open, %lld may be wanted: raise"
			       " LimitNOFILE or lower [server] connections"),
			    (long long)files.rlim_max, (long long)wanted);
}

/* Keys that are right each by itself and make no sense together. */
static void check_config(struct doctor *d, const struct config *config)
{
	const struct catalog *c = d->call->catalog;
	bool https = str_eq(config->scheme, STR("https")), local = false;

	for (size_t i = 0; i < config->listen.n; i++)
		local |= str_starts(config->listen.p[i], STR("unix:"));
	if (https && !config->proxies.n && !local)
		doctor_tell(d, DOCTOR_WARNING, "%s",
			    tr(c,
			       "[host] scheme is https and [server] proxies names nobody: name the"
			       " address of the proxy that speaks TLS"));
	if (config->hsts && !https)
		doctor_tell(d, DOCTOR_WARNING, "%s",
			    tr(c, "[server] hsts does nothing as long as [host] scheme is http"));
}

/* A command that ran as root leaves files that the server may not write. */
static void check_owner(struct doctor *d, const char *name, uid_t owner)
{
	const char *path = path_join(d->call->arena, d->call->host->data, str_of(name));
	struct stat st;

	if (lstat(path, &st) != 0)
		return;
	if (st.st_uid != owner)
		doctor_tell(d, DOCTOR_ERROR,
			    tr(d->call->catalog,
			       "%s belongs to another user than %s: chown it, and run"
			       " commands as the user of the server"),
			    path, d->call->host->data);
	else if (!S_ISLNK(st.st_mode) && (st.st_mode & S_IWOTH))
		doctor_tell(d, DOCTOR_WARNING,
			    tr(d->call->catalog, "%s can be written by everybody: chmod o-w"),
			    path);
}

static void check_folder(struct doctor *d)
{
	static const char *const names[] = { ".",           "hameau.ini",  "host.db",
					     "host.db-wal", "host.db-shm", "gens",
					     "facts",       "lock",        "sites",
					     "cache",       "cache/rolls", "cache/pages",
					     "cache/themes" };
	struct stat data;

	if (stat(d->call->host->data, &data) != 0)
		return;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		check_owner(d, names[i], data.st_uid);
}

static void check_themes(struct doctor *d)
{
	struct arena *a = d->call->arena;
	struct fail f = FAIL_INIT;
	struct themes_entry *all;
	struct themes *themes;
	size_t n;

	if (!file_is_dir(path_join(a, share_dir(), STR("themes"))))
		doctor_tell(d, DOCTOR_ERROR,
			    tr(d->call->catalog, "there are no themes in %s: install,"
						 " or set HAMEAU_SHARE"),
			    share_dir());
	else if (!engine_open_themes(d->call->host, a, &themes, &f))
		doctor_tell(d, DOCTOR_ERROR, "%s", f.text);
	else {
		all = themes_all(a, themes, &n);
		for (size_t i = 0; i < n; i++)
			if (all[i].error.n)
				doctor_tell(d, DOCTOR_ERROR, "%.*s", STR_ARG(all[i].error));
		themes_close(themes);
	}
}

/* What the program is not linked with. That of stylesheets is told where one is compiled. */
static void check_libraries(struct doctor *d)
{
	struct fail f = FAIL_INIT;

	if (!scale_try(&f))
		doctor_tell(d, DOCTOR_ERROR, "%s", f.text);
}

static void tell_note(void *data, const char *note)
{
	doctor_tell(data, DOCTOR_WARNING, "%s", note);
}

static void check_catalogs(struct doctor *d)
{
	struct catalogs *catalogs = host_catalogs(d->call->host);
	struct texts *texts = host_texts(d->call->host);

	catalogs_notes(catalogs, tell_note, d);
	texts_notes(texts, tell_note, d);
	texts_unref(texts);
	catalogs_unref(catalogs);
}

void doctor_machine(struct doctor *d)
{
	struct config *config = host_config(d->call->host);

	check_config(d, config);
	check_files(d, config);
	config_unref(config);
	check_space(d);
	check_folder(d);
	check_libraries(d);
	check_themes(d);
	check_catalogs(d);
}
