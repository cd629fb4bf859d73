"""A workbook as the zip package that it is: its parts, unpacked in steps, and small workbooks made of a few of them."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

from credit_platform.confined.refusals import FileRefused, refuse

STEP = 1024 * 1024
_FED = 64 * 1024
WORKBOOK, SHARED, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
_ROOT = "_rels/.rels"
_SHELL = (_ROOT, "[Content_Types].xml", WORKBOOK, RELATIONS, STYLES)


def unpacked(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of one part, at most a megabyte at a time; FileRefused where it is damaged."""
    start = entry.header_offset
    header = data[start : start + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise refuse("broken", "文件已损坏，不能作为工作簿打开。", "请用 Excel 或 WPS 打开并另存后重新上传。")
    begin = start + 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = memoryview(data)[begin : begin + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        for at in range(0, len(packed), STEP):
            yield bytes(packed[at : at + STEP])
        return
    unpacker = zlib.decompressobj(-15)
    try:
        for at in range(0, len(packed), _FED):
            yield from _inflated(unpacker, packed[at : at + _FED])
    except zlib.error as error:
        raise refuse("broken", "文件已损坏，解压失败。", "请用 Excel 或 WPS 打开并另存后重新上传。") from error


def _inflated(unpacker: Any, packed: memoryview) -> Iterator[bytes]:
    """What some packed bytes hold. Few at a time: what the unpacker has not come to yet is copied at every step."""
    rest: bytes | memoryview = packed
    while not unpacker.eof:
        piece = unpacker.decompress(rest, STEP)
        rest = unpacker.unconsumed_tail
        if piece:
            yield piece
        if not rest and len(piece) < STEP:
            return


def broken() -> FileRefused:
    """The refusal of a workbook that cannot be read."""
    return refuse("broken", "文件已损坏，或不是规范的工作簿。", "请用 Excel 或 WPS 打开并另存为 xlsx 后重新上传。")


class Package:
    """The parts of an xlsx that passed the gate."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._entries = {entry.filename: entry for entry in archive.infolist()}

    def size(self, name: str) -> int:
        """The size of a part as the directory declares it; 0 when there is none."""
        entry = self._entries.get(name)
        return entry.file_size if entry else 0

    def stream(self, name: str) -> Iterator[bytes]:
        """A part in steps. KeyError when there is none."""
        return unpacked(self.data, self._entries[name])

    def part(self, name: str) -> bytes:
        """A part as a whole. KeyError when there is none."""
        return b"".join(self.stream(name))

    def sheet_parts(self) -> dict[str, str]:
        """Name of a sheet → the part that holds it. KeyError or ParseError where the package is put together oddly."""
        targets = {
            each.attrib["Id"]: posixpath.normpath(posixpath.join("/xl", each.attrib["Target"])).lstrip("/")
            for each in self._tags(RELATIONS, "Relationship")
        }
        return {each.attrib["name"]: targets[_reference(each)] for each in self._tags(WORKBOOK, "sheet")}

    def small_workbook(self, parts: Mapping[str, bytes], *, with_strings: bool = False) -> io.BytesIO:
        """A workbook with the same sheets, styles and settings, and of everything else only the given parts."""
        made = io.BytesIO()
        names = (*_SHELL, SHARED) if with_strings else _SHELL
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as target:
            for name in names:
                if name in self._entries and name not in parts:
                    target.writestr(name, self.part(name))
            for name, content in parts.items():
                target.writestr(name, content)
        made.seek(0)
        return made

    def _tags(self, part: str, name: str) -> list[ElementTree.Element]:
        # The gate lets no DOCTYPE pass, so there are no entities to expand.
        root = ElementTree.fromstring(self.part(part))  # noqa: S314
        return [each for each in root.iter() if each.tag.rsplit("}", 1)[-1] == name]


def _reference(sheet: ElementTree.Element) -> str:
    """The relationship of a sheet; the name of its attribute's space differs between the two editions of the norm."""
    return next(value for name, value in sheet.attrib.items() if name.endswith("}id"))
