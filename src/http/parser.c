/* parser.c - see parser.h.
 *
 * A call that brought no line end only checks the new bytes. A call that did
 * parses from the start again: at most once a line, so the work is bounded by
 * LIMIT_FIELDS times LIMIT_HEAD however the bytes trickle in, and nothing needs
 * to be remembered between calls. In the usual case the head comes whole and is
 * read once.
 */
#include <string.h>

#include "base/limits.h"
#include "http/lex.h"
#include "http/parser.h"
#include "http/target.h"

/* Method, two spaces, version and some room beside the target. */
#define LIMIT_REQUEST_LINE (LIMIT_TARGET + 64)

/* What the fields said about framing, before the whole is judged. */
struct framing {
	struct str host, length, coding;
	unsigned hosts, lengths, codings;
	bool close, keep_alive;
	struct str fresh;		/* read, and may be known the next time (heads.h) */
};

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
	if (v.n != 8 || memcmp(v.p, "HTTP/", 5) || !lex_is_digit(v.p[5]) || v.p[6] != '.' ||
	    !lex_is_digit(v.p[7]))
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

static void note_connection(struct framing *fr, struct str list)
{
	struct str rest = list, word;

	if (lex_is_word(list, STR("keep-alive"))) {	/* what browsers say */
		fr->keep_alive = true;
		return;
	}
	while (rest.n) {
		word = str_trim(str_cut(rest, ',', &rest));
		if (str_eq_nocase(word, STR("close")))
			fr->close = true;
		else if (str_eq_nocase(word, STR("keep-alive")))
			fr->keep_alive = true;
	}
}

/* Remembers the fields that frame the message. */
static void note_field(struct framing *fr, struct request *rq, struct str name, struct str value)
{
	if (lex_is_word(name, STR("host"))) {
		fr->hosts++;
		fr->host = value;
	} else if (lex_is_word(name, STR("connection"))) {
		note_connection(fr, value);
	} else if (lex_is_word(name, STR("expect"))) {
		rq->expect = value;
	} else if (lex_is_word(name, STR("content-length"))) {
		fr->lengths++;
		fr->length = value;
	} else if (lex_is_word(name, STR("transfer-encoding"))) {
		fr->codings++;
		fr->coding = value;
	}
}

static inline uint64_t framing_bits(void)
{
	return request_name_bit(STR("host")) | request_name_bit(STR("connection"))
		| request_name_bit(STR("expect")) | request_name_bit(STR("content-length"))
		| request_name_bit(STR("transfer-encoding"));
}

static void make_room(struct request *rq)
{
	struct field *more;

	rq->cap_fields = rq->cap_fields ? LIMIT_FIELDS : REQUEST_FIELDS;
	more = arena_array(rq->arena, rq->cap_fields, sizeof *more);
	if (rq->n_fields)
		memcpy(more, rq->fields, rq->n_fields * sizeof *more);
	rq->fields = more;
}

/* Nearly all values have one space before them and none behind. */
static inline struct str trim_value(struct str s)
{
	if (s.n >= 2 && s.p[0] == ' ' && s.p[1] > ' ' && s.p[s.n - 1] > ' ')
		return str_from(s.p + 1, s.n - 1);
	return lex_trim(s);
}

static inline void keep_field(struct framing *fr, struct request *rq, struct str name,
			      struct str value)
{
	uint64_t bit = request_name_bit(name);
	struct field *field;

	if (rq->n_fields == rq->cap_fields)
		make_room(rq);
	field = &rq->fields[rq->n_fields++];
	field->name = name;
	field->value = trim_value(value);
	rq->names |= bit;
	if (bit & framing_bits())
		note_field(fr, rq, name, field->value);
}

/* The field that begins at *line, when it is as nearly all are; false: it has to be looked at
 * more closely. */
static bool take_field(struct framing *fr, struct request *rq, struct str bytes, size_t *line)
{
	struct str rest = str_sub(bytes, *line, LIMIT_HEAD);
	size_t n = lex_token(rest), end = n + 1;

	if (n == 0 || n == rest.n || rest.p[n] != ':' || rq->n_fields == LIMIT_FIELDS)
		return false;
	end += lex_text(str_skip(rest, end));
	if (rest.n - end < 2 || rest.p[end] != '\r' || rest.p[end + 1] != '\n')
		return false;
	keep_field(fr, rq, str_sub(rest, 0, n), str_sub(rest, n + 1, end));
	*line += end + 2;
	return true;
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
	keep_field(fr, rq, str_sub(line, 0, n), str_skip(line, n + 1));
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
		if (!lex_is_digit(fr->length.p[i]))
			return bad(p, 400, "no sane Content-Length");
		rq->length = rq->length * 10 + (uint64_t)(fr->length.p[i] - '0');
	}
	return PARSER_DONE;
}

/* All lines are in; now what they say together. */
static enum parser_result judge(struct parser *p, const struct framing *fr, struct request *rq)
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
	rq->chunked = fr->codings > 0;
	rq->keep_alive = !fr->close && (rq->minor > 0 || fr->keep_alive);
	rq->wants_continue = rq->minor > 0 && str_eq_nocase(rq->expect, STR("100-continue"));

	status = target_resolve(rq, fr->host, fr->hosts > 0, &why);
	return status ? bad(p, status, why) : PARSER_DONE;
}

void parser_init(struct parser *p)
{
	memset(p, 0, sizeof *p);
}

/* Nothing of a former try may stay but the memory. */
static void forget(struct request *rq)
{
	rq->n_fields = 0;
	rq->names = 0;
	rq->length = 0;
	rq->expect = STR_NONE;
}

/* All that stands behind Host, when the same came before. */
static bool take_known(struct parser *p, struct framing *fr, struct request *rq, struct str rest)
{
	const struct heads_known *k = heads_find(p->heads, rest);

	if (!k)
		return false;
	while (rq->cap_fields < rq->n_fields + k->n_fields)
		make_room(rq);
	heads_fields(k, rest, rq->fields + rq->n_fields);
	rq->n_fields += k->n_fields;
	rq->names |= k->names;
	fr->close = k->close;
	fr->keep_alive = k->keep_alive;
	p->used += rest.n;
	return true;
}

/* A head that was found good: lets it be known the next time. */
static void keep_known(struct parser *p, const struct framing *fr, const struct request *rq)
{
	if (!fr->lengths && !fr->codings && !rq->expect.n)
		heads_keep(p->heads, fr->fresh, rq, rq->n_fields - 1, fr->close, fr->keep_alive);
}

/* From the byte at `line` to the end of the head. What stands behind the first field, if that
 * is the Host, may be known. */
static enum parser_result parse_fields(struct parser *p, struct framing *fr, struct request *rq,
				       struct str bytes, size_t line)
{
	enum parser_result r = PARSER_DONE;
	struct str text, rest = STR_NONE;

	while (r == PARSER_DONE) {
		if (take_field(fr, rq, bytes, &line)) {
			if (rq->n_fields > 1 || !fr->hosts || !p->heads)
				continue;
			rest = str_sub(bytes, line, LIMIT_HEAD);
			p->used = line;
			if (!heads_may_have(rest))
				rest = STR_NONE;
			else if (take_known(p, fr, rq, rest))
				return PARSER_DONE;
			continue;
		}
		r = next_line(p, bytes, line, LIMIT_HEAD, &line, &text);
		if (r == PARSER_DONE && !text.n) {
			p->used = line;
			if (rest.n && rest.p + rest.n == bytes.p + line)
				fr->fresh = rest;
			return PARSER_DONE;
		}
		if (r == PARSER_DONE)
			r = parse_field(p, fr, rq, text);
	}
	return r;
}

static enum parser_result parse_lines(struct parser *p, struct str bytes, struct request *rq)
{
	struct framing fr = { .hosts = 0 };
	enum parser_result r;
	struct str text;
	size_t line = 0, start;

	forget(rq);
	if (bytes.n >= 2 && bytes.p[0] == '\r' && bytes.p[1] == '\n')
		line = 2;
	start = line;
	r = next_line(p, bytes, line, start + LIMIT_REQUEST_LINE, &line, &text);
	if (r == PARSER_DONE)
		r = parse_request_line(p, rq, text);
	if (r == PARSER_DONE)
		r = parse_fields(p, &fr, rq, bytes, line);
	if (r == PARSER_DONE)
		r = judge(p, &fr, rq);
	if (r == PARSER_DONE && fr.fresh.n)
		keep_known(p, &fr, rq);
	return r;
}

enum parser_result parser_head(struct parser *p, struct str bytes, struct request *rq)
{
	struct str text;
	size_t line = p->line, room;

	if (p->at == 0 || memchr(bytes.p + p->at, '\n', bytes.n - p->at))
		return parse_lines(p, bytes, rq);
	room = line <= 2 ? line + LIMIT_REQUEST_LINE : LIMIT_HEAD;
	return next_line(p, bytes, p->at, room, &line, &text);
}
