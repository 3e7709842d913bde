/* command.h - the table of commands, from which everything about them follows.
 *
 * One row a command: its words, arguments, options and function. Reading the command
 * line, --help, the man page and shell completion are made from it; nothing about a
 * command stands anywhere else. A command's function is written once, against struct
 * call (call.h), and does not know whether it runs in the server or by itself.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fail.h"
#include "base/str.h"

struct call;

struct command_option {
	const char *name;		/* without the dashes */
	char letter;			/* 0: none */
	const char *value;		/* what stands for the value in help; NULL: a switch */
	const char *help;
	bool many;			/* may be given several times */
};

#define COMMAND_OPTIONS 10

enum command_flag {
	COMMAND_HOST = 1,	/* works on a host: --data; call->host is open */
	COMMAND_LOCAL = 2,	/* in this process, also while a server runs */
	COMMAND_DATA = 4,	/* knows --data but opens the host itself */
	COMMAND_JSON = 8,	/* has --json */
	COMMAND_ASKS = 16,	/* asks before it does harm: has --yes */
	COMMAND_HIDDEN = 32,	/* not in help */
	COMMAND_HOSTLESS = 64,	/* without --data call->host is NULL; with COMMAND_HOST | _LOCAL */
};

struct command {
	const char *name;	/* one to three words */
	const char *args; /* "NAME [KEY]..." : required, [optional], ... the last one repeated */
	const char *summary;	/* a sentence without its full stop */
	const char *text;	/* paragraphs for --help and the man page; may be NULL */
	unsigned flags;
	bool (*run)(struct call *call, struct fail *f);
	struct command_option options[COMMAND_OPTIONS];
};

extern const struct command command_table[];	/* ends with name == NULL */

/* The options that every command has, and those that follow from flags. */
extern const struct command_option command_common[];
bool command_has(const struct command *c, const struct command_option *common);

/* The longest name that the words begin with; *used says how many words it took. */
const struct command *command_find(const char *const words[], size_t count, size_t *used);
bool command_is_group(struct str name);		/* some command is called "name ..." */

/* How many arguments args asks for; *max is SIZE_MAX for a repeated last one. */
void command_arity(const struct command *c, size_t *min, size_t *max);

/* The functions, one cmd_*.c each. */
bool cmd_init(struct call *call, struct fail *f);
bool cmd_serve(struct call *call, struct fail *f);
bool cmd_site_create(struct call *call, struct fail *f);
bool cmd_site_list(struct call *call, struct fail *f);
bool cmd_site_show(struct call *call, struct fail *f);
bool cmd_site_rename(struct call *call, struct fail *f);
bool cmd_site_suspend(struct call *call, struct fail *f);
bool cmd_site_resume(struct call *call, struct fail *f);
bool cmd_site_delete(struct call *call, struct fail *f);
bool cmd_site_undelete(struct call *call, struct fail *f);
bool cmd_site_purge(struct call *call, struct fail *f);
bool cmd_site_set(struct call *call, struct fail *f);
bool cmd_site_word(struct call *call, struct fail *f);
bool cmd_site_words(struct call *call, struct fail *f);
bool cmd_domain_add(struct call *call, struct fail *f);
bool cmd_domain_remove(struct call *call, struct fail *f);
bool cmd_import(struct call *call, struct fail *f);
bool cmd_site_import(struct call *call, struct fail *f);
bool cmd_watch(struct call *call, struct fail *f);
bool cmd_export(struct call *call, struct fail *f);
bool cmd_post_list(struct call *call, struct fail *f);
bool cmd_post_show(struct call *call, struct fail *f);
bool cmd_post_save(struct call *call, struct fail *f);
bool cmd_post_edit(struct call *call, struct fail *f);
bool cmd_post_delete(struct call *call, struct fail *f);
bool cmd_post_undelete(struct call *call, struct fail *f);
bool cmd_theme_new(struct call *call, struct fail *f);
bool cmd_theme_serve(struct call *call, struct fail *f);
bool cmd_theme_bench(struct call *call, struct fail *f);
bool cmd_theme_list(struct call *call, struct fail *f);
bool cmd_theme_show(struct call *call, struct fail *f);
bool cmd_theme_install(struct call *call, struct fail *f);
bool cmd_theme_override(struct call *call, struct fail *f);
bool cmd_theme_pack(struct call *call, struct fail *f);
bool cmd_cache_show(struct call *call, struct fail *f);
bool cmd_cache_clear(struct call *call, struct fail *f);
bool cmd_cache_warm(struct call *call, struct fail *f);
bool cmd_render_markdown(struct call *call, struct fail *f);
bool cmd_render_template(struct call *call, struct fail *f);
bool cmd_lang_check(struct call *call, struct fail *f);
bool cmd_lang_extract(struct call *call, struct fail *f);
bool cmd_lang_merge(struct call *call, struct fail *f);
bool cmd_lang_new(struct call *call, struct fail *f);
bool cmd_lang_pseudo(struct call *call, struct fail *f);
bool cmd_lang_stats(struct call *call, struct fail *f);
bool cmd_theme_check(struct call *call, struct fail *f);
bool cmd_theme_context(struct call *call, struct fail *f);
bool cmd_theme_values(struct call *call, struct fail *f);
bool cmd_doctor(struct call *call, struct fail *f);
bool cmd_top(struct call *call, struct fail *f);
bool cmd_stats(struct call *call, struct fail *f);
bool cmd_help(struct call *call, struct fail *f);

#endif
