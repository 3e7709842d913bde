/* remote.c - requests in JSON, frames as a struct call_io. */
#include "cli/remote.h"

#include <jansson.h>
#include <string.h>

#include "base/date.h"
#include "cli/cli.h"
#include "cli/parse.h"
#include "lang/speak.h"

#define PROGRESS_EVERY 100000000LL	/* nanoseconds between frames */

/* ---- the command's side ---- */

static void write_request(struct buf *b, const char *const words[], size_t count,
			  const struct call *from)
{
	struct json j = { .b = b };

	json_open(&j, '{');
	json_key(&j, "words");
	json_open(&j, '[');
	for (size_t i = 0; i < count; i++)
		json_str(&j, str_of(words[i]));
	json_close(&j, ']');
	json_put_str(&j, "cwd", str_of(from->cwd));
	json_put_str(&j, "lang", from->lang);
	json_put_bool(&j, "tty", from->tty);
	json_close(&j, '}');
}

/* "DONE TOTAL WHAT" */
static void show_progress(const struct call_io *io, struct str text)
{
	struct str rest, done = str_cut(text, ' ', &rest), total = str_cut(rest, ' ', &rest);
	int64_t n_done, n_total;

	if (str_to_i64(done, &n_done) && str_to_i64(total, &n_total))
		io->progress(io->data, n_done, n_total, rest);
}

static void on_frame(void *data, enum control_frame kind, struct str bytes)
{
	const struct call_io *io = data;

	if (kind == CONTROL_OUT)
		io->out(io->data, bytes);
	else if (kind == CONTROL_ERR)
		io->err(io->data, bytes);
	else if (kind == CONTROL_PROGRESS)
		show_progress(io, bytes);
}

static bool on_ask(void *data, struct str question, struct buf *answer)
{
	const struct call_io *io = data;

	return io->ask(io->data, question, answer);
}

static void on_input(void *data, struct buf *piece)
{
	const struct call_io *io = data;

	io->input(io->data, piece);
}

static bool on_cancelled(void *data)
{
	const struct call_io *io = data;

	return io->is_cancelled(io->data);
}

bool remote_call(const char *data, const char *const words[], size_t count,
		 const struct call *from, int *status, struct fail *f)
{
	CLEANUP(buf_release) struct buf request = BUF(LIMIT_COMMAND);
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct call_io io = *from->io;
	const struct control_events events = {
		.data = &io, .frame = on_frame, .answer = on_ask, .input = on_input,
		.is_cancelled = on_cancelled,
	};

	write_request(&request, words, count, from);
	if (!buf_ok(&request))
		return fail(f, FAIL_TOO_LARGE, "the command is longer than %d bytes",
			    LIMIT_COMMAND);
	return control_call(host_control_path(a, data), buf_str(&request), &events, status, f);
}

static void keep_output(void *data, struct str bytes)
{
	buf_add(data, bytes);
}

static void keep_nothing(void *data, struct str bytes)
{
	(void)data;
	(void)bytes;
}

bool remote_ask(const char *word, const struct call *from, struct buf *out, struct fail *f)
{
	struct call_io io = *from->io;
	struct call call = *from;
	int status;

	io.data = out;
	io.out = keep_output;
	io.err = keep_nothing;
	call.io = &io;
	return remote_call(from->data, &word, 1, &call, &status, f);
}

/* ---- the server's side ---- */

struct visit {
	struct control_peer *peer;
	int64_t told;		/* when progress was last sent */
};

static void send_out(void *data, struct str bytes)
{
	control_send(((struct visit *)data)->peer, CONTROL_OUT, bytes);
}

static void send_err(void *data, struct str bytes)
{
	control_send(((struct visit *)data)->peer, CONTROL_ERR, bytes);
}

static void send_progress(void *data, int64_t done, int64_t total, struct str what)
{
	CLEANUP(buf_release) struct buf text = BUF(4 * KIB);
	struct visit *v = data;
	int64_t now = clock_ns();

	if (now - v->told < PROGRESS_EVERY)
		return;
	v->told = now;
	buf_addf(&text, "%lld %lld %.*s", (long long)done, (long long)total,
		 (int)(what.n < 1024 ? what.n : 1024), what.n ? what.p : "");
	control_send(v->peer, CONTROL_PROGRESS, buf_str(&text));
}

static bool ask(void *data, struct str question, struct buf *answer)
{
	return control_ask(((struct visit *)data)->peer, question, answer);
}

static void input(void *data, struct buf *piece)
{
	struct visit *v = data;

	if (!control_input(v->peer, piece))
		buf_clear(piece);
}

static bool is_cancelled(void *data)
{
	return control_is_cancelled(((struct visit *)data)->peer);
}

static struct str text_of(struct arena *a, const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_string(value)
		? arena_str(a, str_from(json_string_value(value), json_string_length(value)))
		: STR("");
}

static bool read_request(struct call *call, struct str request, const char *words[],
			 size_t *count, struct fail *f)
{
	json_error_t error;
	json_t *root = json_loadb(request.p, request.n, JSON_REJECT_DUPLICATES, &error);
	const json_t *list = json_object_get(root, "words");

	*count = json_array_size(list);
	if (!root || *count > LIMIT_ARGUMENTS) {
		json_decref(root);
		return fail(f, FAIL_INVALID, "the server does not understand the request: %s",
			    root ? "words" : error.text);
	}
	for (size_t i = 0; i < *count; i++) {
		const char *word = json_string_value(json_array_get(list, i));

		words[i] = arena_cstr(call->arena, str_of(word));
	}
	call->cwd = arena_cstr(call->arena, text_of(call->arena, root, "cwd"));
	call->lang = text_of(call->arena, root, "lang");
	call->tty = json_is_true(json_object_get(root, "tty"));
	json_decref(root);
	return true;
}

/* Our own program runs these by itself; whoever sends one here is another. */
static int refuse(struct call *call)
{
	struct fail f = FAIL_INIT;

	fail(&f, FAIL_INVALID, "%s does not run in the server", call->command->name);
	return cli_complain(call, &f, CLI_FAILED);
}

int remote_serve(void *host, struct control_peer *peer, struct str request)
{
	struct visit visit = { .peer = peer };
	const struct call_io io = {
		.data = &visit, .out = send_out, .err = send_err, .progress = send_progress,
		.ask = ask, .input = input, .is_cancelled = is_cancelled,
	};
	CLEANUP(call_release) struct call call = { .arena = arena_new(0), .io = &io };
	const char *words[LIMIT_ARGUMENTS];
	struct catalogs *catalogs = host_catalogs(host);
	struct fail f = FAIL_INIT;
	struct parse parse;
	size_t count;
	int status = CLI_FAILED;

	call.is_served = true;
	call.host = host;
	call.data = call.host->data;
	if (read_request(&call, request, words, &count, &f)) {
		call.catalog = catalogs_find(catalogs, call.lang);
		speak_set(call.catalog);
		if (!parse_words(&call, words, count, &parse, &f) || !call.command)
			status = cli_complain(&call, &f, CLI_USAGE);
		else if (!(call.command->flags & COMMAND_HOST)
			 || call.command->flags & COMMAND_LOCAL)
			status = refuse(&call);
		else
			status = cli_run(&call);
	} else {
		status = cli_complain(&call, &f, CLI_FAILED);
	}
	speak_set(NULL);
	catalogs_unref(catalogs);
	return status;
}
