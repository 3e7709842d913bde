"""What a host with many sites costs: to make a site, to start, in memory, on disk."""
import http.client
import time

import tools
from tools import Host, median, say


def folder_size(path):
    return sum(f.stat().st_blocks * 512 for f in path.rglob("*") if f.is_file())


def visit(port, names):
    c = http.client.HTTPConnection("127.0.0.1", port)
    for name in names:
        c.request("GET", "/", headers={"Host": f"{name}.localhost"})
        answer = c.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{name} answers {answer.status}")


def bench(o, table):
    host = Host(o.program, o.scratch / "memory")
    host("init", host.data)
    names = [f"site{i}" for i in range(o.sites)]
    costs = []
    say(f"memory: making {o.sites} sites")
    for name in names:
        costs.append(host("site", "create", name)[0].cpu)
    first, last = median(costs[:50]), median(costs[-50:])
    table.add("memory", f"`site create`, the first 50, the last 50 of {o.sites}",
              f"{first * 1e3:.1f}, {last * 1e3:.1f} ms CPU", ratio=last / first)
    sites = folder_size(host.data / "sites")
    table.add("memory", "an empty site on disk", f"{sites / o.sites / 1024:.0f} KiB", goal="< 100 KiB")
    begin = time.monotonic()
    server = host.serve()
    visit(server.port, names[:1])
    table.add("memory", "start to first answer", f"{(time.monotonic() - begin) * 1e3:.0f} ms", goal="< 1 s")
    server.stop()
    server = host.serve()
    rss, own = server.memory()
    table.add("memory", f"resident at start, {o.sites} sites",
              f"{rss / 1024:.1f} MiB, {own / 1024:.1f} MiB of its own", goal="< 40 MiB", kib=rss)
    visit(server.port, names[:100])
    some, some_own = server.memory()
    table.add("memory", "after visits to 100", f"{some / 1024:.1f} MiB, {some_own / 1024:.1f} MiB of its own",
              kib=some)
    visit(server.port, names)
    rss, own = server.memory()
    table.add("memory", "after visits to all", f"{rss / 1024:.1f} MiB, {own / 1024:.1f} MiB of its own",
              kib=rss)
    server.stop()
