/* village_test.c - see village_test.h. */
#include "site/village_test.h"

#include "base/folder_test.h"
#include "base/mem.h"
#include "site/settings.h"

static const struct schema_step steps[] = {{ .sql = SETTINGS_SCHEMA }, { 0 }};
static const struct gen_tables tables[] = {{ GEN_SETTINGS, SETTINGS_TABLES }, { 0 }};

int village_set_up(void **state)
{
	struct village *v = MEM_NEW(struct village);

	v->arena = arena_new(0);
	v->dir = folder_test_new(v->arena);
	assert_ok(gens_open(path_join(v->arena, v->dir, STR("gens")), &v->gens, &v->f), &v->f);
	v->sites = handles_new(&(struct handles_config){
		.max_open = 4, .gens = v->gens, .tables = tables, .steps = steps,
	});
	struct registry_config config = {
		.data = v->dir, .base = STR("test.example"), .gens = v->gens, .sites = v->sites,
		.site_steps = steps, .site_tables = tables, .places = 16,
	};
	assert_ok(registry_open(&config, true, &v->registry, &v->f), &v->f);
	*state = v;
	return 0;
}

int village_tear_down(void **state)
{
	struct village *v = *state;

	registry_close(v->registry);
	handles_free(v->sites);
	gens_close(v->gens);
	arena_free(v->arena);
	mem_free(v);
	return 0;
}

struct str village_ask(struct village *v, const char *host)
{
	CLEANUP(found_release) struct found found = { .kind = FOUND_NOTHING };
	const char *arrow = "";
	struct str to = STR_NONE;

	assert_ok(registry_find(v->registry, str_of(host), &found, &v->f), &v->f);
	if (found.kind == FOUND_NOTHING)
		return STR("nothing");
	if (found.redirect) {
		arrow = " -> ";
		to = found.site ? found.site->host : registry_base(v->registry);
	}
	if (found.kind == FOUND_FRONT)
		return arena_printf(v->arena, "front%s%.*s", arrow, STR_ARG(to));
	return arena_printf(v->arena, "site %.*s %d%s%.*s", STR_ARG(found.site->name),
			    found.site->status, arrow, STR_ARG(to));
}

void village_make(struct village *v, const char *name)
{
	CLEANUP(site_unrefp) struct site *site = NULL;

	assert_ok(manage_create(v->registry, str_of(name), NULL, 0, &site, &v->f), &v->f);
}
