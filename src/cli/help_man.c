/* help_man.c - the man page: roff with the macros of man(7). */
#include <string.h>

#include "cli/help.h"
#include "config.h"

/* Text in which nothing is a request or an escape. */
static void add_text(struct buf *b, const char *text)
{
	if (*text == '.' || *text == '\'')
		buf_adds(b, "\\&");
	for (; *text; text++) {
		if (*text == '\\')
			buf_adds(b, "\\e");
		else if (*text == '-')
			buf_adds(b, "\\-");
		else
			buf_addc(b, *text);
	}
}

static void add_line(struct buf *b, const char *text)
{
	add_text(b, text);
	buf_addc(b, '\n');
}

static void add_option(struct buf *b, const struct catalog *c, const struct command_option *o)
{
	buf_adds(b, ".TP\n");
	if (o->letter)
		buf_addf(b, "\\fB\\-%c\\fR, ", o->letter);
	buf_adds(b, "\\fB\\-\\-");
	add_text(b, o->name);
	buf_adds(b, "\\fR");
	if (o->value)
		buf_addf(b, " \\fI%s\\fR", o->value);
	buf_addc(b, '\n');
	add_line(b, tr(c, o->help));
}

static void add_command(struct buf *b, const struct catalog *c, const struct command *cmd)
{
	buf_addf(b, ".SS hameau %s", cmd->name);
	if (cmd->args)
		buf_addf(b, " \\fI%s\\fR", cmd->args);
	buf_addc(b, '\n');
	buf_addf(b, ".PP\n");
	add_line(b, tr(c, cmd->summary));
	if (cmd->text) {
		buf_adds(b, ".PP\n");
		add_line(b, tr(c, cmd->text));
	}
	for (size_t i = 0; i < COMMAND_OPTIONS && cmd->options[i].name; i++)
		add_option(b, c, &cmd->options[i]);
}

static void add_section(struct buf *b, const char *title, const char *text)
{
	buf_addf(b, ".SH %s\n", title);
	add_line(b, text);
}

static void add_file(struct buf *b, const char *name, const char *help)
{
	buf_addf(b, ".TP\n\\fI%s\\fR\n", name);
	add_line(b, help);
}

void help_man(struct buf *b, const struct catalog *c)
{
	buf_addf(b, ".TH HAMEAU 1 \"\" \"hameau %s\"\n.SH %s\nhameau \\- ", PACKAGE_VERSION,
		 tr(c, "NAME"));
	add_line(b, tr(c, "host many small sites from one folder"));
	buf_addf(b, ".SH %s\n\\fBhameau\\fR \\fICOMMAND\\fR [\\fB\\-\\-data\\fR \\fIDIR\\fR] ...\n",
		 tr(c, "SYNOPSIS"));
	add_section(b, tr(c, "DESCRIPTION"),
		    tr(c,
		       "One process serves all sites of a host. While it runs, the other commands"
		       " reach it through a socket in the host's folder; without it they work on"
		       " the folder itself. Either way a change is seen by the next request."));
	buf_addf(b, ".SH %s\n", tr(c, "COMMANDS"));
	for (const struct command *cmd = command_table; cmd->name; cmd++)
		if (!(cmd->flags & COMMAND_HIDDEN))
			add_command(b, c, cmd);
	buf_addf(b, ".SH %s\n", tr(c, "OPTIONS OF MANY COMMANDS"));
	for (const struct command_option *o = command_common; o->name; o++)
		add_option(b, c, o);
	buf_addf(b, ".SH %s\n", tr(c, "FILES"));
	add_file(b, "DIR/hameau.ini", tr(c, "The configuration; hameau help config explains it."));
	add_file(b, "DIR/host.db", tr(c, "The names, domains and states of the sites."));
	add_file(b, "DIR/sites/", tr(c, "A folder for each site, which can be copied away."));
	add_file(b, "DIR/cache/", tr(c, "Finished pages; may be deleted at any time."));
	buf_addf(b, ".SH %s\n", tr(c, "ENVIRONMENT"));
	add_file(b, "HAMEAU_DATA", tr(c, "The host's folder, where --data is not given."));
	add_file(b, "HAMEAU_SHARE", tr(c, "The folder that holds themes and lang, in place of the"
				       " installed one."));
	add_file(b, "LC_ALL, LC_MESSAGES, LANG", tr(c, "The language of messages."));
	add_section(b, tr(c, "EXIT STATUS"),
		    tr(c, "0: done. 1: it failed; standard error says why. 2: the command line is"
		       " wrong. 130: stopped by Ctrl-C. 143: stopped by SIGTERM."));
}
