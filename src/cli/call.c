/* call.c - what commands may ask of their call. */
#include "cli/call.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"

#define OUT_CEILING (1 * MIB)	/* written on at a few KiB; larger pieces are bugs */
#define OUT_ENOUGH (16 * KIB)

struct str call_option(const struct call *call, const char *name)
{
	struct str value = STR_NONE;

	for (size_t i = 0; i < call->given.n; i++)
		if (strcmp(call->given.p[i].option->name, name) == 0)
			value = call->given.p[i].value;
	return value;
}

bool call_has(const struct call *call, const char *name)
{
	return call_option(call, name).p != NULL;
}

size_t call_options(const struct call *call, const char *name, struct str **ret)
{
	struct str *list = arena_array(call->arena, call->given.n + 1, sizeof *list);
	size_t n = 0;

	for (size_t i = 0; i < call->given.n; i++)
		if (strcmp(call->given.p[i].option->name, name) == 0)
			list[n++] = call->given.p[i].value;
	*ret = list;
	return n;
}

bool call_number(const struct call *call, const char *name, int64_t min, int64_t max,
		 int64_t usual, int64_t *ret, struct fail *f)
{
	struct str text = call_option(call, name);
	int64_t value = usual;

	if (text.p && (!str_to_i64(text, &value) || value < min || value > max))
		return fail(f, FAIL_INVALID, "--%s: \"%.*s\" is not a number between %lld and %lld",
			    name, STR_ARG(text), (long long)min, (long long)max);
	*ret = value;
	return true;
}

struct buf *call_buf(struct call *call)
{
	call->out.max = OUT_CEILING;
	return &call->out;
}

void call_flush(struct call *call)
{
	if (call->out.n)
		call->io->out(call->io->data, buf_str(&call->out));
	buf_clear(&call->out);
}

void call_out(struct call *call, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_addv(call_buf(call), fmt, ap);
	va_end(ap);
	if (call->out.n >= OUT_ENOUGH)
		call_flush(call);
}

void call_note(struct call *call, const char *fmt, ...)
{
	CLEANUP(buf_release) struct buf line = BUF(LIMIT_COMMAND);
	va_list ap;

	call_flush(call);
	va_start(ap, fmt);
	buf_addv(&line, fmt, ap);
	va_end(ap);
	buf_addc(&line, '\n');
	call->io->err(call->io->data, buf_str(&line));
}

void call_progress(struct call *call, int64_t done, int64_t total, struct str what)
{
	call->io->progress(call->io->data, done, total, what);
}

bool call_is_cancelled(struct call *call)
{
	return call->io->is_cancelled(call->io->data);
}

/* "y" always, and how the word for yes begins in the caller's language. */
static bool is_yes(const struct call *call, struct str answer)
{
	struct str yes = str_of(trc(call->catalog, "answer to a question", "yes"));

	answer = str_trim(answer);
	if (!answer.n)
		return false;
	return str_eq_nocase(answer, yes) || str_eq_nocase(answer, STR("yes"))
		|| str_eq_nocase(answer, STR("y"))
		|| (answer.n == 1 && str_eq_nocase(answer, str_sub(yes, 0, 1)));
}

bool call_confirm(struct call *call, struct fail *f, const char *fmt, ...)
{
	CLEANUP(buf_release) struct buf question = BUF(LIMIT_COMMAND), answer = BUF(4 * KIB);
	va_list ap;

	if (call->yes)
		return true;
	if (!call->tty)
		return fail(f, FAIL_INVALID, "nobody can be asked here; say --yes");
	va_start(ap, fmt);
	buf_addv(&question, fmt, ap);
	va_end(ap);
	buf_addf(&question, " %s ", tr(call->catalog, "(yes or no)"));
	call_flush(call);
	if (call->io->ask(call->io->data, buf_str(&question), &answer)
	    && is_yes(call, buf_str(&answer)))
		return true;
	return fail(f, FAIL_CONFLICT, "nothing was done");
}

bool call_input(struct call *call, struct buf *b, struct fail *f)
{
	CLEANUP(buf_release) struct buf piece = BUF(LIMIT_COMMAND);

	call_flush(call);
	do {
		buf_clear(&piece);
		call->io->input(call->io->data, &piece);
		buf_add(b, buf_str(&piece));
	} while (piece.n && buf_ok(b));
	if (!buf_ok(b))
		return fail(f, FAIL_TOO_LARGE, "the text is longer than %d KiB", LIMIT_POST / KIB);
	return !call_is_cancelled(call) || fail(f, FAIL_IO, "standard input ended too early");
}

const char *call_path(struct call *call, struct str path)
{
	if (str_starts(path, STR("/")))
		return arena_cstr(call->arena, path);
	return path_join(call->arena, call->cwd, path);
}

void call_release(struct call *call)
{
	VEC_FREE(&call->given);
	buf_release(&call->out);
	arena_free(call->arena);
	call->arena = NULL;
}
