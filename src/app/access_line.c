/* access_line.c - see access_line.h. */
#include "app/access_line.h"

#include <arpa/inet.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/json.h"

struct access_style access_line_style(const struct config *c)
{
	struct access_style s = { .is_json = str_eq(c->access_format, STR("json")) };

	if (str_eq(c->access_address, STR("network")))
		s.address = ACCESS_ADDRESS_NETWORK;
	else if (str_eq(c->access_address, STR("full")))
		s.address = ACCESS_ADDRESS_FULL;
	return s;
}

void access_line_network(struct str address, char ret[ACCESS_NETWORK_TEXT])
{
	unsigned char bytes[16];
	char copy[ACCESS_NETWORK_TEXT];
	int family = str_has_char(address, ':') ? AF_INET6 : AF_INET;

	ret[0] = '\0';
	if (!address.n || address.n >= sizeof copy)
		return;
	memcpy(copy, address.p, address.n);
	copy[address.n] = '\0';
	if (inet_pton(family, copy, bytes) != 1)
		return;
	if (family == AF_INET)
		bytes[3] = 0;
	else
		memset(bytes + 6, 0, 10);
	inet_ntop(family, bytes, ret, ACCESS_NETWORK_TEXT);
}

/* A line being written, in one of the two forms. */
struct line {
	struct buf *b;
	struct json j;
	bool is_json;
};

/* What a logfmt value may hold without quotes. */
static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] == '"' || s.p[i] == '=' || s.p[i] == '\\'
		    || (unsigned char)s.p[i] >= 0x7f)
			return false;
	return s.n > 0;
}

static void put_plain_key(struct buf *b, const char *key)
{
	if (b->n)
		buf_addc(b, ' ');
	buf_adds(b, key);
	buf_addc(b, '=');
}

static void put_key(struct line *l, const char *key)
{
	if (l->is_json)
		json_key(&l->j, key);
	else
		put_plain_key(l->b, key);
}

static void put_text(struct line *l, const char *key, struct str value)
{
	struct json quoted = { .b = l->b };

	put_key(l, key);
	if (l->is_json)
		json_str(&l->j, value);
	else if (is_plain(value))
		buf_add(l->b, value);
	else
		json_str(&quoted, value);
}

static void put_number(struct line *l, const char *key, int64_t value)
{
	put_key(l, key);
	if (l->is_json)
		json_i64(&l->j, value);
	else
		buf_add_i64(l->b, value);
}

/* n digits with zeros before them. By hand: a log writes thousands of them a second. */
static void write_digits(char *to, int n, int64_t value)
{
	while (n--) {
		to[n] = (char)('0' + value % 10);
		value /= 10;
	}
}

static void put_ms(struct line *l, int64_t ns)
{
	char fraction[] = ".000";

	write_digits(fraction + 1, 3, ns / 1000 % 1000);
	put_number(l, "ms", ns / 1000000);
	buf_add(l->b, str_of(fraction));
}

static void put_time(struct line *l)
{
	char text[] = "0000-00-00T00:00:00.000Z";
	struct timespec now;
	struct date d;

	clock_gettime(CLOCK_REALTIME, &now);
	d = date_of(now.tv_sec, 0);
	write_digits(text, 4, d.year);
	write_digits(text + 5, 2, d.month);
	write_digits(text + 8, 2, d.day);
	write_digits(text + 11, 2, d.hour);
	write_digits(text + 14, 2, d.minute);
	write_digits(text + 17, 2, d.second);
	write_digits(text + 20, 3, now.tv_nsec / 1000000);
	put_text(l, "time", str_of(text));
}

static void put_address(struct line *l, enum access_address how, struct str peer)
{
	char network[ACCESS_NETWORK_TEXT];

	if (how == ACCESS_ADDRESS_NONE)
		return;
	access_line_network(peer, network);
	put_text(l, "address", how == ACCESS_ADDRESS_FULL ? peer : str_of(network));
}

/* Without the query, which tells of the reader. */
static struct str path_of(const struct request *rq)
{
	struct str query;

	return request_leads_nowhere(rq) ? str_cut(rq->target, '?', &query) : rq->path;
}

static uint64_t body_bytes(const struct request *rq, const struct reply *reply)
{
	bool has_body = rq->method != HTTP_HEAD && reply_may_have_body(reply->status);

	return has_body ? reply_length(reply) : 0;
}

void access_line(struct buf *b, const struct access_style *style, const struct request *rq,
		 const struct reply *reply, int64_t ns)
{
	struct line l = { .b = b, .j = { .b = b }, .is_json = style->is_json };

	if (l.is_json)
		json_open(&l.j, '{');
	put_time(&l);
	put_text(&l, "id", rq->id);
	put_text(&l, "host", rq->host);
	put_text(&l, "method", rq->method_name);
	put_text(&l, "path", path_of(rq));
	put_number(&l, "status", reply->status);
	put_number(&l, "bytes", (int64_t)body_bytes(rq, reply));
	put_ms(&l, ns);
	put_text(&l, "cache", reply->source ? str_of(reply->source) : STR("none"));
	put_address(&l, style->address, rq->peer);
	if (l.is_json)
		json_close(&l.j, '}');
	buf_addc(b, '\n');
}
