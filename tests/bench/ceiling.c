/* ceiling.c - how fast finished pages can leave a libuv server at all.
 *
 *	ceiling PORT FOLDER HEADS
 *
 * HEADS has for each page a line "host path N M", then N and M bytes: what goes before the
 * bodies, which are FOLDER/host/path/index.html and index.html.gz. One loop, one table of
 * pages in memory. Of a request it looks at the first line, Host and whether gzip is spoken of, and
 * nothing else: no check, no limit, no date, no time-out, no condition. Not a server: the number
 * that a real one is held against.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#define INPUT 65536
#define PIPELINED 16

struct page {
	char *key;			/* "host/path" */
	uv_buf_t plain[2], gzip[2];	/* head, body */
};

static struct page *table;
static size_t n_places;
static char input[INPUT];

static uint64_t hash_of(const char *s, size_t n)
{
	uint64_t h = 1469598103934665603u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 1099511628211u;
	return h ^ h >> 29;
}

static struct page *place_of(const char *key, size_t n)
{
	size_t i = hash_of(key, n) & (n_places - 1);

	while (table[i].key && (strncmp(table[i].key, key, n) || table[i].key[n]))
		i = (i + 1) & (n_places - 1);
	return &table[i];
}

static uv_buf_t load(const char *folder, const char *key, const char *name)
{
	char path[4096];
	uv_buf_t b = { NULL, 0 };
	FILE *f;

	snprintf(path, sizeof path, "%s/%s%s", folder, key, name);
	f = fopen(path, "rb");
	if (!f || fseek(f, 0, SEEK_END)) {
		perror(path);
		exit(1);
	}
	b.len = (size_t)ftell(f);
	b.base = malloc(b.len + 1);
	rewind(f);
	if (fread(b.base, 1, b.len, f) != b.len)
		exit(1);
	fclose(f);
	return b;
}

static uv_buf_t load_head(FILE *f, size_t n)
{
	uv_buf_t b = { malloc(n + 1), n };

	if (fread(b.base, 1, n, f) != n)
		exit(1);
	return b;
}

static void load_all(const char *folder, const char *heads)
{
	char host[512], path[2048], key[2600];
	FILE *f = fopen(heads, "rb");
	size_t n = 0, plain, gzip;

	if (!f) {
		perror(heads);
		exit(1);
	}
	while (fscanf(f, "%511s %2047s %zu %zu", host, path, &plain, &gzip) == 4) {
		fseek(f, (long)(1 + plain + gzip), SEEK_CUR);
		n++;
	}
	for (n_places = 1024; n_places < 4 * n; n_places *= 2)
		;
	table = calloc(n_places, sizeof *table);
	rewind(f);
	while (fscanf(f, "%511s %2047s %zu %zu", host, path, &plain, &gzip) == 4) {
		struct page *p;

		fgetc(f);
		snprintf(key, sizeof key, "%s%s", host, path);
		p = place_of(key, strlen(key));
		p->key = strdup(key);
		p->plain[0] = load_head(f, plain);
		p->gzip[0] = load_head(f, gzip);
		p->plain[1] = load(folder, key, "index.html");
		p->gzip[1] = load(folder, key, "index.html.gz");
	}
	fclose(f);
}

/* One request [s, end): "GET path HTTP/1.1", its Host, and gzip or not. */
static uv_buf_t *answer(const char *s, const char *end)
{
	char key[2600];
	const char *path = s + 4, *path_end = memchr(path, ' ', (size_t)(end - path));
	const char *host = memmem(s, (size_t)(end - s), "\r\nHost: ", 8), *host_end;
	size_t n_host, n_path;
	struct page *p;

	if (!path_end || !host)
		return NULL;
	host += 8;
	host_end = memchr(host, '\r', (size_t)(end - host));
	n_host = (size_t)(host_end - host);
	n_path = (size_t)(path_end - path);
	if (n_host + n_path >= sizeof key)
		return NULL;
	memcpy(key, host, n_host);
	memcpy(key + n_host, path, n_path);
	p = place_of(key, n_host + n_path);
	if (!p->key)
		return NULL;
	return memmem(s, (size_t)(end - s), "gzip", 4) ? p->gzip : p->plain;
}

static void on_closed(uv_handle_t *h)
{
	free(h);
}

static void on_written(uv_write_t *w, int status)
{
	(void)status;
	free(w);
}

static void send_all(uv_stream_t *s, uv_buf_t *out, unsigned n)
{
	int sent = uv_try_write(s, out, n);
	size_t left = sent > 0 ? (size_t)sent : 0;
	unsigned i = 0;

	for (; i < n && left >= out[i].len; i++)
		left -= out[i].len;
	if (i == n)
		return;
	out[i].base += left;
	out[i].len -= left;
	uv_write(malloc(sizeof(uv_write_t)), s, out + i, n - i, on_written);
}

static void on_read(uv_stream_t *s, ssize_t n, const uv_buf_t *buf)
{
	uv_buf_t out[2 * PIPELINED], *page;
	const char *at = buf->base, *end = at + (n > 0 ? n : 0), *next;
	unsigned count = 0;

	if (n < 0) {
		uv_close((uv_handle_t *)s, on_closed);
		return;
	}
	/* The load generator sends whole heads. */
	while (count + 2 <= 2 * PIPELINED
	       && (next = memmem(at, (size_t)(end - at), "\r\n\r\n", 4)) != NULL) {
		page = answer(at, next + 2);
		if (!page) {
			uv_close((uv_handle_t *)s, on_closed);
			return;
		}
		out[count++] = page[0];
		out[count++] = page[1];
		at = next + 4;
	}
	if (count)
		send_all(s, out, count);
}

static void on_alloc(uv_handle_t *h, size_t wanted, uv_buf_t *buf)
{
	(void)h;
	(void)wanted;
	*buf = uv_buf_init(input, sizeof input);
}

static void on_connection(uv_stream_t *listener, int status)
{
	uv_tcp_t *c = malloc(sizeof *c);

	if (status < 0)
		return;
	uv_tcp_init(listener->loop, c);
	if (uv_accept(listener, (uv_stream_t *)c) == 0) {
		uv_tcp_nodelay(c, 1);
		uv_read_start((uv_stream_t *)c, on_alloc, on_read);
	} else {
		uv_close((uv_handle_t *)c, on_closed);
	}
}

int main(int argc, char **argv)
{
	struct sockaddr_in address;
	uv_tcp_t listener;

	if (argc != 4)
		return 2;
	load_all(argv[2], argv[3]);
	uv_tcp_init(uv_default_loop(), &listener);
	uv_ip4_addr("127.0.0.1", atoi(argv[1]), &address);
	if (uv_tcp_bind(&listener, (const struct sockaddr *)&address, 0)
	    || uv_listen((uv_stream_t *)&listener, 4096, on_connection))
		return 1;
	return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
