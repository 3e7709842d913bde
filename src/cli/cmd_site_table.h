/* cmd_site_table.h - the form of `site create` that takes a table. */
#ifndef CLI_CMD_SITE_TABLE_H
#define CLI_CMD_SITE_TABLE_H

#include "cli/call.h"

MUST_CHECK bool cmd_site_table(struct call *call, struct fail *f);

#endif
