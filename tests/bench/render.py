"""10,000 Markdown posts end to end, beside Hugo on the same folder; then many small blogs.

Hameau: `site create` + `import` + `cache warm` (database with search index, then every page, list,
tag, feed, archive and the sitemap, packed, in the cache that a server starts with). Hugo: one build
of the same folder. A B A B; nothing is deleted between the rounds, so that both meet the file system
in the same state. Many blogs of ten posts: `site import --create` and `cache warm` beside one run of
Hugo for each of some of them.
"""
import json
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
    pages = json.loads(host("cache", "show", "--json")[1])["pages"]
    for step in ("import", "warm"):
        cost = median([p[step].cpu for p in parts])
        table.add("render", f"of which {step}", f"{cost:.1f} s CPU, "
                  f"{median([p[step].wall for p in parts]):.1f} s")
    table.add("render", "pages made (Hugo: files)", f"{pages}",
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
    many(o, table)


def many(o, table):
    folder = o.scratch / "many"
    for i in range(o.blogs if not folder.exists() else 0):
        posts.write(folder / f"blog{i:04d}", 10, seed=i + 1)
    say(f"render: {o.blogs} blogs of 10 posts")
    host = Host(o.program, o.scratch / "many-data")
    host("init", o.scratch / "many-data")
    read, _ = host("site", "import", folder, "--create")
    warm, out = host("cache", "warm", "--json")
    sample = sorted(folder.iterdir())[:10]
    theirs = []
    for blog in sample if "hugo" not in o.missing else []:
        hugo.write(blog)
        theirs.append(tools.run(["hugo", "--quiet", "--source", blog, "--destination",
                                 o.scratch / "many-hugo" / blog.name])[0].cpu)
    ours = (read + warm).cpu / o.blogs
    table.add("render", f"{o.blogs} blogs of 10 posts", f"{read.wall:.1f} + {warm.wall:.1f} s, "
              f"{json.loads(out)['rendered']} pages", goal="< 5 s")
    table.add("render", "CPU for each of these blogs (Hugo: mean of 10)", f"{ours * 1e3:.0f} ms",
              f"{median(theirs) * 1e3:.0f} ms" if theirs else "(no hugo)",
              median(theirs) / ours if theirs else None)
