"""Old workbooks (.xls): chains without end, counts that lie, records that point nowhere."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable

import xlwt

NAME = "张三丰示例"
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Made = Callable[[], tuple[str, bytes]]


def good(rows: int = 40) -> bytes:
    """A workbook of penalties, large enough to have chains."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("处罚")
    for place, header in enumerate(("文书号", "行政相对人名称", "统一社会信用代码", "处罚机关", "处罚决定日期")):
        sheet.write(0, place, header)
    for number in range(1, rows):
        for place, cell in enumerate((f"示罚〔2026〕{number}号", NAME, "91230100MA1B2C3D4E", "示例局", 46328.0)):
            sheet.write(number, place, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def compound(sectors: list[bytes], table: list[int], *, fats: int = 1, **header: int) -> bytes:
    """A compound file: sector 0 is the table of chains, sector 1 the directory; `header` replaces what the head says."""
    told = {"directory": 1, "small": END, "smalls": 0, "difat": END, "difats": 0} | header
    head = MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, header.get("shift", 9), 6) + bytes(6)
    head += struct.pack("<III", 0, fats, told["directory"]) + bytes(4)
    head += struct.pack("<IIIII", 4096, told["small"], told["smalls"], told["difat"], told["difats"])
    head += struct.pack("<109I", 0, *[FREE] * 108)
    numbers = struct.pack("<128I", *(table + [FREE] * (128 - len(table))))
    return head.ljust(512, b"\0") + numbers + b"".join(each.ljust(512, b"\0") for each in sectors)


def entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    tail = struct.pack("<HBBIII", len(raw), kind, 1, FREE, FREE, FREE) + bytes(36) + struct.pack("<IQ", start, size)
    return raw.ljust(64, b"\0") + tail


def directory(start: int = 2, size: int = 10**6) -> bytes:
    return entry("Root Entry", 5, END, 0) + entry("Workbook", 2, start, size)


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def of_stream(stream: bytes) -> bytes:
    """A compound file around a stream of records."""
    stream = stream.ljust(4096, b"\0")
    pieces = [stream[at : at + 512] for at in range(0, len(stream), 512)]
    chain = [*range(3, 2 + len(pieces)), END]
    return compound([directory(2, len(stream)), *pieces], [FAT, END, *chain])


def book_of(sheet: bytes, *, globals_: bytes = b"", offset: int | None = None) -> bytes:
    """A stream of a workbook with one sheet of the given records."""
    bof = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    start = len(bof) + len(globals_) + 4 + 4 + 4 + 4 + 4
    bound = record(0x85, struct.pack("<IBBBB", start if offset is None else offset, 0, 0, 2, 0) + b"ab")
    start_of_sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    stream = bof + globals_ + bound + record(0x0A, b"")
    return of_stream(stream + start_of_sheet + sheet + record(0x0A, b""))


def _number(row: int, column: int) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, 1.0))


CASES: dict[str, Callable[[], bytes]] = {
    "table of chains that points to itself": lambda: compound(
        [b"Workbook".decode().encode("utf-16-le")], [0], directory=0
    ),
    "stream that comes back to itself": lambda: compound([directory(), b"x"], [FAT, END, 2]),
    "stream in a ring of three": lambda: compound([directory(), b"x", b"x", b"x"], [FAT, END, 3, 4, 2]),
    "directory without end": lambda: compound([directory()], [FAT, 1]),
    "small chains without end": lambda: compound([directory(2, 100), b"x"], [FAT, END, END], small=1, smalls=1),
    "list of tables without end": lambda: compound([directory(), b"\2\0\0\0" * 128], [FAT, END], difat=2, difats=9),
    "four billion tables": lambda: compound([directory()], [FAT, END], fats=0xFFFFFFF0),
    "four billion small tables": lambda: compound([directory()], [FAT, END], smalls=0xFFFFFFF0),
    "four billion lists of tables": lambda: compound([directory()], [FAT, END], difats=0xFFFFFFF0),
    "sectors of a gigabyte": lambda: compound([directory()], [FAT, END], shift=30),
    "sectors of a byte": lambda: compound([directory()], [FAT, END], shift=0),
    "stream of four gigabytes": lambda: compound([directory(2, 2**32 - 1), b"x"], [FAT, END, END]),
    "stream that begins beyond the end": lambda: compound([directory(0xFFFFFF, 5000)], [FAT, END]),
    "head alone": lambda: good()[:512],
    "cut in half": lambda: good()[: len(good()) // 2],
    "the word alone": lambda: MAGIC + bytes(600) + "Workbook".encode("utf-16-le") + bytes(900),
    "numbers in the corners": lambda: book_of(_number(0, 0) + _number(65_535, 65_535)),
    "a column of corners": lambda: book_of(b"".join(_number(row * 6_000, row * 6_000) for row in range(10))),
    "four billion texts": lambda: book_of(
        _number(0, 0), globals_=record(0xFC, struct.pack("<II", 2**32 - 1, 2**32 - 1))
    ),
    "a text longer than its table": lambda: book_of(
        _number(0, 0), globals_=record(0xFC, struct.pack("<IIHB", 1, 1, 65_535, 1))
    ),
    "a sheet beyond the end": lambda: book_of(_number(0, 0), offset=2**31),
    "a sheet that is the workbook": lambda: book_of(_number(0, 0), offset=0),
    "a record longer than the file": lambda: book_of(struct.pack("<HH", 0x0203, 65_535)),
    "cells that point to no text": lambda: book_of(record(0xFD, struct.pack("<HHHI", 0, 0, 0, 2**31))),
    "many cells of one row": lambda: book_of(
        record(0xBD, struct.pack("<HH", 0, 0) + bytes(60) + struct.pack("<H", 65_535))
    ),
    "dimensions of everything": lambda: book_of(
        record(0x0200, struct.pack("<IIHHH", 0, 2**32 - 1, 0, 65_535, 0)) + _number(1, 1)
    ),
    "encrypted": lambda: book_of(_number(0, 0), globals_=record(0x2F, b"\1\0" + bytes(52))),
    "formula of nothing": lambda: book_of(record(0x06, struct.pack("<HHH", 1, 1, 0) + b"\2\0\x17\0\0\0\xff\xff")),
}
