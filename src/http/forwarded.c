/* forwarded.c - see forwarded.h. */
#include "http/forwarded.h"

#include <arpa/inet.h>
#include <string.h>

#include "http/lex.h"

#define V4_BITS 96	/* an IPv4 address stands behind so many */
#define HOPS_MAX 32	/* proxies on the way of one request */

static struct str without_brackets(struct str text)
{
	if (str_starts(text, STR("[")) && str_ends(text, STR("]")))
		return str_sub(text, 1, text.n - 1);
	return text;
}

/* "192.0.2.1" or "2001:db8::1" */
static bool parse_address(struct str text, unsigned char bytes[16], bool *is_v4)
{
	char copy[INET6_ADDRSTRLEN];

	if (!text.n || text.n >= sizeof copy || memchr(text.p, '\0', text.n))
		return false;
	memcpy(copy, text.p, text.n);
	copy[text.n] = '\0';
	*is_v4 = !str_has_char(text, ':');
	if (!*is_v4)
		return inet_pton(AF_INET6, copy, bytes) == 1;
	memset(bytes, 0, 10);
	memset(bytes + 10, 0xff, 2);
	return inet_pton(AF_INET, copy, bytes + 12) == 1;
}

bool forwarded_net_parse(struct str text, struct forwarded_net *ret, struct fail *f)
{
	struct str mask, address = without_brackets(str_cut(text, '/', &mask));
	struct forwarded_net net;
	int64_t bits = 0;
	bool is_v4;

	if (!parse_address(address, net.bytes, &is_v4)
	    || (mask.p && (!str_to_i64(mask, &bits) || bits < 0 || bits > (is_v4 ? 32 : 128))))
		return fail(f, FAIL_INVALID, "\"%.*s\" is no address and no network, as"
			    " 127.0.0.1, ::1 and 10.0.0.0/8 are", STR_ARG(text));
	net.bits = mask.p ? (unsigned)bits + (is_v4 ? V4_BITS : 0) : 128;
	*ret = net;
	return true;
}

static bool is_in(const struct forwarded_net *net, const unsigned char bytes[16])
{
	unsigned whole = net->bits / 8, rest = net->bits % 8;

	if (memcmp(net->bytes, bytes, whole))
		return false;
	return !rest || (net->bytes[whole] ^ bytes[whole]) >> (8 - rest) == 0;
}

bool forwarded_net_has(const struct forwarded_net *nets, size_t count, struct str address)
{
	unsigned char bytes[16];
	bool is_v4;

	if (!count || !parse_address(address, bytes, &is_v4))
		return false;
	for (size_t i = 0; i < count; i++)
		if (is_in(&nets[i], bytes))
			return true;
	return false;
}

/* The reader is who has this address, by one name: "::ffff:192.0.2.1" is 192.0.2.1. */
static void set_peer(struct request *rq, struct str address, const unsigned char bytes[16])
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	char v4[INET_ADDRSTRLEN];

	if (!memcmp(bytes, mapped, sizeof mapped) && inet_ntop(AF_INET, bytes + 12, v4, sizeof v4))
		address = str_of(v4);
	rq->peer = arena_str(rq->arena, address);
}

/* The last element of a comma list; *rest is what stands before it. */
static struct str last_of(struct str list, struct str *rest)
{
	ptrdiff_t comma = str_rfind_char(list, ',');

	*rest = str_sub(list, 0, comma < 0 ? 0 : (size_t)comma);
	return lex_trim(str_skip(list, (size_t)(comma + 1)));
}

/* "192.0.2.1", "192.0.2.1:4711", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:4711" without
 * what is not the address. */
static struct str node_address(struct str node)
{
	ptrdiff_t colon = str_rfind_char(node, ':');
	bool has_port = colon > 0 && (str_starts(node, STR("[")) ? node.p[colon - 1] == ']'
					: colon == str_find_char(node, ':'));

	return without_brackets(has_port ? str_sub(node, 0, (size_t)colon) : node);
}

/* A node that somebody who is believed names is the reader. True: it is believed itself, so whom
 * it names counts. */
static bool step_back(struct request *rq, const struct forwarded_net *nets, size_t count,
		      struct str node)
{
	struct str address = node_address(node);
	unsigned char bytes[16];
	bool is_v4;

	if (!parse_address(address, bytes, &is_v4))
		return false;
	set_peer(rq, address, bytes);
	return forwarded_net_has(nets, count, address);
}

static void apply_x(struct request *rq, const struct forwarded_net *nets, size_t count)
{
	struct str list = request_field(rq, STR("X-Forwarded-For")), rest, one;

	while (list.n && step_back(rq, nets, count, last_of(list, &list)))
		;
	one = last_of(request_field(rq, STR("X-Forwarded-Proto")), &rest);
	rq->https = str_eq_nocase(one, STR("https"));
	rq->told_scheme = rq->https || str_eq_nocase(one, STR("http"));
}

/* One element of Forwarded: what a proxy on the way saw. */
struct hop {
	struct str by_for, proto;
	unsigned pairs;			/* of all names */
};

/* A token, or a quoted string without its quotes (no address and no scheme needs a
 * backslash; one that has it is not understood). Moves *s behind it. */
static bool take_value(struct str *s, struct str *ret)
{
	size_t n = 0;
	ptrdiff_t end;

	if (str_starts(*s, STR("\""))) {
		end = str_find_char(str_skip(*s, 1), '"');
		if (end < 0)
			return false;
		*ret = str_sub(*s, 1, (size_t)end + 1);
		*s = str_skip(*s, (size_t)end + 2);
		return !str_has_char(*ret, '\\');
	}
	while (n < s->n && lex_is_token(str_sub(*s, n, n + 1)))
		n++;
	*ret = str_sub(*s, 0, n);
	*s = str_skip(*s, n);
	return n > 0;
}

static void skip_space(struct str *s)
{
	while (s->n && (s->p[0] == ' ' || s->p[0] == '\t'))
		*s = str_skip(*s, 1);
}

/* name=value; a name twice in one element is not well-formed. */
static bool take_pair(struct str *s, struct hop *hop)
{
	struct str name, value, *place = NULL;

	if (!take_value(s, &name) || !str_starts(*s, STR("=")))
		return false;
	*s = str_skip(*s, 1);
	if (!take_value(s, &value))
		return false;
	if (str_eq_nocase(name, STR("for")))
		place = &hop->by_for;
	else if (str_eq_nocase(name, STR("proto")))
		place = &hop->proto;
	if (place && place->p)
		return false;
	if (place)
		*place = value;
	hop->pairs++;
	return true;
}

/* *s moves behind the comma that ends the element. */
static bool take_hop(struct str *s, struct hop *hop)
{
	*hop = (struct hop){ STR_NONE, STR_NONE, 0 };
	for (;;) {
		skip_space(s);
		if (s->n && s->p[0] != ';' && s->p[0] != ',' && !take_pair(s, hop))
			return false;
		skip_space(s);
		if (!s->n)
			return true;
		if (s->p[0] != ';' && s->p[0] != ',')
			return false;
		*s = str_skip(*s, 1);
		if (s->p[-1] == ',')
			return true;
	}
}

/* All of them, in the order they were added. False: not well-formed, or more than any
 * chain of proxies has. */
static bool read_hops(struct str s, struct hop hops[HOPS_MAX], size_t *n)
{
	*n = 0;
	while (s.n) {
		if (*n == HOPS_MAX || !take_hop(&s, &hops[*n]))
			return false;
		*n += hops[*n].pairs > 0;
	}
	return true;
}

static void apply_rfc7239(struct request *rq, const struct forwarded_net *nets, size_t count)
{
	struct hop hops[HOPS_MAX];
	size_t n;

	if (!read_hops(request_field(rq, STR("forwarded")), hops, &n) || !n)
		return;
	rq->https = str_eq_nocase(hops[n - 1].proto, STR("https"));
	rq->told_scheme = rq->https || str_eq_nocase(hops[n - 1].proto, STR("http"));
	while (n-- && step_back(rq, nets, count, hops[n].by_for))
		;
}

void forwarded_apply(struct request *rq, enum forwarded_kind kind,
		     const struct forwarded_net *nets, size_t count)
{
	if (kind == FORWARDED_RFC7239)
		apply_rfc7239(rq, nets, count);
	else
		apply_x(rq, nets, count);
}
