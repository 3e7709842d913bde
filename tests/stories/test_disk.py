"""The disk is full, loses the end of a file, or gets another one in its place: what was
acknowledged stays, what is wrong is said, and other sites go on."""
import concurrent.futures
import os
import shutil
import signal
import subprocess
import unittest

import village

POST = "---\ntitle: Rain {n}\ndate: 2021-01-02\n---\nIt rained {n}.\n"


class Disk(village.Story):
    def write(self, site, n):
        self.host.write(site, "rain.md", POST.format(n=n))

    def bring(self, site, n):
        self.write(site, n)
        self.host.publish(site)

    def shows(self, site, n, path="/rain/"):
        answer = self.host.get(site, path)
        self.assertEqual(answer.status, 200)
        self.assertIn(f"Rain {n}", answer.text)

    def database(self, site):
        return self.host.root / self.host.show(site)["folder"] / "site.db"

    def errors(self):
        return (self.host.root / "errors").read_text()

    @unittest.skipIf(village.SANITIZED, "a sanitizer has its own word for it")
    def test_counters_that_are_cut_short_end_the_server_and_the_next_shows_what_is_true(self):
        self.bring("anna", 1)
        self.shows("anna", 1)
        os.truncate(self.host.data / "gens", 4096)
        with self.assertRaises(OSError):
            self.host.get("anna", "/rain/")
        self.assertEqual(self.host.stop(signal.SIGCONT), -signal.SIGBUS)
        self.assertIn("was cut short", self.errors())
        self.bring("anna", 2)
        self.host.start()
        self.shows("anna", 2)

    def test_a_copy_in_the_place_of_a_damaged_database_is_what_pages_show(self):
        self.bring("anna", 1)
        file = self.database("anna")
        self.host.stop()
        shutil.copy(file, self.host.root / "copy.db")
        self.host.start()
        self.bring("anna", 2)
        self.shows("anna", 2)
        self.host.stop()
        size = file.stat().st_size
        self.host.start()
        self.shows("anna", 2)
        os.truncate(file, size // 2)
        self.assertEqual(self.host.get("anna", "/archive/").status, 500)
        self.assertIn("put a copy in its place", self.errors())
        self.shows("berta", 0, "/")
        for end in ("-wal", "-shm"):
            file.with_name(file.name + end).unlink(missing_ok=True)
        os.replace(self.host.root / "copy.db", file)
        self.assertEqual(self.host.get("anna", "/archive/").status, 200)
        self.shows("anna", 1)

    def setUp(self):
        super().setUp()
        for site in ("anna", "berta"):
            self.host.site(site)
            self.bring(site, 0)


class OwnDisk(unittest.TestCase):
    """On a disk of its own, where one may be made."""

    def setUp(self):
        self.host = village.Host()
        self.addCleanup(self.host.close)
        self.disk = self.host.root / "disk"
        self.disk.mkdir()
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "none", self.disk],
                              stderr=subprocess.DEVNULL)
        if made.returncode:
            self.skipTest("no disk can be made here")
        self.addCleanup(subprocess.run, ["umount", "-l", self.disk])
        shutil.copytree(self.host.data, self.disk / "data")
        self.host.data = self.disk / "data"
        self.host.env["HAMEAU_DATA"] = str(self.host.data)

    def bring(self):
        for site in ("anna", "berta"):
            self.host.site(site)
            self.host.write(site, "rain.md", POST.format(n=1))
            self.host.publish(site)


class FullDisk(OwnDisk):
    def fill(self):
        with open(self.disk / "more", "wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while file.write(b"x" * size):
                        pass
                except OSError:
                    pass

    def errors(self):
        return (self.host.root / "errors").read_text()

    def shows(self, site, n):
        answer = self.host.get(site, "/rain/")
        self.assertEqual(answer.status, 200)
        self.assertIn(f"Rain {n}", answer.text)

    def test_nothing_is_lost_on_a_full_disk_and_what_is_made_goes_on(self):
        self.bring()
        self.host.start()
        self.addCleanup(self.host.stop)
        self.shows("anna", 1)
        self.shows("berta", 1)
        self.fill()
        self.host.write("anna", "rain.md", POST.format(n=2))
        self.assertIn("no room left", self.host.fails("import", "anna", self.host.folder("anna")))
        self.shows("anna", 1)
        self.shows("berta", 1)
        self.host.stop(signal.SIGKILL)
        self.host.start()
        self.shows("anna", 1)
        self.shows("berta", 1)
        (self.disk / "more").unlink()
        self.host.publish("anna")
        self.shows("anna", 2)
        self.assertIn("sound", self.host.run("doctor"))

    def test_what_nobody_asked_for_before_is_shown_too(self):
        self.host.site("anna")
        self.host.write("anna", "rain.md", POST.format(n=1))
        self.host.publish("anna")
        self.host.start()
        self.addCleanup(self.host.stop)
        self.fill()
        paths = ["/", "/rain/", "/archive/", "/feed.xml", "/sitemap.xml", "/search/?q=rained"]
        with concurrent.futures.ThreadPoolExecutor(len(paths)) as all_at_once:
            answers = list(all_at_once.map(lambda path: self.host.get("anna", path), paths))
        self.assertEqual([a.status for a in answers], [200] * len(paths), self.errors())
        self.assertIn("Rain 1", answers[1].text)
        self.host.write("anna", "rain.md", POST.format(n=2))
        self.assertIn("no room left", self.host.fails("import", "anna", self.host.folder("anna")))
        self.host.restart()
        self.assertEqual(self.host.get("anna", "/archive/").status, 200, self.errors())
        (self.disk / "more").unlink()
        self.host.publish("anna")
        self.shows("anna", 2)
        self.assertIn("sound", self.host.run("doctor"))


class Snapshot(OwnDisk):
    """Of a host, mounted where nobody can write."""

    def freeze(self, on=True):
        subprocess.run(["mount", "-o", f"remount,{'ro' if on else 'rw'}", self.disk], check=True)

    def is_read(self):
        self.assertIn("anna", self.host.run("site", "list"))
        self.assertIn("/rain/", self.host.run("post", "list", "anna"))
        self.assertIn("It rained 1.", self.host.run("post", "show", "anna", "rain"))
        told = self.host.run("doctor")
        self.assertIn("sound", told)
        self.assertIn("medium that cannot be written", told)
        out = self.host.root / "out"
        shutil.rmtree(out, ignore_errors=True)
        self.host.run("export", "anna", out)
        self.assertIn("Rain 1", (out / "rain/index.html").read_text())

    def test_what_only_reads_works_and_what_writes_says_why_not(self):
        self.bring()
        self.host.data = self.host.data.rename(self.disk / "a?b#c%41")
        self.host.env["HAMEAU_DATA"] = str(self.host.data)
        self.freeze()
        self.is_read()
        self.assertIn("cannot be written", self.host.fails("site", "set", "anna", "title=x"))
        self.assertIn("Read-only file system", self.host.fails("site", "create", "carla"))
        self.assertIn("Read-only file system", self.host.fails("serve"))
        self.assertIn("Read-only file system",
                      self.host.fails("post", "delete", "anna", "rain", "--yes"))

    def test_what_a_server_had_begun_is_read_too(self):
        self.host.start()
        self.bring()
        self.host.stop(signal.SIGKILL)
        self.assertTrue((self.host.data / "host.db-wal").stat().st_size)
        self.freeze()
        self.is_read()
        self.freeze(False)
        (self.host.data / "host.db-shm").unlink()
        self.freeze()
        self.assertIn("copy the folder", self.host.fails("site", "list"))


if __name__ == "__main__":
    unittest.main()
