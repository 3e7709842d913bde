/* start.c - copying with some lines changed. theme.ini is changed line by line, so that the
 * comments of the starter stay: they are there for whoever begins. */
#include "workshop/start.h"

#include "base/buf.h"
#include "base/conf.h"
#include "base/file.h"
#include "base/limits.h"

enum { DEPTH = 8, FILE_MOST = 4 * MIB };

struct starting {
	struct arena *a;
	const struct start *s;
	struct str starter;		/* what the starter calls itself */
	bool original;			/* it has an [original] already */
	bool filling;			/* these are the extras */
};

struct str start_name(struct arena *a, struct str id)
{
	char *name = arena_cstr(a, id);

	for (size_t i = 0; i < id.n; i++)
		if (name[i] == '-')
			name[i] = ' ';
	if (name[0] >= 'a' && name[0] <= 'z')
		name[0] = (char)(name[0] - 32);
	return str_of(name);
}

/* --- theme.ini --- */

static bool see(void *data, const struct conf_line *l, struct fail *f)
{
	struct starting *st = data;

	(void)f;
	st->original = st->original || str_eq(l->section, STR("original"));
	if (str_eq(l->section, STR("theme")) && str_eq(l->key, STR("name")))
		st->starter = arena_str(st->a, l->value);
	return true;
}

/* The new value of a key; false: it stays. */
static bool own_value(const struct starting *st, struct str section, struct str key,
		      struct str *ret)
{
	bool theme = str_eq(section, STR("[theme]")), author = str_eq(section, STR("[author]"));

	if (theme && str_eq(key, STR("name")))
		*ret = st->s->name;
	else if (theme && str_eq(key, STR("version")))
		*ret = STR("0.1.0");
	else if (theme && str_eq(key, STR("description")))
		*ret = arena_printf(st->a, "%.*s, which began as %.*s.", STR_ARG(st->s->name),
				    STR_ARG(st->starter));
	else if (author && str_eq(key, STR("name")))
		*ret = st->s->author;
	else if ((theme || author) && str_eq(key, STR("homepage")))
		*ret = STR("");
	else
		return false;
	return true;
}

static void change_ini(struct starting *st, struct str text, struct buf *out)
{
	struct str line, section = STR("");

	while (str_line(&text, &line)) {
		struct str rest, key = str_trim(str_cut(line, '=', &rest)), value;

		if (str_starts(line, STR("[")))
			section = str_trim(line);
		if (rest.p && own_value(st, section, key, &value))
			buf_addf(out, "%.*s = %.*s\n", STR_ARG(key), STR_ARG(value));
		else
			buf_addf(out, "%.*s\n", STR_ARG(line));
	}
	if (!st->original)
		buf_addf(out, "\n[original]\nname = %.*s\n", STR_ARG(st->starter));
}

static bool write_ini(struct starting *st, struct fail *f)
{
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_MANIFEST), out = BUF(2 * LIMIT_MANIFEST);

	if (!file_read(path_join(st->a, st->s->from, STR("theme.ini")), &text, f)
	    || !conf_parse(buf_str(&text), "theme.ini", see, st, f))
		return false;
	change_ini(st, buf_str(&text), &out);
	return file_write(path_join(st->a, st->s->to, STR("theme.ini")), buf_str(&out), false, f);
}

/* --- files --- */

/* {name}, {id}, {author} and {starter} in the extras. */
static void fill(const struct starting *st, struct str text, struct buf *out)
{
	const struct {
		struct str name, value;
	} words[] = {
		{ STR("{name}"), st->s->name }, { STR("{id}"), st->s->id },
		{ STR("{author}"), st->s->author }, { STR("{starter}"), st->starter },
	};

	while (text.n) {
		size_t taken = 0;

		for (size_t i = 0; i < ARRAY_LEN(words) && !taken; i++) {
			if (!str_starts(text, words[i].name))
				continue;
			buf_add(out, words[i].value);
			taken = words[i].name.n;
		}
		if (!taken)
			buf_addc(out, text.p[taken++]);
		text = str_skip(text, taken);
	}
}

static bool copy_file(struct starting *st, const char *from, const char *to, struct fail *f)
{
	CLEANUP(buf_release) struct buf text = BUF(FILE_MOST), out = BUF(FILE_MOST);

	if (!st->filling)
		return file_copy(from, to, f);
	if (!file_read(from, &text, f))
		return false;
	fill(st, buf_str(&text), &out);
	return file_write(to, buf_str(&out), false, f);
}

static bool copy_folder(struct starting *st, const char *from, const char *to, int depth,
			struct fail *f)
{
	bool top = from == st->s->from;
	struct dir_entry *e;
	size_t n;

	if (!dir_make(to, f) || !dir_list(st->a, from, &e, &n, f))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct str name = str_of(e[i].name);
		const char *one = path_join(st->a, from, name), *other = path_join(st->a, to, name);
		bool own = top && (str_eq(name, STR("theme.ini")) || str_eq(name,
			STR("README.md")));

		if (e[i].is_link || e[i].name[0] == '.' || own || depth == DEPTH)
			continue;
		if (e[i].is_dir ? !copy_folder(st, one, other, depth + 1, f)
		    : !copy_file(st, one, other, f))
			return false;
	}
	return true;
}

bool start_theme(struct arena *a, const struct start *s, struct fail *f)
{
	struct starting st = { .a = a, .s = s };

	if (file_exists(s->to) || file_is_dir(s->to))
		return fail(f, FAIL_CONFLICT, "%s is there already", s->to);
	bool ok = dir_make(s->to, f) && write_ini(&st, f)
		&& copy_folder(&st, s->from, s->to, 0, f);

	st.filling = true;
	ok = ok && copy_folder(&st, s->extras, s->to, 0, f);
	if (!ok && !dir_remove(s->to, NULL))
		return fail_in(f, "%s", s->to);
	return ok;
}
