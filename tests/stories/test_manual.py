"""The tables in doc/OPERATING.md are those that the program prints."""
import pathlib
import re
import subprocess
import unittest

from test_commands import TOP, program

MANUAL = pathlib.Path(TOP, "doc", "OPERATING.md")
TABLE = re.compile(r"(<!-- hameau (help \w+ --manual) -->\n)(.*?)(<!-- end -->\n)", re.S)


def printed(match):
    done = subprocess.run([program(), *match[2].split()], capture_output=True, text=True, check=True,
                          env={"LC_ALL": "C"})
    return match[1] + done.stdout + match[4]


class Manual(unittest.TestCase):
    def test_the_tables_of_the_manual_are_up_to_date(self):
        text = MANUAL.read_text()
        self.assertEqual(len(TABLE.findall(text)), 2)
        self.assertEqual(TABLE.sub(printed, text), text,
                         "write them again with: tests/stories/test_manual.py write")


if __name__ == "__main__":
    import sys
    if sys.argv[1:] == ["write"]:
        MANUAL.write_text(TABLE.sub(printed, MANUAL.read_text()))
    else:
        unittest.main()
