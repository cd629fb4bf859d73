"""Good files with damage at random: the same damage every time, by the number of the file."""

from __future__ import annotations

import io
import zipfile
from random import Random

EXTREMES = (b"\x00" * 4, b"\xff" * 4, b"\xff\xff\xff\x7f", b"\xfe\xff\xff\xff", b"\x01\x00\x00\x80")
SIGNS = (
    b"<",
    b">",
    b'"',
    b"&",
    b"\\",
    b"[",
    b"{",
    b",",
    b"\n",
    b"99999999999",
    b"-1",
    b"1e999",
    b"\\ud800",
    b"\xff",
    b"=",
)


def damaged(data: bytes, seed: int) -> bytes:
    """Some bytes of it turned, cut out, doubled or replaced by extremes."""
    random, made = Random(seed), bytearray(data)
    for _ in range(random.randrange(1, 8)):
        at = random.randrange(max(1, len(made)))
        match random.randrange(6):
            case 0:
                made[at : at + 1] = bytes([random.randrange(256)])
            case 1:
                del made[at : at + random.randrange(1, 200)]
            case 2:
                made[at:at] = made[at : at + random.randrange(1, 200)]
            case 3:
                at -= at % 4
                made[at : at + 4] = random.choice(EXTREMES)
            case 4:
                made[at:at] = random.choice(SIGNS)
            case 5 if random.random() < 0.2:
                del made[at:]
    return bytes(made)


def damaged_inside(data: bytes, seed: int) -> bytes:
    """A workbook one of whose parts is damaged, packed soundly again: the damage reaches the parser."""
    random = Random(seed)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        chosen = random.choice([name for name in names if name.endswith((".xml", ".rels"))])
        for name in names:
            part = source.read(name)
            target.writestr(name, damaged(part, seed) if name == chosen else part)
    return out.getvalue()
