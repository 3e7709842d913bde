/* cmd_post_edit.c - hameau post edit: a text in the person's own editor.
 *
 *	post show --json -> file -> editor -> post save --instead-of --if -> done
 *	                              ^        ^     |
 *	                              |     both?    | the site's was changed meanwhile:
 *	                              |        |     v both go into the file
 *	                              +--- again? <--+ it has an error
 *	                                       +--- no: the file stays, and is named
 *
 * The commands in between go to the server when one runs; the editor and its file are on this
 * side. The file is removed only when what it holds was saved, or nothing was typed.
 */
#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "cli/cli.h"
#include "cli/cmd_post.h"
#include "cli/cmd_post_merge.h"

enum { TEXT_MAX = LIMIT_POST + LIMIT_FRONT_MATTER + KIB, ANSWER_MAX = 8 * TEXT_MAX, WORDS = 16 };

/* The text as the site has it; no address: a new one. */
struct there {
	struct str address, version, text;
};

struct editing {
	struct call *call;
	struct there there;		/* what the editor was given, or what came since */
	bool is_ready;			/* both are in the file: no editor is wanted */
	const char *dir, *file;
};

/* --- a command in between --- */

struct between {
	const struct call_io *io;	/* of the person */
	struct buf out, err;
	struct str input;
};

static void keep_out(void *data, struct str bytes)
{
	buf_add(&((struct between *)data)->out, bytes);
}

static void keep_err(void *data, struct str bytes)
{
	buf_add(&((struct between *)data)->err, bytes);
}

static void hush_progress(void *data, int64_t done, int64_t total, struct str what)
{
	(void)data;
	(void)done;
	(void)total;
	(void)what;
}

static bool ask(void *data, struct str question, struct buf *answer)
{
	const struct call_io *io = ((struct between *)data)->io;

	return io->ask(io->data, question, answer);
}

static void give_input(void *data, struct buf *piece)
{
	struct between *b = data;

	buf_add(piece, str_sub(b->input, 0, LIMIT_COMMAND / 4));
	b->input = str_skip(b->input, LIMIT_COMMAND / 4);
}

static bool is_cancelled(void *data)
{
	const struct call_io *io = ((struct between *)data)->io;

	return io->is_cancelled(io->data);
}

static void between_release(struct between *b)
{
	buf_release(&b->out);
	buf_release(&b->err);
}

#define BETWEEN(call, text) { .io = (call)->io, .out = BUF(ANSWER_MAX), .err = BUF(MIB), \
			      .input = (text) }

static bool run_between(struct editing *e, struct between *b, const char *words[], size_t n)
{
	const struct call_io io = {
		.data = b, .out = keep_out, .err = keep_err, .progress = hush_progress,
		.ask = ask, .input = give_input, .is_cancelled = is_cancelled,
	};

	words[n++] = "--data";
	words[n++] = e->call->data;
	return cli_call(e->call, words, n, &io) == CLI_DONE;
}

static const char *site_of(const struct editing *e)
{
	return arena_cstr(e->call->arena, e->call->args[0]);
}

/* --- what is there --- */

static struct str text_of(struct arena *a, const json_t *root, const char *key)
{
	const json_t *value = json_object_get(root, key);

	return json_is_string(value)
		? arena_str(a, str_from(json_string_value(value), json_string_length(value)))
		: STR_NONE;
}

static bool read_answer(struct arena *a, struct str answer, struct there *ret, struct fail *f)
{
	json_error_t error;
	json_t *root = json_loadb(answer.p, answer.n, 0, &error);

	ret->address = text_of(a, root, "address");
	ret->version = text_of(a, root, "version");
	ret->text = text_of(a, root, "text");
	json_decref(root);
	return (ret->address.n && ret->version.n && ret->text.n) ||
	       fail(f, FAIL_BUG, "post show --json: %s", error.text);
}

/* False and no failure: it was told on the way. */
static bool fetch(struct editing *e, struct str address, struct there *ret, bool *found,
		  struct fail *f)
{
	struct call *call = e->call;
	CLEANUP(between_release) struct between b = BETWEEN(call, STR_NONE);
	const char *words[WORDS] = { "post", "show", site_of(e),
				     arena_cstr(call->arena, address), "--json" };

	*found = run_between(e, &b, words, 5);
	call->io->err(call->io->data, buf_str(&b.err));
	return !*found || read_answer(call->arena, buf_str(&b.out), ret, f);
}

/* The head of a first text: no more than what one fills in. */
static void begin_new(struct editing *e)
{
	e->there.text = call_has(e->call, "draft")
		? STR("---\ntitle: \"\"\ntags: []\ndraft: true\n---\n\n")
		: STR("---\ntitle: \"\"\ntags: []\n---\n\n");
}

/* --- the editor --- */

static const char *editor(struct arena *a)
{
	static const char *const names[] = { "VISUAL", "EDITOR" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return arena_cstr(a, str_of(value));
	}
	return "vi";
}

/* In the child: EDITOR may be a command with options, so the shell reads it. */
static void become(const char *command, const char *file)
{
	static const int as_usual[] = { SIGINT, SIGQUIT, SIGTERM, SIGPIPE };
	struct sigaction usual = { .sa_handler = SIG_DFL };

	for (size_t i = 0; i < ARRAY_LEN(as_usual); i++)
		sigaction(as_usual[i], &usual, NULL);
	execl("/bin/sh", "sh", "-c", command, "sh", file, (char *)NULL);
	_exit(127);
}

/* Ctrl-C is the editor's while it runs. */
static bool run_editor(struct editing *e, struct fail *f)
{
	struct arena *a = e->call->arena;
	const char *name = editor(a);
	const char *command = arena_printf(a, "exec %s \"$1\"", name).p;
	struct sigaction ignore = { .sa_handler = SIG_IGN }, interrupt, quit;
	int status = -1;
	pid_t child;

	call_flush(e->call);
	sigaction(SIGINT, &ignore, &interrupt);
	sigaction(SIGQUIT, &ignore, &quit);
	child = fork();
	if (child == 0)
		become(command, e->file);
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	sigaction(SIGINT, &interrupt, NULL);
	sigaction(SIGQUIT, &quit, NULL);
	if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	return fail(f, FAIL_IO, "the editor (%s) did not end well; set EDITOR to another one",
		    name);
}

/* --- saving --- */

static size_t add_words(const struct editing *e, const char *words[], size_t n)
{
	struct arena *a = e->call->arena;

	words[n++] = "--media";
	words[n++] = e->call->cwd;
	if (e->there.address.n) {
		words[n++] = "--instead-of";
		words[n++] = arena_cstr(a, e->there.address);
		words[n++] = "--if";
		words[n++] = arena_cstr(a, e->there.version);
	}
	if (call_has(e->call, "draft"))
		words[n++] = "--draft";
	if (call_has(e->call, "publish"))
		words[n++] = "--publish";
	if (e->call->json)
		words[n++] = "--json";
	return n;
}

/* The save knows no name but "-". */
static void tell_errors(struct editing *e, struct str lines)
{
	struct str line;

	while (str_line(&lines, &line))
		if (str_starts(line, STR("-:")))
			call_note(e->call, "%s%.*s", e->file, STR_ARG(str_skip(line, 1)));
		else
			call_note(e->call, "%.*s", STR_ARG(line));
}

static bool save(struct editing *e, struct str text)
{
	struct call *call = e->call;
	CLEANUP(between_release) struct between b = BETWEEN(call, text);
	const char *words[WORDS] = { "post", "save", site_of(e), "-" };
	bool done = run_between(e, &b, words, add_words(e, words, 4));

	tell_errors(e, buf_str(&b.err));
	call_out(call, "%.*s", STR_ARG(buf_str(&b.out)));
	return done;
}

/* --- both --- */

static bool lies_there(const struct editing *e, struct fail *f)
{
	return fail(f, FAIL_CONFLICT, "nothing was saved; what was typed lies in %s", e->file);
}

static void tell_merged(struct call *call, const struct cmd_post_merge *m,
			enum cmd_post_merged how)
{
	const struct catalog *c = call->catalog;

	if (how == CMD_POST_ALONE)
		call_note(call, tr(c, "The text was changed on the site meanwhile; that one is in"
				   " %s. There is no diff3 here to put both together: what you"
				   " save next takes its place."),
			  m->site_file);
	else if (how == CMD_POST_APART)
		call_note(call, tr(c, "The text was changed on the site meanwhile, in other places"
				   " than here. Both changes are in %s now; yours alone is in %s,"
				   " the site's in %s."), m->file, m->mine_file, m->site_file);
	else
		call_note(call, tr(c, "The text was changed on the site meanwhile, and in the same"
				   " places. There both stand in %s now, between <<<<<<< and"
				   " >>>>>>>; yours alone is in %s, the site's in %s."), m->file,
			  m->mine_file, m->site_file);
}

/* After a save that failed: what the site has meanwhile goes into the file, too, and the next
 * save takes its place. */
static bool take_in(struct editing *e, struct fail *f)
{
	struct cmd_post_merge m = { .file = e->file, .before = e->there.text };
	struct call *call = e->call;
	struct fail no = FAIL_INIT;
	enum cmd_post_merged how;
	struct there now;
	bool found = false;

	if (!e->there.address.n)
		return true;
	if (!fetch(e, e->there.address, &now, &found, f))
		call_note(call, "hameau: %s", f->text);
	if (!found)
		return lies_there(e, f);
	if (str_eq(now.version, e->there.version))
		return true;
	m.site = now.text;
	if (!cmd_post_merge(call, &m, &how, f)) {
		call_note(call, "hameau: %s", f->text);
		return lies_there(e, f);
	}
	tell_merged(call, &m, how);
	e->there = now;
	e->is_ready = how == CMD_POST_APART
		&& call_confirm(call, &no, "%s", tr(call->catalog, "Save both?"));
	return true;
}

static bool has_marks(struct editing *e, struct str text)
{
	int line = cmd_post_merge_marks(e->call, text);

	if (line)
		call_note(e->call, tr(e->call->catalog, "%s:%d: here both texts still stand; leave"
				      " what is to be, and none of the lines with <<<<<<<,"
				      " ======= and >>>>>>>"), e->file, line);
	return line > 0;
}

/* *again: it could not be saved, and the person wants the editor once more. */
static bool edit_once(struct editing *e, bool *again, struct fail *f)
{
	CLEANUP(buf_release) struct buf text = BUF(TEXT_MAX);
	struct call *call = e->call;
	struct fail no = FAIL_INIT;

	*again = false;
	if (!e->is_ready && !run_editor(e, f)) {
		call_note(call, "hameau: %s", f->text);
		return lies_there(e, f);
	}
	e->is_ready = false;
	if (!file_read(e->file, &text, f)) {
		call_note(call, "hameau: %s", f->text);
	} else if (str_eq(buf_str(&text), e->there.text)) {
		call_out(call, "%s\n", tr(call->catalog, "Nothing was changed."));
		return true;
	} else if (!has_marks(e, buf_str(&text))) {
		if (save(e, buf_str(&text)))
			return true;
		if (!take_in(e, f))
			return false;
	}
	*again = e->is_ready
		|| (call->tty && call_confirm(call, &no, "%s",
					      tr(call->catalog, "Open the editor again?")));
	return *again || lies_there(e, f);
}

static bool make_file(struct editing *e, struct fail *f)
{
	struct arena *a = e->call->arena;
	struct str address = e->there.address;		/* ends with a slash */
	struct str name = address.n ? path_name(str_sub(address, 0, address.n - 1)) : STR("text");

	if (name.n > 100)
		name = STR("text");
	if (!dir_temporary(a, "post", &e->dir, f))
		return false;
	e->file = path_join(a, e->dir, arena_printf(a, "%.*s.md", STR_ARG(name)));
	return file_write(e->file, e->there.text, false, f);
}

bool cmd_post_edit(struct call *call, struct fail *f)
{
	struct editing e = { .call = call };
	bool found = true, again = true;

	if (call_has(call, "draft") && call_has(call, "publish"))
		return fail(f, FAIL_INVALID, "--draft and --publish do not go together");
	if (call->n_args < 2)
		begin_new(&e);
	else if (!fetch(&e, call->args[1], &e.there, &found, f))
		return false;
	call->exit = found ? CLI_DONE : CLI_FAILED;
	if (!found)
		return true;
	if (!make_file(&e, f))
		return false;
	while (again)
		if (!edit_once(&e, &again, f))
			return false;
	return dir_remove(e.dir, f);
}
