/* help.h - what the table of commands says, as text for people and for shells. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "base/buf.h"
#include "cli/command.h"
#include "lang/catalog.h"

void help_all(struct buf *b, const struct catalog *c);
void help_group(struct buf *b, const struct catalog *c, struct str group);	/* "site" */
void help_command(struct buf *b, const struct catalog *c, const struct command *cmd);
void help_man(struct buf *b, const struct catalog *c);		/* roff for hameau.1 */
void help_settings(struct buf *b, const struct catalog *c);	/* what `site set` knows */
void help_settings_manual(struct buf *b);			/* as Markdown, for doc/ */
void help_version(struct buf *b);

/* False: no such shell. */
bool help_completion(struct buf *b, struct str shell);

#endif
