/* log.c - one write(2) a line, so that lines of several threads do not mix. */
#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <unistd.h>
#include "base/date.h"

static atomic_int lowest = LOG_INFO;

void log_level(enum log_level from)
{
	atomic_store(&lowest, (int)from);
}

/* A name or a message may hold anything: here it stays on its line and commands no
 * terminal. */
static void make_visible(struct buf *b)
{
	for (size_t i = 0; i < b->n; i++)
		if ((unsigned char)b->p[i] < ' ' || b->p[i] == 0x7f)
			b->p[i] = b->p[i] == '\n' || b->p[i] == '\t' ? ' ' : '?';
}

void log_line(enum log_level level, const char *fmt, ...)
{
	static const char *const names[] = { "info ", "warn ", "error" };
	CLEANUP(buf_release) struct buf b = BUF(4096);
	va_list ap;
	ssize_t n;

	if ((int)level < atomic_load(&lowest))
		return;
	date_rfc3339(&b, date_now(), 0);
	buf_addf(&b, " %s ", names[level]);
	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	make_visible(&b);
	buf_addc(&b, '\n');
	n = write(STDERR_FILENO, b.p, b.n);
	(void)n;		/* nowhere left to complain */
}
