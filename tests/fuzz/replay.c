/* replay.c - a fuzz target without a fuzzer: runs it on its seeds and on every input that
 * once broke it (tests/fuzz/crashes/<target>), and on the files named on the command line.
 * A crash is the end of the program, so what is reported is only what did no harm.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "base/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes stand alone in a block of their own size, so that a sanitizer sees any step
 * beside them. */
static void replay(const char *path)
{
	CLEANUP(buf_release) struct buf text = BUF(16 * MIB);
	struct fail f = FAIL_INIT;
	struct str bytes;
	uint8_t *alone;

	if (!file_read(path, &text, &f)) {
		printf("Bail out! %s\n", f.text);
		exit(1);
	}
	bytes = buf_str(&text);
	alone = malloc(bytes.n ? bytes.n : 1);
	if (!alone)
		abort();
	if (bytes.n)
		memcpy(alone, bytes.p, bytes.n);
	fprintf(stderr, "%s\n", path);
	LLVMFuzzerTestOneInput(alone, bytes.n);
	free(alone);
}

static size_t replay_folder(const char *kind, const char *target)
{
	const char *top = getenv("top_srcdir");
	char dir[1024], path[2048];
	struct dirent *e;
	size_t n = 0;
	DIR *d;

	snprintf(dir, sizeof dir, "%s/tests/fuzz/%s/%s", top ? top : ".", kind, target);
	d = opendir(dir);
	if (!d)
		return 0;
	while ((e = readdir(d))) {
		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
		replay(path);
		n++;
	}
	closedir(d);
	return n;
}

int main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/');
	size_t seeds, crashes;

	for (int i = 1; i < argc; i++)
		replay(argv[i]);
	if (argc > 1)
		return 0;
	name = strstr(name ? name : argv[0], "fuzz_");
	if (!name)
		return 1;
	name += strlen("fuzz_");
	seeds = replay_folder("seeds", name);
	crashes = replay_folder("crashes", name);
	printf("%s 1 - fuzz: %s: %zu seeds and %zu kept crashes do no harm\n1..1\n",
	       seeds ? "ok" : "not ok", name, seeds, crashes);
	return seeds ? 0 : 1;
}
