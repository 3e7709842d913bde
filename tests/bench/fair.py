"""What the readers of one site notice while another site keeps the host busy.

Of the quiet site: p99 of finished pages, and of pages that have to be made (searches). Meanwhile the
other site has nothing to do; is asked for pages that are not there yet, as fast as 32 connections can;
takes in thousands of posts at once; has one page that everybody wants.
"""
import http.client
import os
import random
import subprocess
import time
import urllib.parse

import posts
import tools
from scale import fetch, percentile, timed
from tools import Host, say

WORDS = posts.WORDS


def search(r):
    return "/search/?" + urllib.parse.urlencode({"q": r.choice(WORDS) + " " + r.choice(WORDS)})


def storm(port, seconds):
    """Searches nobody made before: each costs a rendering."""
    children = []
    for n in range(32):
        child = os.fork()
        if child == 0:
            r, end = random.Random(n), time.monotonic() + seconds
            c = http.client.HTTPConnection("127.0.0.1", port)
            while time.monotonic() < end:
                c.request("GET", search(r),
                          headers={"Host": "busy.localhost"})
                c.getresponse().read()
            os._exit(0)
        children.append(child)
    return lambda: [os.waitpid(child, 0) for child in children]


def listen(port, seconds):
    """p99 in ms of finished pages, of searches, and how many there were."""
    c, hits, made, r = http.client.HTTPConnection("127.0.0.1", port), [], [], random.Random(9)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for _ in range(20):
            hits.append(timed(c, "quiet"))
        made.append(timed(c, "quiet", search(r)))
    return percentile(hits, 0.99) * 1e3, percentile(made, 0.99) * 1e3, len(hits)


def bench(o, table):
    host = Host(o.program, o.scratch / "fair")
    host("init", host.data)
    small, large = o.scratch / "fair-small", o.scratch / "fair-large"
    posts.write(small, 50, seed=5)
    posts.write(large, max(200, o.posts // 5), seed=6)
    for name in ("quiet", "busy"):
        host("site", "create", name)
        host("import", name, small / "content")
    server, rows = host.serve(), {}
    try:
        fetch(http.client.HTTPConnection("127.0.0.1", server.port), "busy")
        listen(server.port, 1)
        rows["nothing"] = listen(server.port, o.seconds)
        wait = storm(server.port, o.seconds + 1)
        rows["a storm of searches"] = listen(server.port, o.seconds)
        wait()
        importing = subprocess.Popen([host.program, "import", "busy", large / "content"], env=host.env,
                                     stdout=subprocess.DEVNULL)
        rows["a huge import"] = listen(server.port, o.seconds)
        importing.wait()
        if "wrk" not in o.missing:
            one = o.scratch / "fair-one"
            one.write_text("busy.localhost /\n")
            hot = subprocess.Popen(["wrk", "-t1", "-c64", f"-d{o.seconds + 1}", "-s",
                                    str(tools.TOP / "tests/bench/pages.lua"),
                                    f"http://127.0.0.1:{server.port}/", "--", str(one), "gzip"],
                                   stdout=subprocess.DEVNULL)
            rows["one page that everybody wants"] = listen(server.port, o.seconds)
            hot.wait()
    finally:
        server.stop()
    for what, (hit, made, count) in rows.items():
        say(f"fair: {what}: {hit:.2f} ms, {made:.2f} ms")
        table.add("fair", f"p99 of a quiet site's pages while the other one has {what}",
                  f"finished {hit:.2f} ms, made {made:.2f} ms ({count} hits)",
                  ratio=hit / rows["nothing"][0])
