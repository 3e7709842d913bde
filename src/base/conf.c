/* conf.c - the only file that knows libinih. */
#include "base/conf.h"

#include <ini.h>
#include <stdio.h>
#include <string.h>
#include "base/file.h"
#include "base/limits.h"

struct reading {
	struct str rest;	/* text not yet handed to libinih */
	const char *name;
	conf_fn *fn;
	void *data;
	int line;		/* of the line handed out last */
	struct buf errors;
	int untold;		/* mistakes that they have no room for */
	enum fail_code code;
};

enum { ERRORS_ROOM = 900 };	/* as many of them as a failure holds, and how many more */

static void note(struct reading *r, int line, const struct fail *why)
{
	char number[24];

	snprintf(number, sizeof number, ":%d: ", line);
	r->code = r->code ? r->code : why->code;
	if (r->untold || r->errors.n + strlen(r->name) + strlen(number) + strlen(why->text) + 1
			 > ERRORS_ROOM) {
		r->untold++;
		return;
	}
	buf_addf(&r->errors, "%s%s%s%s", r->errors.n ? "\n" : "", r->name, number, why->text);
}

/* libinih's reader; lines longer than its buffer are cut here and told. */
static char *next_line(char *out, int room, void *stream)
{
	struct reading *r = stream;
	struct fail f = FAIL_INIT;
	struct str line;

	if (!str_line(&r->rest, &line))
		return NULL;
	r->line++;
	if (line.n + 2 > (size_t)room || (line.n && memchr(line.p, '\0', line.n))) {
		fail(&f, FAIL_INVALID, "the line is too long or holds a NUL byte");
		note(r, r->line, &f);
		line.n = 0;
	}
	if (line.n)
		memcpy(out, line.p, line.n);
	out[line.n] = '\n';
	out[line.n + 1] = '\0';
	return out;
}

static int on_pair(void *user, const char *section, const char *key, const char *value)
{
	struct reading *r = user;
	struct fail f = FAIL_INIT;
	struct conf_line l = { str_of(section), str_of(key), str_of(value), r->line };

	if (!r->fn(r->data, &l, &f))
		note(r, r->line, &f);
	return 1;
}

static void tell(struct reading *r, struct fail *f)
{
	struct fail more = FAIL_INIT;

	if (r->untold)
		fail(&more, FAIL_INVALID, "more mistakes: %d", r->untold);
	f->code = r->code;
	snprintf(f->text, sizeof f->text, "%.*s%s%.80s", STR_ARG(buf_str(&r->errors)),
		 r->errors.n && r->untold ? "\n" : "", more.text);
}

bool conf_parse(struct str text, const char *name, conf_fn *fn, void *data, struct fail *f)
{
	struct reading r = { .rest = text, .name = name, .fn = fn, .data = data,
			     .errors = BUF(ERRORS_ROOM) };
	int line;
	bool ok;

	if (str_starts(r.rest, STR("\xef\xbb\xbf")))
		r.rest = str_skip(r.rest, 3);
	line = ini_parse_stream(next_line, &r, on_pair, &r);
	if (line > 0) {
		struct fail g = FAIL_INIT;

		fail(&g, FAIL_INVALID, "this is neither [section] nor key = value");
		note(&r, line, &g);
	}
	ok = r.code == FAIL_NONE;
	if (!ok && f)
		tell(&r, f);
	buf_release(&r.errors);
	return ok;
}

bool conf_read(const char *path, conf_fn *fn, void *data, struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_CONFIG);

	return file_read(path, &b, f) && conf_parse(buf_str(&b), path, fn, data, f);
}

bool conf_bool(struct str v, bool *ret, struct fail *f)
{
	static const struct { struct str word; bool is; } words[] = {
		{ STR_INIT("yes"), true }, { STR_INIT("no"), false }, { STR_INIT("true"), true },
		{ STR_INIT("false"), false }, { STR_INIT("on"), true }, { STR_INIT("off"), false },
		{ STR_INIT("1"), true }, { STR_INIT("0"), false },
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq_nocase(v, words[i].word)) {
			*ret = words[i].is;
			return true;
		}
	return fail(f, FAIL_INVALID, "\"%.*s\" should be yes or no", STR_ARG(v));
}

bool conf_int(struct str v, int64_t min, int64_t max, int64_t *ret, struct fail *f)
{
	int64_t n;

	if (!str_to_i64(v, &n) || n < min || n > max)
		return fail(f, FAIL_INVALID, "\"%.*s\" should be a whole number from %lld to %lld",
			    STR_ARG(v), (long long)min, (long long)max);
	*ret = n;
	return true;
}

static bool with_unit(struct str v, const char *units, const int64_t factor[], int64_t *ret)
{
	const char *unit = NULL;
	int64_t n, by = 1;

	if (v.n && v.p[v.n - 1] && (unit = strchr(units, v.p[v.n - 1])) != NULL) {
		by = factor[unit - units];
		v.n--;
	}
	return str_to_i64(v, &n) && n >= 0 && !__builtin_mul_overflow(n, by, ret);
}

bool conf_size(struct str v, int64_t *ret, struct fail *f)
{
	static const int64_t by[] = { KIB, KIB, MIB, MIB, 1024 * MIB, 1024 * MIB };

	if (with_unit(v, "KkMmGg", by, ret))
		return true;
	return fail(f, FAIL_INVALID, "\"%.*s\" should be a size such as 512K, 64M or 2G",
		    STR_ARG(v));
}

bool conf_seconds(struct str v, int64_t *ret, struct fail *f)
{
	static const int64_t by[] = { 1, 60, 3600, 86400 };

	if (with_unit(v, "smhd", by, ret))
		return true;
	return fail(f, FAIL_INVALID, "\"%.*s\" should be a time such as 30s, 5m, 2h or 7d",
		    STR_ARG(v));
}
