/* terminal.c - see terminal.h. One thread draws: that of the command. */
#include "cli/terminal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "base/utf8.h"

#define SHOW_AFTER 2000000000LL		/* two seconds */
#define SHOW_EVERY 100000000LL

static volatile sig_atomic_t interrupted;	/* the number of the signal */

static struct {
	int64_t began, drawn;
	bool shown;
} progress;

static void on_interrupt(int sig)
{
	struct sigaction usual = { .sa_handler = SIG_DFL };

	if (!interrupted)
		interrupted = sig;
	sigaction(sig, &usual, NULL);
}

void terminal_catch_interrupts(void)
{
	struct sigaction action = { .sa_handler = on_interrupt };
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
}

void terminal_heed_interrupts(void)
{
	sigset_t set;

	terminal_catch_interrupts();
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

int terminal_interrupt(void)
{
	return interrupted;
}

bool terminal_can_ask(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

static void put(int fd, struct str bytes)
{
	if (!fd_write(fd, bytes) && !interrupted)
		interrupted = SIGPIPE;	/* nobody reads any more */
}

void terminal_clear_progress(void)
{
	if (progress.shown)
		put(STDERR_FILENO, STR("\r\033[K"));
	progress.shown = false;
}

static void out(void *data, struct str bytes)
{
	(void)data;
	if (isatty(STDOUT_FILENO))
		terminal_clear_progress();
	put(STDOUT_FILENO, bytes);
}

static void err(void *data, struct str bytes)
{
	(void)data;
	terminal_clear_progress();
	put(STDERR_FILENO, bytes);
}

static void draw(int64_t done, int64_t total, struct str what)
{
	CLEANUP(buf_release) struct buf line = BUF(4 * KIB);
	struct winsize size = { .ws_col = 80 };
	enum { BAR = 20 };

	(void)ioctl(STDERR_FILENO, TIOCGWINSZ, &size);
	buf_adds(&line, "\r\033[K");
	if (total > 0) {
		int filled = (int)(done * BAR / total);

		buf_addc(&line, '[');
		for (int i = 0; i < BAR; i++)
			buf_addc(&line, i < filled ? '#' : ' ');
		buf_addf(&line, "] %3d %% ", (int)(done * 100 / total));
	} else {
		buf_addf(&line, "%lld ", (long long)done);
	}
	buf_add(&line, utf8_cut(what, size.ws_col > 40 ? size.ws_col - 30u : 10));
	put(STDERR_FILENO, buf_str(&line));
	progress.shown = true;
}

static void show_progress(void *data, int64_t done, int64_t total, struct str what)
{
	int64_t now = clock_ns();

	(void)data;
	if (!progress.began)
		progress.began = now;
	if (now - progress.began < SHOW_AFTER || now - progress.drawn < SHOW_EVERY)
		return;
	progress.drawn = now;
	if (!isatty(STDERR_FILENO))		/* a call of the system: not for each step */
		return;
	draw(done < 0 ? 0 : total > 0 && done > total ? total : done, total, what);
}

static bool ask(void *data, struct str question, struct buf *answer)
{
	char c;

	(void)data;
	terminal_clear_progress();
	put(STDERR_FILENO, question);
	buf_clear(answer);
	/* Byte by byte, so that nothing behind the line is taken from whoever reads next. */
	while (!interrupted && read(STDIN_FILENO, &c, 1) == 1) {
		if (c == '\n')
			return true;
		buf_addc(answer, c);
	}
	put(STDERR_FILENO, STR("\n"));
	return false;
}

static void input(void *data, struct buf *piece)
{
	char room[16 * 1024];
	ssize_t n;

	(void)data;
	do
		n = read(STDIN_FILENO, room, sizeof room);
	while (n < 0 && errno == EINTR && !interrupted);
	if (n > 0)
		buf_add(piece, str_from(room, (size_t)n));
}

static bool is_cancelled(void *data)
{
	(void)data;
	return interrupted;
}

const struct call_io terminal_io = {
	.out = out, .err = err, .progress = show_progress, .ask = ask,
	.input = input, .is_cancelled = is_cancelled,
};
