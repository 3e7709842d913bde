/* help_completion.c - completion for shells, from the table of commands.
 *
 * Each script knows words and options by itself and asks the program for the names of
 * sites, themes and languages; files and folders are left to the shell. What stands where is
 * read from the words of the table: SITE, THEME, LANG, FOLDER, DIR, FILE.
 */
#include <string.h>

#include "cli/help.h"

static bool is_shown(const struct command *c)
{
	return !(c->flags & COMMAND_HIDDEN);
}

/* What a word of the table stands for, and the command that lists it. */
static const struct { const char *word, *list; } lists[] = {
	{ "SITE", "site list --names" },
	{ "THEME", "theme list --names" },
	{ "LANG", "lang stats --names" },
};

/* The texts of the site that stands before, the newest of them. */
#define ADDRESSES "post list %s --addresses --limit 200"

static bool stands_for(const char *args, const char *word)
{
	return args && strstr(args, word);
}

static bool wants_folder(const char *args)
{
	return stands_for(args, "FOLDER") || stands_for(args, "DIR");
}

/* A theme that need not belong to a host is named by its folder, too. */
static bool takes_folder(const struct command *c)
{
	return wants_folder(c->args)
		|| (stands_for(c->args, "THEME") && c->flags & COMMAND_HOSTLESS);
}

typedef void option_fn(struct buf *b, const struct command *c, const struct command_option *o);

static void each_option(struct buf *b, const struct command *c, option_fn *see)
{
	for (size_t i = 0; i < COMMAND_OPTIONS && c->options[i].name; i++)
		see(b, c, &c->options[i]);
	for (const struct command_option *o = command_common; o->name; o++)
		if (command_has(c, o))
			see(b, c, o);
}

static bool begins_with(const struct command *c, struct str words)
{
	struct str name = str_of(c->name);

	return str_starts(name, words) && (name.n == words.n || name.p[words.n] == ' ');
}

/* The first n bytes of its name are words that no command before it begins with. */
static bool is_first(const struct command *c, size_t n)
{
	for (const struct command *earlier = command_table; earlier != c; earlier++)
		if (is_shown(earlier) && begins_with(earlier, str_from(c->name, n)))
			return false;
	return true;
}

/* The words that may follow `group`, each once; all commands' first ones when it is empty. */
static void add_next_words(struct buf *b, struct str group)
{
	size_t from = group.n ? group.n + 1 : 0;

	for (const struct command *c = command_table; c->name; c++) {
		struct str name = str_of(c->name), rest, word;

		if (!is_shown(c) || name.n <= group.n
		    || (group.n && !begins_with(c, group)))
			continue;
		word = str_cut(str_skip(name, from), ' ', &rest);
		if (is_first(c, from + word.n))
			buf_addf(b, " %.*s", STR_ARG(word));
	}
}

/* Every beginning of a command's name that is a group: "site", "site domain". */
static void each_group(struct buf *b, void (*add)(struct buf *b, struct str group))
{
	for (const struct command *c = command_table; c->name; c++) {
		struct str name = str_of(c->name);

		for (size_t i = 0; is_shown(c) && i < name.n; i++)
			if (name.p[i] == ' ' && is_first(c, i))
				add(b, str_sub(name, 0, i));
	}
}

static void bash_group(struct buf *b, struct str group)
{
	buf_addf(b, "\t\"%.*s\") words=\"", STR_ARG(group));
	add_next_words(b, group);
	buf_adds(b, "\" ;;\n");
}

static void bash_option(struct buf *b, const struct command *c, const struct command_option *o)
{
	(void)c;
	buf_addf(b, " --%s", o->name);
}

/* The words that _hameau() makes offers of. */
static void bash_kinds(struct buf *b, const char *args, bool folder)
{
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		if (stands_for(args, lists[i].word))
			buf_addf(b, "%s ", lists[i].word);
	if (stands_for(args, "ADDRESS"))
		buf_adds(b, "ADDRESS ");
	if (folder)
		buf_adds(b, "FOLDER ");
	if (stands_for(args, "FILE"))
		buf_adds(b, "FILE ");
}

static void bash_value(struct buf *b, const struct command *c, const struct command_option *o)
{
	(void)c;
	if (!o->value)
		return;
	buf_addf(b, "\t\t\t--%s", o->name);
	if (o->letter)
		buf_addf(b, "|-%c", o->letter);
	buf_adds(b, ") kinds='");
	bash_kinds(b, o->value, wants_folder(o->value));
	buf_adds(b, "' ;;\n");
}

static void bash_command(struct buf *b, const struct command *c)
{
	buf_addf(b, "\t\t\"%s \"*)\n\t\t\toptions='", c->name);
	each_option(b, c, bash_option);
	buf_adds(b, "' kinds='");
	bash_kinds(b, c->args, takes_folder(c));
	buf_adds(b, "'\n\t\t\tcase $prev in\n");
	each_option(b, c, bash_value);
	buf_adds(b, "\t\t\tesac ;;\n");
}

static void bash_offers(struct buf *b)
{
	buf_adds(b, "\tfor i in $kinds; do\n\t\tcase $i in\n");
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		buf_addf(b, "\t\t%s) words+=\" $(hameau %s 2>/dev/null)\" ;;\n", lists[i].word,
			 lists[i].list);
	buf_addf(b, "\t\tADDRESS) words+=\" $(hameau " ADDRESSES " 2>/dev/null)\" ;;\n",
		 "\"${COMP_WORDS[3]}\"");
	buf_adds(b, "\t\tFOLDER) COMPREPLY+=($(compgen -d -- \"$cur\")) ;;\n"
		 "\t\tFILE) COMPREPLY+=($(compgen -f -- \"$cur\")) ;;\n"
		 "\t\tesac\n\tdone\n"
		 "\tCOMPREPLY+=($(compgen -W \"$words\" -- \"$cur\"))\n");
}

static void add_bash(struct buf *b)
{
	buf_adds(
		b,
		"# bash completion for hameau, made by: hameau help --completion bash\n"
		"_hameau() {\n"
		"\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
		"\tlocal command='' words='' options='' kinds='' i\n"
		"\tCOMPREPLY=()\n"
		"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		"\t\t[[ ${COMP_WORDS[i]} == -* ]] && break\n"
		"\t\tcommand+=\"${command:+ }${COMP_WORDS[i]}\"\n"
		"\tdone\n"
		"\tcase $command in\n"
		"\t'') words=\"");
	add_next_words(b, STR_NONE);
	buf_adds(b, "\" ;;\n");
	each_group(b, bash_group);
	buf_adds(b, "\tesac\n\tcase \"$command \" in\n");
	for (const struct command *c = command_table; c->name; c++)
		if (is_shown(c))
			bash_command(b, c);
	buf_adds(b, "\tesac\n"
		 "\tif [[ $cur == -* ]]; then\n"
		 "\t\tCOMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
		 "\t\treturn\n"
		 "\tfi\n");
	bash_offers(b);
	buf_adds(b, "}\n"
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

static void fish_begin(struct buf *b, const char *where, const struct command *c,
		       const struct command_option *o)
{
	buf_addf(b, "complete -c hameau -n '__hameau_%s %s'", where, c->name);
	if (o)
		buf_addf(b, " -l %s", o->name);
}

/* Offers the names that `words` of the table stand for: behind the command (o NULL), or as the
 * value of an option. */
static void fish_lists(struct buf *b, const struct command *c, const struct command_option *o,
		       const char *words)
{
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		if (!stands_for(words, lists[i].word))
			continue;
		fish_begin(b, o ? "in" : "at", c, o);
		buf_addf(b, "%s -a '(hameau %s 2>/dev/null)'\n", o ? " -x" : "", lists[i].list);
	}
	if (!stands_for(words, "ADDRESS"))
		return;
	fish_begin(b, "in", c, o);
	buf_addf(b, "%s -a '(hameau " ADDRESSES " 2>/dev/null)'\n", o ? " -x" : "",
		 "(__hameau_words)[3]");
}

static void fish_option(struct buf *b, const struct command *c, const struct command_option *o)
{
	bool file = wants_folder(o->value) || stands_for(o->value, "FILE");

	fish_begin(b, "in", c, o);
	buf_addf(b, "%s -d ", file ? " -r -F" : o->value ? " -x" : "");
	add_quoted(b, o->help);
	buf_addc(b, '\n');
	fish_lists(b, c, o, o->value);
}

/* "site domain": the word domain behind site, and more words behind it. */
static void fish_group(struct buf *b, struct str group)
{
	ptrdiff_t space = str_rfind_char(group, ' ');
	struct str before = str_sub(group, 0, space < 0 ? 0 : (size_t)space);

	buf_addf(b, "complete -c hameau -n '__hameau_at %.*s' -a %.*s -d ...\n", STR_ARG(before),
		 STR_ARG(str_skip(group, (size_t)(space + 1))));
}

static void fish_command(struct buf *b, const struct command *c)
{
	struct str name = str_of(c->name);
	ptrdiff_t space = str_rfind_char(name, ' ');
	struct str group = str_sub(name, 0, space < 0 ? 0 : (size_t)space);

	buf_addf(b, "complete -c hameau -n '__hameau_at %.*s' -a %.*s -d ", STR_ARG(group),
		 STR_ARG(str_skip(name, (size_t)(space + 1))));
	add_quoted(b, c->summary);
	buf_addc(b, '\n');
	fish_lists(b, c, NULL, c->args);
	if (takes_folder(c) || stands_for(c->args, "FILE")) {
		fish_begin(b, "in", c, NULL);
		buf_adds(b, " -F\n");
	}
	each_option(b, c, fish_option);
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
	for (const struct command *c = command_table; c->name; c++)
		if (is_shown(c))
			fish_command(b, c);
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
