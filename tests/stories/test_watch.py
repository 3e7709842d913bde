"""`hameau watch`: the folder is the source; what is saved there is on the site at once."""
import json
import os
import select
import signal
import subprocess
import time

import village
from test_import import png, post


class Watcher:
    """The command, and what it says, line by line."""

    def __init__(self, host, site, folder):
        self.process = subprocess.Popen(
            [host.program, "watch", site, str(folder)], env=host.env, cwd=host.root,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.text = ""
        self.hear("Watching")

    def hear(self, word, seconds=village.PATIENCE):
        """Waits for a line with the word; gives all that was said up to it."""
        end, said = time.monotonic() + seconds, ""
        while word not in said:
            left = end - time.monotonic()
            if left < 0 or not select.select([self.process.stdout], [], [], left)[0]:
                raise AssertionError(f"no {word!r} in {said!r}")
            part = os.read(self.process.stdout.fileno(), 65536).decode()
            if not part:
                raise AssertionError(f"ended without {word!r}: {said!r}")
            said += part
        self.text += said
        return said

    def end(self, how=signal.SIGINT):
        if self.process.poll() is None:
            self.process.send_signal(how)
        out, _ = self.process.communicate(timeout=village.PATIENCE)
        self.text += out.decode()
        return self.process.returncode


class Watch(village.Story):
    def setUp(self):
        super().setUp()
        self.host.site("anna", lang="en")
        self.folder = self.host.folder("anna")
        self.write("posts/rain.md", post("Rain", "It rains."))
        self.write("posts/snow.md", post("Snow", "It snows."))
        self.watcher = Watcher(self.host, "anna", self.folder)
        self.addCleanup(self.stop_watching)

    def stop_watching(self):
        self.watcher.end(signal.SIGKILL)
        self.watcher.process.stdout.close()

    def write(self, path, text):
        return self.host.write("anna", path, text)

    def page(self, path):
        reply = self.host.get("anna", path)
        return reply.status, reply.text

    def assertSeen(self, path, status, word=""):
        good = self.host.wait_for(lambda: self.page(path)[0] == status and
                                  word in self.page(path)[1])
        self.assertTrue(good, f"{path}: {self.page(path)[0]}\n{self.watcher.text}")

    def test_a_saved_file_is_on_the_site_at_once(self):
        self.assertSeen("/rain/", 200, "It rains.")
        for word in ("pours", "drizzles", "stops"):
            self.write("posts/rain.md", post("Rain", f"It {word}."))
            self.assertSeen("/rain/", 200, f"It {word}.")
            self.assertIn(word, self.page("/atom.xml")[1])
        self.write("posts/new.md", post("New"))
        self.assertSeen("/new/", 200)
        self.assertSeen("/", 200, 'href="/new/"')

    def test_an_error_is_told_with_its_line_and_the_old_post_stays(self):
        self.write("posts/rain.md", "---\ntitle: Rain\ndate: [\n---\nBroken.")
        self.watcher.hear("posts/rain.md:4:")
        self.assertSeen("/rain/", 200, "It rains.")
        self.write("posts/snow.md", post("Snow", "It melts."))
        self.assertNotIn("rain.md", self.watcher.hear("1 text"))
        self.write("posts/rain.md", post("Rain", "Mended."))
        self.assertSeen("/rain/", 200, "Mended.")
        self.write("posts/rain.md", post("Rain", "> " * 200 + "x"))
        self.watcher.hear("posts/rain.md:5:")
        self.assertSeen("/rain/", 200, "Mended.")

    def test_editors_save_in_their_own_ways(self):
        rain = self.folder / "posts/rain.md"
        # Written aside and renamed over it.
        aside = self.write("posts/.rain.md.swp", post("Rain", "Aside."))
        aside.rename(rain)
        self.assertSeen("/rain/", 200, "Aside.")
        # The old one becomes a backup, slowly, and the text is written anew.
        rain.rename(self.folder / "posts/rain.md~")
        time.sleep(0.15)
        self.assertEqual(self.page("/rain/")[0], 200)
        with open(rain, "w", encoding="utf-8") as file:
            for line in post("Rain", "Backup.").splitlines(True):
                file.write(line)
                file.flush()
                time.sleep(0.02)
        (self.folder / "posts/rain.md~").unlink()
        self.assertSeen("/rain/", 200, "Backup.")
        self.assertNotIn("rain.md", self.watcher.text)
        # Truncated, then written in two parts while the file stays open.
        with open(rain, "w", encoding="utf-8") as file:
            time.sleep(0.1)
            file.write("---\ntitle: Rain\ndate: 2020-01-02\n")
            file.flush()
            time.sleep(0.1)
            file.write("---\nParts.\n")
        self.assertSeen("/rain/", 200, "Parts.")
        self.assertNotIn("error", self.watcher.text)
        ids = [self.page("/rain/")[0], self.page("/rain-2/")[0]]
        self.assertEqual(ids, [200, 404])

    def test_what_is_deleted_is_gone_and_what_is_renamed_moves(self):
        (self.folder / "posts/snow.md").unlink()
        self.assertSeen("/snow/", 410)
        (self.folder / "posts/rain.md").rename(self.folder / "posts/drizzle.md")
        self.assertSeen("/drizzle/", 200, "It rains.")
        self.assertEqual(self.host.get("anna", "/rain/").status, 301)
        self.write("posts/snow.md", post("Snow", "Snow again."))
        self.assertSeen("/snow/", 200, "Snow again.")

    def test_new_folders_and_pictures_are_seen(self):
        self.write("posts/deep/er/walk/index.md", post("Walk", "![Path](path.png)"))
        self.write("posts/deep/er/walk/path.png", png(1))
        self.assertSeen("/walk/", 200, "/media/")
        first = self.host.get("anna", "/posts/deep/er/walk/path.png")["location"]
        time.sleep(0.2)
        self.write("posts/deep/er/walk/path.png", png(99))
        self.assertTrue(self.host.wait_for(lambda: self.host.get(
            "anna", "/posts/deep/er/walk/path.png")["location"] != first))
        self.write("posts/deep/er/other.md", post("Other"))
        self.assertSeen("/other/", 200)

    def test_a_folder_that_goes_is_told_and_taken_up_again(self):
        away = self.host.root / "away"
        self.folder.rename(away)
        self.watcher.hear("the folder is gone")
        self.assertEqual(self.page("/rain/")[0], 200)
        (away / "posts/rain.md").write_text(post("Rain", "Back."))
        away.rename(self.folder)
        self.assertSeen("/rain/", 200, "Back.")
        self.write("posts/rain.md", post("Rain", "Again."))
        self.assertSeen("/rain/", 200, "Again.")

    def test_it_works_without_a_server(self):
        self.host.stop()
        self.write("posts/rain.md", post("Rain", "In the dark."))
        self.watcher.hear("1 text")
        self.host.start()
        self.assertIn("In the dark.", self.page("/rain/")[1])
        self.write("posts/rain.md", post("Rain", "In the light."))
        self.assertSeen("/rain/", 200, "In the light.")

    def test_ctrl_c_ends_it_cleanly(self):
        self.assertIn(self.watcher.end(), (0, 130))
        self.assertNotIn("Traceback", self.watcher.text)
        found = json.loads(self.host.run("doctor", "--json"))
        self.assertEqual({f["level"] for f in found}, {"fine"}, found)


if __name__ == "__main__":
    village.unittest.main()
