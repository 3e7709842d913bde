/* cmd_site.c - hameau site create, set, rename, suspend, resume, delete, undelete, purge. */
#include "app/publish.h"
#include "app/purge.h"
#include "cli/call.h"
#include "cli/choice.h"
#include "cli/cmd_site_table.h"
#include "cli/writing.h"
#include "site/manage.h"

static struct registry *registry_of(const struct call *call)
{
	return call->host->registry;
}

static void tell_site(struct call *call, const struct site *site)
{
	struct json j = { .b = call_buf(call) };
	char id[SITE_ID_LEN + 1];

	site_id_text(site->id, id);
	json_open(&j, '{');
	json_put_str(&j, "name", site->name);
	json_put_str(&j, "id", str_of(id));
	json_put_str(&j, "host", site->host);
	json_put_str(&j, "folder", str_of(site->dir));
	json_close(&j, '}');
	call_out(call, "\n");
}

bool cmd_site_create(struct call *call, struct fail *f)
{
	static const char *const direct[] = { "title", "lang", "theme" };
	CLEANUP(site_unrefp) struct site *site = NULL;
	struct manage_setting *list;
	struct str *more;
	size_t n = 0, n_more = call_options(call, "set", &more);

	if (call_has(call, "from"))
		return cmd_site_table(call, f);
	if (!call->n_args)
		return fail(f, FAIL_INVALID, "the NAME of the site is missing");
	list = arena_array(call->arena, n_more + ARRAY_LEN(direct), sizeof *list);
	for (size_t i = 0; i < ARRAY_LEN(direct); i++)
		if (call_has(call, direct[i]))
			list[n++] = (struct manage_setting){ str_of(direct[i]),
							     call_option(call, direct[i]) };
	for (size_t i = 0; i < n_more; i++)
		if (!choice_split(more[i], &list[n++], f))
			return false;
	if (!choice_check(call, NULL, list, n, f)
	    || !manage_create(registry_of(call), call->args[0], list, n, &site, f))
		return false;
	if (call->json) {
		tell_site(call, site);
		return true;
	}
	call_out(call, tr(call->catalog, "The site %.*s is made: %.*s/"), STR_ARG(site->shown),
		 STR_ARG(writing_origin(call, site)));
	call_out(call, "\n");
	return true;
}

/* KEY VALUE, or any number of KEY=VALUE. */
static bool read_settings(struct call *call, struct manage_setting *list, size_t *n, struct fail *f)
{
	if (call->n_args == 3 && !str_has_char(call->args[1], '=')) {
		list[0] = (struct manage_setting){ call->args[1], call->args[2] };
		*n = 1;
		return true;
	}
	for (*n = 0; *n < call->n_args - 1; (*n)++)
		if (!choice_split(call->args[*n + 1], &list[*n], f))
			return false;
	return true;
}

bool cmd_site_set(struct call *call, struct fail *f)
{
	struct manage_setting *list = arena_array(call->arena, call->n_args, sizeof *list);
	CLEANUP(site_unrefp) struct site *site = NULL;
	size_t n;

	return read_settings(call, list, &n, f)
		&& registry_named(registry_of(call), call->args[0], &site, f)
		&& choice_check(call, site, list, n, f)
		&& publish_set(call->host, site, list, n, f);
}

bool cmd_site_rename(struct call *call, struct fail *f)
{
	CLEANUP(site_unrefp) struct site *site = NULL;

	if (!manage_rename(registry_of(call), call->args[0], call->args[1], &site, f))
		return false;
	call_out(call, tr(call->catalog, "The site is called %.*s now; old addresses redirect."),
		 STR_ARG(site->shown));
	call_out(call, "\n");
	return true;
}

bool cmd_site_suspend(struct call *call, struct fail *f)
{
	return manage_suspend(registry_of(call), call->args[0], call_has(call, "legal"),
			      call_option(call, "reason"), f);
}

bool cmd_site_resume(struct call *call, struct fail *f)
{
	return manage_resume(registry_of(call), call->args[0], f);
}

static int64_t undelete_days(struct call *call)
{
	struct config *config = host_config(call->host);
	int64_t days = config->undelete_days;

	config_unref(config);
	return days;
}

bool cmd_site_delete(struct call *call, struct fail *f)
{
	CLEANUP(site_unrefp) struct site *site = NULL;

	if (!registry_named(registry_of(call), call->args[0], &site, f)
	    || !call_confirm(call, f, tr(call->catalog, "Delete the site %.*s?"),
			     STR_ARG(site->shown))
	    || !manage_delete(registry_of(call), call->args[0], f))
		return false;
	call_out(call,
		 trn(call->catalog, "Deleted. hameau site undelete brings it back for %lld day.",
		     "Deleted. hameau site undelete brings it back for %lld days.",
		     (uint64_t)undelete_days(call)), (long long)undelete_days(call));
	call_out(call, "\n");
	return true;
}

bool cmd_site_undelete(struct call *call, struct fail *f)
{
	return manage_undelete(registry_of(call), call->args[0], undelete_days(call), f);
}

bool cmd_site_purge(struct call *call, struct fail *f)
{
	CLEANUP(site_unrefp) struct site *site = NULL;

	if (!registry_named(registry_of(call), call->args[0], &site, f)
	    || !call_confirm(
		    call, f,
		    tr(call->catalog, "Remove the site %.*s and everything in it for good?"),
		    STR_ARG(site->shown)))
		return false;
	return purge_site(call->host, call->args[0], undelete_days(call), call_has(call, "early"),
			  f);
}

bool cmd_domain_add(struct call *call, struct fail *f)
{
	return manage_domain_add(registry_of(call), call->args[0], call->args[1],
				 call_has(call, "canonical"), f);
}

bool cmd_domain_remove(struct call *call, struct fail *f)
{
	return manage_domain_remove(registry_of(call), call->args[0], call->args[1], f);
}
