/* parse.c - options may stand anywhere; "--" ends them; --name value and --name=value. */
#include "cli/parse.h"

#include <string.h>

#include "base/nearest.h"

struct reader {
	struct call *call;
	const char *const *words;
	size_t count, at;
	bool only_args;		/* behind "--" */
	struct parse *parse;
};

static bool unknown_command(const char *const words[], size_t count, struct arena *a,
			    struct fail *f)
{
	struct str given = str_of(words[0]);
	struct nearest near;

	/* "site lst": the group is right, so only its commands are near. */
	if (count > 1 && command_is_group(given))
		given = arena_printf(a, "%s %s", words[0], words[1]);
	else if (command_is_group(given))
		return fail(f, FAIL_INVALID, "\"%s\" needs one more word; see hameau help %s",
			    words[0], words[0]);
	nearest_init(&near, given);
	for (const struct command *c = command_table; c->name; c++)
		if (!(c->flags & COMMAND_HIDDEN))
			nearest_offer(&near, str_of(c->name));
	if (near.best.n)
		return fail(f, FAIL_INVALID, "unknown command \"%.*s\"; did you mean \"%.*s\"?",
			    STR_ARG(given), STR_ARG(near.best));
	return fail(f, FAIL_INVALID, "unknown command \"%.*s\"; see hameau help", STR_ARG(given));
}

static bool is_named(const struct command_option *o, struct str name, char letter)
{
	return letter ? o->letter == letter : str_eq(str_of(o->name), name);
}

static const struct command_option *option_find(const struct command *c, struct str name,
						char letter)
{
	for (const struct command_option *o = command_common; o->name; o++)
		if (command_has(c, o) && is_named(o, name, letter))
			return o;
	for (size_t i = 0; i < COMMAND_OPTIONS && c->options[i].name; i++)
		if (is_named(&c->options[i], name, letter))
			return &c->options[i];
	return NULL;
}

static bool unknown_option(const struct command *c, struct str name, struct fail *f)
{
	struct nearest near;

	nearest_init(&near, name);
	for (const struct command_option *o = command_common; o->name; o++)
		if (command_has(c, o))
			nearest_offer(&near, str_of(o->name));
	for (size_t i = 0; i < COMMAND_OPTIONS && c->options[i].name; i++)
		nearest_offer(&near, str_of(c->options[i].name));
	if (near.best.n)
		return fail(f, FAIL_INVALID, "%s has no option --%.*s; did you mean --%.*s?",
			    c->name, STR_ARG(name), STR_ARG(near.best));
	return fail(f, FAIL_INVALID, "%s has no option --%.*s; see hameau help %s", c->name,
		    STR_ARG(name), c->name);
}

static bool keep_option(struct reader *r, const struct command_option *o, struct str value,
			struct fail *f)
{
	struct call *call = r->call;

	if (!o->many && call_has(call, o->name) && o->value)
		return fail(f, FAIL_INVALID, "--%s is given a second time", o->name);
	call->json = call->json || strcmp(o->name, "json") == 0;
	call->yes = call->yes || strcmp(o->name, "yes") == 0;
	r->parse->help = r->parse->help || strcmp(o->name, "help") == 0;
	*VEC_ADD(&call->given) = (struct call_given){ o, arena_str(call->arena, value) };
	return true;
}

/* The value that stands in the next word. */
static bool next_value(struct reader *r, const struct command_option *o, struct str *value,
		       struct fail *f)
{
	if (r->at == r->count)
		return fail(f, FAIL_INVALID, "--%s needs a value: %s", o->name, o->value);
	*value = str_of(r->words[r->at++]);
	return true;
}

static bool read_long(struct reader *r, struct str text, struct fail *f)
{
	struct str value, name = str_cut(text, '=', &value);
	const struct command_option *o = option_find(r->call->command, name, 0);

	if (!o)
		return unknown_option(r->call->command, name, f);
	if (!o->value && value.p)
		return fail(f, FAIL_INVALID, "--%s takes no value", o->name);
	if (o->value && !value.p && !next_value(r, o, &value, f))
		return false;
	return keep_option(r, o, value.p ? value : STR(""), f);
}

/* -y, -nq (switches together), -d DIR, -dDIR. */
static bool read_short(struct reader *r, struct str letters, struct fail *f)
{
	while (letters.n) {
		const struct command_option *o =
			option_find(r->call->command, STR_NONE, letters.p[0]);
		struct str value = STR("");

		if (!o)
			return fail(f, FAIL_INVALID, "%s has no option -%.1s; see hameau help %s",
				    r->call->command->name, letters.p, r->call->command->name);
		letters = str_skip(letters, 1);
		if (o->value && letters.n) {
			value = letters;
			letters = STR_NONE;
		} else if (o->value && !next_value(r, o, &value, f)) {
			return false;
		}
		if (!keep_option(r, o, value, f))
			return false;
	}
	return true;
}

static bool read_word(struct reader *r, struct fail *f)
{
	struct call *call = r->call;
	struct str word = str_of(r->words[r->at++]);

	if (!r->only_args && str_eq(word, STR("--"))) {
		r->only_args = true;
		return true;
	}
	if (!r->only_args && str_starts(word, STR("--")))
		return read_long(r, str_skip(word, 2), f);
	if (!r->only_args && word.n > 1 && word.p[0] == '-')
		return read_short(r, str_skip(word, 1), f);
	call->args[call->n_args++] = arena_str(call->arena, word);
	return true;
}

static bool check_arity(const struct call *call, struct fail *f)
{
	const struct command *c = call->command;
	size_t min, max;

	command_arity(c, &min, &max);
	if (call->n_args >= min && call->n_args <= max)
		return true;
	if (!c->args)
		return fail(f, FAIL_INVALID, "%s takes no arguments", c->name);
	return fail(f, FAIL_INVALID, "it is called so: hameau %s %s", c->name, c->args);
}

/* The command's words first, with options of every command allowed before them. */
static bool find_command(struct reader *r, struct str *data, struct fail *f)
{
	while (r->at < r->count && r->words[r->at][0] == '-') {
		struct str word = str_of(r->words[r->at++]), value;
		struct str name = str_cut(word, '=', &value);

		if (str_eq(word, STR("--help")) || str_eq(word, STR("-h")))
			r->parse->help = true;
		else if (str_eq(word, STR("--version")) || str_eq(word, STR("-V")))
			r->parse->version = true;
		else if (str_eq(name, STR("--data")) && value.p)
			*data = value;
		else if ((str_eq(word, STR("--data")) || str_eq(word, STR("-d")))
			 && r->at < r->count)
			*data = str_of(r->words[r->at++]);
		else
			return fail(f, FAIL_INVALID, "unknown option \"%.*s\" before the command",
				    STR_ARG(word));
	}
	if (r->at == r->count)
		return true;

	size_t used;

	r->call->command = command_find(r->words + r->at, r->count - r->at, &used);
	/* "site --help" and "help site" explain the group. */
	if (!r->call->command && command_is_group(str_of(r->words[r->at])) && r->at + 1 < r->count
	    && (strcmp(r->words[r->at + 1], "--help") == 0
		|| strcmp(r->words[r->at + 1], "-h") == 0)) {
		r->parse->help = true;
		r->call->args[r->call->n_args++] = str_of(r->words[r->at]);
		r->at = r->count;
		return true;
	}
	if (!r->call->command)
		return unknown_command(r->words + r->at, r->count - r->at, r->call->arena, f);
	r->at += used;
	return true;
}

bool parse_words(struct call *call, const char *const words[], size_t count, struct parse *ret,
		 struct fail *f)
{
	struct reader r = { .call = call, .words = words, .count = count, .parse = ret };
	struct str data = STR_NONE;

	*ret = (struct parse){ false, false };
	if (count > LIMIT_ARGUMENTS)
		return fail(f, FAIL_TOO_LARGE, "more than %d words", LIMIT_ARGUMENTS);
	call->args = arena_array(call->arena, count + 1, sizeof *call->args);
	if (!find_command(&r, &data, f))
		return false;
	if (!call->command)
		return true;
	if (data.p && !command_has(call->command, command_common))
		return fail(f, FAIL_INVALID, "%s works without --data", call->command->name);
	if (data.p && !keep_option(&r, command_common, data, f))
		return false;
	while (r.at < count)
		if (!read_word(&r, f))
			return false;
	return ret->help || check_arity(call, f);
}
