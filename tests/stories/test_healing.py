"""What a command that is killed between two databases leaves undone is done by the next server.

The host's front page shows copies that host.db keeps of each site. A trigger that lets host.db
take no copy stands in for the moment of being killed: the site has been written, and that's it.
"""
import contextlib
import sqlite3
import unittest

import village

TABLES = ("newest", "site")


class Healing(village.Story):
    def setUp(self):
        super().setUp()
        self.host.stop()
        self.host.site("anna", title="Anna", lang="en")
        self.host.write("anna", "2021-01-02-rain.md", "# Rain\n\nIt rains.\n")
        self.host.publish("anna")

    def change_host(self, *statements):
        with contextlib.closing(sqlite3.connect(self.host.data / "host.db")) as db, db:
            return [db.execute(s).fetchall() for s in statements]

    def killed(self, *words):
        """After the commit of the site."""
        self.change_host(*(
            f"CREATE TRIGGER dead_{table}_{verb} BEFORE {verb} ON {table}"
            " BEGIN SELECT RAISE(ABORT, 'killed'); END"
            for table in TABLES for verb in ("INSERT", "UPDATE", "DELETE")))
        told = self.host.fails(*words)
        self.change_host(*(f"DROP TRIGGER dead_{table}_{verb}"
                           for table in TABLES for verb in ("INSERT", "UPDATE", "DELETE")))
        self.assertIn("the change is made", told)

    def front(self):
        return self.host.get("", "/").text

    def shows(self, new, old):
        front = self.front()
        return new in front and old not in front

    def assert_heals(self, new, old):
        """As soon as whoever left it must be dead."""
        self.change_host("UPDATE due SET at = 1")
        self.host.start()
        self.assertTrue(self.host.wait_for(lambda: self.shows(new, old)), self.front())
        self.assertTrue(self.host.wait_for(
            lambda: self.change_host("SELECT count(*) FROM due") == [[(0,)]]))

    def test_an_import(self):
        self.host.write("anna", "2021-01-02-rain.md", "# Sunshine\n\nIt does not.\n")
        self.killed("import", "anna", self.host.folder("anna"))
        self.assert_heals("Sunshine", "Rain")

    def test_many_imports_at_once(self):
        self.host.write("anna", "2021-01-02-rain.md", "# Sunshine\n\nIt does not.\n")
        self.killed("site", "import", self.host.folder("anna").parent)
        self.assert_heals("Sunshine", "Rain")

    def test_a_text_that_is_saved(self):
        text = self.host.write("anna", "2021-01-02-rain.md", "# Sunshine\n\nIt does not.\n")
        self.killed("post", "save", "anna", text)
        self.assert_heals("Sunshine", "Rain")

    def test_a_text_that_is_deleted(self):
        self.host.write("anna", "2021-01-03-snow.md", "# Snow\n\nIt snows.\n")
        self.host.publish("anna")
        snow = self.host.run("post", "list", "anna", "--addresses").split()[0]
        self.killed("post", "delete", "anna", snow, "--yes")
        self.assert_heals("Rain", "Snow")

    def test_a_title(self):
        self.killed("site", "set", "anna", "title", "Berta")
        self.assert_heals("Berta", "Anna")

    def test_the_clock_of_a_site(self):
        self.assertIn("2021-01-02", self.change_host("SELECT date(at, 'unixepoch') FROM newest")[0][0])
        self.killed("site", "set", "anna", "timezone", "Pacific/Kiritimati")
        self.change_host("UPDATE due SET at = 1")
        self.host.start()
        self.assertTrue(self.host.wait_for(lambda: self.change_host(
            "SELECT at % 86400 FROM newest") != [[(0,)]]))


if __name__ == "__main__":
    unittest.main()
