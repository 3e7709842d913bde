/* remote_test.c - commands that reach a server through its control socket. */
#include "cli/remote.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/cli.h"
#include "cli/cli_test.h"
#include "store/db.h"

static struct {
	char root[32];
	char data[64];
	struct host *host;
	struct control *control;
	struct buf said;		/* standard output and standard error of the last command */
} at;

static int set_up(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct fail f = FAIL_INIT;

	(void)state;
	db_init();
	strcpy(at.root, "/tmp/remote-XXXXXX");
	if (!mkdtemp(at.root))
		return -1;
	snprintf(at.data, sizeof at.data, "%s/data", at.root);
	at.said = (struct buf)BUF(MIB);
	setenv("LC_ALL", "C", 1);
	setenv("HAMEAU_DATA", at.data, 1);
	assert_ok(host_init(at.data, STR("test.example"), NULL, &f), &f);
	assert_ok(host_open(at.data, &at.host, &f), &f);
	assert_ok(
		control_open(host_control_path(a, at.data),
			     &(struct control_hooks){ .command = remote_serve, .data = at.host },
			     &at.control, &f), &f);
	assert_ok(control_publish(at.control, &f), &f);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	control_close(at.control);
	host_close(at.host);
	buf_release(&at.said);
	return dir_remove(at.root, NULL) ? 0 : -1;
}

/* Runs a command line of single words with both streams in a file. */
static int run(const char *line)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *path = path_join(a, at.root, STR("said"));
	int old_out = dup(STDOUT_FILENO), old_err = dup(STDERR_FILENO);
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	struct str rest = str_of(line);
	const char *argv[32] = { "hameau" };
	int argc = 1, status;

	while (rest.n)
		argv[argc++] = arena_cstr(a, str_cut(rest, ' ', &rest));
	fflush(NULL);
	dup2(fd, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO);
	status = cli_main(argc, argv);
	dup2(old_out, STDOUT_FILENO);
	dup2(old_err, STDERR_FILENO);
	close(old_out);
	close(old_err);
	close(fd);
	buf_clear(&at.said);
	assert_true(file_read(path, &at.said, NULL));
	return status;
}

static void says(const char *line, int status, const char *text)
{
	int got = run(line);

	if (str_find(buf_str(&at.said), str_of(text)) < 0)
		fail_msg("%s: %.*s", line, STR_ARG(buf_str(&at.said)));
	assert_int_equal(got, status);
}

static void a_command_runs_in_the_server_and_answers_here(void **state)
{
	(void)state;
	says("site create anna --title Anna", 0, "The site anna is made: http://anna.test.example");
	says("site list", 0, "anna");
	says("site show anna --json", 0, "\"title\":\"Anna\"");
	says("site create anna", 1, "hameau: the name \"anna\" is taken\n");
	says("site delete anna", 1, "hameau: nobody can be asked here; say --yes\n");
	says("site delete anna --yes", 0, "Deleted.");
	says("site list --state deleted --names", 0, "anna\n");
}

static void the_server_sees_the_change_at_once(void **state)
{
	struct fail f = FAIL_INIT;
	struct found found;

	(void)state;
	assert_ok(registry_find(at.host->registry, STR("anna.test.example"), &found, &f), &f);
	assert_int_equal(found.kind, FOUND_NOTHING);
	says("site create anna", 0, "anna");
	assert_ok(registry_find(at.host->registry, STR("anna.test.example"), &found, &f), &f);
	assert_int_equal(found.kind, FOUND_SITE);
	found_release(&found);
}

static void without_a_server_the_files_are_changed_and_it_sees_them_too(void **state)
{
	struct fail f = FAIL_INIT;
	struct found found;

	(void)state;
	says("site create anna", 0, "anna");
	assert_ok(registry_find(at.host->registry, STR("anna.test.example"), &found, &f), &f);
	found_release(&found);
	control_close(at.control);
	at.control = NULL;
	says("site suspend anna --reason rest", 0, "");
	assert_false(registry_find_cached(at.host->registry, STR("anna.test.example"), &found));
	assert_ok(registry_find(at.host->registry, STR("anna.test.example"), &found, &f), &f);
	assert_int_equal(found.site->status, 503);
	found_release(&found);
}

static void a_wrong_line_does_not_reach_the_server(void **state)
{
	(void)state;
	says("site lst", 2, "did you mean \"site list\"?");
	says("--data /nowhere/at/all site list", 1, "/nowhere/at/all is no host");
}

#define ON_SERVER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int remote_tests(void)
{
	const struct CMUnitTest tests[] = {
		ON_SERVER(a_command_runs_in_the_server_and_answers_here),
		ON_SERVER(the_server_sees_the_change_at_once),
		ON_SERVER(without_a_server_the_files_are_changed_and_it_sees_them_too),
		ON_SERVER(a_wrong_line_does_not_reach_the_server),
	};

	return cmocka_run_group_tests_name("remote", tests, NULL, NULL);
}
