"""From a saved file to the new page on the reader's side, in the blog of the render bench.

A reader asks again and again on one connection until the new word is there. Once by `watch` (the
folder is the source), once by a whole `import` run. Then: how many pages one edit made stale, which
`cache warm` tells by rendering them.
"""
import http.client
import json
import pathlib
import random
import time

import render
import tools
from tools import median, say


class Reader:
    def __init__(self, port):
        self.c = http.client.HTTPConnection("127.0.0.1", port)

    def get(self, path):
        self.c.request("GET", path, headers={"Host": "anna.localhost"})
        answer = self.c.getresponse()
        return answer.status, answer.read()

    def wait_for(self, path, word, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if word in self.get(path)[1]:
                return time.monotonic()
        raise SystemExit(f"{path} never showed {word.decode()}")


def change(path, word):
    """Another word at the end of the text; the moment is that before the file takes its place, for
    whoever watches may be quicker than we are to look at the clock."""
    text = path.read_text()
    aside = path.with_name("." + path.name + ".new")
    aside.write_text(text.rstrip("\n") + f"\n\nA new word: {word}.\n")
    begin = time.monotonic()
    aside.replace(path)
    return begin


def address(path):
    return "/" + path.stem[11:] + "/"


def warm(host):
    return json.loads(host("cache", "warm", "anna", "--json")[1])


def bench(o, table):
    folder = render.make_blog(o)
    if not o.host:
        o.host, _ = render.build_ours(o, folder, o.scratch / "edit")
    host, r = o.host, random.Random(7)
    files = r.sample(sorted((folder / "content" / "posts").glob("*.md")), o.edits + 5)
    server = host.serve()
    reader = Reader(server.port)
    warm(host)
    by_import = []
    for i, path in enumerate(files[:3]):
        begin = change(path, f"import{i}x")
        host("import", "anna", folder)
        by_import.append(reader.wait_for(address(path), f"import{i}x".encode()) - begin)
    table.add("edit", "one file changed, `import` of all", f"{median(by_import) * 1e3:.0f} ms")
    stale = []
    for i, path in enumerate(files[3:5]):
        warm(host)
        change(path, f"stale{i}x")
        host("import", "anna", folder)
        stale.append(warm(host))
    table.add("edit", "pages rendered again after one edit",
              ", ".join(str(s["rendered"]) for s in stale) + f" of {stale[-1]['pages']}")
    by_save = by_saving(o, host, reader, files[5:])
    table.add("edit", f"one text saved, `post save`, median of {len(by_save)}",
              f"{median(by_save) * 1e3:.1f} ms", ms=[t * 1e3 for t in by_save])
    watch = tools.Server([host.program, "watch", "anna", folder], env=host.env)
    try:
        by_watch = by_watching(o, reader, files[5:])
    finally:
        watch.stop()
        server.stop()
    table.add("edit", f"one file saved, `watch`, median of {len(by_watch)}",
              f"{median(by_watch) * 1e3:.1f} ms", goal="< 10 ms", ms=[t * 1e3 for t in by_watch])


def by_saving(o, host, reader, files):
    """The command's own start is part of it."""
    times = []
    for i, path in enumerate(files[:o.edits]):
        word = f"saved{i}x"
        begin = change(path, word)
        host("post", "save", "anna", path)
        times.append(reader.wait_for(address(path), word.encode()) - begin)
    return times


def by_watching(o, reader, files):
    change(files[0], "first")
    reader.wait_for(address(files[0]), b"first")        # its run at the start is over
    times = []
    for i, path in enumerate(files[:o.edits]):
        word = f"word{i}x"
        time.sleep(0.05)
        begin = change(path, word)
        times.append(reader.wait_for(address(path), word.encode()) - begin)
    say(f"edit: {len(times)} edits by watch")
    return times
