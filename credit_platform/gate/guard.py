"""The gate before any parser: is the file what it says, and is it small enough to be opened at all?

Everything here streams and stops early: a bomb of gigabytes is refused after the first megabytes. The parser (calamine) lays a sheet
out as a rectangle from its first to its last cell, so one stray cell in column XFD would cost gigabytes: the rectangle is measured
in the raw XML first.
"""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from credit_platform.confined.refusals import FileRefused, refuse
from credit_platform.gate import compound
from credit_platform.gate.kinds import Kind, sniff
from credit_platform.gate.package import WORKBOOK, unpacked

MAX_FILE = 50 * 1024 * 1024
MAX_JSON = 20 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 256
MAX_CELLS = 12_000_000
MAX_UNPACKED = 600 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_RATIO = 200
_RATIO_FROM = 4 * 1024 * 1024
_SAVE_VALUES = "请新建工作簿，以“选择性粘贴—数值”粘贴数据，另存为 xlsx 后重新上传。"

# Two ways of looking at the same: the literal forms are what Excel and WPS write and what the search engine is quick at; a part that
# uses apostrophes, prefixes or odd blanks is read with the slow ones. Columns from BA (53) on are worth an exact look.
_QUICK = (re.compile(rb' r="(?:[A-Z]{3}|[B-Z][A-Z])[0-9]'), re.compile(rb'<row [^<>]*?r="([0-9]+)"'))
_SLOW = (
    re.compile(rb"""\sr\s*=\s*["'](?:[A-Za-z]{3}|[B-Zb-z][A-Za-z])[0-9]"""),
    re.compile(rb"""<(?:\w+:)?row\s[^<>]*?\br\s*=\s*["']([0-9]+)["']"""),
)
_ODD = (b"r='", b":row ", b"\tr=", b"\nr=", b"r =")
_NOT_PLAIN = (b"<!", b"<row>")
_LETTERS = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{2,3})[0-9]""")
_HAS_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is|t)>|<(?:\w+:)?(?:v|is|t)\s")
_HAS_NUMBER = re.compile(
    rb"""<(?:\w+:)?c(?![^<>]*\st\s*=\s*["'](?:s|str|inlineStr)["'])[^<>]*>\s*<(?:\w+:)?v>\s*[^<\s]"""
)
_UNCALCULATED = re.compile(rb"(?:</f>|<f[^<>]*/>)(?:<v></v>|<v\s*/>)?</c>")
_SINCE_1904 = re.compile(rb"""<(?:\w+:)?workbookPr\b[^<>]*\bdate1904\s*=\s*["'](?:1|true)["']""")
_SHARED_TABLE = re.compile(rb"<(?:\w+:)?sst\b[^<>]*>")
_COUNT = re.compile(rb"""\b(?:uniqueC|c)ount\s*=\s*["']\s*([0-9]+)""")
_TAIL = 4096
_SPARSE = 2_000_000
"""Cells of a rectangle that is no longer laid out as a whole, however little stands in it."""
_LEAST_TEXT, _LEAST_CELL = len("<si/>"), len('<c t="s"><v>0</v></c>')


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be opened. `plain`: the sheets (parts of a workbook) whose XML may be cut between rows; `closely`: that is worth it
    however small the file is; `since_1904`: its days count from 1904."""

    kind: Kind
    name: str
    size: int
    plain: frozenset[str] = frozenset()
    closely: bool = False
    since_1904: bool = False


def check(data: bytes, name: str, *, kinds: Sequence[Kind] = tuple(Kind)) -> Checked:
    """Let the bytes of a file pass, or raise FileRefused with a Chinese reason; takes a second or two at most. `kinds`: what is accepted."""
    if len(data) > MAX_FILE:
        raise refuse("size", f"文件超过 {MAX_FILE // 1048576} 兆字节。", "请分成几个文件上传。")
    kind = sniff(data, name, kinds)
    if kind is Kind.XLSX:
        return _check_workbook(data, name)
    if kind is Kind.XLS:
        return Checked(kind, name, len(data), since_1904=_check_compound(data))
    if kind is Kind.JSON and len(data) > MAX_JSON:
        raise refuse("size", f"JSON 文件超过 {MAX_JSON // 1048576} 兆字节。", "请分成几个文件，或用 CSV 上传。")
    return Checked(kind, name, len(data))


# --- xlsx


def _check_workbook(data: bytes, name: str) -> Checked:
    """Every part of a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except Exception as error:  # noqa: BLE001 - a directory of foreign bytes may be damaged in any way
        raise refuse(
            "broken", "文件已损坏，不能作为工作簿打开。", "请用 Excel 或 WPS 打开并另存后重新上传。"
        ) from error
    _check_directory(entries)
    _check_parts({entry.filename.lower().lstrip("/").replace("\\", "/"): entry for entry in entries})
    meters = _measured(data, entries)
    plain = frozenset(name for name, meter in meters.items() if meter.plain)
    closely = any(meter.closely for meter in meters.values())
    return Checked(Kind.XLSX, name, len(data), plain, closely, _counts_since_1904(data, entries))


def _measured(data: bytes, entries: list[zipfile.ZipInfo]) -> dict[str, _SheetMeter]:
    """Unpack everything once, in steps; what was measured of each sheet. The declared sizes are not believed."""
    total = promised = 0
    meters: dict[str, _SheetMeter] = {}
    for entry in entries:
        if entry.is_dir():
            continue
        lowered = entry.filename.lower()
        sheet = _SheetMeter() if "worksheets/" in lowered and lowered.endswith(".xml") else None
        size, counts = 0, list[int]()
        for piece in unpacked(data, entry):
            size += len(piece)
            if total + size > MAX_UNPACKED:
                raise refuse("bomb", "工作簿解压后的体积异常庞大，已拒绝打开。", _SAVE_VALUES)
            if size == len(piece):
                counts = _promised(piece)
            if sheet:
                sheet.feed(piece)
        if sheet:
            sheet.close()
            meters[entry.filename] = sheet
        if counts and min(counts) > size // _LEAST_TEXT:
            raise _lying(min(counts))
        total, promised = total + size, max(promised, *counts, 0)
    if promised > total // _LEAST_CELL + MAX_ROWS:
        raise _lying(promised)
    return meters


def _promised(piece: bytes) -> list[int]:
    """The numbers of texts that the head of a part announces, when it is a table of texts; no part may have a DOCTYPE."""
    if b"<!DOCTYPE" in piece[:2000]:
        raise refuse("doctype", "工作簿含有不允许的 DOCTYPE 声明。", "请用 Excel 或 WPS 打开并另存后重新上传。")
    table = _SHARED_TABLE.search(piece)
    return [int(count[:20]) for count in _COUNT.findall(table[0])] if table else []


def _lying(count: int) -> FileRefused:
    text = f"工作簿声称含有 {count} 条共享文本，与文件大小不符，已拒绝打开。"
    return refuse("counts", text, "请用 Excel 或 WPS 打开并另存后重新上传。")


def _counts_since_1904(data: bytes, entries: list[zipfile.ZipInfo]) -> bool:
    books = [entry for entry in entries if entry.filename.lower().lstrip("/") == WORKBOOK]
    return any(_SINCE_1904.search(piece) for book in books for piece in itertools.islice(unpacked(data, book), 1))


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise refuse("bomb", f"工作簿内部文件过多（{len(entries)} 个），已拒绝打开。", _SAVE_VALUES)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise refuse("encrypted", "文件已加密。", "请去掉打开密码后重新上传。")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_UNPACKED:
        raise refuse("bomb", "工作簿解压后的体积异常庞大，已拒绝打开。", _SAVE_VALUES)
    for entry in entries:
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refuse("broken", "工作簿使用了不支持的压缩方法。", "请用 Excel 或 WPS 打开并另存后重新上传。")
        if entry.file_size > _RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise refuse("bomb", "工作簿的压缩比异常，疑似压缩炸弹，已拒绝打开。", _SAVE_VALUES)


def _check_parts(parts: dict[str, zipfile.ZipInfo]) -> None:
    if "xl/workbook.bin" in parts:
        raise refuse("xlsb", "这是二进制工作簿（xlsb）。", "请另存为 xlsx 后重新上传。")
    if "xl/workbook.xml" not in parts:
        label = "Word 文档" if "word/document.xml" in parts else "压缩包" if "mimetype" not in parts else "ODS 表格"
        raise refuse("not-workbook", f"这是{label}，不是 xlsx 工作簿。", "请另存为 xlsx 后重新上传。")
    if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in parts):
        raise refuse("macro", "工作簿含有宏，出于安全考虑不予接收。", "请另存为不含宏的 xlsx 后重新上传。")
    if any(name.startswith("xl/externallinks/") for name in parts):
        raise refuse("external", "工作簿含有指向其他文件的外部链接，数值不可靠。", _SAVE_VALUES)
    if "xl/connections.xml" in parts:
        raise refuse("external", "工作簿含有外部数据连接，出于安全考虑不予接收。", _SAVE_VALUES)


class _SheetMeter:
    """Measures the rectangle of one sheet while its XML passes by, and looks whether it is plain: written the usual way throughout."""

    def __init__(self) -> None:
        self.plain = True
        self.far = self.faulty = False
        self.tail = b""
        self.last_row = 0
        self.columns = 52

    def feed(self, piece: bytes) -> None:
        block = self.tail + piece
        odd = any(sign in block for sign in _ODD)
        self.plain = self.plain and not odd and not any(sign in block for sign in _NOT_PLAIN)
        cell, row = _SLOW if odd else _QUICK
        if cell.search(block):
            self._columns(block)
        self._rows(block, row)
        self.faulty = self.faulty or _is_faulty(block)
        self.tail = block[-_TAIL:]

    def _columns(self, block: bytes) -> None:
        for letters in set(_LETTERS.findall(block)):
            number = 0
            for letter in letters.upper():
                number = number * 26 + letter - 64
            self.columns = max(self.columns, number)
        if self.columns > MAX_COLUMNS:
            raise refuse(
                "columns",
                f"工作表的列数超过 {MAX_COLUMNS} 列（可能有内容误填在最右侧）。",
                "请删除数据右侧的空白列后另存，或把数据粘贴到新工作簿。",
            )

    def _rows(self, block: bytes, row: re.Pattern[bytes]) -> None:
        numbers = [int(number) for number in row.findall(block)]
        highest = max(numbers, default=0)
        if highest <= MAX_ROWS:
            self.last_row = max(self.last_row, highest)
            return
        # Formatting often runs to the last row of the sheet, and a blank typed there by accident is no data either: a text that far
        # out has to be read first.
        for match in row.finditer(block):
            number = int(match[1])
            end = block.find(b"</row>", match.end())
            place = match.end(), end if end > 0 else len(block)
            if number <= MAX_ROWS:
                self.last_row = max(self.last_row, number)
            elif _HAS_NUMBER.search(block, *place):
                raise too_many_rows()
            elif _HAS_VALUE.search(block, *place):
                self.far = True

    @property
    def closely(self) -> bool:
        """Whether the sheet should be read piece by piece even when it is small."""
        return self.far or self.faulty or self.last_row * self.columns > _SPARSE

    def close(self) -> None:
        if not self.plain and (self.far or self.last_row * self.columns > MAX_CELLS):
            raise too_many_rows()


def _is_faulty(block: bytes) -> bool:
    """Whether there may be cells that hold an error, or formulas that nobody calculated."""
    if b't="e"' in block or b"t='e'" in block:
        return True
    return (b"<f>" in block or b"<f " in block) and _UNCALCULATED.search(block) is not None


def too_many_rows() -> FileRefused:
    """The refusal of a table that is too long."""
    return refuse("rows", f"数据超过 {MAX_ROWS} 行（或最末行误填了内容）。", "请删除空白区域，或分成几个文件上传。")


def too_many_key_sets(count: int) -> FileRefused:
    """The refusal of JSON whose objects have nothing in common."""
    text = f"JSON 各项的字段各不相同（{count} 种组合），不像是报送数据。"
    return refuse("json-keys", text, "请按同一数据标准的字段代码生成各项。")


def too_many_columns(sheet: str) -> FileRefused:
    """The refusal of a sheet that is too wide."""
    return refuse("columns", f"工作表“{sheet}”超过 {MAX_COLUMNS} 列。", "请删除数据右侧的空白列后另存。")


# --- xls


def _check_compound(data: bytes) -> bool:
    """Whether an old workbook counts its days from 1904. FileRefused when it is none, or its inner chains are damaged."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("WordDocument"):
        raise refuse("not-workbook", "这是 Word 文档，不是工作簿。", "请另存为 xlsx 后重新上传。")
    if holds("_VBA_PROJECT"):
        raise refuse("macro", "工作簿含有宏，出于安全考虑不予接收。", "请另存为不含宏的 xlsx 后重新上传。")
    if not holds("Workbook") and not holds("Book"):
        raise refuse("not-workbook", "文件不是 xls 工作簿。", "请另存为 xlsx 后重新上传。")
    return compound.since_1904(compound.workbook(data))
