/* help.c - --help, and the list of commands. */
#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "config.h"

#define WIDTH 78

/* Words from `column` on, in lines of WIDTH; the next lines begin at `indent`. */
static void add_wrapped(struct buf *b, struct str text, size_t column, size_t indent)
{
	bool first = true;

	while (text.n) {
		struct str word = str_cut(text, ' ', &text);
		size_t width = utf8_length(word);

		if (!first && column + 1 + width > WIDTH) {
			buf_addf(b, "\n%*s", (int)indent, "");
			column = indent;
			first = true;
		}
		if (!first) {
			buf_addc(b, ' ');
			column++;
		}
		buf_add(b, word);
		column += width;
		first = false;
	}
	buf_addc(b, '\n');
}

/* "  left      right", the right part wrapped under itself. */
static void add_row(struct buf *b, struct str left, struct str right)
{
	enum { AT = 26 };
	size_t width = utf8_length(left) + 2;

	buf_addf(b, "  %.*s", STR_ARG(left));
	if (width + 2 > AT) {
		buf_addf(b, "\n%*s", AT, "");
	} else {
		buf_addf(b, "%*s", (int)(AT - width), "");
	}
	add_wrapped(b, right, AT, AT);
}

static void add_command_row(struct buf *b, const struct catalog *c, const struct command *cmd)
{
	char left[80];

	snprintf(left, sizeof left, "%s%s%s", cmd->name, cmd->args ? " " : "",
		 cmd->args ? cmd->args : "");
	add_row(b, str_of(left), str_of(tr(c, cmd->summary)));
}

static bool is_in_group(const struct command *cmd, struct str group)
{
	struct str name = str_of(cmd->name);

	return !(cmd->flags & COMMAND_HIDDEN)
		&& (!group.n || (name.n > group.n && str_starts(name, group)
				 && name.p[group.n] == ' '));
}

static void add_commands(struct buf *b, const struct catalog *c, struct str group)
{
	for (const struct command *cmd = command_table; cmd->name; cmd++)
		if (is_in_group(cmd, group))
			add_command_row(b, c, cmd);
}

void help_all(struct buf *b, const struct catalog *c)
{
	buf_addf(b, "%s\n\n", tr(c, "hameau hosts many small sites from one folder."));
	buf_addf(b, "%s hameau %s\n\n%s\n", tr(c, "Usage:"), "COMMAND [--data DIR] ...",
		 tr(c, "Commands:"));
	add_commands(b, c, STR_NONE);
	buf_addc(b, '\n');
	add_wrapped(b, str_of(tr(c, "hameau help COMMAND explains one of them,"
				 " hameau help config the configuration file, hameau help settings"
				 " what a site can be told.")), 0, 0);
}

void help_group(struct buf *b, const struct catalog *c, struct str group)
{
	buf_addf(b, "%s\n", tr(c, "Commands:"));
	add_commands(b, c, group);
}

static void add_option(struct buf *b, const struct catalog *c, const struct command_option *o)
{
	char left[80], letter[8] = "    ";

	if (o->letter)
		snprintf(letter, sizeof letter, "-%c, ", o->letter);
	snprintf(left, sizeof left, "%s--%s%s%s%s", letter, o->name, o->value ? " " : "",
		 o->value ? o->value : "", o->many ? " ..." : "");
	add_row(b, str_of(left), str_of(tr(c, o->help)));
}

void help_command(struct buf *b, const struct catalog *c, const struct command *cmd)
{
	CLEANUP(buf_release) struct buf head = BUF(1 * KIB);

	buf_addf(b, "%s hameau %s%s%s [%s]\n\n", tr(c, "Usage:"), cmd->name, cmd->args ? " " : "",
		 cmd->args ? cmd->args : "", tr(c, "options"));
	buf_addf(&head, tr(c, "hameau %s: "), cmd->name);
	buf_add(b, buf_str(&head));
	add_wrapped(b, str_of(tr(c, cmd->summary)), utf8_length(buf_str(&head)), 0);
	if (cmd->text) {
		buf_addc(b, '\n');
		add_wrapped(b, str_of(tr(c, cmd->text)), 0, 0);
	}
	buf_addf(b, "\n%s\n", tr(c, "Options:"));
	for (size_t i = 0; i < COMMAND_OPTIONS && cmd->options[i].name; i++)
		add_option(b, c, &cmd->options[i]);
	for (const struct command_option *o = command_common; o->name; o++)
		if (command_has(cmd, o))
			add_option(b, c, o);
}

void help_version(struct buf *b)
{
	buf_adds(b, "hameau " PACKAGE_VERSION "\n");
}
