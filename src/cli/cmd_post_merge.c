/* cmd_post_merge.c - see cmd_post_merge.h. */
#include "cli/cmd_post_merge.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"

#define MARK "<<<<<<< "

static const char *mine_label(const struct call *call)
{
	return trc(call->catalog, "one of two versions of a text", "yours");
}

/* "rain.md" and "site" are "rain.site.md". */
static const char *beside(struct arena *a, const char *file, const char *what)
{
	struct str stem = str_of(file);

	return arena_printf(a, "%.*s.%s.md", STR_ARG(str_sub(stem, 0, stem.n - 3)), what).p;
}

/* diff3 wants whole lines. */
static bool write_lines(const char *path, struct str text, struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(text.n + 1);

	buf_add(&b, text);
	if (text.n && text.p[text.n - 1] != '\n')
		buf_addc(&b, '\n');
	return file_write(path, buf_str(&b), false, f);
}

static void become_diff3(const struct call *call, const char *const files[3], const char *out)
{
	int fd = open(out, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0)
		_exit(2);
	close(STDERR_FILENO);
	execlp("diff3", "diff3", "-E", "-m", "-L", mine_label(call), "-L", "", "-L",
	       trc(call->catalog, "one of two versions of a text", "the site's"), files[0],
	       files[1], files[2], (char *)NULL);
	_exit(127);
}

/* Its exit status: 0 they are apart, 1 they meet, else it did not work. */
static int run_diff3(struct call *call, const char *const files[3], const char *out)
{
	int status = -1;
	pid_t child;

	call_flush(call);
	child = fork();
	if (child == 0)
		become_diff3(call, files, out);
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

bool cmd_post_merge(struct call *call, struct cmd_post_merge *m, enum cmd_post_merged *ret,
		    struct fail *f)
{
	CLEANUP(buf_release) struct buf text = BUF(2 * LIMIT_POST);
	struct arena *a = call->arena;
	const char *before = beside(a, m->file, "before"), *both = beside(a, m->file, "both");
	int status;

	m->mine_file = beside(a, m->file, "mine");
	m->site_file = beside(a, m->file, "site");
	if (!file_read(m->file, &text, f) || !write_lines(m->mine_file, buf_str(&text), f)
	    || !write_lines(m->site_file, m->site, f) || !write_lines(before, m->before, f))
		return false;
	status = run_diff3(call, (const char *[]){ m->mine_file, before, m->site_file }, both);
	*ret = status == 0 ? CMD_POST_APART : status == 1 ? CMD_POST_MEET : CMD_POST_ALONE;
	if (*ret != CMD_POST_ALONE && rename(both, m->file) != 0)
		return fail_errno(f, "cannot write %s", m->file);
	return file_remove(before, f) && file_remove(both, f);
}

int cmd_post_merge_marks(struct call *call, struct str text)
{
	struct str line, mark = arena_printf(call->arena, MARK "%s", mine_label(call));

	for (int n = 1; str_line(&text, &line); n++)
		if (str_eq(line, mark))
			return n;
	return 0;
}
