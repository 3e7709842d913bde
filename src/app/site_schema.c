/* site_schema.c - see site_schema.h. */
#include "app/site_schema.h"

#include "site/settings.h"

const struct schema_step site_schema_steps[] = {
	{ .sql = SETTINGS_SCHEMA },
	{ 0 },
};

const struct gen_tables site_schema_tables[] = {
	{ GEN_SETTINGS, SETTINGS_TABLES },
	{ 0 },
};
