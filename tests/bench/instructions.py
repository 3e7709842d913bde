"""What one request for a finished page costs in instructions (callgrind) and system calls (strace).

Neither depends on what else the machine does, so a change of one per cent is seen. One loop, one
connection that is kept, one request at a time. Each number is the difference of a long and a short
run, so what does not belong to requests falls out. Instructions are those of user space.
"""
import http.client
import itertools
import pathlib
import re
import shutil
import socket
import subprocess
import time

import posts
import tools
from tools import Host, Server, say

BROWSER = ("User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"
           "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
           "Accept-Language: en-US,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br\r\n"
           "Connection: keep-alive\r\n")
CHROME = ("Connection: keep-alive\r\nCache-Control: max-age=0\r\n"
          'sec-ch-ua: "Chromium";v="128", "Not;A=Brand";v="24", "Google Chrome";v="128"\r\n'
          'sec-ch-ua-mobile: ?0\r\nsec-ch-ua-platform: "Linux"\r\nUpgrade-Insecure-Requests: 1\r\n'
          "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
          "Chrome/128.0.0.0 Safari/537.36\r\n"
          "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,"
          "*/*;q=0.8,application/signed-exchange;v=b3;q=0.7\r\nSec-Fetch-Site: none\r\n"
          "Sec-Fetch-Mode: navigate\r\nSec-Fetch-User: ?1\r\nSec-Fetch-Dest: document\r\n"
          "Accept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-GB,en-US;q=0.9,en;q=0.8\r\n")
WHERE = ("parser_head", "registry_find_cached", "cache_find", "send_entry", "conn_reply", "conn_flush",
         "disk_glance", "disk_load", "cache_offer")
SHORT, LONG = 500, 2000


class Client:
    """Sends heads as they are and reads whole answers."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.file = self.socket.makefile("rb")
        self.asked = 0

    def ask(self, path, lines, method):
        self.socket.sendall(f"{method} {path} HTTP/1.1\r\nHost: one.localhost\r\n{lines}\r\n".encode())
        status, length, line = int(self.file.readline().split()[1]), 0, None
        while line != b"\r\n":
            line = self.file.readline()
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        if status not in (200, 304):
            raise SystemExit(f"{path} answers {status}")
        if method != "HEAD" and status == 200:
            self.file.read(length)

    def many(self, count, paths, lines="", method="GET"):
        """lines: or what makes them of a number that comes once."""
        for path in itertools.islice(itertools.cycle(paths), count):
            self.asked += 1
            self.ask(path, lines if isinstance(lines, str) else lines(self.asked), method)


class Callgrind:
    """A server under callgrind, whose counters are read and put back from outside."""

    def __init__(self, host, folder):
        self.out, self.port, self.dumps = folder / "callgrind", tools.free_port(), 0
        self.server = Server(["valgrind", "-q", "--tool=callgrind", "--separate-threads=yes",
                              f"--callgrind-out-file={self.out}",
                              host.program, "serve", "--listen", f"127.0.0.1:{self.port}"],
                             env=host.env, ready=self.port)

    def tell(self, word):
        subprocess.run(["vgdb", f"--pid={self.server.child.pid}", word], check=True, timeout=60,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def count(self, work):
        """Instructions of the work, in all and within some functions."""
        self.tell("zero")
        work()
        self.tell("dump")
        self.dumps += 1
        found = dict.fromkeys(("all", *WHERE), 0)
        for file in self.out.parent.glob(f"{self.out.name}.{self.dumps}-*"):
            text = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", str(file)],
                                  capture_output=True, text=True, check=True).stdout
            total = re.search(r"^([\d,]+) .*PROGRAM TOTALS", text, re.M)
            if not total or not re.search(r":(conn_input|pool_work)\b", text):
                continue
            found["all"] += int(total[1].replace(",", ""))
            for name in WHERE:
                line = re.search(rf"^ *([\d,]+) .*:{name}(?:'\d+)? ", text, re.M)
                found[name] += int(line[1].replace(",", "")) if line else 0
        return found


class Strace:
    """A server whose system calls are counted while somebody looks."""

    def __init__(self, host, folder):
        self.out, self.server = folder / "strace", host.serve()
        self.port = self.server.port

    def threads(self):
        """The loop and the page workers."""
        tasks = pathlib.Path(f"/proc/{self.server.child.pid}/task").iterdir()
        return [t for t in tasks if t.name == t.parent.parent.name
                or (t / "comm").read_text().strip() == "page"]

    def count(self, work):
        threads = self.threads()
        watch = subprocess.Popen(["strace", "-qq", "-c", "-o", str(self.out)]
                                 + [word for t in threads for word in ("-p", t.name)])
        while any("TracerPid:\t0\n" in (t / "status").read_text() for t in threads):
            time.sleep(0.01)
        work()
        watch.terminate()
        watch.wait()
        found = {}
        for line in self.out.read_text().splitlines():
            words = line.split()
            if len(words) >= 5 and words[3].isdigit():
                found[words[-1] if words[-1] != "total" else "all"] = int(words[3])
        return found


def each(counter, client, **ask):
    """What one request costs."""
    client.many(2 * len(ask["paths"]) + 50, **ask)	# made once, unpacked once
    runs = [counter.count(lambda n=n: client.many(n, **ask)) for n in (SHORT, LONG)]
    return {key: (runs[1][key] - runs[0].get(key, 0)) / (LONG - SHORT) for key in runs[1]}


def village(o):
    """A site whose pages are all on the disk, three times what fits in memory; and their paths."""
    folder = o.scratch / "instructions-posts"
    posts.write(folder, 300, seed=7)
    host = Host(o.program, o.scratch / "instructions")
    host("init", host.data)
    host.set("server", loops=1)
    host.set("cache", memory="1M")
    tools.sites(host, o.scratch, ["one"], folder)
    host("cache", "warm", "one")
    paths = ["/" + p.stem[11:] + "/" for p in sorted((folder / "content/posts").glob("*.md"))]
    server = host.serve()		# stylesheets are made in a child, which valgrind cannot start
    Client(server.port).many(len(paths), paths)
    return host, server, paths


def new_line(n):
    """A reader who comes from elsewhere."""
    return CHROME + f"X: {n:09}\r\n"


def proxied(n):
    """As doc/proxies/nginx.conf passes it on."""
    return f"X-Forwarded-For: 192.0.2.{n % 256}\r\nX-Forwarded-Proto: https\r\nX-Request-Id: {n:032x}\r\n" + CHROME


def stranger(n):
    """Another browser each time: heads are told apart by what they begin with."""
    return CHROME.replace("max-age=0", f"max-age={n:09}")


def requests(port, paths):
    """What is asked: name -> how. A page names its server's port, so the tag is of this one."""
    c = http.client.HTTPConnection("127.0.0.1", port)
    c.request("GET", paths[0], headers={"Host": "one.localhost"})
    answer = c.getresponse()
    tag, size = answer.getheader("ETag"), len(answer.read())
    say(f"instructions: pages like {size} bytes")
    one = paths[:1]
    return {
        "from memory, Host only": {"paths": one},
        "from memory, gzip": {"paths": one, "lines": "Accept-Encoding: gzip\r\n"},
        "from memory, a browser's head": {"paths": one, "lines": BROWSER},
        "from memory, a head of 700 bytes": {"paths": one, "lines": CHROME},
        "from memory, a head of 700 bytes with a line that did not come before": {"paths": one, "lines": new_line},
        "from memory, a head of 700 bytes behind a proxy": {"paths": one, "lines": proxied},
        "from memory, a head of 700 bytes, no line of which came before": {"paths": one, "lines": stranger},
        "HEAD": {"paths": one, "method": "HEAD"},
        "304": {"paths": one, "lines": f"If-None-Match: {tag}\r\n"},
        "from the disk level, plain": {"paths": paths},
        "from the disk level, gzip": {"paths": paths, "lines": "Accept-Encoding: gzip\r\n"},
    }


def tell(table, what, n, made):
    parts = ", ".join(f"{name} {n[name]:.0f}" for name in WHERE if n[name] >= 1)
    kinds = ", ".join(f"{name} {k:.2f}" for name, k in sorted(made.items()) if name != "all" and k >= 0.01)
    say(f"instructions: {what}: {n['all']:.0f} ({parts}); calls {made.get('all', 0):.2f} ({kinds})")
    table.add("instructions", f"one request {what}",
              f"{n['all']:.0f} instructions, {made.get('all', 0):.2f} calls", "", None,
              "<= 4000, 2" if "memory" in what else "", instructions=n, calls=made)


def bench(o, table):
    if not shutil.which("valgrind"):
        table.add("instructions", "skipped", "", "needs valgrind")
        return
    host, server, paths = village(o)
    server.stop()
    calls = {}
    if shutil.which("strace"):
        watch = Strace(host, o.scratch)
        try:
            calls = {what: each(watch, Client(watch.port), **ask)
                     for what, ask in requests(watch.port, paths).items()}
        finally:
            watch.server.stop()
    grind = Callgrind(host, o.scratch)
    try:
        for what, ask in requests(grind.port, paths).items():
            tell(table, what, each(grind, Client(grind.port), **ask), calls.get(what, {}))
    finally:
        grind.server.stop()
