"""What a host with very many sites costs: to make a site, to start, in memory, on disk, when a
site nobody visited for long is asked for, and when thousands of those are asked for at once.

The sites hold ten posts each. One of them is imported; the others are copies of its folder, which
is what a site is. --sites 100000 takes some 20 GiB in the scratch folder and some minutes.
"""
import asyncio
import http.client
import os
import random
import sys
import time

import posts
import tools
from tools import Host, median, say


def folder_size(path):
    return sum(f.stat().st_blocks * 512 for f in path.rglob("*") if f.is_file())


def bar(done, total, what):
    if sys.stderr.isatty():
        print(f"\r{what}: {done * 100 // total:3} %", end="\n" if done == total else "",
              file=sys.stderr, flush=True)


def fetch(connection, name, path="/"):
    connection.request("GET", path, headers={"Host": f"{name}.localhost"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{name}{path} answers {answer.status}")
    return len(body)


def timed(connection, name, path="/"):
    begin = time.perf_counter()
    fetch(connection, name, path)
    return time.perf_counter() - begin


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def make(o, table, host, names):
    """All sites by one table; what it costs to make one more when there are few, and many."""
    few = [host("site", "create", f"few{i}")[0].cpu for i in range(20)]
    empty = folder_size(next(next((host.data / "sites").iterdir()).iterdir()))
    folder = o.scratch / "ten"
    posts.write(folder, 10, seed=5)
    cost = tools.sites(host, o.scratch, names, folder / "content",
                       lambda i, n: i % 500 and i < n or bar(i, n, "posts into sites"))
    table.add("scale", f"`site create --from`, {len(names)} sites",
              f"{len(names) / cost.wall:.0f} sites/s, {cost.cpu / len(names) * 1e6:.0f} us CPU each",
              goal=">= 1000/s", rate=len(names) / cost.wall)
    many = [host("site", "create", f"many{i}")[0].cpu for i in range(20)]
    table.add("scale", f"`site create`, among 20 and among {len(names)} sites",
              f"{median(few) * 1e3:.1f}, {median(many) * 1e3:.1f} ms CPU",
              ratio=median(many) / median(few))
    listed = [host("site", "list", "--limit", "50", "--after", n)[0].cpu
              for n in (names[0], names[len(names) // 2], names[-60])]
    table.add("scale", "`site list`, a page at the beginning, in the middle, at the end",
              ", ".join(f"{c * 1e3:.1f}" for c in listed) + " ms CPU")
    table.add("scale", "an empty site on disk", f"{empty / 1024:.0f} KiB", goal="< 100 KiB")


def start(table, host, names):
    begin = time.monotonic()
    server = host.serve()
    fetch(http.client.HTTPConnection("127.0.0.1", server.port), names[0])
    table.add("scale", f"start to first answer, {len(names)} sites",
              f"{(time.monotonic() - begin) * 1e3:.0f} ms", goal="< 1 s")
    server.stop()
    server = host.serve()
    rss, own = server.memory()
    table.add("scale", f"resident before traffic, {len(names)} sites",
              f"{rss / 1024:.1f} MiB, {own / 1024:.1f} MiB of its own", goal="< 40 MiB", kib=rss)
    return server


def cold(table, server, names):
    c = http.client.HTTPConnection("127.0.0.1", server.port)
    fetch(c, names[0])
    took = [timed(c, n) for n in names]
    table.add("scale", f"first page of a site that is not open, {len(names)} sites",
              f"{median(took) * 1e3:.2f} ms median, {percentile(took, 0.99) * 1e3:.2f} ms p99",
              goal="< 5 ms median")


async def ask(reader, writer, name):
    writer.write(f"GET / HTTP/1.1\r\nHost: {name}.localhost\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    size = int(head.lower().split(b"content-length: ", 1)[1].split(b"\r\n", 1)[0])
    await reader.readexactly(size)
    return int(head.split(b" ", 2)[1])


async def crowd(port, names):
    async def one(some):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for name in some:
            if await ask(reader, writer, name) not in (200, 503):
                raise SystemExit(f"{name} does not answer")
        writer.close()
    await asyncio.gather(*(one(names[i::100]) for i in range(100)))


def beside(table, server, warm, names):
    """p99 of hits on warm pages, quiet and while a child asks for so many cold sites at once. Who is
    measured does not wait for the processor that the child is using."""
    c = http.client.HTTPConnection("127.0.0.1", server.port)
    for n in warm:
        fetch(c, n)
    tools.be_first()
    quiet = [timed(c, warm[i % len(warm)]) for i in range(3000)]
    child = os.fork()
    if child == 0:
        tools.be_usual()
        asyncio.run(crowd(server.port, names))
        os._exit(0)
    storm = []
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        storm.append(timed(c, warm[len(storm) % len(warm)]))
    tools.be_usual()
    table.add("scale", f"p99 of a warm page, quiet and while {len(names)} cold sites are asked for",
              f"{percentile(quiet, 0.99) * 1e3:.2f}, {percentile(storm, 0.99) * 1e3:.2f} ms "
              f"({len(storm)} hits)", goal="<= 2",
              ratio=percentile(storm, 0.99) / percentile(quiet, 0.99))


def traffic(table, server, names, count=50000):
    r = random.Random(7)
    weights = [1 / (i + 1) for i in range(len(names))]
    c = http.client.HTTPConnection("127.0.0.1", server.port)
    for i, n in enumerate(r.choices(names, weights, k=count)):
        fetch(c, n)
        if i % 1000 == 0 or i + 1 == count:
            bar(i + 1, count, "traffic")
    rss, own = server.memory()
    table.add("scale", f"resident after {count} requests by Zipf's law over {len(names)} sites",
              f"{rss / 1024:.1f} MiB, {own / 1024:.1f} MiB of its own", kib=rss)


def bench(o, table):
    host = Host(o.program, o.scratch / "scale")
    host("init", host.data)
    names = [f"site{i}" for i in range(o.sites)]
    shuffled = random.Random(1).sample(names, len(names))
    say(f"scale: making {o.sites} sites")
    make(o, table, host, names)
    server = start(table, host, names)
    try:
        some = max(10, min(500, len(names) // 10))
        cold(table, server, shuffled[:some])
        beside(table, server, shuffled[:10], shuffled[some:some + min(1000, len(names) // 2)])
        traffic(table, server, shuffled)
    finally:
        server.stop()
