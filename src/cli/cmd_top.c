/* cmd_top.c - hameau top, and the hidden command that it asks the server with. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "app/metrics.h"
#include "cli/call.h"
#include "cli/remote.h"
#include "cli/top.h"

enum { ROWS = 24, COLUMNS = 80 };

/* The other screen without a cursor, and back; the first place, the rest of a line, of all. */
static const char screen_on[] = "\033[?1049h\033[?25l", screen_off[] = "\033[?25h\033[?1049l",
		  first_place[] = "\033[H", clear_line[] = "\033[K", clear_rest[] = "\033[J";

bool cmd_stats(struct call *call, struct fail *f)
{
	if (!call->host->metrics)
		return fail(f, FAIL_NOT_FOUND, "no server runs on %s", call->data);
	metrics_json(call->host->metrics, call_buf(call));
	call_flush(call);
	return true;
}

static bool take_sample(struct call *call, struct arena *a, struct top_sample *ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_COMMAND);

	if (!remote_ask("stats", call, &text, f))
		return f->code == FAIL_NOT_FOUND
		       ? fail(f, FAIL_NOT_FOUND, "no server runs on %s", call->data) : false;
	return top_parse(a, buf_str(&text), ret, f);
}

/* ---- the terminal, key by key ---- */

static struct termios usual;

static bool is_watched(const struct call *call)
{
	return !call->json && !call_has(call, "once") && isatty(STDIN_FILENO)
	       && isatty(STDOUT_FILENO);
}

static void on_resize(int sig)
{
	(void)sig;		/* that it ends the wait is enough */
}

static void begin_watching(struct call *call)
{
	struct sigaction resize = { .sa_handler = on_resize };
	struct termios raw;

	tcgetattr(STDIN_FILENO, &usual);
	raw = usual;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	tcsetattr(STDIN_FILENO, TCSANOW, &raw);
	sigaction(SIGWINCH, &resize, NULL);
	call_out(call, "%s", screen_on);
}

static void end_watching(struct call *call)
{
	call_out(call, "%s", screen_off);
	call_flush(call);
	tcsetattr(STDIN_FILENO, TCSANOW, &usual);
}

/* Waits so long, or for a key. True: it was q, or the end. */
static bool wants_to_leave(struct call *call, bool watched, int64_t ms)
{
	struct pollfd key = { .fd = STDIN_FILENO, .events = POLLIN };
	char c = 0;
	int n = poll(&key, watched ? 1 : 0, (int)ms);

	if (call_is_cancelled(call))
		return true;
	if (n <= 0)
		return false;
	return read(STDIN_FILENO, &c, 1) != 1 || c == 'q' || c == 'Q';
}

static void show(struct call *call, bool watched, const struct top_sample *last,
		 const struct top_sample *now)
{
	struct winsize size = { .ws_row = ROWS, .ws_col = COLUMNS };
	CLEANUP(buf_release) struct buf text = BUF(64 * KIB);
	struct str rest, line;

	if (call->json) {
		top_json(call_buf(call), last, now);
		call_flush(call);
		return;
	}
	if (!watched) {
		top_show(call_buf(call), call->catalog, last, now, 100, 200);
		call_flush(call);
		return;
	}
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || !size.ws_row || !size.ws_col)
		size = (struct winsize){ .ws_row = ROWS, .ws_col = COLUMNS };
	top_show(&text, call->catalog, last, now, size.ws_row - 1, size.ws_col);
	call_out(call, "%s", first_place);
	for (rest = buf_str(&text); str_line(&rest, &line);)
		call_out(call, "%.*s%s\n", STR_ARG(line), clear_line);
	call_out(call, "%s", clear_rest);
	call_flush(call);
}

/* One look, a wait, another look: what happened in between is shown. */
static bool watch(struct call *call, bool watched, int64_t ms, struct fail *f)
{
	struct top_sample samples[2];
	struct arena *arenas[2] = { arena_new(0), arena_new(0) };
	bool ok = take_sample(call, arenas[0], &samples[0], f);
	bool once = call_has(call, "once");

	for (unsigned i = 1; ok && !wants_to_leave(call, watched, ms); i++) {
		arena_reset(arenas[i % 2]);
		ok = take_sample(call, arenas[i % 2], &samples[i % 2], f);
		if (ok)
			show(call, watched, &samples[(i + 1) % 2], &samples[i % 2]);
		if (once)
			break;
	}
	arena_free(arenas[0]);
	arena_free(arenas[1]);
	return ok;
}

bool cmd_top(struct call *call, struct fail *f)
{
	bool watched = is_watched(call), ok;
	int64_t seconds;

	if (!call_number(call, "interval", 1, 3600, 1, &seconds, f))
		return false;
	if (watched)
		begin_watching(call);
	ok = watch(call, watched, seconds * 1000, f);
	if (watched)
		end_watching(call);
	return ok;
}
