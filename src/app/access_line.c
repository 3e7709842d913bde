/* access_line.c - see access_line.h. */
#include "app/access_line.h"

#include <arpa/inet.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/json.h"
#include "base/scan.h"

const struct access_style *access_line_style(const struct config *c)
{
	static const struct access_style styles[2][3] = {
		{ { false, ACCESS_ADDRESS_NONE }, { false, ACCESS_ADDRESS_NETWORK },
		  { false, ACCESS_ADDRESS_FULL } },
		{ { true, ACCESS_ADDRESS_NONE }, { true, ACCESS_ADDRESS_NETWORK },
		  { true, ACCESS_ADDRESS_FULL } },
	};
	enum access_address address = ACCESS_ADDRESS_NONE;

	if (str_eq(c->access_address, STR("network")))
		address = ACCESS_ADDRESS_NETWORK;
	else if (str_eq(c->access_address, STR("full")))
		address = ACCESS_ADDRESS_FULL;
	return &styles[str_eq(c->access_format, STR("json"))][address];
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

/* A line being written, in one of the two forms. It costs each request, so it goes into memory
 * that is there, and what is known before stands there ready. */
struct line {
	char *at, *end;
	bool is_json, is_over;
};

struct key {
	struct str plain, json;
};
#define KEY(name) ((struct key){ STR(" " name "="), STR(",\"" name "\":") })

static inline void put(struct line *l, struct str s)
{
	if (s.n > (size_t)(l->end - l->at)) {
		l->is_over = true;
		return;
	}
	if (s.n)			/* nothing of a request that was refused has no place */
		memcpy(l->at, s.p, s.n);
	l->at += s.n;
}

static inline void put_key(struct line *l, struct key key)
{
	put(l, l->is_json ? key.json : key.plain);
}

/* What a logfmt value may not hold without quotes. */
static inline struct scan is_odd(struct scan b)
{
	struct scan marks = scan_or(scan_char(b, 0, '"'), scan_char(b, 0, '\\'));
	struct scan rest = scan_or(scan_range(b, 0, 0, ' '), scan_range(b, 0, 0x7f, 0xff));

	return scan_or(scan_or(marks, scan_char(b, 0, '=')), rest);
}

static void put_escaped(struct line *l, struct str value)
{
	CLEANUP(buf_release) struct buf b = BUF(ACCESS_LINE_MAX);
	struct json j = { .b = &b };

	json_str(&j, value);
	l->is_over |= !buf_ok(&b);
	put(l, buf_str(&b));
}

static void put_text(struct line *l, struct key key, struct str value)
{
	put_key(l, key);
	if (!l->is_json && value.n && scan_next(value, 0, is_odd) == value.n) {
		put(l, value);
	} else if (l->is_json && json_is_plain(value)) {
		put(l, STR("\""));
		put(l, value);
		put(l, STR("\""));
	} else {
		put_escaped(l, value);
	}
}

static void put_number(struct line *l, struct key key, uint64_t value)
{
	char digits[20];
	size_t at = sizeof digits;

	put_key(l, key);
	do
		digits[--at] = (char)('0' + value % 10);
	while (value /= 10);
	put(l, str_from(digits + at, sizeof digits - at));
}

/* n digits with zeros before them. */
static void write_digits(char *to, int n, unsigned value)
{
	while (n--) {
		to[n] = (char)('0' + value % 10);
		value /= 10;
	}
}

static void put_ms(struct line *l, int64_t ns)
{
	char fraction[] = ".000";

	write_digits(fraction + 1, 3, (unsigned)(ns / 1000 % 1000));
	put_number(l, KEY("ms"), (uint64_t)(ns / 1000000));
	put(l, str_from(fraction, sizeof fraction - 1));
}

/* Made once a second by each thread. */
static struct str second_text(int64_t second)
{
	static _Thread_local struct {
		int64_t second;
		char text[21];
	} last = { -1, "0000-00-00T00:00:00." };
	struct date d;

	if (second != last.second) {
		d = date_of(second, 0);
		write_digits(last.text, 4, (unsigned)d.year);
		write_digits(last.text + 5, 2, (unsigned)d.month);
		write_digits(last.text + 8, 2, (unsigned)d.day);
		write_digits(last.text + 11, 2, (unsigned)d.hour);
		write_digits(last.text + 14, 2, (unsigned)d.minute);
		write_digits(last.text + 17, 2, (unsigned)d.second);
		last.second = second;
	}
	return str_from(last.text, sizeof last.text - 1);
}

/* The first of a line. */
static void put_time(struct line *l)
{
	char fraction[] = "000Z";
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	write_digits(fraction, 3, (unsigned)(now.tv_nsec / 1000000));
	put(l, l->is_json ? STR("{\"time\":\"") : STR("time="));
	put(l, second_text(now.tv_sec));
	put(l, str_from(fraction, sizeof fraction - 1));
	if (l->is_json)
		put(l, STR("\""));
}

static void put_address(struct line *l, enum access_address how, struct str peer)
{
	char network[ACCESS_NETWORK_TEXT];

	if (how == ACCESS_ADDRESS_NONE)
		return;
	access_line_network(peer, network);
	put_text(l, KEY("address"), how == ACCESS_ADDRESS_FULL ? peer : str_of(network));
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

size_t access_line(char to[ACCESS_LINE_MAX], const struct access_style *style,
		   const struct request *rq, const struct reply *reply, int64_t ns)
{
	struct line l = { .at = to, .end = to + ACCESS_LINE_MAX, .is_json = style->is_json };

	put_time(&l);
	put_text(&l, KEY("id"), rq->id);
	put_text(&l, KEY("host"), rq->host);
	put_text(&l, KEY("method"), rq->method_name);
	put_text(&l, KEY("path"), path_of(rq));
	put_number(&l, KEY("status"), (uint64_t)reply->status);
	put_number(&l, KEY("bytes"), body_bytes(rq, reply));
	put_ms(&l, ns);
	put_text(&l, KEY("cache"), reply->source ? str_of(reply->source) : STR("none"));
	put_address(&l, style->address, rq->peer);
	put(&l, l.is_json ? STR("}\n") : STR("\n"));
	return l.is_over ? 0 : (size_t)(l.at - to);
}
