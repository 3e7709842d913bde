/* introduction.c - see introduction.h; the names PP2_ are those of proxy-protocol.txt. */
#include "http/introduction.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/limits.h"

enum {
	V1_LONGEST = 107,		/* with its CRLF */
	V2_HEAD = 16,
	V2_IPV4 = 12, V2_IPV6 = 36, V2_UNIX = 216,	/* bytes of the addresses */
	PP2_TYPE_CRC32C = 0x03,
	PP2_TYPE_SSL = 0x20,
	PP2_CLIENT_SSL = 0x01,
	SSL_HEAD = 5,			/* client, verify; further values follow */
};

static const char signature[12] = "\r\n\r\n\0\r\nQUIT\n";

static enum introduction_result bad(struct introduction *r, const char *why)
{
	r->why = why;
	return INTRODUCTION_BAD;
}

/* An address as inet_pton takes it, written as inet_ntop writes it: one text for each. */
static bool take_address(struct introduction *r, int family, struct str text)
{
	unsigned char bytes[16];
	char copy[INET6_ADDRSTRLEN];

	if (!text.n || text.n >= sizeof copy || memchr(text.p, '\0', text.n))
		return false;
	memcpy(copy, text.p, text.n);
	copy[text.n] = '\0';
	return inet_pton(family, copy, bytes) == 1
	       && inet_ntop(family, bytes, r->address, sizeof r->address);
}

/* Digits without a leading zero, up to 65535. */
static bool is_port(struct str text)
{
	uint64_t n;

	return text.n && text.n <= 5 && (text.n == 1 || text.p[0] != '0')
	       && str_to_u64(text, &n) && n <= 65535;
}

/* "TCP4 192.0.2.1 192.0.2.2 5001 80", without what stands before and behind it. */
static enum introduction_result read_line(struct introduction *r, struct str line)
{
	struct str rest, kind = str_cut(line, ' ', &rest), from, to, from_port;
	struct introduction other = { 0 };
	int family = str_eq(kind, STR("TCP4")) ? AF_INET : AF_INET6;

	if (str_eq(kind, STR("UNKNOWN")))
		return INTRODUCTION_DONE;
	if (family == AF_INET6 && !str_eq(kind, STR("TCP6")))
		return bad(r, "neither TCP4 nor TCP6 nor UNKNOWN");
	from = str_cut(rest, ' ', &rest);
	to = str_cut(rest, ' ', &rest);
	from_port = str_cut(rest, ' ', &rest);
	if (!take_address(r, family, from) || !take_address(&other, family, to))
		return bad(r, "no address where one has to be");
	if (!is_port(from_port) || !is_port(rest))
		return bad(r, "no port where one has to be");
	r->known = true;
	return INTRODUCTION_DONE;
}

static enum introduction_result read_v1(struct str bytes, struct introduction *r)
{
	struct str first = str_sub(bytes, 0, V1_LONGEST);
	ptrdiff_t end = str_find_char(first, '\r');

	for (size_t i = 0; i < (end < 0 ? first.n : (size_t)end); i++)
		if (first.p[i] < ' ' || first.p[i] > '~')
			return bad(r, "a control byte in the line");
	if (end < 0 || (size_t)end + 1 == first.n)
		return first.n == V1_LONGEST ? bad(r, "a line without its end") : INTRODUCTION_MORE;
	if (first.p[end + 1] != '\n')
		return bad(r, "a carriage return without line feed");
	r->used = (size_t)end + 2;
	return read_line(r, str_sub(first, sizeof "PROXY " - 1, (size_t)end));
}

static unsigned read_u16(const char *p)
{
	return (unsigned)(unsigned char)p[0] << 8 | (unsigned char)p[1];
}

/* CRC-32C (Castagnoli) of bytes in which the four from `hole` on count as zero. Bit by
 * bit: it is some hundred bytes, once a connection. */
static uint32_t crc32c(struct str s, size_t hole)
{
	uint32_t crc = 0xffffffff;

	for (size_t i = 0; i < s.n; i++) {
		crc ^= i >= hole && i < hole + 4 ? 0 : (unsigned char)s.p[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (0x82f63b78 & -(crc & 1));
	}
	return ~crc;
}

static bool is_checksum_right(struct str whole, struct str value)
{
	size_t hole = (size_t)(value.p - whole.p);
	uint32_t want;

	if (value.n != 4)
		return false;
	want = (uint32_t)read_u16(value.p) << 16 | read_u16(value.p + 2);
	return crc32c(whole, hole) == want;
}

/* The further values behind the addresses: type, length, bytes. */
static enum introduction_result read_values(struct str whole, size_t at, struct introduction *r)
{
	while (at < whole.n) {
		struct str value;
		unsigned char type = (unsigned char)whole.p[at];

		if (whole.n - at < 3 || whole.n - at - 3 < read_u16(whole.p + at + 1))
			return bad(r, "a value that goes past the end");
		value = str_from(whole.p + at + 3, read_u16(whole.p + at + 1));
		at += 3 + value.n;
		if (type == PP2_TYPE_CRC32C && !is_checksum_right(whole, value))
			return bad(r, "the checksum is another one");
		if (type == PP2_TYPE_SSL && value.n < SSL_HEAD)
			return bad(r, "less about TLS than there has to be");
		if (type == PP2_TYPE_SSL) {
			r->told_tls = true;
			r->tls = value.p[0] & PP2_CLIENT_SSL;
		}
	}
	return INTRODUCTION_DONE;
}

/* The addresses of a connection that is forwarded; *at moves behind them. */
static enum introduction_result read_addresses(struct str whole, size_t *at, struct introduction *r)
{
	unsigned kind = (unsigned char)whole.p[13];
	int family = kind == 0x11 ? AF_INET : AF_INET6;
	size_t need = kind == 0x11 ? V2_IPV4 : kind == 0x21 ? V2_IPV6 : V2_UNIX;

	if (kind == 0x00) {		/* the receiver has to take what the socket says */
		*at = whole.n;
		return INTRODUCTION_DONE;
	}
	if (kind != 0x11 && kind != 0x21 && kind != 0x31)
		return bad(r, "neither TCP nor a stream of a Unix socket");
	if (whole.n - V2_HEAD < need)
		return bad(r, "less than its addresses need");
	*at = V2_HEAD + need;
	if (kind == 0x31)
		return INTRODUCTION_DONE;
	r->known = inet_ntop(family, whole.p + V2_HEAD, r->address, sizeof r->address) != NULL;
	return INTRODUCTION_DONE;
}

static enum introduction_result read_v2(struct str bytes, struct introduction *r)
{
	size_t length, at;
	struct str whole;

	if (bytes.n < V2_HEAD)
		return INTRODUCTION_MORE;
	if (bytes.p[12] != 0x20 && bytes.p[12] != 0x21)
		return bad(r, "neither version 2 nor LOCAL nor PROXY");
	length = read_u16(bytes.p + 14);
	if (length > LIMIT_INTRODUCTION - V2_HEAD)
		return bad(r, "longer than we take");
	if (bytes.n < V2_HEAD + length)
		return INTRODUCTION_MORE;
	whole = str_sub(bytes, 0, V2_HEAD + length);
	r->used = whole.n;
	if (bytes.p[12] == 0x20)	/* LOCAL: the rest is to be skipped unread */
		return INTRODUCTION_DONE;
	if (read_addresses(whole, &at, r) != INTRODUCTION_DONE)
		return INTRODUCTION_BAD;
	return read_values(whole, at, r);
}

static bool begins_like(struct str bytes, const char *with, size_t n)
{
	return memcmp(bytes.p, with, bytes.n < n ? bytes.n : n) == 0;
}

enum introduction_result introduction_read(struct str bytes, struct introduction *r)
{
	static const char v1[] = "PROXY ";

	memset(r, 0, sizeof *r);
	if (!bytes.n)
		return INTRODUCTION_MORE;
	if (begins_like(bytes, v1, sizeof v1 - 1))
		return bytes.n < sizeof v1 ? INTRODUCTION_MORE : read_v1(bytes, r);
	if (begins_like(bytes, signature, sizeof signature))
		return bytes.n < sizeof signature ? INTRODUCTION_MORE : read_v2(bytes, r);
	return bad(r, "no introduction");
}
