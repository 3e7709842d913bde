/* trouble.c - messages of theme/ begin with the id of a theme and the path in it; the themes
 * know where that is on the disk. A file is read again for each message: it is the themer's
 * newest. */
#include "workshop/trouble.h"

#include "base/file.h"
#include "base/html.h"
#include "base/limits.h"

static bool number_at(struct str *rest, int *ret)
{
	struct str after, digits = str_cut(*rest, ':', &after);
	uint64_t n;

	if (!digits.n || digits.n > 7 || !str_to_u64(digits, &n))
		return false;
	*ret = (int)n;
	*rest = after;
	return true;
}

/* "ID/FILE:LINE[:COLUMN]: sentence" */
static void split(struct trouble *t)
{
	struct str rest, file = str_cut(t->message, ':', &rest);

	if (!str_has_char(file, '/') || str_has_char(file, ' ') || !number_at(&rest, &t->line))
		return;
	t->file = file;
	if (!number_at(&rest, &t->column))
		t->column = 0;
}

static const char *path_of(struct arena *a, struct themes *ts, struct str file)
{
	struct str path, id = str_cut(file, '/', &path);
	size_t n;
	struct themes_entry *all = themes_all(a, ts, &n);

	for (size_t i = 0; i < n; i++)
		if (str_eq(all[i].id, id) && str_find(path, STR("..")) < 0)
			return path_join(a, arena_cstr(a, all[i].dir), path);
	return NULL;
}

static void read_lines(struct arena *a, const char *path, struct trouble *t)
{
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_STYLESHEET);
	struct str rest, line;

	if (!path || !file_read(path, &text, NULL))
		return;
	rest = buf_str(&text);
	for (int n = 1; str_line(&rest, &line) && n <= t->line + TROUBLE_AROUND; n++) {
		if (n < t->line - TROUBLE_AROUND)
			continue;
		t->lines[t->n_lines++] = (struct trouble_line){
			n, arena_str(a, str_sub(line, 0, 300)) };
	}
}

void trouble_read(struct arena *a, struct themes *ts, struct str message, struct trouble *ret)
{
	*ret = (struct trouble){ .message = arena_str(a, message) };
	split(ret);
	if (ret->file.n)
		read_lines(a, path_of(a, ts, ret->file), ret);
}

void trouble_json(const struct trouble *t, struct json *j)
{
	json_open(j, '{');
	json_put_str(j, "message", t->message);
	json_put_str(j, "file", t->file);
	json_put_i64(j, "line", t->line);
	json_put_i64(j, "column", t->column);
	json_key(j, "lines");
	json_open(j, '[');
	for (size_t i = 0; i < t->n_lines; i++) {
		json_open(j, '{');
		json_put_i64(j, "number", t->lines[i].number);
		json_put_str(j, "text", t->lines[i].text);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
}

void trouble_html(const struct trouble *t, struct buf *out)
{
	buf_adds(out, "<p><code>");
	html_escape_to(out, t->message);
	buf_adds(out, "</code></p>\n<ol class=\"source\">\n");
	for (size_t i = 0; i < t->n_lines; i++) {
		bool here = t->lines[i].number == t->line;

		buf_addf(out, "<li value=\"%d\"%s><code>", t->lines[i].number,
			 here ? " class=\"here\"" : "");
		html_escape_to(out, t->lines[i].text);
		buf_adds(out, "</code></li>\n");
	}
	buf_adds(out, "</ol>\n");
}
