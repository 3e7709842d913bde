"""A finished page from memory, beside nginx with the same bytes in files.

The server on one processor, wrk on the other, 64 connections. nginx is tuned as far as it goes for
small files: one worker, open_file_cache, no log, sendfile off, gzip_static. The third is a bare libuv
server (ceiling.c), which shows what is left to win. What is believed is the
ratio of processor time per request (from the scheduler's own account): wrk and other programs on the
machine disturb the clock, not that.
"""
import http.client
import os
import random
import re
import subprocess

import hugo
import posts
import tools
from tools import Host, Server, median, say

NGINX = """worker_processes 1; daemon off; pid {dir}/nginx.pid; error_log /dev/null crit;
worker_rlimit_nofile 250000; {user}
events {{ worker_connections 4096; }}
http {{
	types {{ text/html html; application/xml xml; text/css css; }}
	charset utf-8; access_log off; server_tokens off; sendfile off; tcp_nopush off; gzip_static on;
	keepalive_timeout 300; keepalive_requests 100000000; etag on;
	open_file_cache max=200000 inactive=600s; open_file_cache_valid 600s; open_file_cache_min_uses 1;
	client_body_temp_path {dir}/t1; proxy_temp_path {dir}/t2; fastcgi_temp_path {dir}/t3;
	uwsgi_temp_path {dir}/t4; scgi_temp_path {dir}/t5;
	server {{ listen 127.0.0.1:{port} backlog=4096; root {dir}/www/$host; index index.html; }}
}}
"""


def fetch(connection, host, path, gzip):
    """The head without its date, and the body, both as sent."""
    connection.request("GET", path, headers={"Host": host} | (
        {"Accept-Encoding": "gzip"} if gzip else {}))
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{host}{path} answers {answer.status}")
    return "".join(f"{k}: {v}\r\n" for k, v in answer.getheaders() if k != "Date"), body


def mirror(port, folder, pages):
    """The same bytes for the others: what Hameau sends becomes their files."""
    size, c = 0, http.client.HTTPConnection("127.0.0.1", port)
    for host, path in pages:
        file = folder / "www" / host / path.lstrip("/") / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        for gzip, name in ((False, "index.html"), (True, "index.html.gz")):
            head, body = fetch(c, host, path, gzip)
            file.with_name(name).write_bytes(body)
            file.with_name(name + ".head").write_text(
                f"HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n{head}\r\n", newline="")
            size += 0 if gzip else len(body)
    return size / len(pages)


def load(o, server, requests, form, connections):
    """Requests, their rate, processor seconds of the server for each and the 99th percentile (us)."""
    before = server.cpu()
    out = subprocess.run(["taskset", "-c", o.cpus[1], "wrk", "-t1", f"-c{connections}", f"-d{o.seconds}",
                          "--latency", "-s", str(tools.TOP / "tests/bench/pages.lua"),
                          f"http://127.0.0.1:{server.port}/", "--", str(requests), form],
                         capture_output=True, text=True).stdout
    cpu = server.cpu() - before
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+)", out)
    if not found or int(found[3]):
        raise SystemExit(f"wrk: {out}")
    return int(found[1]), int(found[1]) / (int(found[2]) / 1e6), cpu / int(found[1]), int(found[4])


def compare(o, table, what, servers, requests, goals):
    """servers: ours, then those beside it by name. Rounds go A B C A B C."""
    for form in ("plain", "gzip"):
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
                side = [(median([r[i][1] for r in rounds]), median([r[i][2] for r in rounds]) * 1e6,
                         median([r[i][3] for r in rounds])) for i in ("hameau", name)]
                text = [f"{s[0] / 1e3:.1f} k/s, {s[1]:.1f} us CPU, p99 {s[2] / 1e3:.2f} ms" for s in side]
                title = f"{what}, {form}, {connections} connections, beside {name}"
                table.add("serve", title, *text, median(cpu),
                          goals[form] if name == "nginx" else ">= 0.9", rounds=cpu,
                          rate_ratio=median(rate))
                say(f"serve: {title}: {median(cpu):.2f} ({tools.spread(cpu)})")


def village(o):
    """Many hosts with the same ten small posts."""
    folder = o.scratch / "small"
    posts.write(folder, 10, seed=5)
    hugo.write(folder)
    host = Host(o.program, o.scratch / "village")
    host("init", host.data)
    host.set("server", loops=1)
    host.set("cache", memory="4G", names=max(16384, 4 * o.hosts))
    say(f"serve: making {o.hosts} sites")
    tools.sites(host, o.scratch, [f"site{i}" for i in range(o.hosts)], folder)
    return host, ["/" + p.stem[11:] + "/" for p in sorted((folder / "content/posts").glob("*.md"))]


def ceiling(o, folder, pages):
    """A libuv server that does nothing but look pages up, built here."""
    program, port = folder / "ceiling", tools.free_port()
    tools.run(["cc", "-O2", "-D_GNU_SOURCE", "-o", program, tools.TOP / "tests/bench/ceiling.c", "-luv"])
    return Server([program, port, folder / "www", pages], o.cpus[0], ready=port)


def zipf(o, pages, file, count=20000):
    r = random.Random(3)
    pages = r.sample(pages, len(pages))
    weights = [1 / (i + 1) for i in range(len(pages))]
    file.write_text("".join(f"{h} {p}\n" for h, p in r.choices(pages, weights, k=count)))
    return file


def bench(o, table):
    if {"nginx", "wrk"} & set(o.missing):
        table.add("serve", "skipped", "", "needs nginx and wrk")
        return
    host, paths = village(o)
    folder = o.scratch / "nginx"
    folder.mkdir(exist_ok=True)
    ours = host.serve(o.cpus[0])
    pages = [(f"site{i}.localhost", path) for i in range(o.hosts) for path in paths]
    say(f"serve: {len(pages)} pages for the others")
    size = mirror(ours.port, folder, pages)
    port = tools.free_port()
    (folder / "nginx.conf").write_text(NGINX.format(dir=folder, port=port,
                                       user="user root;" if os.geteuid() == 0 else ""))
    theirs = Server([tools.find("nginx"), "-c", folder / "nginx.conf", "-p", folder], o.cpus[0],
                    ready=port)
    every = folder / "pages"
    every.write_text("".join(f"{h} {p}\n" for h, p in pages))
    servers = {"hameau": ours, "nginx": theirs, "bare libuv": ceiling(o, folder, every)}
    for h, p in pages[:3]:
        bodies = {fetch(http.client.HTTPConnection("127.0.0.1", s.port), h, p, True)[1]
                  for s in servers.values()}
        assert len(bodies) == 1, (h, p)
    one = folder / "one"
    one.write_text("{} {}\n".format(*pages[0]))
    try:
        compare(o, table, "one page", servers, one, {"plain": ">= 1.25", "gzip": ">= 1.25"})
        compare(o, table, f"{o.hosts} hosts x {len(paths)} pages, Zipf (mean {size / 1024:.1f} KiB)",
                servers, zipf(o, pages, folder / "many"), {"plain": ">= 1.9", "gzip": ">= 1.6"})
        ours.stop()
        fits = int(len(pages) * size * 1.4 / 10)
        host.change(memory=f"{max(1, fits >> 20)}M")
        servers["hameau"] = host.serve(o.cpus[0])
        pair = {name: servers[name] for name in ("hameau", "nginx")}
        compare(o, table, f"the same, memory for a tenth of them ({max(1, fits >> 20)} MiB)", pair,
                folder / "many", {"plain": ">= 1", "gzip": ">= 1"})
    finally:
        for server in servers.values():
            server.stop()
