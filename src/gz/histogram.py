#!/usr/bin/env python3
"""Writes src/gz/histogram.c: how often what stands in pages, counted by ISA-L in finished ones.

    src/gz/histogram.py FOLDER > src/gz/histogram.c

The folder holds pages as `cache warm --files` or `export` writes them. What is in the tree came from the
five example sites, each in its language and with another theme:

    hameau site import examples/sites --create
    hameau site set anna lang=en theme=agora          # and so on: atelier fr plain,
    hameau cache warm --files                         # mareas es feuilleton, wanderverein de plume,
                                                      # borgoverde it place

Another histogram makes other bytes of the same pages, and other entity tags with them.
"""
import ctypes
import pathlib
import sys

SYMBOLS, DISTANCES, SEEN, TOTAL = 286, 30, 8192, 60000


class Histogram(ctypes.Structure):          # struct isal_huff_histogram
    _fields_ = [("symbols", ctypes.c_uint64 * SYMBOLS), ("distances", ctypes.c_uint64 * DISTANCES),
                ("seen", ctypes.c_uint16 * SEEN)]


def level(counts):
    """Bytes that are rare here share what they have: other languages have other ones."""
    for group in ([*range(9), 11, 12, *range(14, 32), 127], range(0xc5, 0xe2), range(0xe3, 0x100),
                  *(range(i, i + 8) for i in range(0x80, 0xc0, 8))):
        mean = sum(counts[i] for i in group) / len(group)
        for i in group:
            counts[i] = mean


def scaled(counts):
    return [max(1, round(n * TOTAL / sum(counts))) for n in counts]


def table(name, numbers):
    print(f"\nconst uint16_t {name}[] = {{")
    row = ""
    for n in numbers:
        if len(row) + len(str(n)) > 86:
            print("\t" + row.rstrip())
            row = ""
        row += f"{n}, "
    print("\t" + row.rstrip() + "\n};")


def main():
    count = ctypes.CDLL("libisal.so.2").isal_update_histogram
    found = Histogram()
    for path in sorted(pathlib.Path(sys.argv[1]).rglob("*")):
        if path.suffix in (".html", ".xml", ".json") and path.stat().st_size >= 256:
            text = path.read_bytes()
            count(text, len(text), ctypes.byref(found))
    symbols = list(found.symbols)
    level(symbols)
    print("/* histogram.c - see histogram.h. Written by src/gz/histogram.py. */\n"
          "#include \"gz/histogram.h\"")
    table("histogram_symbols", scaled(symbols))
    table("histogram_distances", scaled(found.distances))


main()
