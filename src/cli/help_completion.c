/* help_completion.c - completion for shells, from the table of commands.
 *
 * Each script knows words and options by itself and asks `hameau site list --names`
 * for the names of sites; folders are left to the shell.
 */
#include <string.h>

#include "cli/help.h"

static bool is_shown(const struct command *c)
{
	return !(c->flags & COMMAND_HIDDEN);
}

static bool takes_site(const struct command *c)
{
	return c->args && (str_starts(str_of(c->args), STR("SITE"))
			   || str_starts(str_of(c->args), STR("[SITE]")));
}

static void add_options(struct buf *b, const struct command *c)
{
	for (size_t i = 0; i < COMMAND_OPTIONS && c->options[i].name; i++)
		buf_addf(b, " --%s", c->options[i].name);
	for (const struct command_option *o = command_common; o->name; o++)
		if (command_has(c, o))
			buf_addf(b, " --%s", o->name);
}

/* The first words of all commands, each once: rows of a group stand together. */
static void add_first_words(struct buf *b)
{
	struct str last = STR_NONE, rest;

	for (const struct command *c = command_table; c->name; c++) {
		struct str word = str_cut(str_of(c->name), ' ', &rest);

		if (is_shown(c) && !str_eq(word, last))
			buf_addf(b, " %.*s", STR_ARG(word));
		last = word;
	}
}

/* The words that may follow `group`, each once. */
static void add_next_words(struct buf *b, struct str group)
{
	struct str last = STR_NONE, rest;

	for (const struct command *c = command_table; c->name; c++) {
		struct str name = str_of(c->name), word;

		if (!is_shown(c) || name.n <= group.n || !str_starts(name, group)
		    || name.p[group.n] != ' ')
			continue;
		word = str_cut(str_skip(name, group.n + 1), ' ', &rest);
		if (!str_eq(word, last))
			buf_addf(b, " %.*s", STR_ARG(word));
		last = word;
	}
}

/* Every beginning of a command's name that is a group: "site", "site domain". */
static void each_group(struct buf *b, void (*add)(struct buf *b, struct str group))
{
	struct str done[32];
	size_t n = 0;

	for (const struct command *c = command_table; c->name; c++) {
		struct str name = str_of(c->name);

		for (size_t i = 0; i < name.n; i++) {
			struct str group = str_sub(name, 0, i);
			bool known = name.p[i] != ' ' || n == ARRAY_LEN(done);

			for (size_t k = 0; k < n && !known; k++)
				known = str_eq(done[k], group);
			if (known)
				continue;
			done[n++] = group;
			add(b, group);
		}
	}
}

static void bash_group(struct buf *b, struct str group)
{
	buf_addf(b, "\t\"%.*s\") words=\"", STR_ARG(group));
	add_next_words(b, group);
	buf_adds(b, "\" ;;\n");
}

static void add_bash(struct buf *b)
{
	buf_adds(
		b,
		"# bash completion for hameau, made by: hameau help --completion bash\n"
		"_hameau() {\n"
		"\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
		"\tlocal command='' words='' options='' sites='' i\n"
		"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		"\t\t[[ ${COMP_WORDS[i]} == -* ]] && break\n"
		"\t\tcommand+=\"${command:+ }${COMP_WORDS[i]}\"\n"
		"\tdone\n"
		"\tcase $prev in --data|-d|FOLDER) COMPREPLY=($(compgen -d -- \"$cur\")); return ;;"
		" esac\n"
		"\tcase $command in\n"
		"\t'') words=\"");
	add_first_words(b);
	buf_adds(b, "\" ;;\n");
	each_group(b, bash_group);
	buf_adds(b, "\tesac\n\tcase \"$command \" in\n");
	for (const struct command *c = command_table; c->name; c++) {
		if (!is_shown(c))
			continue;
		buf_addf(b, "\t\"%s \"*) options=\"", c->name);
		add_options(b, c);
		buf_addf(b, "\"%s ;;\n", takes_site(c) ? "; sites=1" : "");
	}
	buf_adds(b, "\tesac\n"
		 "\tif [[ $cur == -* ]]; then\n"
		 "\t\tCOMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
		 "\telif [[ $words ]]; then\n"
		 "\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
		 "\telse\n"
		 "\t\t[[ $sites ]] && words=$(hameau site list --names 2>/dev/null)\n"
		 "\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\") $(compgen -d -- \"$cur\"))\n"
		 "\tfi\n"
		 "}\n"
		 "complete -o filenames -F _hameau hameau\n");
}

static void add_zsh(struct buf *b)
{
	buf_adds(b, "#compdef hameau\n"
		 "# zsh completion for hameau, made by: hameau help --completion zsh\n"
		 "autoload -U +X bashcompinit && bashcompinit\n");
	add_bash(b);
}

/* A text between single quotes of fish. */
static void add_quoted(struct buf *b, const char *text)
{
	buf_addc(b, '\'');
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			buf_addc(b, '\\');
		buf_addc(b, *text);
	}
	buf_addc(b, '\'');
}

static void fish_option(struct buf *b, const struct command *c, const struct command_option *o)
{
	buf_addf(b, "complete -c hameau -n '__hameau_in %s' -l %s%s -d ", c->name, o->name,
		 o->value ? " -r" : "");
	add_quoted(b, o->help);
	buf_addc(b, '\n');
}

/* "site domain": the word domain behind site, and more words behind it. */
static void fish_group(struct buf *b, struct str group)
{
	ptrdiff_t space = str_rfind_char(group, ' ');
	struct str before = str_sub(group, 0, space < 0 ? 0 : (size_t)space);

	buf_addf(b, "complete -c hameau -n '__hameau_at %.*s' -a %.*s -d ...\n", STR_ARG(before),
		 STR_ARG(str_skip(group, (size_t)(space + 1))));
}

static bool takes_file(const struct command *c)
{
	return c->args && (strstr(c->args, "FOLDER") || strstr(c->args, "DIR")
			   || strstr(c->args, "FILE"));
}

static void add_fish(struct buf *b)
{
	buf_adds(b, "# fish completion for hameau, made by: hameau help --completion fish\n"
		 "function __hameau_words\n"
		 "\tstring match -v -- '-*' (commandline -opc)[2..-1]\n"
		 "end\n"
		 "function __hameau_at\n"
		 "\ttest \"$(__hameau_words | string join ' ')\" = \"$argv\"\n"
		 "end\n"
		 "function __hameau_in\n"
		 "\tstring match -q -- \"$argv*\" (__hameau_words | string join ' ')\n"
		 "end\n"
		 "complete -c hameau -f\n");
	for (const struct command *c = command_table; c->name; c++) {
		struct str name = str_of(c->name);
		ptrdiff_t space = str_rfind_char(name, ' ');
		struct str group = str_sub(name, 0, space < 0 ? 0 : (size_t)space);

		if (!is_shown(c))
			continue;
		buf_addf(b, "complete -c hameau -n '__hameau_at %.*s' -a %.*s -d ", STR_ARG(group),
			 STR_ARG(str_skip(name, (size_t)(space + 1))));
		add_quoted(b, c->summary);
		buf_addc(b, '\n');
		if (takes_site(c))
			buf_addf(b, "complete -c hameau -n '__hameau_at %s' -a"
				 " '(hameau site list --names 2>/dev/null)'\n", c->name);
		if (takes_file(c))
			buf_addf(b, "complete -c hameau -n '__hameau_in %s' -F\n", c->name);
		for (size_t i = 0; i < COMMAND_OPTIONS && c->options[i].name; i++)
			fish_option(b, c, &c->options[i]);
		for (const struct command_option *o = command_common; o->name; o++)
			if (command_has(c, o))
				fish_option(b, c, o);
	}
	each_group(b, fish_group);
}

bool help_completion(struct buf *b, struct str shell)
{
	if (str_eq(shell, STR("bash")))
		add_bash(b);
	else if (str_eq(shell, STR("zsh")))
		add_zsh(b);
	else if (str_eq(shell, STR("fish")))
		add_fish(b);
	else
		return false;
	return true;
}
