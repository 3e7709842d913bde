/* fail.c - writing down what went wrong, in the reader's language. */
#include "base/fail.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *(*speak)(const char *);

void fail_speak(const char *(*translate)(const char *msgid))
{
	speak = translate;
}

static const char *spoken(const char *fmt)
{
	return speak ? speak(fmt) : fmt;
}

/* A sentence cut inside a character would not be UTF-8 any more. */
static void cut_clean(char *text, size_t room)
{
	size_t n = strlen(text);

	if (n + 1 < room)
		return;
	while (n && ((unsigned char)text[n - 1] & 0xc0) == 0x80)
		n--;
	text[n ? n - 1 : 0] = '\0';
}

static void write_text(struct fail *f, size_t at, const char *fmt, va_list ap)
{
	vsnprintf(f->text + at, sizeof f->text - at, spoken(fmt), ap);
	cut_clean(f->text, sizeof f->text);
}

bool fail(struct fail *f, enum fail_code code, const char *fmt, ...)
{
	va_list ap;

	if (!f)
		return false;
	f->code = code;
	va_start(ap, fmt);
	write_text(f, 0, fmt, ap);
	va_end(ap);
	return false;
}

bool fail_in(struct fail *f, const char *fmt, ...)
{
	struct fail whole = FAIL_INIT;
	size_t n, room;
	va_list ap;

	if (!f)
		return false;
	va_start(ap, fmt);
	write_text(&whole, 0, fmt, ap);
	va_end(ap);
	n = strlen(whole.text);
	room = sizeof whole.text - n;
	if (room > 3) {
		memcpy(whole.text + n, ": ", 2);
		memccpy(whole.text + n + 2, f->text, '\0', room - 3);
	}
	cut_clean(whole.text, sizeof whole.text);
	memcpy(f->text, whole.text, sizeof f->text);
	return false;
}

bool fail_errno(struct fail *f, const char *fmt, ...)
{
	int error = errno;
	va_list ap;
	size_t n;

	if (!f)
		return false;
	f->code = error == ENOENT ? FAIL_NOT_FOUND : FAIL_IO;
	va_start(ap, fmt);
	write_text(f, 0, fmt, ap);
	va_end(ap);
	n = strlen(f->text);
	snprintf(f->text + n, sizeof f->text - n, ": %s", spoken(strerror(error)));
	cut_clean(f->text, sizeof f->text);
	return false;
}

void fail_clear(struct fail *f)
{
	f->code = FAIL_NONE;
	f->text[0] = '\0';
}

const char *fail_code_name(enum fail_code code)
{
	static const char *const names[] = {
		[FAIL_NONE] = "NONE", [FAIL_NOT_FOUND] = "NOT_FOUND", [FAIL_GONE] = "GONE",
		[FAIL_INVALID] = "INVALID", [FAIL_FORBIDDEN] = "FORBIDDEN",
		[FAIL_CONFLICT] = "CONFLICT", [FAIL_TOO_LARGE] = "TOO_LARGE",
		[FAIL_QUOTA] = "QUOTA", [FAIL_BUSY] = "BUSY", [FAIL_IO] = "IO",
		[FAIL_CORRUPT] = "CORRUPT", [FAIL_BUG] = "BUG",
	};

	return (size_t)code < ARRAY_LEN(names) ? names[code] : "?";
}
