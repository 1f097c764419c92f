#!/usr/bin/env python3
"""Checks a journal exported by `shirma audit export --tiles DIR` with nothing but Python: verify.py DIR [--key KEY] [NOTE ...]
KEY is the public key you keep yourself (a line of the file `key`); without it the one in DIR is believed. NOTEs are files
with checkpoints that others keep. Exit code: 0 fine, 1 unreadable, 2 altered, 3 contradicts a note, 5 bad signature."""
import base64, hashlib, pathlib, sys
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
def point(raw):  # RFC 8032, 5.1.3
    y, sign = int.from_bytes(raw, "little") & (1 << 255) - 1, raw[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or y >= P:
        raise ValueError("not a point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P

def add(p, q):  # RFC 8032, 5.1.4
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] * D, 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(number, p):
    total = (0, 1, 1, 0)
    while number:
        total, p, number = add(total, p) if number & 1 else total, add(p, p), number >> 1
    return total

def has_signed(key, text, signature):
    try:
        r, a, s = point(signature[:32]), point(key), int.from_bytes(signature[32:], "little")
    except ValueError:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    left, right = times(s, point(b"\x58" + b"\x66" * 31)), add(r, times(k, a))
    return s < L and all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))

def read_note(text, keys):  # origin, size, root, a blank line, signatures
    body, _, signatures = text.rpartition("\n\n")
    origin, size, root = (body + "\n").split("\n")[:3]
    for name, _, raw in (line[2:].partition(" ") for line in signatures.splitlines() if line.startswith("\u2014 ")):
        raw = base64.b64decode(raw)
        for known, key in keys:
            identity = hashlib.sha256(known.encode() + b"\n\x01" + key).digest()[:4]
            if known == name == origin and raw[:4] == identity and has_signed(key, (body + "\n").encode(), raw[4:]):
                return int(size), base64.b64decode(root)
    fail(5, "no valid signature by a known key: " + text.splitlines()[0])

def fail(code, words):
    sys.exit(print(words) or code)

def tile(folder, kind, index, width):
    name = "".join("x%03d/" % (index // 1000**n % 1000) for n in (2, 1) if index >= 1000**n) + "%03d" % (index % 1000)
    return (folder / "tile" / str(kind) / (name + (".p/%d" % width if width < 256 else ""))).read_bytes()

def root_of(hashes):
    row = list(hashes)
    while len(row) > 1:
        pairs = [row[i:i + 2] for i in range(0, len(row), 2)]
        row = [hashlib.sha256(b"\x01" + pair[0] + pair[1]).digest() if pair[1:] else pair[0] for pair in pairs]
    return row[0] if row else hashlib.sha256(b"").digest()

def main(folder, keys, notes):
    size, root = read_note((folder / "checkpoint").read_text("utf-8"), keys)
    leaves, level = [], 0
    for first in range(0, size, 256):
        bundle = tile(folder, "entries", first // 256, min(256, size - first))
        for seq in range(first, min(first + 256, size)):
            length = int.from_bytes(bundle[:2], "big")
            entry, bundle = bundle[2:2 + length], bundle[2 + length:]
            if not entry.startswith(b'{"v":1,"seq":%d,' % seq):
                fail(2, "altered: entry %d" % seq)
            leaves.append(hashlib.sha256(b"\x00" + entry).digest())
    row = leaves
    while row:  # each level of tiles holds the roots of whole tiles below it
        for first in range(0, len(row), 256):
            stored = tile(folder, level, first // 256, min(256, len(row) - first))
            for i, found in enumerate(row[first:first + 256]):
                if stored[32 * i:32 * i + 32] != found:
                    fail(2, "altered: entry %d or its hash" % (first + i << 8 * level))
        row, level = [root_of(row[i:i + 256]) for i in range(0, len(row) - 255, 256)], level + 1
    if root_of(leaves) != root:
        fail(2, "altered: the entries do not give the root of the checkpoint")
    for name in notes:
        copied, other = read_note(pathlib.Path(name).read_text("utf-8"), keys)
        if copied > size or root_of(leaves[:copied]) != other:
            fail(3, "the journal does not continue %s" % name)
    print("fine: %d entries, root %s" % (size, root.hex()))

if __name__ == "__main__":
    given = sys.argv[1:] or fail(1, __doc__)
    place, mine = pathlib.Path(given.pop(0)), given[1:2] if given[:1] == ["--key"] else []
    try:
        lines = [line.split("+", 2) for line in mine or (place / "key").read_text().split()]
        main(place, [(name, base64.b64decode(raw)[1:]) for name, _, raw in lines], given[2 * len(mine):])
    except (OSError, ValueError) as error:
        fail(1, "unreadable: %s" % error)
