"""What the readers of one site notice while another site keeps the host busy.

Of the quiet site: p99 of finished pages, and of pages that have to be made (searches). Meanwhile the
other site is asked for pages that nobody had before, by 32 connections as fast as they can; takes in
thousands of posts at once; has one page that everybody wants.

The machine itself is busy then, and clients share it. So beside each number stands what the same
listener sees while a second server is kept as busy in the same way and ours has nothing else to do;
and, for the page that everybody wants, what a listener of nginx sees while it has such a page. The
listener is first in line for a processor, as if it were on a machine of its own. Last, what no clock has
a part in: how many answers of that page come before one of another (between.c).
"""
import http.client
import json
import os
import random
import shutil
import subprocess
import time
import urllib.parse

import posts
import serve
import tools
from scale import fetch, percentile, timed
from tools import Host, Server, median, say

WORDS, SEARCHES, READERS, EVERYBODY = posts.WORDS, 20000, 32, 64
PAUSE = 0.0005			# between two requests of the listener: it is no storm itself


def search(r):
    return "/search/?" + urllib.parse.urlencode({"q": r.choice(WORDS) + " " + r.choice(WORDS)})


def reader(port, seconds, makes, seed):
    """Milliseconds: median and p99 of finished pages, of searches, and how many there were."""
    c, hits, made, r = http.client.HTTPConnection("127.0.0.1", port), [], [], random.Random(seed)
    timed(c, "quiet")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for _ in range(20):
            time.sleep(PAUSE)
            hits.append(timed(c, "quiet"))
        if makes:
            made.append(timed(c, "quiet", search(r)))
    made = made or [0]
    return [percentile(times, part) * 1e3 for times in (hits, made) for part in (0.5, 0.99)] + [len(hits)]


def listen(port, seconds, makes=True, seed=9):
    """reader() in a process of its own, whose priority nobody else has."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        tools.be_first()
        os.write(into, json.dumps(reader(port, seconds, makes, seed)).encode())
        os._exit(0)
    os.close(into)
    with open(out) as pipe:
        seen = pipe.read()
    os.waitpid(child, 0)
    return json.loads(seen)


class Wrk:
    """Asks for the pages of a file by so many connections, until it is waited for."""

    def __init__(self, port, pages, connections, seconds, cpus=None):
        self.child = subprocess.Popen(
            (["taskset", "-c", cpus] if cpus else [])
            + ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "-s",
               str(tools.TOP / "tests/bench/pages.lua"), f"http://127.0.0.1:{port}/", "--", str(pages),
               "gzip"], stdout=subprocess.PIPE, text=True, start_new_session=True)
        time.sleep(0.3)

    def rate(self):
        """Answers a second."""
        words = self.child.communicate()[0].split("RESULT ")[1].split()
        return int(words[0]) / (int(words[1]) / 1e6)


def make(o, name, small):
    host = Host(o.program, o.scratch / name)
    if not host.data.exists():
        host("init", host.data)
        host.set("server", loops=0)
        for site in ("quiet", "busy"):
            host("site", "create", site)
            host("import", site, small / "content")
    host.change(loops=0)
    return host


def warm(port):
    for name in ("quiet", "busy"):
        fetch(http.client.HTTPConnection("127.0.0.1", port), name)


def text(seen, makes=True):
    return f"finished {seen[1]:.2f} ms" + (f", made {seen[3]:.2f} ms" if makes else "") \
        + f" ({seen[4]} hits)"


class Rows:
    """What was seen in each situation, round by round."""

    def __init__(self, o):
        self.o, self.seen = o, {}

    def note(self, what, port, makes=True):
        rounds = self.seen.setdefault(what, [])
        rounds.append(listen(port, self.o.seconds, makes, 9 + len(rounds)))
        say(f"fair: {what}: {text(rounds[-1], makes)}")

    def of(self, what):
        return [median(values) for values in zip(*self.seen[what])]

    def tell(self, table, title, ours, beside=None, makes=True, goal=""):
        a, b = self.of(ours), self.of(beside) if beside else None
        table.add("fair", "p99 of a quiet site's pages, " + title, text(a, makes),
                  text(b, makes) if b else "", a[1] / b[1] if b else None, goal,
                  rounds=self.seen[ours], beside=self.seen.get(beside))


def importing(o, rows, where, host, port):
    """A new site gets all the posts at once; whoever listens has gone before it has them."""
    large, name = o.scratch / f"fair-{o.posts}", f"large{time.time_ns()}"
    if not large.exists():
        posts.write(large, o.posts, seed=6)
    host("site", "create", name)
    child = subprocess.Popen([host.program, "import", name, large / "content"], env=host.env,
                             stdout=subprocess.DEVNULL, start_new_session=True)
    rows.note("import " + where, port)
    child.wait()


def storms(o, table, rows, ours, other):
    """Searches and an import: of a site of this server, and of another server on the machine."""
    searches, r = o.scratch / "fair-searches", random.Random(77)
    searches.write_text("".join(f"busy.localhost {search(r)}\n" for _ in range(SEARCHES)))
    server, second = ours.serve(), other.serve()
    rates = []
    try:
        for s in (server, second):
            warm(s.port)
        listen(server.port, 1)
        for _ in range(o.rounds):
            rows.note("nothing", server.port)
            for where, s in (("here", server), ("elsewhere", second)):
                storm = Wrk(s.port, searches, READERS, o.seconds + 1)
                rows.note("storm " + where, server.port)
                rates.append((where, storm.rate()))
        for where, host in (("here", ours), ("elsewhere", other)):
            importing(o, rows, where, host, server.port)
    finally:
        server.stop()
        second.stop()
    rate = median([n for where, n in rates if where == "here"])
    rows.tell(table, "nothing else to do", "nothing")
    rows.tell(table, f"another has a storm of searches ({rate:.0f}/s); beside: another server has it",
              "storm here", "storm elsewhere")
    rows.tell(table, "another takes in thousands of posts; beside: another server does",
              "import here", "import elsewhere")


def between(o, port):
    """How many answers of the page that everybody wants come before another's: median, p99, most."""
    program = o.scratch / "between"
    tools.run(["cc", "-O2", "-D_GNU_SOURCE", "-o", program, tools.TOP / "tests/bench/between.c"])
    _, out = tools.run(["taskset", "-c", o.cpus[1], program, port, "busy.localhost", "quiet.localhost",
                        EVERYBODY, 2000])
    return [int(word) for word in out.split()[1:]]


def everybody(o, table, rows, ours):
    """One page that fills the processor of the server: of ours, and of nginx with the same page."""
    folder, one = o.scratch / "fair-nginx", o.scratch / "fair-one"
    one.write_text("busy.localhost /\n")
    ours.change(loops=1)
    server = ours.serve(o.cpus[0])
    shutil.rmtree(folder, ignore_errors=True)
    serve.mirror(server.port, folder, [(f"{name}.localhost", "/") for name in ("quiet", "busy")])
    theirs = serve.nginx(o, folder, 1000)
    try:
        for _ in range(o.rounds):
            for name, s in (("ours", server), ("nginx", theirs)):
                rows.note(f"{name}, nothing", s.port, makes=False)
                hot = Wrk(s.port, one, EVERYBODY, o.seconds + 1, o.cpus[1])
                rows.note(f"{name}, everybody", s.port, makes=False)
                hot.rate()
        counts = [between(o, s.port) for s in (server, theirs)]
    finally:
        server.stop()
        theirs.stop()
    rows.tell(table, "one processor, nothing else to do; beside nginx", "ours, nothing", "nginx, nothing",
              makes=False)
    rows.tell(table, f"one processor, another has a page that everybody wants ({EVERYBODY} connections);"
              " beside nginx", "ours, everybody", "nginx, everybody", makes=False, goal="<= 1")
    table.add("fair", f"answers of that page ({EVERYBODY} connections) before one of a quiet site, counted;"
              " beside nginx", *("median {}, p99 {}, most {}".format(*count) for count in counts),
              counts[0][1] / counts[1][1], "<= 1")


def bench(o, table):
    if {"nginx", "wrk"} & set(o.missing):
        table.add("fair", "skipped", "", "needs nginx and wrk")
        return
    small = o.scratch / "fair-small"
    posts.write(small, 50, seed=5)
    ours, other = make(o, "fair", small), make(o, "fair-other", small)
    rows = Rows(o)
    storms(o, table, rows, ours, other)
    everybody(o, table, rows, ours)
