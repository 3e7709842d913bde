"""10,000 Markdown posts end to end, beside Hugo on the same folder.

Hameau: `site create` + `import` + `cache warm` (database with search index, then every page, list,
tag, feed, archive and the sitemap as files, plain and gzip). Hugo: one build of the same folder.
A B A B; nothing is deleted between the rounds, so that both meet the file system in the same state.
"""
import pathlib

import hugo
import posts
import tools
from tools import Cost, Host, median, say


def count_files(folder):
    return sum(1 for path in pathlib.Path(folder).rglob("*") if path.is_file())


def build_ours(o, folder, data):
    host = Host(o.program, data)
    host("init", data)
    create, _ = host("site", "create", "anna")
    read, _ = host("import", "anna", folder)
    warm, _ = host("cache", "warm", "anna")
    return host, {"create": create, "import": read, "warm": warm}


def make_blog(o):
    folder = o.scratch / "blog"
    if not folder.exists():
        say(f"writing {o.posts} posts")
        posts.write(folder, o.posts)
        hugo.write(folder)
    return folder


def describe(cost, n):
    return f"{n / cost.wall:.0f} posts/s, {cost.cpu:.1f} s CPU, {cost.peak / 1024:.0f} MiB"


def bench(o, table):
    folder = make_blog(o)
    ours, theirs, parts = [], [], []
    for i in range(o.rounds):
        say(f"render: round {i + 1} of {o.rounds}")
        data = o.scratch / f"render-{i}"
        host, steps = build_ours(o, folder, data)
        parts.append(steps)
        ours.append(steps["create"] + steps["import"] + steps["warm"])
        if "hugo" not in o.missing:
            cost, _ = tools.run(["hugo", "--quiet", "--source", folder, "--destination",
                                 o.scratch / f"hugo-{i}"])
            theirs.append(cost)
    o.host = host                       # the other benches go on with the last one
    both = [Cost(*(median([getattr(c, k) for c in side]) for k in ("wall", "cpu", "peak")))
            for side in (ours, theirs) if side]
    files = count_files(data / "cache")
    for step in ("import", "warm"):
        cost = median([p[step].cpu for p in parts])
        table.add("render", f"of which {step}", f"{cost:.1f} s CPU, "
                  f"{median([p[step].wall for p in parts]):.1f} s")
    table.add("render", "files written", f"{files}",
              f"{count_files(o.scratch / 'hugo-0')}" if theirs else "")
    if not theirs:
        table.add("render", f"{o.posts} posts", describe(both[0], o.posts), "(no hugo)")
        return
    we, they = both
    table.add("render", f"{o.posts} posts, posts/s by the clock", describe(we, o.posts),
              describe(they, o.posts), they.wall / we.wall, ">= 5",
              rounds=[b.wall / a.wall for a, b in zip(ours, theirs)])
    table.add("render", "posts per CPU second", f"{o.posts / we.cpu:.0f}", f"{o.posts / they.cpu:.0f}",
              they.cpu / we.cpu, ">= 5", rounds=[b.cpu / a.cpu for a, b in zip(ours, theirs)])
    table.add("render", "peak memory", f"{we.peak / 1024:.0f} MiB", f"{they.peak / 1024:.0f} MiB",
              we.peak / they.peak, "<= 0.1")
