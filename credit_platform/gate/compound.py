"""An old workbook (.xls) as the compound file that it is: its chains of sectors walked once each, its main stream taken out.

A chain that comes back to itself is what fills the memory of a parser that follows it. What is merely untidy (a last sector cut short,
chains into nothing) is left to the parser, which knows many writers.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct, unpack_from

from credit_platform.confined.refusals import FileRefused, refuse
from credit_platform.gate.lines import NO_RESULT

_LAST_SECTOR = 0xFFFFFFFA
"""From here on numbers of sectors are words: free, end, table."""
_IN_HEADER = 109
_ENTRY = 128
_SMALL = 64
_RECORD = Struct("<HH")
_EOF, _BOF, _FILEPASS, _DATEMODE, _BOUNDSHEET = 0x0A, 0x0809, 0x2F, 0x22, 0x85
_FORMULA, _BOOLERR = 0x06, 0x0205
_ROW, _NO_HEIGHT = 0x0208, 0x20
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def workbook(data: bytes) -> bytes:
    """The stream of the workbook; b"" when there is none. FileRefused for counts that the file cannot hold and chains without end."""
    if len(data) < 512:
        raise _broken()
    shift, small_shift = unpack_from("<HH", data, 0x1E)
    if shift not in (9, 12) or small_shift != 6:
        raise _broken()
    sectors = _Sectors(data, shift)
    fats, directory = unpack_from("<II", data, 0x2C)
    cutoff, small_fat, small_fats, difat, difats = unpack_from("<IIIII", data, 0x38)
    if max(fats, small_fats, difats) > sectors.count + 1:
        raise _broken()
    sectors.table = _table(sectors, _fat_sectors(sectors, difat))
    entries = sectors.stream(directory)
    small_table = _numbers(sectors.stream(small_fat))
    root, found = b"", None
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        length, kind = unpack_from("<HB", entries, at + 0x40)
        name = entries[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        start, size = unpack_from("<II", entries, at + 0x74)
        if kind == 5:
            root = sectors.stream(start)
        elif kind == 2 and name.lower() in ("workbook", "book"):
            found = found or (start, size)
    if found is None:
        return b""
    start, size = found
    if size >= cutoff:
        return sectors.stream(start)[:size]
    return b"".join(root[n * _SMALL : (n + 1) * _SMALL] for n in _chain(small_table, start))[:size]


def since_1904(stream: bytes) -> bool:
    """Whether the days of a workbook count from 1904. FileRefused when it is encrypted."""
    for kind, at, _ in _records(stream, 0):
        if kind == _FILEPASS:
            raise refuse("encrypted", "文件已加密，不能读取。", "请去掉打开密码后重新上传。")
        if kind == _DATEMODE:
            return unpack_from("<H", stream, at) == (1,)
        if kind == _EOF:
            break
    return False


def faults(stream: bytes) -> dict[int, dict[tuple[int, int], str]]:
    """Cells without a value by the place of their sheet: (row, column), both from 0 → the error."""
    found: dict[int, dict[tuple[int, int], str]] = {}
    starts = [
        unpack_from("<I", stream, at)[0] for kind, at, size in _records(stream, 0) if kind == _BOUNDSHEET and size >= 4
    ]
    for place, start in enumerate(starts[:256]):
        cells = dict(_faults_of(stream, start))
        if cells:
            found[place] = cells
    return found


def hidden_rows(stream: bytes) -> dict[int, list[int]]:
    """Rows without height, counted from 1, by the place of their sheet."""
    starts = [
        unpack_from("<I", stream, at)[0] for kind, at, size in _records(stream, 0) if kind == _BOUNDSHEET and size >= 4
    ]
    return {
        place: [
            unpack_from("<H", stream, at)[0] + 1
            for kind, at, size in _records(stream, start)
            if kind == _ROW and size >= 16 and stream[at + 12] & _NO_HEIGHT
        ]
        for place, start in enumerate(starts[:256])
    }


def _faults_of(stream: bytes, start: int) -> Iterator[tuple[tuple[int, int], str]]:
    for kind, at, size in _records(stream, start):
        if kind == _BOOLERR and size >= 8 and stream[at + 7] == 1:
            code = stream[at + 6]
        elif kind == _FORMULA and size >= 14 and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
            code = stream[at + 8]
        else:
            continue
        yield unpack_from("<HH", stream, at), _ERRORS.get(code, NO_RESULT)


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of the records from a place on, to the end of their part."""
    head, at, last = _RECORD.unpack_from, start, len(stream) - 4
    while at <= last:
        kind, size = head(stream, at)
        if at + 4 + size > len(stream):
            return
        yield kind, at + 4, size
        at += 4 + size
        if kind == _EOF:
            return


class _Sectors:
    """The sectors of a file and where each goes on."""

    def __init__(self, data: bytes, shift: int) -> None:
        self.data, self.size = data, 1 << shift
        self.count = max(0, -(-len(data) // self.size) - 1)
        self.table: tuple[int, ...] = ()

    def sector(self, number: int) -> bytes:
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def stream(self, start: int) -> bytes:
        return b"".join(map(self.sector, _chain(self.table, start)))


def _chain(table: tuple[int, ...], start: int) -> Iterator[int]:
    """The numbers of a chain. FileRefused when it comes back to where it was."""
    visited = bytearray(len(table))
    number = start
    while number < _LAST_SECTOR and number < len(table):
        if visited[number]:
            raise _broken()
        visited[number] = 1
        yield number
        number = table[number]


def _fat_sectors(sectors: _Sectors, difat: int) -> list[int]:
    """The sectors that hold the table: the first 109 named in the header, the others in a chain of their own."""
    named = list(unpack_from(f"<{_IN_HEADER}I", sectors.data, 0x4C))
    visited: set[int] = set()
    each = sectors.size // 4
    while difat < sectors.count:
        if difat in visited:
            raise _broken()
        visited.add(difat)
        numbers = _numbers(sectors.sector(difat))
        if len(numbers) < each:
            break
        named += numbers[:-1]
        difat = numbers[-1]
    used = [number for number in named if number < sectors.count]
    if len(set(used)) != len(used):
        raise _broken()
    return used


def _table(sectors: _Sectors, used: list[int]) -> tuple[int, ...]:
    return _numbers(b"".join(map(sectors.sector, used)))


def _numbers(raw: bytes) -> tuple[int, ...]:
    return unpack_from(f"<{len(raw) // 4}I", raw)


def _broken() -> FileRefused:
    return refuse(
        "broken", "文件已损坏，内部结构首尾相接或超出文件大小。", "请用 Excel 或 WPS 打开并另存为 xlsx 后重新上传。"
    )
