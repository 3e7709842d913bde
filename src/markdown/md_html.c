/* md_html.c - HTML fragments of a text: what the allow-list has is written anew, the rest is
 * text or gone. md_reader.c reads, here is decided and written.
 */
#include "markdown/md_html.h"
#include "base/html.h"
#include "base/utf8.h"
#include "markdown/md_marks.h"
#include "markdown/md_reader.h"
#include "markdown/md_tags.h"
#include <stdio.h>
#include <string.h>

#define RAN_OFF_MAX 16		/* then every "<" is text */

/* ---- the stack ---- */

static struct md_open *top(struct md_html *h)
{
	return h->n ? &h->open[h->n - 1] : NULL;
}

static bool top_is_raw(struct md_html *h)
{
	return h->n && top(h)->tag;
}

static void close_top(struct md_html *h)
{
	const struct md_tag *tag = h->open[--h->n].tag;

	h->raw--;
	h->links -= strcmp(tag->name, "a") == 0;
	buf_addf(h->out, "</%s>", tag->name);
	if (tag->block)
		buf_addc(h->text, '\n');
}

void md_html_close_raw(struct md_html *h)
{
	while (top_is_raw(h))
		close_top(h);
}

void md_html_close_for_flow(struct md_html *h)
{
	while (top_is_raw(h) && top(h)->holds != MD_HOLDS_FLOW)
		close_top(h);
}

void md_html_close_for_phrasing(struct md_html *h)
{
	while (top_is_raw(h) && top(h)->holds == MD_HOLDS_PARTS)
		close_top(h);
}

/* Closes what is above the nearest raw element named in `list`; false when there
 * is none before the boundary. */
static bool climb_to(struct md_html *h, const char *list)
{
	unsigned i = h->n;

	while (i > 0 && h->open[i - 1].tag && !md_tags_in(list, h->open[i - 1].tag->name))
		i--;
	if (i == 0 || !h->open[i - 1].tag)
		return false;
	while (h->n > i)
		close_top(h);
	return true;
}

/* Makes room for the element; false when it cannot stand here. */
static bool make_room(struct md_html *h, const struct md_tag *tag)
{
	if (strcmp(tag->name, "a") == 0 && h->links)
		return false;
	if (tag->parents)
		return climb_to(h, tag->parents);
	if (!tag->block) {
		md_html_need_phrasing(h);
		return true;
	}
	for (unsigned i = h->n; i > 0; i--)
		if (!h->open[i - 1].tag && h->open[i - 1].holds != MD_HOLDS_FLOW)
			return false;
		else if (!h->open[i - 1].tag)
			break;
	md_html_need_flow(h);
	return true;
}

/* ---- writing ---- */

/* Bytes of a character reference at s[at], or 0. */
static size_t reference_length(struct str s, size_t at)
{
	size_t i = at + 1, digits;
	bool number = i < s.n && s.p[i] == '#', hex = false;

	if (number)
		hex = ++i < s.n && (s.p[i] | 32) == 'x';
	i += hex;
	for (digits = 0; i < s.n && digits < 32; i++, digits++)
		if (!(s.p[i] >= '0' && s.p[i] <= '9') && !(md_reader_is_letter(s.p[i]) && (!number
		    || (hex && (s.p[i] | 32) <= 'f'))))
			break;
	return digits && i < s.n && s.p[i] == ';' ? i + 1 - at : 0;
}

/* Text of a fragment: references stay, all else is escaped. */
static void put_text(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		size_t n = s.p[i] == '&' ? reference_length(s, i) : 0;

		if (n) {
			buf_add(out, str_sub(s, i, i + n));
			i += n - 1;
		} else if (md_marks_at(s, i)) {
			if (md_marks_is(s, i, MARK_NOTE))
				buf_addc(out, '^');
			i += MARK_BYTES - 1;
		} else {
			html_escape_to(out, str_sub(s, i, i + 1));
		}
	}
}

static uint32_t decode_number(struct str ref)
{
	uint32_t cp = 0;
	bool hex = (ref.p[2] | 32) == 'x';

	for (size_t i = 2 + hex; i + 1 < ref.n && cp < 0x110000; i++) {
		char c = ref.p[i];
		uint32_t digit = c <= '9' ? (uint32_t)(c - '0') : (uint32_t)((c | 32) - 'a' + 10);

		cp = cp * (hex ? 16 : 10) + digit;
	}
	return cp < 0x110000 && !(cp >= 0xd800 && cp < 0xe000) ? cp : 0xfffd;
}

/* An address with its references decoded; false with one that we do not know,
 * for nobody can say what it hides. */
static bool decode_url(struct arena *a, struct str s, struct str *ret)
{
	CLEANUP(buf_release) struct buf b = BUF(s.n + 8), clean = BUF(s.n + 8);

	md_marks_restore(&clean, s);
	s = str_trim(buf_str(&clean));
	for (size_t i = 0; i < s.n; i++) {
		size_t n = s.p[i] == '&' ? reference_length(s, i) : 0;
		struct str ref = str_sub(s, i, i + n);

		if (!n)
			buf_addc(&b, s.p[i]);
		else if (str_eq(ref, STR("&amp;")))
			buf_addc(&b, '&');
		else if (ref.p[1] == '#')
			utf8_put(&b, decode_number(ref));
		else
			return false;
		i += n ? n - 1 : 0;
	}
	*ret = arena_str(a, buf_str(&b));
	return buf_ok(&b);
}

static bool is_number(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0 && s.n < 6;
}

static bool is_id(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || strchr("\"'<>&`", s.p[i]))
			return false;
	return s.n > 0 && s.n <= 100 && str_find(s, STR(MARK_LEAD)) < 0;
}

static void put_attr(struct md_html *h, const struct md_attr *attr, struct str value)
{
	struct str url;

	switch (attr->kind) {
	case MD_ATTR_LINK:
	case MD_ATTR_MEDIA:
		if (!decode_url(h->arena, value, &url)
		    || !h->asks.url(h->asks.ctx, url, attr->kind == MD_ATTR_LINK
				    ? MD_URL_LINK : MD_URL_MEDIA, &url))
			return;
		buf_addf(h->out, " %s=\"", attr->name);
		md_url_put(h->out, url);
		break;
	case MD_ATTR_BOOL:
		buf_addf(h->out, " %s", attr->name);
		return;
	case MD_ATTR_NUMBER:
		if (!is_number(value))
			return;
		buf_addf(h->out, " %s=\"%.*s", attr->name, STR_ARG(value));
		break;
	case MD_ATTR_ID:
		if (!is_id(value) || !h->asks.id(h->asks.ctx, value))
			return;
		buf_addf(h->out, " id=\"%.*s", STR_ARG(value));
		break;
	case MD_ATTR_TEXT:
		buf_addf(h->out, " %s=\"", attr->name);
		put_text(h->out, value);
		break;
	}
	buf_addc(h->out, '"');
}

/* What every image has, whoever wrote it. */
static void put_image_attrs(struct md_html *h, const struct md_reader *r)
{
	const struct md_reader_attr *src = md_reader_find(r, STR("src"));
	struct str url;
	int width, height;

	if (!md_reader_find(r, STR("alt")))
		buf_adds(h->out, " alt=\"\"");
	if (h->asks.size && !md_reader_find(r, STR("width")) && !md_reader_find(r, STR("height"))
	    && decode_url(h->arena, src->value, &url)
	    && h->asks.url(h->asks.ctx, url, MD_URL_MEDIA, &url)
	    && h->asks.size(h->asks.ctx, url, &width, &height))
		buf_addf(h->out, " width=\"%d\" height=\"%d\"", width, height);
	buf_adds(h->out, " loading=\"lazy\" decoding=\"async\"");
}

static bool has_good_source(struct md_html *h, const struct md_reader *r)
{
	const struct md_reader_attr *src = md_reader_find(r, STR("src"));
	struct md_html_asks *asks = &h->asks;
	struct str url;

	return src && src->has_value && decode_url(h->arena, src->value, &url)
	       && asks->url(asks->ctx, url, MD_URL_MEDIA, &url);
}

static void put_open_tag(struct md_html *h, const struct md_reader *r, const struct md_tag *tag)
{
	bool image = strcmp(tag->name, "img") == 0;

	if ((h->comment && !tag->comment) || (!tag->empty && h->raw == MD_HTML_OPEN)
	    || h->n >= MD_HTML_STACK)
		return;
	if ((image || strcmp(tag->name, "source") == 0) && !has_good_source(h, r))
		return;
	if (!make_room(h, tag))
		return;
	buf_addf(h->out, "<%s", tag->name);
	for (unsigned i = 0; i < r->n_attrs; i++) {
		const struct md_attr *attr = md_tags_attr(tag, r->attrs[i].name);

		if (attr && (attr->comment || !h->comment) && !md_reader_is_repeated(r, i))
			put_attr(h, attr, r->attrs[i].value);
	}
	if (image)
		put_image_attrs(h, r);
	if (h->comment && strcmp(tag->name, "a") == 0)
		buf_adds(h->out, " rel=\"nofollow ugc\"");
	buf_addc(h->out, '>');
	if (tag->empty)
		return;
	h->links += strcmp(tag->name, "a") == 0;
	h->open[h->n++] = (struct md_open){ tag, tag->holds };
	h->raw++;
}

static void put_close_tag(struct md_html *h, const struct md_tag *tag)
{
	char list[16];

	if (tag->empty)
		return;
	snprintf(list, sizeof list, " %s ", tag->name);
	if (climb_to(h, list))
		close_top(h);
}

static void put_words(struct md_html *h, struct str s)
{
	if (!s.n)
		return;
	if (str_trim(s).n)
		md_html_need_phrasing(h);
	put_text(h->out, s);
	md_marks_restore(h->text, s);
}

/* At a "<": true when it was markup and is dealt with. */
static bool read_markup(struct md_html *h, struct md_reader *r)
{
	size_t from = r->at;
	bool closes = md_reader_look(r, 1) == '/';
	const struct md_tag *tag;
	struct str name;

	if (md_reader_look(r, 1) == '!' || md_reader_look(r, 1) == '?') {
		bool comment = md_reader_look(r, 2) == '-' && md_reader_look(r, 3) == '-';

		md_reader_skip_past(r, comment ? STR("-->") : STR(">"));
		return true;
	}
	if (!md_reader_is_letter(md_reader_look(r, 1 + closes)) || r->ran_off > RAN_OFF_MAX)
		return false;
	r->at += 1 + closes;
	name = md_reader_word(r, "/><");
	if (!md_reader_attrs(r)) {
		r->at = from;
		return false;
	}
	tag = md_tags_find(name);
	if (tag && closes)
		put_close_tag(h, tag);
	else if (tag)
		put_open_tag(h, r, tag);
	else if (!closes && md_tags_is_hidden(name))
		md_reader_skip_hidden(r, name);
	return true;
}

void md_html_put(struct md_html *h, struct str fragment)
{
	struct md_reader r = { .s = fragment };
	size_t from = 0;

	while (r.at < fragment.n) {
		size_t mark = r.at;

		if (fragment.p[mark] != '<') {
			r.at++;
			continue;
		}
		/* What was written so far must stand before what the tag writes. */
		put_words(h, str_sub(fragment, from, mark));
		from = mark;
		if (read_markup(h, &r))
			from = r.at;
		else
			r.at = mark + 1;
	}
	put_words(h, str_sub(fragment, from, fragment.n));
}

bool md_html_is_more(struct str fragment)
{
	struct str s = str_trim(fragment);

	if (!str_starts(s, STR("<!--")) || !str_ends(s, STR("-->")) || s.n < 7)
		return false;
	return str_eq_nocase(str_trim(str_sub(s, 4, s.n - 3)), STR("more"));
}
