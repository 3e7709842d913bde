/* templates.c - prints the messages of Mustache templates as PO, for `make pot`.
 *
 *	lang/templates FILE...
 *
 * The engine itself compiles them, so that what is extracted is what will be asked for.
 * Not installed.
 */
#include <stdio.h>
#include "base/file.h"
#include "base/limits.h"
#include "mustache/template.h"

static void put_quoted(const char *keyword, struct str s)
{
	printf("%s \"", keyword);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			putchar('\\');
		putchar(s.p[i]);
	}
	printf("\"\n");
}

static bool put_message(void *file, const struct template_use *use)
{
	if (use->kind != TEMPLATE_MESSAGE)
		return true;
	printf("#: %s:%d\n", (const char *)file, use->line);
	if (use->context)
		put_quoted("msgctxt", str_of(use->context));
	put_quoted("msgid", use->name);
	printf("msgstr \"\"\n\n");
	return true;
}

static bool put_messages(const char *file, struct fail *f)
{
	CLEANUP(buf_release) struct buf source = BUF(LIMIT_TEMPLATE);
	CLEANUP(template_unrefp) struct template *t = NULL;
	const struct template_options options = { .messages = true };

	if (!file_read(file, &source, f) ||
	    !template_compile(buf_str(&source), file, &options, &t, f))
		return false;
	template_each_use(t, put_message, (void *)file);
	return true;
}

int main(int argc, char **argv)
{
	struct fail f = FAIL_INIT;

	printf("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n");
	for (int i = 1; i < argc; i++) {
		if (put_messages(argv[i], &f))
			continue;
		fprintf(stderr, "%s\n", f.text);
		return 1;
	}
	return 0;
}
