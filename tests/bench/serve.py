"""A finished page from memory, beside nginx with the same bytes in files.

The server on one processor, wrk on the other. nginx is tuned as far as it goes for small files: one
worker, open_file_cache, no log, sendfile off, gzip_static; it may have as many descriptors as the machine
gives to anybody (ulimit -Hn), or --descriptors N. The third is a bare libuv server (ceiling.c), which shows
what is left to win. What is believed is the ratio of processor time per request (from the scheduler's own
account): wrk and other programs on the machine disturb the clock, not that.

Then p99 where neither wrk nor the servers are at their end: each connection rests for a millisecond between
requests, which is some 40 % of what the servers can do, and they and wrk are first in line for their processors.

Last, one loop and two on all processors, which they share with wrk: when a request costs no more with two,
two serve twice as many where there are processors and clients for it.

What is made for 10,000 hosts (the sites, 200,000 files for the others) lies in the scratch folder; with
--scratch it is there the next time.
"""
import concurrent.futures
import http.client
import os
import random
import re
import resource
import shutil
import socket
import subprocess
import threading

import hugo
import posts
import tools
from scale import bar
from tools import Host, Server, median, say

NGINX = """worker_processes 1; daemon off; pid {dir}/nginx.pid; error_log /dev/null crit;
worker_rlimit_nofile {descriptors}; {user}
events {{ worker_connections 4096; }}
http {{
	types {{ text/html html; application/xml xml; text/css css; }}
	charset utf-8; access_log off; server_tokens off; sendfile off; tcp_nopush off; gzip_static on;
	keepalive_timeout 300; keepalive_requests 100000000; etag on;
	open_file_cache max={files} inactive=600s; open_file_cache_valid 600s; open_file_cache_min_uses 1;
	client_body_temp_path {dir}/t1; proxy_temp_path {dir}/t2; fastcgi_temp_path {dir}/t3;
	uwsgi_temp_path {dir}/t4; scgi_temp_path {dir}/t5;
	server {{ listen 127.0.0.1:{port} backlog=4096; root {dir}/www/$host; index index.html; }}
}}
"""
TEXT = 500			# bytes of a text's Markdown, the median: pages of 6 KiB
SPARE = 1000			# of nginx's descriptors: connections, and what is being opened
FETCHERS, PIPELINED = 8, 20
SAMPLE = 50			# pages of an older mirror that are compared before it is used
PARTS = ("one", "many", "tenth", "paced", "loops")


def fetch(connection, host, path, gzip):
    """The head without its date, and the body, both as sent."""
    connection.request("GET", path, headers={"Host": host} | (
        {"Accept-Encoding": "gzip"} if gzip else {}))
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{host}{path} answers {answer.status}")
    return "".join(f"{k}: {v}\r\n" for k, v in answer.getheaders() if k != "Date"), body


class Pipe:
    """A connection on which many pages are asked for at once."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.file = self.socket.makefile("rb", 1 << 18)

    def answer(self, what):
        lines = [self.file.readline()]
        while lines[-1] != b"\r\n":
            lines.append(self.file.readline())
            if not lines[-1]:
                raise SystemExit(f"{what}: the connection is closed")
        if b" 200 " not in lines[0]:
            raise SystemExit(f"{what} answers {lines[0].decode()}")
        size = next(int(line[15:]) for line in lines if line.lower().startswith(b"content-length:"))
        head = b"".join(line for line in lines[1:-1] if not line.startswith(b"Date:"))
        return head, self.file.read(size)

    def fetch(self, pages):
        """(head, body) of each page, plain and packed, in order."""
        self.socket.sendall("".join(
            f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{accept}\r\n" for host, path in pages
            for accept in ("", "Accept-Encoding: gzip\r\n")).encode())
        return [(self.answer(page), self.answer(page)) for page in pages]


def page_file(folder, host, path):
    return folder / "www" / host / path.lstrip("/") / "index.html"


def write_page(folder, page, plain, packed):
    file = page_file(folder, *page)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(plain)
    file.with_name("index.html.gz").write_bytes(packed)


def mirror(port, folder, pages):
    """The same bytes for the others: what Hameau sends becomes their files, and one file of heads."""
    date = b"HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
    own, count, lock, size = threading.local(), [0], threading.Lock(), 0

    def take(part):
        if not hasattr(own, "pipe"):
            own.pipe = Pipe(port)
        heads, size = [], 0
        for page, ((head, plain), (head_gz, packed)) in zip(part, own.pipe.fetch(part)):
            write_page(folder, page, plain, packed)
            head, head_gz = date + head + b"\r\n", date + head_gz + b"\r\n"
            heads.append("{} {} {} {}\n".format(*page, len(head), len(head_gz)).encode() + head + head_gz)
            size += len(plain)
        with lock:
            count[0] += len(part)
            bar(count[0], len(pages), "pages for the others")
        return b"".join(heads), size

    (folder / "www").mkdir(parents=True, exist_ok=True)
    parts = [pages[i:i + PIPELINED // 2] for i in range(0, len(pages), PIPELINED // 2)]
    with open(folder / "heads.new", "wb") as out, concurrent.futures.ThreadPoolExecutor(FETCHERS) as pool:
        for heads, bytes_of in pool.map(take, parts):
            out.write(heads)
            size += bytes_of
    (folder / "heads.new").rename(folder / "heads")
    (folder / "size").write_text(str(size))
    return size / len(pages)


def mirrored(port, folder, pages):
    """What an earlier run left, when it is whole and holds what is sent today."""
    if not (folder / "size").exists():
        return None
    pipe = Pipe(port)
    for page in random.Random(11).sample(pages, min(SAMPLE, len(pages))):
        file = page_file(folder, *page)
        (_, plain), (_, packed) = pipe.fetch([page])[0]
        if not file.exists() or (file.read_bytes(), file.with_name("index.html.gz").read_bytes()) \
                != (plain, packed):
            say("serve: the pages of an earlier run are others: once more")
            (folder / "size").unlink()
            return None
    say(f"serve: {len(pages)} pages of an earlier run")
    return int((folder / "size").read_text()) / len(pages)


def descriptors(o):
    """That nginx may have. Only root gives more than the machine does."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard == resource.RLIM_INFINITY:
        hard = 1000000
    if o.descriptors and o.descriptors > hard and os.geteuid():
        raise SystemExit(f"--descriptors {o.descriptors}: only root may have more than {hard}")
    return o.descriptors or hard


def nginx(o, folder, limit):
    port = tools.free_port()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "nginx.conf").write_text(NGINX.format(
        dir=folder, port=port, descriptors=limit, files=max(100, limit - SPARE),
        user="user root;" if os.geteuid() == 0 else ""))
    return Server([tools.find("nginx"), "-c", folder / "nginx.conf", "-p", folder], o.cpus[0], ready=port)


def load(o, server, requests, form, connections, cpus=None, threads=1, rest=()):
    """Requests, their rate, processor seconds of the server for each and the 99th percentile (us). With a
    rest (ms) between requests wrk is first in line."""
    before = server.cpu()
    out = subprocess.run(["taskset", "-c", cpus or o.cpus[1], "wrk", f"-t{threads}", f"-c{connections}",
                          f"-d{o.seconds}", "--latency", "-s", str(tools.TOP / "tests/bench/pages.lua"),
                          f"http://127.0.0.1:{server.port}/", "--", str(requests), form,
                          *map(str, rest)], capture_output=True, text=True,
                         preexec_fn=tools.be_first if rest else None).stdout
    cpu = server.cpu() - before
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+)", out)
    if not found or int(found[3]):
        raise SystemExit(f"wrk: {out}")
    return int(found[1]), int(found[1]) / (int(found[2]) / 1e6), cpu / int(found[1]), int(found[4])


def visit(server, requests):
    """Every page once, in both forms: a server that has just started has them in memory, or has met them."""
    pages = sorted({tuple(line.split()) for line in requests.read_text().splitlines()})
    parts = [pages[i:i + PIPELINED] for i in range(0, len(pages), PIPELINED)]

    def some(first):
        pipe = Pipe(server.port)
        for part in parts[first::FETCHERS]:
            pipe.fetch(part)

    with concurrent.futures.ThreadPoolExecutor(FETCHERS) as pool:
        list(pool.map(some, range(FETCHERS)))


def told(rounds):
    """rate, processor time and p99: the medians of some loads."""
    rate, cpu, p99 = (median([r[i] for r in rounds]) for i in (1, 2, 3))
    return f"{rate / 1e3:.1f} k/s, {cpu * 1e6:.1f} us CPU, p99 {p99 / 1e3:.2f} ms"


def compare(o, table, what, servers, requests, goals, forms=("plain", "gzip")):
    """servers: ours, then those beside it by name. Rounds go A B C A B C."""
    visit(servers["hameau"], requests)
    for form in forms:
        for connections in o.connections:
            rounds = []
            for server in servers.values():
                load(o, server, requests, form, connections)        # warm
            for _ in range(o.rounds + 1):
                rounds.append({name: load(o, server, requests, form, connections)
                               for name, server in servers.items()})
            for name in list(servers)[1:]:
                cpu = [r[name][2] / r["hameau"][2] for r in rounds]
                rate = [r["hameau"][1] / r[name][1] for r in rounds]
                title = f"{what}, {form}, {connections} connections, beside {name}"
                table.add("serve", title, *(told([r[i] for r in rounds]) for i in ("hameau", name)),
                          median(cpu), goals[form] if name.startswith("nginx") else ">= 0.9", rounds=cpu,
                          rate_ratio=median(rate))
                say(f"serve: {title}: {median(cpu):.2f} ({tools.spread(cpu)})")


def paced(o, table, host, folder, requests):
    """p99 beside nginx at the same rate, below what either can do."""
    servers = {"hameau": host.serve(o.cpus[0], host.port), "nginx": nginx(o, folder, descriptors(o))}
    try:
        for server in servers.values():
            tools.put_first(server)
        for form in ("plain", "gzip"):
            rounds = [{name: load(o, server, requests, form, 64, rest=(1,)) for name, server in servers.items()}
                      for _ in range(o.rounds + 1)]
            p99 = [r["hameau"][3] / r["nginx"][3] for r in rounds]
            say(f"serve: p99 at one rate, {form}: {median(p99):.2f} ({tools.spread(p99)})")
            table.add("serve", f"one page, {form}, 64 connections that rest for 1 ms, first in line: p99,"
                      " beside nginx", *(told([r[i] for r in rounds]) for i in servers), median(p99), "<= 1",
                      rounds=p99)
    finally:
        for server in servers.values():
            server.stop()


def locks(o, server, requests, cpus):
    """futex calls for each request: a lock that somebody else holds, or a thread that is woken."""
    if not shutil.which("strace"):
        return None
    out = o.scratch / "futexes"
    watch = subprocess.Popen(["strace", "-qq", "-f", "-c", "-e", "trace=futex,writev,write", "-o", str(out),
                              "-p", str(server.child.pid)])
    count = load(o, server, requests, "gzip", 64, cpus, 2)[0]
    watch.terminate()
    watch.wait()
    found = re.search(r"(\d+)(?:\s+\d+)? futex\n", out.read_text())
    return (int(found[1]) if found else 0) / count


def loops(o, table, host, title, requests):
    """One loop, then two, on the same processors: what a request costs."""
    cpus, seen, futexes = ",".join(dict.fromkeys(o.cpus)), {1: [], 2: []}, None
    for _ in range(o.rounds + 1):
        for n in seen:
            host.change(loops=n)
            server = host.serve(cpus, host.port)
            try:
                visit(server, requests)
                load(o, server, requests, "gzip", 64, cpus, 2)      # warm
                seen[n].append(load(o, server, requests, "gzip", 64, cpus, 2))
                if n == 2:
                    futexes = locks(o, server, requests, cpus)
            finally:
                server.stop()
    scaling = [2 * one[2] / two[2] for one, two in zip(*seen.values())]
    say(f"serve: two loops, {title}: {median(scaling):.2f} ({tools.spread(scaling)}); futex {futexes}")
    table.add("serve", f"two loops beside one, {title}, gzip, 64 connections: twice the ratio of processor"
              " time per request" + ("" if futexes is None else f" ({futexes:.4f} futex calls each)"),
              told(seen[2]), told(seen[1]), median(scaling), ">= 1.7", rounds=scaling)


def village(o):
    """Many hosts with the same ten small posts; those of an earlier run when they are there. Pages name
    their port, so it stays the same."""
    folder = o.scratch / "small"
    posts.write(folder, 10, seed=5, size=TEXT)
    hugo.write(folder)
    paths = ["/" + p.stem[11:] + "/" for p in sorted((folder / "content/posts").glob("*.md"))]
    host = Host(o.program, o.scratch / f"village-{o.hosts}")
    ready, port = host.data / "ready", host.data / "port"
    if ready.exists():
        say(f"serve: {o.hosts} sites of an earlier run")
        host.change(memory="4G", loops=1)
    else:
        host("init", host.data)
        host.set("server", loops=1)
        host.set("cache", memory="4G", names=max(16384, 4 * o.hosts))
        say(f"serve: making {o.hosts} sites")
        tools.sites(host, o.scratch, [f"site{i}" for i in range(o.hosts)], folder,
                    lambda i, n: i % 100 and i < n or bar(i, n, "posts into sites"))
        port.write_text(str(tools.free_port()))
        ready.touch()
    host.port = int(port.read_text())
    if not tools.is_free(host.port):
        host.port = tools.free_port()
        port.write_text(str(host.port))
    return host, paths


def ceiling(o, folder):
    """A libuv server that does nothing but look pages up, built here. It reads all of them first."""
    program, port = folder / "ceiling", tools.free_port()
    tools.run(["cc", "-O2", "-D_GNU_SOURCE", "-o", program, tools.TOP / "tests/bench/ceiling.c", "-luv"])
    return Server([program, port, folder / "www", folder / "heads"], o.cpus[0], ready=port,
                  patience=300)


def tenth(folder, pages, form):
    """MiB of a tenth of the bytes of all pages in that form, by a sample."""
    name = {"plain": "index.html", "gzip": "index.html.gz"}[form]
    some = random.Random(7).sample(pages, min(1000, len(pages)))
    size = sum(page_file(folder, *page).with_name(name).stat().st_size for page in some) / len(some)
    return max(1, round(size * len(pages) / 10 / 2**20))


def zipf(o, pages, file):
    """Three requests for each page on average: enough that most pages are asked for at all, and that
    what keeps files or pages open for later sees all of the tail."""
    r = random.Random(3)
    pages = r.sample(pages, len(pages))
    weights = [1 / (i + 1) for i in range(len(pages))]
    file.write_text("".join(f"{h} {p}\n" for h, p in r.choices(pages, weights, k=3 * len(pages))))
    return file


def bench(o, table):
    if {"nginx", "wrk"} & set(o.missing):
        table.add("serve", "skipped", "", "needs nginx and wrk")
        return
    limit = descriptors(o)
    host, paths = village(o)
    folder = o.scratch / f"nginx-{o.hosts}"
    servers = {"hameau": host.serve(o.cpus[0], host.port)}
    try:
        parts(o, table, host, folder, limit, servers, paths)
    finally:
        for server in servers.values():
            server.stop()


def parts(o, table, host, folder, limit, servers, paths):
    pages = [(f"site{i}.localhost", path) for i in range(o.hosts) for path in paths]
    size = mirrored(servers["hameau"].port, folder, pages) or mirror(servers["hameau"].port, folder, pages)
    beside = f"nginx with {limit} descriptors"
    servers[beside] = nginx(o, folder, limit)
    if {"one", "many"} & set(o.parts):
        servers["bare libuv"] = ceiling(o, folder)
    for h, p in pages[:3]:
        bodies = {fetch(http.client.HTTPConnection("127.0.0.1", s.port), h, p, True)[1]
                  for s in servers.values()}
        assert len(bodies) == 1, (h, p)
    one, many = folder / "one", zipf(o, pages, folder / "many")
    one.write_text("{} {}\n".format(*pages[0]))
    several = f"{o.hosts} hosts x {len(paths)} pages, Zipf"
    if "one" in o.parts:
        compare(o, table, "one page", servers, one, {"plain": ">= 1.25", "gzip": ">= 1.25"})
    if "many" in o.parts:
        compare(o, table, f"{several} (mean {size / 1024:.1f} KiB)", servers, many,
                {"plain": ">= 1.9", "gzip": ">= 1.6"})
    if "bare libuv" in servers:
        servers.pop("bare libuv").stop()
    for form in ("plain", "gzip") if "tenth" in o.parts else ():
        servers["hameau"].stop()
        fits = tenth(folder, pages, form)
        host.change(memory=f"{fits}M")
        servers["hameau"] = host.serve(o.cpus[0], host.port)
        compare(o, table, f"{several}, memory for a tenth of them ({fits} MiB)", servers, many,
                {form: ">= 1"}, (form,))
    for server in servers.values():
        server.stop()
    host.change(memory="4G")
    if "paced" in o.parts:
        paced(o, table, host, folder, one)
    if "loops" in o.parts:
        loops(o, table, host, "one page", one)
        loops(o, table, host, several, many)
