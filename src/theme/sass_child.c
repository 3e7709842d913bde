/* sass_child.c - the only file that calls libsass.
 *
 * The importer always answers, with a source of the theme or with an error, so libsass never
 * looks for a file itself; were it to, RLIMIT_NOFILE leaves no descriptor to open one with.
 * Sources are given under /theme/ so that what libsass makes of their names stays
 * recognisable in its errors.
 */
#include "theme/sass_child.h"
#include <sass.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/library.h"
#include "base/limits.h"

#define ROOT "/theme/"
#define SOURCES_MAX 200

/* What is called of libsass, which is loaded here and nowhere else (base/library.h). */
#define CALLS(X) \
	X(alloc_memory) X(compile_data_context) X(compiler_get_last_import) \
	X(context_get_error_column) X(context_get_error_file) X(context_get_error_line) \
	X(context_get_error_text) X(context_get_options) X(context_get_output_string) \
	X(data_context_get_context) X(import_get_abs_path) X(import_set_error) \
	X(importer_get_cookie) X(importer_set_list_entry) X(make_data_context) \
	X(make_import_entry) X(make_import_list) X(make_importer) X(make_importer_list) \
	X(option_set_c_importers) X(option_set_input_path) X(option_set_output_style) \
	X(option_set_precision)
#define FIELD(name) __typeof__(sass_##name) *name;
#define CALL(name) { "sass_" #name, &sass.name },

static struct { CALLS(FIELD) } sass;
static const struct library_call calls[] = { CALLS(CALL) };

struct source {
	struct str name, text;
};

struct request {
	struct arena *arena;
	struct str main;
	struct source sources[SOURCES_MAX];
	size_t n;
};

static bool parse_request(struct request *rq, struct str rest)
{
	struct str line, word;

	while (str_line(&rest, &line)) {
		struct str name, size;
		uint64_t n;

		word = str_cut(line, ' ', &name);
		if (str_eq(word, STR("main"))) {
			rq->main = name;
			continue;
		}
		name = str_cut(name, ' ', &size);
		if (!str_eq(word, STR("file")) || !str_to_u64(size, &n) || n > rest.n
		    || rq->n == SOURCES_MAX)
			return false;
		rq->sources[rq->n++] = (struct source){ name, str_sub(rest, 0, n) };
		rest = str_skip(rest, n);
	}
	return rq->main.n > 0;
}

/* --- finding what is imported --- */

static const struct source *find(const struct request *rq, struct str name)
{
	for (size_t i = 0; i < rq->n; i++)
		if (str_eq(rq->sources[i].name, name))
			return &rq->sources[i];
	return NULL;
}

/* The name without "." and ".." parts; empty when it leaves the folder. */
static struct str normal(struct arena *a, struct str path)
{
	struct str parts[32], part;
	struct buf out = BUF(1000);
	struct str ret;
	size_t n = 0;

	while (path.n) {
		part = str_cut(path, '/', &path);
		if (!part.n || str_eq(part, STR(".")))
			continue;
		if (n == ARRAY_LEN(parts) || (str_eq(part, STR("..")) && !n))
			return STR_NONE;
		if (str_eq(part, STR("..")))
			n--;
		else
			parts[n++] = part;
	}
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_addc(&out, '/');
		buf_add(&out, parts[i]);
	}
	ret = arena_str(a, buf_str(&out));
	buf_release(&out);
	return ret;
}

static struct str dir_of(struct str name)
{
	ptrdiff_t slash = str_rfind_char(name, '/');

	return slash < 0 ? STR_NONE : str_sub(name, 0, (size_t)slash + 1);
}

/* As Sass does: x, x.scss, _x.scss, x/_index.scss, beside the importing file, then from
 * the top of the folder. */
static const struct source *resolve(const struct request *rq, struct str url, struct str from)
{
	struct str dirs[2] = { dir_of(from), STR_NONE };

	if (!url.n || url.p[0] == '/' || url.n > 300)
		return NULL;
	for (size_t i = 0; i < 2; i++) {
		struct str sub = dir_of(url), leaf = str_skip(url, sub.n);
		const char *const forms[] = { "%.*s%.*s%.*s", "%.*s%.*s%.*s.scss",
					      "%.*s%.*s_%.*s.scss", "%.*s%.*s%.*s/_index.scss" };

		for (size_t k = 0; k < ARRAY_LEN(forms); k++) {
			struct str name = arena_printf(rq->arena, forms[k], STR_ARG(dirs[i]),
						       STR_ARG(sub), STR_ARG(leaf));
			const struct source *s = find(rq, normal(rq->arena, name));

			if (s)
				return s;
		}
	}
	return NULL;
}

static char *copy(struct str s)
{
	char *c = sass.alloc_memory(s.n + 1);

	if (s.n)
		memcpy(c, s.p, s.n);
	c[s.n] = '\0';
	return c;
}

static struct str without_root(const char *path)
{
	struct str s = str_of(path);
	ptrdiff_t at = str_find(s, STR(ROOT));

	return at < 0 ? STR_NONE : str_skip(s, (size_t)at + sizeof(ROOT) - 1);
}

static Sass_Import_List import(const char *url, Sass_Importer_Entry cb, struct Sass_Compiler *c)
{
	const struct request *rq = sass.importer_get_cookie(cb);
	struct str from = without_root(sass.import_get_abs_path(sass.compiler_get_last_import(c)));
	struct str want = str_starts(str_of(url), STR(ROOT)) ? without_root(url) : str_of(url);
	const struct source *s = resolve(rq, want, from);
	Sass_Import_List list = sass.make_import_list(1);
	char path[400];

	if (s) {
		snprintf(path, sizeof(path), ROOT "%.*s", STR_ARG(s->name));
		list[0] = sass.make_import_entry(path, copy(s->text), NULL);
		return list;
	}
	list[0] = sass.make_import_entry(url, NULL, NULL);
	snprintf(path, sizeof(path), "there is no \"%.100s\" in the theme's sass folder", url);
	sass.import_set_error(list[0], path, (size_t)-1, (size_t)-1);
	return list;
}

/* --- the answer --- */

/* One line of plain text, without anything that looks like a path of the machine. */
static void put_sentence(struct str text)
{
	struct str line, word;
	size_t n = 0;

	if (!str_line(&text, &line))
		line = STR("the stylesheet cannot be compiled");
	line = str_sub(line, 0, 300);
	while (line.n) {
		word = str_cut(line, ' ', &line);
		if (str_starts(word, STR(ROOT)))
			word = str_skip(word, sizeof(ROOT) - 1);
		for (size_t i = 0; i < word.n; i++)
			putchar((unsigned char)word.p[i] < ' ' ? '?' : word.p[i]);
		if (line.n)
			putchar(' ');
		n++;
	}
	if (!n)
		fputs("the stylesheet cannot be compiled", stdout);
}

static void put_failure(struct str file, size_t line, size_t column, struct str text)
{
	printf("error %.*s %zu %zu\n", STR_ARG(file), line, column);
	put_sentence(text);
}

/* False: out of memory, which has no place in the source. */
static bool put_error(struct Sass_Context *cx, struct str fallback)
{
	struct str text = str_of(sass.context_get_error_text(cx));
	struct str file = without_root(sass.context_get_error_file(cx));
	size_t line = sass.context_get_error_line(cx);
	size_t column = sass.context_get_error_column(cx);

	if (str_find(text, STR("bad_alloc")) >= 0)
		return false;
	if (!file.n)
		file = fallback;
	if (line == (size_t)-1)
		line = column = 1;
	put_failure(file, line, column, text);
	return true;
}

static bool compile(struct request *rq)
{
	char start[500];
	struct Sass_Data_Context *data;
	struct Sass_Context *cx;
	struct Sass_Options *options;
	Sass_Importer_List importers = sass.make_importer_list(1);
	bool ok = true;

	snprintf(start, sizeof(start), "@import \"" ROOT "-options.scss\";\n@import \"" ROOT
		 "%.*s\";\n", STR_ARG(rq->main));
	data = sass.make_data_context(copy(str_of(start)));
	cx = sass.data_context_get_context(data);
	options = sass.context_get_options(cx);
	sass.importer_set_list_entry(importers, 0, sass.make_importer(import, 0, rq));
	sass.option_set_c_importers(options, importers);
	sass.option_set_output_style(options, SASS_STYLE_COMPRESSED);
	sass.option_set_precision(options, 6);
	sass.option_set_input_path(options, ROOT "-");
	if (sass.compile_data_context(data) != 0) {
		ok = put_error(cx, rq->main);
	} else {
		fputs("css\n", stdout);
		fputs(sass.context_get_output_string(cx), stdout);
	}
	return ok;
}

/* Ends at once, without the destructors of libsass and without the leak checker of sanitizer
 * builds, which would want to open files. */
void sass_child_main(void)
{
	struct rlimit none = { 3, 3 }, empty = { 0, 0 };
	struct buf in = BUF(2 * LIMIT_STYLESHEET);
	struct fail why = FAIL_INIT;
	static struct request rq;
	bool loaded = library_load(HAMEAU_LIBSASS, calls, ARRAY_LEN(calls), &why);

	if (setrlimit(RLIMIT_NOFILE, &none) < 0 || setrlimit(RLIMIT_FSIZE, &empty) < 0)
		_exit(2);
	rq.arena = arena_new(0);
	if (!fd_read(STDIN_FILENO, &in) || !parse_request(&rq, buf_str(&in)))
		_exit(2);
	if (!loaded)
		put_failure(rq.main, 1, 1, str_of(why.text));
	else if (!compile(&rq))
		_exit(2);
	_exit(fflush(stdout) == 0 ? 0 : 2);
}
