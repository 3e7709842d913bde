#!/usr/bin/env python3
"""Writes src/gz/code.c: the code by which pages are packed quickly, made from finished pages.

    src/gz/code.py FOLDER > src/gz/code.c

The folder holds pages as `cache warm --files` or `export` writes them. What is in the tree came from the
five example sites, each in its language and with another theme:

    hameau site import examples/sites --create
    hameau site set anna lang=en theme=agora          # and so on: atelier fr plain,
    hameau cache warm --files                         # mareas es feuilleton, wanderverein de plume,
                                                      # borgoverde it place

Another code makes other bytes of the same pages: whoever has their entity tags would be told that
nothing has changed, which is true of the page and harmless, but a reason not to do it for nothing.
"""
import heapq
import pathlib
import sys

MOST, FARTHEST, LAZY, GUARD, NEAR, STEP = 12, 32768, 8, 16, 256, 128
ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]      # RFC 1951 3.2.7
LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
           131, 163, 195, 227, 258]
LENGTH_EXTRA = [0] * 8 + [n for n in range(1, 6) for _ in range(4)] + [0]


def distance_code(distance):
    x = distance - 1
    extra = max(0, x.bit_length() - 2)
    return 2 * extra + (x >> extra)


def length_code(n):
    return max(i for i, least in enumerate(LENGTHS) if least <= n)


LENGTH_CODE = [0] * 3 + [length_code(n) for n in range(3, 259)]


def find(text, last, at):
    """As look_up() and follow() of quick.c, but for collisions of hashes."""
    four = text[at:at + 4]
    before = last.get(four)
    last[four] = at
    if before is None or at - before > FARTHEST:
        return 0, 0
    n = 4
    while n < 258 and at + n < len(text) and text[before + n] == text[at + n]:
        n += 1
    return n, at - before


def count(text, symbols, distances):
    last, at, todo = {}, 0, 0
    while len(text) - at > GUARD:
        n, distance = find(text, last, at)
        if not n:
            at += 1
            continue
        if n < LAZY and at + 1 < len(text) - GUARD:
            more, other = find(text, last, at + 1)
            if more > n:
                at, n, distance = at + 1, more, other
        while at > todo and n < 258 and at > distance and text[at - 1] == text[at - 1 - distance]:
            at, n = at - 1, n + 1
        for byte in text[todo:at]:
            symbols[byte] += 1
        symbols[257 + LENGTH_CODE[n]] += 1
        distances[distance_code(distance)] += 1
        at = todo = at + n
        for i in (at - 2, at - 1):
            last[text[i:i + 4]] = i
    for byte in text[todo:]:
        symbols[byte] += 1
    symbols[256] += 1


def level(counts, groups):
    """Symbols that are rare share what they have: their lengths are equal, and said at once."""
    for group in groups:
        mean = sum(counts[i] for i in group) / len(group)
        for i in group:
            counts[i] = mean


def lengths_of(counts, most):
    """Package-merge: the best code with no length above most."""
    packages = []
    single = sorted((c, [i]) for i, c in enumerate(counts) if c)
    for _ in range(most):
        pairs = [(a[0] + b[0], a[1] + b[1]) for a, b in zip(packages[::2], packages[1::2])]
        packages = list(heapq.merge(single, pairs))
    lengths = [0] * len(counts)
    for _, symbols in packages[:2 * len(single) - 2]:
        for i in symbols:
            lengths[i] += 1
    return lengths


def codes_of(lengths):
    """RFC 1951 3.2.2, the bits turned round."""
    codes, code = [(0, 0)] * len(lengths), 0
    for n in range(1, max(lengths) + 1):
        for i in (i for i, length in enumerate(lengths) if length == n):
            codes[i] = int(f"{code:0{n}b}"[::-1], 2), n
            code += 1
        code <<= 1
    return codes


def runs_of(lengths):
    """(symbol, extra bits, how many) for the lengths in a row."""
    i = 0
    while i < len(lengths):
        n = next((k for k in range(i, len(lengths)) if lengths[k] != lengths[i]), len(lengths)) - i
        value, i = lengths[i], i + n
        yield value, 0, 0
        n -= 1
        while n >= 3:
            take = min(n, 6) if n not in (7, 8) else n - 3
            yield 16, take - 3, 2
            n -= take
        for _ in range(n):
            yield value, 0, 0


def head_of(symbols, distances):
    runs = list(runs_of(symbols + distances))
    counts = [0] * 19
    for value, _, _ in runs:
        counts[value] += 1
    inner = lengths_of(counts, 7)
    codes = codes_of(inner)
    used = max(i for i, value in enumerate(ORDER) if inner[value]) + 1
    bits = [(1, 1), (2, 2), (len(symbols) - 257, 5), (len(distances) - 1, 5), (used - 4, 4)]
    bits += [(inner[value], 3) for value in ORDER[:used]]
    for value, extra, n in runs:
        bits += [codes[value], (extra, n)]
    total = at = 0
    for value, n in bits:
        total |= value << at
        at += n
    return total.to_bytes(at // 8 + 1, "little"), at


def table(name, codes):
    print(f"\nconst struct code {name} = {{")
    row = ""
    for bits, n, extra in codes:
        item = f"{{ 0x{bits:x}, {n}, {extra} }},"
        if len(row) + len(item) > 88:
            print("\t" + row.rstrip())
            row = ""
        row += item + " "
    print("\t" + row.rstrip() + "\n};")


def main():
    symbols, distances = [0] * 286, [0] * 30
    for path in sorted(pathlib.Path(sys.argv[1]).rglob("*")):
        if path.suffix in (".html", ".xml", ".json") and path.stat().st_size >= 256:
            count(path.read_bytes(), symbols, distances)
    symbols = [n + 1 for n in symbols]
    distances = [n + 1 for n in distances]
    level(symbols, [[*range(9), 11, 12, *range(14, 32), 127], range(0xc5, 0xe2), range(0xe3, 0x100)]
          + [range(i, i + 8) for i in range(0x80, 0xc0, 8)])
    symbols, distances = lengths_of(symbols, MOST), lengths_of(distances, MOST)
    head, n = head_of(symbols, distances)
    codes = codes_of(symbols)
    print("/* code.c - see code.h. Written by src/gz/code.py. */\n#include \"gz/code.h\"")
    table("code_bytes[256]", [(*code, 0) for code in codes[:256]])
    print(f"\nconst struct code code_end = {{ 0x{codes[256][0]:x}, {codes[256][1]}, 0 }};")
    both = [(0, 0, 0)] * 3
    for length in range(3, 259):
        code = LENGTH_CODE[length]
        bits, size = codes[257 + code]
        both.append((bits | (length - LENGTHS[code]) << size, size + LENGTH_EXTRA[code], 0))
    table("code_lengths[CODE_LONGEST + 1]", both)
    far, codes = [], codes_of(distances)
    for x in [*range(NEAR), *range(0, FARTHEST, STEP)]:
        code = distance_code(x + 1)
        far.append((*codes[code], max(0, code // 2 - 1)))
    table("code_distances[CODE_NEAR + 32768 / CODE_FAR_STEP]", far)
    print("\nconst unsigned char code_head[] = {")
    whole = head[:n // 8]
    for i in range(0, len(whole), 14):
        print("\t" + " ".join(f"0x{byte:02x}," for byte in whole[i:i + 14]))
    print("};")
    print(f"const struct code code_head_rest = {{ 0x{head[-1]:x}, {n % 8}, 0 }};")
    print("const unsigned code_head_n = sizeof code_head;")
    print(f"{len(head)} bytes of head", file=sys.stderr)


main()
