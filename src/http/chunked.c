/* chunked.c - see chunked.h for the states. */
#include "http/chunked.h"
#include <string.h>

#include "base/ascii.h"
#include "http/lex.h"

void chunked_init(struct chunked *c)
{
	memset(c, 0, sizeof *c);
}

static void refuse(struct chunked *c, enum chunked_result why)
{
	c->state = CHUNKED_REFUSED;
	c->refusal = why;
}

/* Goes on when the byte is the one that has to stand there. */
static void expect(struct chunked *c, char byte, char wanted, enum chunked_state next)
{
	if (byte == wanted)
		c->state = next;
	else
		refuse(c, CHUNKED_BAD);
}

static void read_size(struct chunked *c, char byte)
{
	int digit = ascii_hex(byte);

	if (digit >= 0 && c->digits < 15) {
		c->left = c->left * 16 + (uint64_t)digit;
		c->digits++;
	} else if (c->digits && byte == '\r') {
		c->state = CHUNKED_SIZE_LF;
	} else if (c->digits && byte == ';') {
		c->state = CHUNKED_EXT;
	} else {
		refuse(c, CHUNKED_BAD);
	}
}

/* A byte of an extension or trailer: bounded, no control characters but tab. */
static void read_extra(struct chunked *c, char byte, enum chunked_state at_cr)
{
	if (byte == '\r')
		c->state = at_cr;
	else if ((lex_is_control(byte) && byte != '\t') || ++c->extras > CHUNKED_EXTRAS)
		refuse(c, CHUNKED_BAD);
}

/* A trailer's name: token characters up to the colon. */
static void read_name(struct chunked *c, char byte)
{
	if (byte == ':' && c->state == CHUNKED_NAME)
		c->state = CHUNKED_TRAILER;
	else if (!lex_is_token(str_from(&byte, 1)) || ++c->extras > CHUNKED_EXTRAS)
		refuse(c, CHUNKED_BAD);
	else
		c->state = CHUNKED_NAME;
}

static void after_size(struct chunked *c, char byte, const struct buf *out)
{
	expect(c, byte, '\n', c->left ? CHUNKED_DATA : CHUNKED_LINE);
	if (c->state == CHUNKED_DATA && c->left > out->max - out->n)
		refuse(c, CHUNKED_TOO_LARGE);
}

static void step(struct chunked *c, char byte, const struct buf *out)
{
	switch (c->state) {
	case CHUNKED_SIZE:
		read_size(c, byte);
		break;
	case CHUNKED_EXT:
		read_extra(c, byte, CHUNKED_SIZE_LF);
		break;
	case CHUNKED_SIZE_LF:
		after_size(c, byte, out);
		break;
	case CHUNKED_DATA_CR:
		expect(c, byte, '\r', CHUNKED_DATA_LF);
		break;
	case CHUNKED_DATA_LF:
		c->digits = 0;
		expect(c, byte, '\n', CHUNKED_SIZE);
		break;
	case CHUNKED_LINE:
		if (byte == '\r')
			c->state = CHUNKED_END_LF;
		else
			read_name(c, byte);
		break;
	case CHUNKED_NAME:
		read_name(c, byte);
		break;
	case CHUNKED_TRAILER:
		read_extra(c, byte, CHUNKED_TRAILER_LF);
		break;
	case CHUNKED_TRAILER_LF:
		expect(c, byte, '\n', CHUNKED_LINE);
		break;
	case CHUNKED_END_LF:
		expect(c, byte, '\n', CHUNKED_END);
		break;
	case CHUNKED_DATA:
	case CHUNKED_END:
	case CHUNKED_REFUSED:
		break;
	}
}

static size_t read_data(struct chunked *c, const char *p, size_t n, struct buf *out)
{
	size_t take = c->left < n ? (size_t)c->left : n;

	buf_add(out, str_from(p, take));
	c->left -= take;
	if (!c->left)
		c->state = CHUNKED_DATA_CR;
	return take;
}

enum chunked_result chunked_read(struct chunked *c, const char *p, size_t n, struct buf *out,
				 size_t *used)
{
	size_t i = 0;

	while (i < n && c->state != CHUNKED_END && c->state != CHUNKED_REFUSED) {
		if (c->state == CHUNKED_DATA)
			i += read_data(c, p + i, n - i, out);
		else
			step(c, p[i++], out);
	}
	*used = i;
	if (c->state == CHUNKED_REFUSED)
		return c->refusal;
	return c->state == CHUNKED_END ? CHUNKED_DONE : CHUNKED_MORE;
}
