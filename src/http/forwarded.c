/* forwarded.c - see forwarded.h. */
#include "http/forwarded.h"

#include <arpa/inet.h>
#include <string.h>

#include "http/lex.h"

#define V4_BITS 96	/* an IPv4 address stands behind so many */

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

/* The last element of a comma list; *rest is what stands before it. */
static struct str last_of(struct str list, struct str *rest)
{
	ptrdiff_t comma = str_rfind_char(list, ',');

	*rest = str_sub(list, 0, comma < 0 ? 0 : (size_t)comma);
	return lex_trim(str_skip(list, (size_t)(comma + 1)));
}

void forwarded_apply(struct request *rq, const struct forwarded_net *nets, size_t count)
{
	struct str list = request_field(rq, STR("x-forwarded-for")), rest, one;
	unsigned char bytes[16];
	bool is_v4;

	while (list.n) {
		one = without_brackets(last_of(list, &list));
		if (!parse_address(one, bytes, &is_v4))
			break;
		rq->peer = arena_str(rq->arena, one);
		if (!forwarded_net_has(nets, count, one))
			break;
	}
	one = last_of(request_field(rq, STR("x-forwarded-proto")), &rest);
	rq->https = str_eq_nocase(one, STR("https"));
	rq->told_scheme = rq->https || str_eq_nocase(one, STR("http"));
}
