"""What the checks of this folder share: the files of the tree, C without its comments, TAP.

A check is a program that prints one TAP line for each thing it proves, "#" lines saying
file:line of what is wrong, and ends with status 1 when anything was.
"""
import os
import pathlib
import re
import sys

sys.dont_write_bytecode = True
TOP = pathlib.Path(os.environ.get("top_srcdir") or pathlib.Path(__file__).resolve().parents[2])
BUILD = pathlib.Path(os.environ.get("top_builddir") or TOP / "build")
SRC = TOP / "src"

# A comment, a string or a character: whichever begins first.
TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def blank(text, keep_strings=False):
    """C with comments (and strings) turned to spaces; every line stays where it was."""
    def one(match):
        part = match.group()
        if part.startswith("/"):
            return re.sub(r"[^\n]", " ", part)
        return part if keep_strings else part[0] + " " * (len(part) - 2) + part[0]
    return TOKEN.sub(one, text)


def c_files(*folders):
    for folder in folders or ("src",):
        yield from sorted(p for p in (TOP / folder).rglob("*.[ch]") if p.is_file())


def read(path):
    return path.read_text(encoding="utf-8")


def name(path):
    return str(path.relative_to(TOP))


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def is_test(path):
    """Unit tests, their kits and what only tests include."""
    return path.stem.endswith(("_test", "_bench")) or path == SRC / "base/test.h"


def layers():
    """Folder -> the number of its line in src/LAYERS, counted from the ground."""
    lines = [l.split() for l in read(SRC / "LAYERS").splitlines()
             if l.strip() and not l.startswith("#")]
    return {folder: i for i, line in enumerate(reversed(lines)) for folder in line}


class Tap:
    def __init__(self, title):
        self.title, self.n, self.bad = title, 0, 0

    def prove(self, sentence, complaints):
        """One thing proved: true when nothing speaks against it."""
        complaints = list(complaints)
        self.n += 1
        self.bad += bool(complaints)
        for text in complaints:
            print("#", text)
        print("not ok" if complaints else "ok", self.n, "-", self.title + ":", sentence)

    def skip(self, sentence, why):
        self.n += 1
        print("ok", self.n, "-", self.title + ":", sentence, "# SKIP", why)

    def end(self):
        print(f"1..{self.n}")
        sys.exit(1 if self.bad else 0)
