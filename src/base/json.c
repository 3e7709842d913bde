/* json.c - RFC 8259, written with the commas in place. */
#include "base/json.h"

#include "base/scan.h"
#include "base/utf8.h"

static void before_value(struct json *j)
{
	if (j->comma)
		buf_addc(j->b, ',');
	j->comma = true;
}

void json_open(struct json *j, char bracket)
{
	before_value(j);
	buf_addc(j->b, bracket);
	j->comma = false;
}

void json_close(struct json *j, char bracket)
{
	buf_addc(j->b, bracket);
	j->comma = true;
}

static void put_char(struct buf *b, uint32_t cp)
{
	switch (cp) {
	case '"': buf_adds(b, "\\\""); break;
	case '\\': buf_adds(b, "\\\\"); break;
	case '\n': buf_adds(b, "\\n"); break;
	case '\r': buf_adds(b, "\\r"); break;
	case '\t': buf_adds(b, "\\t"); break;
	/* So that JSON may stand inside a script element; U+2028/9 likewise. */
	case '<': buf_adds(b, "\\u003c"); break;
	default:
		if (cp < 0x20 || cp == 0x7f || cp == 0x2028 || cp == 0x2029)
			buf_addf(b, "\\u%04x", cp);
		else
			utf8_put(b, cp);
	}
}

/* All but the ASCII that stands as it is. */
static inline struct scan is_special(struct scan b)
{
	struct scan marks = scan_or(scan_char(b, 0, '"'), scan_char(b, 0, '\\'));
	struct scan rest = scan_or(scan_range(b, 0, 0, 0x1f), scan_range(b, 0, 0x7f, 0xff));

	return scan_or(scan_or(marks, scan_char(b, 0, '<')), rest);
}

static void put_string(struct buf *b, struct str s)
{
	buf_addc(b, '"');
	for (size_t at = 0; at < s.n;) {
		size_t from = at;

		at = scan_next(s, at, is_special);
		buf_add(b, str_sub(s, from, at));
		if (at < s.n)
			put_char(b, utf8_next(s, &at));
	}
	buf_addc(b, '"');
}

bool json_is_plain(struct str s)
{
	return scan_next(s, 0, is_special) == s.n;
}

void json_key(struct json *j, const char *key)
{
	before_value(j);
	put_string(j->b, str_of(key));
	buf_addc(j->b, ':');
	j->comma = false;
}

void json_str(struct json *j, struct str s)
{
	before_value(j);
	put_string(j->b, s);
}

void json_i64(struct json *j, int64_t v)
{
	before_value(j);
	buf_add_i64(j->b, v);
}

void json_bool(struct json *j, bool v)
{
	json_raw(j, v ? STR("true") : STR("false"));
}

void json_none(struct json *j)
{
	json_raw(j, STR("null"));
}

void json_raw(struct json *j, struct str s)
{
	before_value(j);
	buf_add(j->b, s);
}

void json_put_str(struct json *j, const char *key, struct str s)
{
	json_key(j, key);
	json_str(j, s);
}

void json_put_i64(struct json *j, const char *key, int64_t v)
{
	json_key(j, key);
	json_i64(j, v);
}

void json_put_bool(struct json *j, const char *key, bool v)
{
	json_key(j, key);
	json_bool(j, v);
}
