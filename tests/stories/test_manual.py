"""The tables in doc/OPERATING.md and the pages in doc/themes are those that the program prints."""
import os
import pathlib
import re
import subprocess
import unittest

from test_commands import TOP, program

# Each page with the command that prints it and the language of the terminal.
PAGES = [(pathlib.Path(TOP, "doc", "themes", f"{name}{'.' * (lang != 'C')}{lang.removeprefix('C')}.md"),
          words, lang) for lang in ("C", "fr", "es", "de", "it")
         for name, words in (("VALUES", ["theme", "values", "--markdown"]),
                             ("RULES", ["theme", "check", "--list", "--markdown"]))]
MANUAL = pathlib.Path(TOP, "doc", "OPERATING.md")
TABLE = re.compile(r"(<!-- hameau (help \w+ --manual) -->\n)(.*?)(<!-- end -->\n)", re.S)


def printed(match):
    done = subprocess.run([program(), *match[2].split()], capture_output=True, text=True, check=True,
                          env={"LC_ALL": "C"})
    return match[1] + done.stdout + match[4]


def page(words, lang):
    return subprocess.run([program(), *words], capture_output=True, text=True, check=True,
                          env={"LC_ALL": lang, "HAMEAU_SHARE": os.environ.get("HAMEAU_SHARE", str(TOP))}
                          ).stdout


class Manual(unittest.TestCase):
    def test_the_tables_of_the_manual_are_up_to_date(self):
        text = MANUAL.read_text()
        self.assertEqual(len(TABLE.findall(text)), 2)
        self.assertEqual(TABLE.sub(printed, text), text,
                         "write them again with: tests/stories/test_manual.py write")


    def test_the_pages_for_themers_are_up_to_date(self):
        for path, words, lang in PAGES:
            with self.subTest(path.name):
                self.assertEqual(path.read_text(), page(words, lang),
                                 "write it again with: tests/stories/test_manual.py write")


if __name__ == "__main__":
    import sys
    if sys.argv[1:] == ["write"]:
        MANUAL.write_text(TABLE.sub(printed, MANUAL.read_text()))
        for path, words, lang in PAGES:
            path.write_text(page(words, lang))
    else:
        unittest.main()
