/* fields.c - see fields.h. The loop of take_some() is where nearly all of reading a head goes. */
#include "http/fields.h"

#include "base/limits.h"
#include "base/wide.h"
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

/* How long the name is, of letters and hyphens and with a colon behind it, as nearly all are. 0: it
 * has to be looked at closely. Up to `last`, 16 bytes may be read. */
static ALWAYS_INLINE size_t usual_name(struct scan_names k, const char *p, const char *last)
{
	uint64_t other = ~(uint64_t)scan_name(k, scan_load(p));
	size_t n = (size_t)__builtin_ctzll(other);		/* 16: none is other */

	if (p[n] == ':')
		return n;
	if (n < 16 || p + 16 > last)
		return 0;
	other = ~(uint64_t)scan_name(k, scan_load(p + 16));
	n += (size_t)__builtin_ctzll(other);
	return p[n] == ':' ? n : 0;
}

/* Which of 64 bytes are odd (lines_odd()). `k` is what the processor has to hold for it. */
typedef uint64_t odd_fn(const void *k, const char *p);

/* What is known while lines are taken. It stays in the processor's registers, for nothing is called
 * meanwhile: nearly all of reading a head goes here. */
struct taking {
	struct lines l;
	const char *p;			/* where the line begins */
	const char *last;		/* see usual_name() */
	uint64_t names;
	struct field *field;
	size_t count;
	struct scan_names scan;
};

/* To the next block. False: there is none. */
static ALWAYS_INLINE bool take_step(struct lines *l, odd_fn *odd, const void *k)
{
	size_t left;

	if (LIKELY(l->next <= l->end - LINES_STEP)) {
		l->odd = odd(k, l->next);
		l->next += LINES_STEP;
		return true;
	}
	left = (size_t)(l->end - l->next);
	if (!left)
		return false;
	l->odd = odd(k, l->end - LINES_STEP) & ~(uint64_t)0 << (LINES_STEP - left);
	l->next = l->end;
	return true;
}

/* Takes the lines that end in a block, or false: the first that is not written as usual. */
static ALWAYS_INLINE bool take_block(struct taking *t, struct request *rq, bool told)
{
	while (t->l.odd) {
		const char *p = t->p, *value;
		const char *end = t->l.next - LINES_STEP + (size_t)__builtin_ctzll(t->l.odd);
		uint64_t bit;
		size_t n, place;

		if (lex_two(end) != lex_two("\r\n")) {
			/* But for the line feed of a CRLF that ended the block before. */
			if (lines_is_stop(*end) && end + 1 != p)
				return false;
			t->l.odd &= t->l.odd - 1;
			continue;
		}
		if (p > t->last || t->count == (told ? FIELDS_TOLD : rq->cap_fields)
		    || (told && !fields_begins_told(p)) || !(n = usual_name(t->scan, p, t->last)))
			return false;
		value = p + n + 2;
		if (!fields_is_trim(value, end))
			return false;
		t->field->name = str_from(p, n);
		t->field->value = str_from(value, (size_t)(end - value));
		place = request_name_place(t->field->name);
		rq->places[place] = (unsigned char)t->count;
		bit = (uint64_t)1 << place;
		if (t->names & bit)
			rq->shared |= bit;
		t->names |= bit;
		t->field++;
		t->count++;
		/* The line feed's, too, unless that begins the next block. */
		t->l.odd &= t->l.odd - 1;
		t->l.odd &= t->l.odd - 1;
		t->p = end + 2;
	}
	return true;
}

/* Takes what is written as usual, up to the first line that is not, as far as there is room; if
 * `told`, what a proxy says. */
static ALWAYS_INLINE const char *take_by(struct request *rq, struct lines *l, const char *p,
					 bool told, odd_fn *odd, const void *k)
{
	struct taking t = { .l = *l, .p = p, .last = l->end + 1 - 16, .names = rq->names,
			    .field = rq->fields + rq->n_fields, .count = rq->n_fields,
			    .scan = scan_names() };

	if (l->end - l->head < LINES_STEP)
		return p;
	while (take_block(&t, rq, told) && take_step(&t.l, odd, k))
		;
	l->odd = t.l.odd;
	l->next = t.l.next;
	rq->names = t.names;
	rq->n_fields = t.count;
	return t.p;
}

static uint64_t odd_narrow(const void *k, const char *p)
{
	(void)k;
	return lines_odd(p);
}

static const char *take_narrow(struct request *rq, struct lines *l, const char *p)
{
	return take_by(rq, l, p, false, odd_narrow, NULL);
}

static const char *take_told_narrow(struct request *rq, struct lines *l, const char *p)
{
	return take_by(rq, l, p, true, odd_narrow, NULL);
}

#ifdef WIDE

static WIDE uint64_t odd_wide(const void *k, const char *p)
{
	return wide_odd_64(k, p);
}

static WIDE const char *take_wide(struct request *rq, struct lines *l, const char *p)
{
	struct wide_texts k = wide_texts();

	return take_by(rq, l, p, false, odd_wide, &k);
}

static WIDE const char *take_told_wide(struct request *rq, struct lines *l, const char *p)
{
	struct wide_texts k = wide_texts();

	return take_by(rq, l, p, true, odd_wide, &k);
}

#else
#define take_wide take_narrow
#define take_told_wide take_told_narrow
#endif

/* Adds one; the name is a token, the value is not trimmed yet. */
static void add(struct request *rq, struct str name, struct str value)
{
	size_t place = request_name_place(name);
	uint64_t bit = (uint64_t)1 << place;

	if (rq->n_fields == rq->cap_fields)
		fields_make_room(rq);
	rq->places[place] = (unsigned char)rq->n_fields;
	rq->fields[rq->n_fields++] = (struct field){ name, lex_trim(value) };
	rq->shared |= rq->names & bit;
	rq->names |= bit;
}

/* What is not written as usual, or stands near the end of the bytes. */
static NOINLINE bool take_closely(struct request *rq, struct lines *l, const char **line)
{
	const char *end = lines_end(l);
	struct str text;
	size_t n;

	if (!end)
		return false;
	text = str_from(*line, (size_t)(end - *line));
	n = lex_token(text);
	if (n == 0 || n == text.n || text.p[n] != ':')
		return false;
	add(rq, str_sub(text, 0, n), str_skip(text, n + 1));
	*line = end + 2;
	return true;
}

/* What those from `first` on say of the framing; most say nothing. */
static void note_new(struct framing *fr, const struct request *rq, size_t first)
{
	uint64_t bits = rq->names & framing_bits();

	if (bits & rq->shared) {
		for (size_t i = first; i < rq->n_fields; i++)
			fields_note(fr, &rq->fields[i]);
		return;
	}
	for (; bits; bits &= bits - 1) {
		size_t i = rq->places[__builtin_ctzll(bits)];

		if (i >= first)
			fields_note(fr, &rq->fields[i]);
	}
}

/* One field or more, if there is one. */
static bool take(struct request *rq, struct lines *l, const char **line)
{
	const char *first = *line;

	if (rq->n_fields == LIMIT_FIELDS)
		return false;
	if (rq->n_fields == rq->cap_fields)
		fields_make_room(rq);
	*line = wide_is_used ? take_wide(rq, l, first) : take_narrow(rq, l, first);
	return *line != first || take_closely(rq, l, line);
}

bool fields_take_more_told(struct request *rq, struct lines *l, const char **line)
{
	const char *first;

	if (rq->cap_fields < FIELDS_TOLD)
		fields_make_room(rq);
	do {
		first = *line;
		*line = wide_is_used ? take_told_wide(rq, l, first)
			: take_told_narrow(rq, l, first);
		if (*line == first && !take_closely(rq, l, line))
			return false;
	} while (fields_is_told(rq, l, *line));
	return true;
}

bool fields_take(struct framing *fr, struct request *rq, struct lines *l, const char **line)
{
	size_t before = rq->n_fields;
	bool is_whole;

	do
		is_whole = *line < l->end && lex_two(*line) == lex_two("\r\n");
	while (!is_whole && take(rq, l, line));
	note_new(fr, rq, before);
	if (is_whole)
		*line += 2;
	return is_whole;
}

void fields_add(struct framing *fr, struct request *rq, struct str name, struct str value)
{
	add(rq, name, value);
	fields_note(fr, &rq->fields[rq->n_fields - 1]);
}
