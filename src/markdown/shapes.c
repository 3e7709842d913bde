/* shapes.c - looks for texts that take long: `src/markdown/shapes [KiB] [seconds]`.
 *
 * Repeats and halves of all pairs (and, with a third argument, triples) of the
 * atoms that Markdown is made of, rendered as posts; prints every one over the
 * time, the worst last. A measuring tool, not a test: tests assert what is counted.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "base/limits.h"
#include "markdown/markdown.h"

static const char *const ATOMS[] = {
	"- ", "* ", "1. ", "> ", ">", "\n", "\n\n", "a", "*", "**", "_", "`", "``", "[", "]", "[]",
	"](", "()", "![", "![[]()", "[a](", "<", "<!--", "<?", "<!A", "<![CDATA[", "<a ",
	"<a b=\"", "\"", "'", "&", "&amp;", "&#", "\\", "|", "|-|\n", "~~", "~", "  ", "    ",
	"\t", "#", "# ", "[a]: b", "[a]", "=", "---", "```\n", "<div>", "</div>", "<b>", "<http:",
	"(", ")", ":", "[^a]", "[^a]: ", ".", "!", "<script>", "a@b.c ", "a@", "www.a", "http://",
	"[a]: <", "(\"", "\xc3\xa9", "- [ ] ", "> [!NOTE]\n", "|a|\n|-|\n", "--",
};

static double worst, limit = 0.1;
static size_t refusals, tried;

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void show(const char *s)
{
	for (; *s; s++)
		printf(*s == '\n' ? "\\n" : *s == '\t' ? "\\t" : "%c", *s);
}

static void try(struct str source, const char *how, const char *a, const char *b, const char *c)
{
	struct markdown_options o = { .lang = STR("fr") };
	struct arena *arena = arena_new(0);
	struct fail f = FAIL_INIT;
	struct markdown made;
	double t = now();

	refusals += !markdown_render(arena, source, &o, &made, &f);
	t = now() - t;
	arena_free(arena);
	tried++;
	worst = t > worst ? t : worst;
	if (t < limit)
		return;
	printf("%.3f %s ", t, how);
	show(a);
	printf(" ");
	show(b);
	printf(" ");
	show(c);
	printf(" %s\n", f.text);
	fflush(stdout);
}

static size_t fill(char *p, size_t from, size_t to, const char *part)
{
	size_t n = strlen(part);

	while (from + n <= to) {
		memcpy(p + from, part, n);
		from += n;
	}
	return from;
}

static void try_pair(char *text, size_t size, const char *a, const char *b)
{
	char part[64];
	size_t n;

	snprintf(part, sizeof part, "%s%s", a, b);
	try(str_from(text, fill(text, 0, size, part)), "repeat", a, b, "");
	n = fill(text, 0, size / 2, a);
	try(str_from(text, fill(text, n, size, b)), "halves", a, b, "");
	n = fill(text, 0, 90, a);
	try(str_from(text, fill(text, n, size, b)), "90 then", a, b, "");
}

int main(int argc, char **argv)
{
	size_t size = argc > 1 ? (size_t)atoi(argv[1]) * KIB : LIMIT_POST;
	char *text = malloc(size + 64), part[64];

	limit = argc > 2 ? atof(argv[2]) : limit;
	for (size_t i = 0; i < ARRAY_LEN(ATOMS); i++)
		for (size_t k = 0; k < ARRAY_LEN(ATOMS); k++) {
			try_pair(text, size, ATOMS[i], ATOMS[k]);
			for (size_t m = 0; argc > 3 && m < ARRAY_LEN(ATOMS); m++) {
				snprintf(part, sizeof part, "%s%s%s", ATOMS[i], ATOMS[k], ATOMS[m]);
				try(str_from(text, fill(text, 0, size, part)), "repeat", ATOMS[i],
				    ATOMS[k], ATOMS[m]);
			}
		}
	printf("%zu shapes of %zu KiB, %zu refused, worst %.3f s\n", tried, size / KIB,
			refusals, worst);
	free(text);
	return 0;
}
