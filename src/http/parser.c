/* parser.c - see parser.h.
 *
 * A call that brought no line end only checks the new bytes. A call that did
 * parses from the start again: at most once a line, so the work is bounded by
 * LIMIT_FIELDS times LIMIT_HEAD however the bytes trickle in, and nothing needs
 * to be remembered between calls. In the usual case the head comes whole and is
 * read once.
 */
#include <string.h>

#include "base/ascii.h"
#include "base/limits.h"
#include "http/fields.h"
#include "http/parser.h"
#include "http/target.h"
#include "http/url.h"

/* Method, two spaces, version and some room beside the target. */
#define LIMIT_REQUEST_LINE (LIMIT_TARGET + 64)

static enum parser_result bad(struct parser *p, int status, const char *why)
{
	p->status = status;
	p->why = why;
	return PARSER_BAD;
}

/* The line that begins at *line and is known to be clean up to i; moves *line
 * behind it. `room` is where the head has to end at the latest. */
static enum parser_result next_line(struct parser *p, struct str bytes, size_t i, size_t room,
				    size_t *line, struct str *ret)
{
	size_t n = bytes.n < room ? bytes.n : room;

	for (;; i++) {
		i += lex_text(str_from(bytes.p + i, n - i));
		if (i == n)
			break;
		if (bytes.p[i] == '\t')
			continue;
		if (bytes.p[i] != '\r')
			return bad(p, 400, "a control byte in the head");
		if (i + 1 == n)
			break;
		if (bytes.p[i + 1] != '\n')
			return bad(p, 400, "a carriage return without line feed");
		*ret = str_from(bytes.p + *line, i - *line);
		*line = i + 2;
		return PARSER_DONE;
	}
	if (n == room && room == LIMIT_HEAD)
		return bad(p, 431, "the head is too large");
	if (n == room)
		return bad(p, 414, "the request line is too long");
	p->at = i;
	p->line = *line;
	return PARSER_MORE;
}

static enum parser_result parse_version(struct parser *p, struct request *rq, struct str v)
{
	if (v.n != 8 || memcmp(v.p, "HTTP/", 5) || !ascii_is_digit(v.p[5]) || v.p[6] != '.' ||
	    !ascii_is_digit(v.p[7]))
		return bad(p, 400, "no HTTP version in the request line");
	if (v.p[5] != '1')
		return bad(p, 505, "not HTTP/1");
	rq->minor = v.p[7] == '0' ? 0 : 1;
	return PARSER_DONE;
}

static enum parser_result parse_request_line(struct parser *p, struct request *rq, struct str line)
{
	size_t n = lex_token(line);
	struct str rest;

	if (n == 0 || n > 32 || n == line.n || line.p[n] != ' ')
		return bad(p, 400, "the method is not a word");
	rq->method_name = str_sub(line, 0, n);
	rq->method = http_method_of(rq->method_name);
	rest = str_skip(line, n + 1);
	n = lex_target(rest);
	rq->target = str_sub(rest, 0, n);
	if (n > LIMIT_TARGET)
		return bad(p, 414, "the address is too long");
	if (!n)
		return bad(p, 400, "no address in the request line");
	if (n == rest.n || rest.p[n] != ' ')
		return bad(p, 400, "a character in the address that has to be encoded");
	return parse_version(p, rq, str_skip(rest, n + 1));
}

static enum parser_result parse_field(struct parser *p, struct framing *fr, struct request *rq,
				      struct str line)
{
	size_t n = lex_token(line);

	/* A folded line begins with white space and thus with no token. */
	if (n == 0 || n == line.n || line.p[n] != ':')
		return bad(p, 400, "a header line that is no field");
	if (rq->n_fields == LIMIT_FIELDS)
		return bad(p, 431, "too many fields");
	fields_add(fr, rq, str_sub(line, 0, n), str_skip(line, n + 1));
	return PARSER_DONE;
}

static enum parser_result judge_length(struct parser *p, const struct framing *fr,
				       struct request *rq)
{
	if (fr->lengths > 1)
		return bad(p, 400, "more than one Content-Length");
	if (!fr->length.n || fr->length.n > 18)
		return bad(p, 400, "no sane Content-Length");
	for (size_t i = 0; i < fr->length.n; i++) {
		if (!ascii_is_digit(fr->length.p[i]))
			return bad(p, 400, "no sane Content-Length");
		rq->length = rq->length * 10 + (uint64_t)(fr->length.p[i] - '0');
	}
	return PARSER_DONE;
}

/* All lines are in; now what they say together. */
static enum parser_result judge(struct parser *p, const struct framing *fr, struct request *rq,
				bool plain)
{
	const char *why = NULL;
	int status;

	if (fr->hosts > 1 || (fr->hosts == 0 && rq->minor > 0))
		return bad(p, 400, "not exactly one Host");
	if (fr->codings && fr->lengths)
		return bad(p, 400, "both Content-Length and Transfer-Encoding");
	if (fr->codings && rq->minor == 0)
		return bad(p, 400, "Transfer-Encoding in HTTP/1.0");
	if (fr->codings > 1 || (fr->codings && !str_eq_nocase(fr->coding, STR("chunked"))))
		return bad(p, 400, "a Transfer-Encoding other than chunked");
	if (fr->lengths && judge_length(p, fr, rq) != PARSER_DONE)
		return PARSER_BAD;
	rq->expect = fr->expect;
	rq->chunked = fr->codings > 0;
	rq->keep_alive = !fr->close && (rq->minor > 0 || fr->keep_alive);
	rq->wants_continue = rq->expect.n && rq->minor > 0
			     && str_eq_nocase(rq->expect, STR("100-continue"));

	rq->host = fr->host;
	rq->port = 0;
	if (plain && (fr->plain_host || url_host(rq->arena, fr->host, &rq->host, &rq->port)))
		return PARSER_DONE;
	status = target_resolve(rq, fr->host, fr->hosts > 0, &why);
	return status ? bad(p, status, why) : PARSER_DONE;
}

/* Nothing of a former try may stay but the memory. */
static void forget(struct request *rq)
{
	rq->n_fields = 0;
	rq->names = rq->shared = 0;
	rq->length = 0;
}

/* What stands behind Host, as far as it came before; *line moves behind that. True: that was
 * all. */
static bool take_known(struct parser *p, struct framing *fr, struct request *rq, const char **line,
		       struct str rest)
{
	struct heads_found found = heads_find(p->heads, rest);

	if (!found.n)
		return false;
	while (rq->cap_fields < rq->n_fields + found.n)
		fields_make_room(rq);
	heads_fields(&found, rest, rq);
	fr->close = found.fields[found.n - 1].close;
	fr->keep_alive = found.fields[found.n - 1].keep_alive;
	*line += found.bytes;
	return found.is_whole;
}

/* A head that was found good: lets it be known the next time. */
static void keep_known(struct parser *p, const struct framing *fr, const struct request *rq,
		       struct str fresh)
{
	size_t first = 1;

	if (fr->lengths || fr->codings || fr->expect.n)
		return;
	while (first < rq->n_fields && rq->fields[first].name.p < fresh.p)
		first++;
	heads_keep(p->heads, fresh, rq, rq->n_fields - first);
}

/* The lines from `line` on, the first of which is no field, or not whole, or one too many: says
 * which. */
static enum parser_result look_closely(struct parser *p, struct framing *fr, struct request *rq,
				       struct str bytes, size_t line)
{
	enum parser_result r;
	struct str text;

	do {
		r = next_line(p, bytes, line, LIMIT_HEAD, &line, &text);
		if (r == PARSER_DONE && !text.n) {
			p->used = line;
			return PARSER_DONE;
		}
		if (r == PARSER_DONE)
			r = parse_field(p, fr, rq, text);
	} while (r == PARSER_DONE);
	return r;
}

/* The first field, at *line, which l has come to, when it is the Host, as nearly always. False: it
 * was not taken. */
static inline bool take_host(struct framing *fr, struct request *rq, struct lines *l,
			     const char **line)
{
	const char *p = *line, *end;
	struct str value;

	if (l->end - p < 6 + 16 || lex_four(p, 0x20) != lex_four("host", 0)
	    || lex_two(p + 4) != lex_two(": ") || !(end = lines_end(l)))
		return false;
	if (!rq->cap_fields)
		fields_make_room(rq);
	value = str_from(p + 6, (size_t)(end - p - 6));
	fr->plain_host = fields_is_trim(p + 6, end);
	if (!fr->plain_host)
		value = lex_trim(value);
	rq->fields[0] = (struct field){ str_from(p, 4), value };
	rq->n_fields = 1;
	rq->names = request_name_bit(STR("host"));
	rq->places[request_name_place(STR("host"))] = 0;
	fr->hosts = 1;
	fr->host = value;
	fr->plain_host = fr->plain_host && url_host_is_plain(value);
	*line = end + 2;
	return true;
}

/* From `line`, which `l` has come to, to the end of the head. What stands behind the first field,
 * if that is the Host, may be known. A proxy says first who the reader is, X-Forwarded-For and the
 * like, another one each time; what his browser says comes behind that. *fresh: it is not known,
 * and may be the next time. */
static enum parser_result parse_fields(struct parser *p, struct framing *fr, struct request *rq,
				       struct lines *l, const char *line, struct str *fresh)
{
	bool may_know = take_host(fr, rq, l, &line) && p->heads, is_known = false;
	bool is_good = !may_know || fields_take_told(rq, l, &line);
	struct str rest = str_from(line, (size_t)(l->end + 1 - line));
	bool is_whole = false;

	if (may_know && is_good && heads_may_have(rest)) {
		is_whole = take_known(p, fr, rq, &line, rest);
		is_known = line != rest.p;
		if (is_known)
			lines_go_to(l, line);
	} else {
		rest = STR_NONE;
	}
	if (!is_good || (!is_whole && !fields_take(fr, rq, l, &line)))
		return look_closely(p, fr, rq, str_from(l->head, (size_t)(l->end + 1 - l->head)),
				    (size_t)(line - l->head));
	p->used = (size_t)(line - l->head);
	if (!is_known && line == l->end + 1)
		*fresh = rest;
	return PARSER_DONE;
}

/* The length of "GET" or "HEAD", if a request line begins so; 0: with something else. */
static inline size_t usual_method(struct request *rq, const char *p)
{
	if (lex_four(p, 0) == lex_four("GET ", 0)) {
		rq->method = HTTP_GET;
		return 3;
	}
	if (lex_four(p, 0) == lex_four("HEAD", 0) && p[4] == ' ') {
		rq->method = HTTP_HEAD;
		return 4;
	}
	return 0;
}

/* The request line between these two, when it is as nearly all are; `last`: where the head ends. */
static bool take_request_line(struct request *rq, const char *p, const char *end, const char *last)
{
	size_t n = (size_t)(end - p), m;

	if (n < 14 || n > LIMIT_TARGET || end[-9] != ' '
	    || lex_eight(end - 8, 0) != lex_eight("HTTP/1.1", 0) || !(m = usual_method(rq, p)))
		return false;
	rq->method_name = str_from(p, m);
	rq->target = str_from(p + m + 1, n - m - 10);
	rq->minor = 1;
	return target_take(rq, (size_t)(last - rq->target.p));
}

static enum parser_result parse_lines(struct parser *p, struct str bytes, struct request *rq)
{
	struct framing fr = { .hosts = 0 };
	struct str text, fresh = STR_NONE;
	enum parser_result r = PARSER_DONE;
	size_t start = 0, line;
	struct lines l = lines_of(str_sub(bytes, 0, LIMIT_HEAD));
	const char *end;
	bool plain;

	forget(rq);
	if (bytes.n >= 2 && lex_two(bytes.p) == lex_two("\r\n") && lines_end(&l))
		start = 2;
	end = lines_end(&l);
	plain = end && take_request_line(rq, bytes.p + start, end, l.end + 1);
	line = start;
	if (!plain)
		r = next_line(p, bytes, start, start + LIMIT_REQUEST_LINE, &line, &text);
	if (r == PARSER_DONE && !plain)
		r = parse_request_line(p, rq, text);
	if (r == PARSER_DONE)
		r = parse_fields(p, &fr, rq, &l, end + 2, &fresh);
	if (r == PARSER_DONE)
		r = judge(p, &fr, rq, plain);
	if (r == PARSER_DONE && fresh.n)
		keep_known(p, &fr, rq, fresh);
	return r;
}

/* More bytes of a line that is not whole: true when it is still not, and *ret says what of that. */
static NOINLINE bool goes_on(struct parser *p, struct str bytes, enum parser_result *ret)
{
	size_t line = p->line, room = line <= 2 ? line + LIMIT_REQUEST_LINE : LIMIT_HEAD;
	struct str text;

	if (memchr(bytes.p + p->at, '\n', bytes.n - p->at))
		return false;
	*ret = next_line(p, bytes, p->at, room, &line, &text);
	return true;
}

enum parser_result parser_head(struct parser *p, struct str bytes, struct request *rq)
{
	enum parser_result r;

	if (p->at && goes_on(p, bytes, &r))
		return r;
	return parse_lines(p, bytes, rq);
}
