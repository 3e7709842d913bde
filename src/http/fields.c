/* fields.c - see fields.h. The loop of take_some() is where nearly all of reading a head goes. */
#include "http/fields.h"

#include "base/limits.h"
#include "http/url.h"

static NOINLINE void note_words(struct framing *fr, struct str rest)
{
	struct str word;

	while (rest.n) {
		word = str_trim(str_cut(rest, ',', &rest));
		if (str_eq_nocase(word, STR("close")))
			fr->close = true;
		else if (str_eq_nocase(word, STR("keep-alive")))
			fr->keep_alive = true;
	}
}

static void note_connection(struct framing *fr, struct str list)
{
	if (lex_is_word(list, STR("keep-alive")))	/* what browsers say */
		fr->keep_alive = true;
	else
		note_words(fr, list);
}

void fields_note(struct framing *fr, const struct field *field)
{
	struct str name = field->name, value = field->value;

	if (lex_is_word(name, STR("host"))) {
		fr->hosts++;
		fr->host = value;
	} else if (lex_is_word(name, STR("connection"))) {
		note_connection(fr, value);
	} else if (lex_is_word(name, STR("expect"))) {
		fr->expect = value;
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

void fields_make_room(struct request *rq)
{
	struct field *more;

	rq->cap_fields = rq->cap_fields ? LIMIT_FIELDS : REQUEST_FIELDS;
	more = arena_array(rq->arena, rq->cap_fields, sizeof *more);
	if (rq->n_fields)
		memcpy(more, rq->fields, rq->n_fields * sizeof *more);
	rq->fields = more;
}

static NOINLINE struct str trim_closely(const char *p, const char *end)
{
	return lex_trim(str_from(p, (size_t)(end - p)));
}

/* Nearly all values have one space before them and none behind. Behind each is a CR. */
static ALWAYS_INLINE struct str trim(const char *p, const char *end)
{
	if (p[0] == ' ' && p[1] > ' ' && end[-1] > ' ')
		return str_from(p + 1, (size_t)(end - p - 1));
	return trim_closely(p, end);
}

/* Of a token from p + n on that nearly any byte may stand behind, but a CR does at last. */
static NOINLINE size_t name_closely(const char *p, size_t n, const char *last)
{
	unsigned other = 0;

	for (; p + n <= last && !other; n += 16)
		other = scan_no_name(scan_load(p + n));
	if (other)
		n -= 16 - scan_first(other);
	while (lex_token_char[(unsigned char)p[n]])
		n++;
	return p[n] == ':' ? n : 0;
}

/* How long the name is; up to `last`, 16 bytes may be read at once. 0: there is none with a colon
 * behind it. */
static ALWAYS_INLINE size_t name_length(const char *p, const char *last)
{
	unsigned other;

	if (p > last)
		return name_closely(p, 0, last);
	other = scan_no_name(scan_load(p));
	if (!other)
		return name_closely(p, 16, last);
	return p[scan_first(other)] == ':' ? scan_first(other) : name_closely(p, 0, last);
}

bool fields_take_host(struct framing *fr, struct request *rq, struct lines *l, const char **line)
{
	const char *p = *line, *end;
	struct field *field;

	if (l->end - p < 6 + 16 || lex_four(p, 0x20) != lex_four("host", 0)
	    || lex_two(p + 4) != lex_two(": ") || !(end = lines_end(l)))
		return false;
	if (!rq->cap_fields)
		fields_make_room(rq);
	field = rq->fields;
	field->name = str_from(p, 4);
	field->value = trim(p + 5, end);
	rq->n_fields = 1;
	rq->names = request_name_bit(STR("host"));
	rq->places[request_name_place(STR("host"))] = 0;
	fr->hosts = 1;
	fr->host = field->value;
	fr->plain_host = field->value.p == p + 6 && url_host_is_plain(field->value);
	*line = end + 2;
	return true;
}

/* Up to rq->n_fields == most, for which there is room. */
static bool take_some(struct framing *fr, struct request *rq, struct lines *l, const char **line,
		      size_t most)
{
	struct lines at = *l;
	const char *p = *line, *last = at.end + 1 - 16, *end = NULL;
	uint64_t names = rq->names, shared = rq->shared, bit;
	struct field *field = rq->fields + rq->n_fields, *full = rq->fields + most;
	bool is_whole = false;

	for (; field < full && (end = lines_end(&at)); p = end + 2) {
		size_t n = name_length(p, last);
		unsigned place;

		if (!n) {
			is_whole = end == p;
			break;
		}
		field->name = str_from(p, n);
		field->value = trim(p + n + 1, end);
		place = request_name_place(field->name);
		rq->places[place] = (unsigned char)(field - rq->fields);
		bit = (uint64_t)1 << place;
		shared |= names & bit;
		names |= bit;
		if (framing_bits() & bit)
			fields_note(fr, field);
		field++;
	}
	*l = at;
	*line = is_whole ? end + 2 : p;
	rq->names = names;
	rq->shared = shared;
	rq->n_fields = (size_t)(field - rq->fields);
	return is_whole;
}

bool fields_take(struct framing *fr, struct request *rq, struct lines *l, const char **line,
		 size_t most)
{
	size_t room;

	if (!rq->cap_fields)
		fields_make_room(rq);
	for (;;) {
		room = most < rq->cap_fields ? most : rq->cap_fields;
		if (take_some(fr, rq, l, line, room))
			return true;
		if (rq->n_fields < room || room == most)
			return false;
		if (*line < l->end && lex_two(*line) == lex_two("\r\n")) {
			*line += 2;
			return true;
		}
		fields_make_room(rq);
	}
}

void fields_add(struct framing *fr, struct request *rq, struct str name, struct str value)
{
	unsigned place = request_name_place(name);
	uint64_t bit = (uint64_t)1 << place;
	struct field *field;

	if (rq->n_fields == rq->cap_fields)
		fields_make_room(rq);
	rq->places[place] = (unsigned char)rq->n_fields;
	field = &rq->fields[rq->n_fields++];
	field->name = name;
	field->value = lex_trim(value);
	rq->shared |= rq->names & bit;
	rq->names |= bit;
	if (bit & framing_bits())
		fields_note(fr, field);
}
