"""What is cached is true: after anything at all, each page equals a fresh rendering.

A random writer and a random operator work on two sites whose pages are all in the caches.
After each step every page that can be reached is read as it is cached, plain and gzip; the
caches are cleared, and every page is read again, which fills them for the next step. At
the end the server is stopped and the folder of the cache deleted, and all must still be
the same. HAMEAU_SEED repeats a run, HAMEAU_STEPS makes it longer.
"""
import os
import random
import re
import shutil
import signal
import time

import village

WORDS = ("rain river stone bread lamp winter été Straße niño città tide harbour wool copper "
         "letter orchard").split()
LANGS = ("en", "fr", "de", "es", "it")
STEPS = int(os.environ.get("HAMEAU_STEPS", 10 if village.SANITIZED else 25))


class Writer:
    """One site with a folder of texts, changed at random."""

    def __init__(self, host, name, dice):
        self.host, self.name, self.dice = host, name, dice
        self.called, self.domains, self.n = name, [], 0
        host.site(name, title=name.title(), lang=dice.choice(LANGS))
        for _ in range(15):
            self.new_text()
        self.bring()

    def some(self, most=3):
        return self.dice.sample(WORDS, self.dice.randint(1, most))

    def text(self, date, links):
        d = self.dice
        head = [f"title: {' '.join(self.some())} {self.n}", f"date: {date}"]
        head += [f"tags: [{', '.join(self.some())}]"] * d.randint(0, 1)
        head += [f"authors: [{d.choice(('Ann', 'Ben', 'Cäcilie'))}]"] * d.randint(0, 1)
        head += [f"summary: {' '.join(self.some(6))}"] * (d.random() < .3)
        head += ["pinned: true"] * (d.random() < .1) + ["draft: true"] * (d.random() < .1)
        head += [f"lang: {d.choice(LANGS)}"] * (d.random() < .2)
        head += [f"translationKey: {d.choice(WORDS[:3])}"] * (d.random() < .2)
        head += [f"aliases: [/old/{d.randint(0, 9)}/]"] * (d.random() < .2)
        head += [f"weight: {d.randint(1, 9)}"] * (d.random() < .2)
        head += [f"slug: {d.choice(WORDS[:8])}-{d.randint(0, 5)}"] * (d.random() < .2)
        body = f"{' '.join(self.some(8))}\n\n## {d.choice(WORDS)}\n\n{' '.join(self.some(8))}\n"
        body += "".join(f"\n[see]({link})\n" for link in links)
        body += "\n<!--more-->\n\nThe rest.\n" * (d.random() < .3)
        return "---\n" + "\n".join(head) + "\n---\n" + body

    def files(self):
        return sorted(self.host.folder(self.name).rglob("*.md"))

    def new_text(self):
        self.n += 1
        date = f"20{self.dice.randint(18, 25)}-{self.dice.randint(1, 12):02}-" \
               f"{self.dice.randint(1, 28):02}"
        links = [f.name for f in self.dice.sample(self.files(), min(len(self.files()), 1))]
        where = self.dice.choice(("", "posts/"))
        self.host.write(self.name, f"{where}{self.dice.choice(WORDS)}-{self.n}.md",
                        self.text(date, links))

    def edit_text(self):
        file = self.dice.choice(self.files())
        date = re.search(r"^date: (.*)$", file.read_text(), re.M).group(1)
        file.write_text(self.text(date, []), encoding="utf-8")

    def rename_text(self):
        file = self.dice.choice(self.files())
        self.n += 1
        file.rename(file.with_name(f"{self.dice.choice(WORDS)}-{self.n}.md"))

    def drop_text(self):
        if len(self.files()) > 4:
            self.dice.choice(self.files()).unlink()

    def bring(self):
        options = [self.dice.choice(("--prune", ""))]
        self.host.run("import", self.called, self.host.folder(self.name),
                      *filter(None, options), status=None)

    def change_text(self):
        for _ in range(self.dice.choice((1, 1, 1, 3))):
            self.dice.choice((self.new_text, self.edit_text, self.edit_text, self.rename_text,
                              self.drop_text))()
        self.bring()

    def change_setting(self):
        d = self.dice
        key, value = d.choice((
            ("title", " ".join(self.some())), ("tagline", " ".join(self.some())),
            ("posts_per_page", d.choice((2, 3, 10))), ("order", d.choice(("newest", "serial"))),
            ("lists", d.choice(("summary", "full"))), ("lang", d.choice(LANGS)),
            ("languages", d.choice(("", "fr", "de, en"))),
            ("timezone", d.choice(("UTC", "Europe/Rome", "Pacific/Auckland"))),
            ("listed", d.choice(("yes", "no"))), ("robots_ai", d.choice(("allow", "refuse"))),
            ("author", " ".join(self.some(2))), ("footer", " ".join(self.some())),
            ("menu", d.choice(("", "Home = /", "All = /archive/\nTags = /tag/"))),
            ("option.accent", d.choice(("#335577", "#aa2211")))))
        self.host.run("site", "set", self.called, f"{key}={value}")

    def change_name(self):
        self.n += 1
        new = f"{self.name}{self.n}"
        self.host.run("site", "rename", self.called, new)
        self.called = new

    def change_domain(self):
        if self.domains and self.dice.random() < .5:
            self.host.run("site", "domain", "remove", self.called, self.domains.pop())
            return
        self.n += 1
        self.domains.append(f"www{self.n}.{self.name}.org")
        self.host.run("site", "domain", "add", self.called, self.domains[-1],
                      *["--canonical"] * (self.dice.random() < .5))

    def blink(self):
        self.host.run("site", "suspend", self.called, "--reason", "a moment")
        self.read(3)
        self.host.run("site", "resume", self.called)

    def address(self):
        return self.host.show(self.called)["host"]

    def read(self, n):
        """A reader: goes where links lead, and so fills the caches."""
        at, path = self.address(), "/"
        for _ in range(n):
            got = self.host.get(at, path, accept_encoding=self.dice.choice(("gzip", "identity")))
            links = re.findall(r'href="(/[^"#?]*)"', got.text) if got.body else []
            path = self.dice.choice(links) if links else "/"


class Truth(village.Story):
    def operate(self):
        action = self.dice.random()
        if action < .3:
            self.host.server.send_signal(signal.SIGHUP)
        elif action < .6:
            shutil.rmtree(self.host.data / "cache", ignore_errors=True)
        else:
            self.host.restart()

    def step(self):
        writer = self.dice.choice(self.writers)
        self.dice.choices((writer.change_text, writer.change_setting, writer.change_name,
                           writer.change_domain, writer.blink, self.operate),
                          (50, 15, 3, 5, 3, 8))[0]()

    def walk(self, site, also=()):
        """Every page that links lead to -> status, type, etag, plain bytes."""
        seen, todo = {}, ["/", "/no/such/page/", "/robots.txt", "/sitemap.xml", *also]
        name = self.host.name_of(site)
        with self.host.connect() as c:
            self.walk_on(c, name, seen, todo)
        return seen

    def walk_on(self, c, name, seen, todo):
        while todo:
            path = todo.pop()
            if path in seen:
                continue
            got = c.ask(name, path)
            packed = c.ask(name, path, fields={"Accept-Encoding": "gzip"})
            self.assertEqual(packed.plain, got.body, f"{name}{path}: gzip and plain differ")
            seen[path] = (got.status, got["content-type"], got["etag"], got["location"], got.body)
            if (got["content-type"] or "").startswith("text/html"):
                todo += re.findall(r'(?:href|src)="(/[^"#?]*)"', got.text)

    def everything(self, also):
        sites = [w.address() for w in self.writers]
        return {site: self.walk(site, also.get(site, ())) for site in [*sites, ""]}

    def compare(self, cached, why):
        fresh = self.everything(cached)
        for site, pages in fresh.items():
            for path, page in pages.items():
                self.assertEqual(cached[site].get(path), page,
                                 f"{why}: {site}{path} was cached otherwise")
        self.assertGreater(sum(map(len, fresh.values())), 40)
        return fresh

    def go(self, seed):
        self.dice = random.Random(seed)
        self.writers = [Writer(self.host, name, self.dice) for name in ("anna", "berta")]
        known = self.everything({})
        for n in range(STEPS):
            self.step()
            cached = self.everything(known)
            self.host.run("cache", "clear")
            known = self.compare(cached, f"seed {seed}, step {n}")
        self.host.stop()
        shutil.rmtree(self.host.data / "cache", ignore_errors=True)
        (self.host.data / "gens").unlink(missing_ok=True)
        self.host.start()
        self.compare(known, f"seed {seed}, at the end")

    def test_after_anything_each_page_equals_a_fresh_one(self):
        self.go(int(os.environ.get("HAMEAU_SEED", 1)))

    def test_after_anything_new_each_page_equals_a_fresh_one(self):
        if os.environ.get("HAMEAU_SEED"):
            self.skipTest("a seed was asked for")
        self.go(int(time.time()))


if __name__ == "__main__":
    village.unittest.main()
