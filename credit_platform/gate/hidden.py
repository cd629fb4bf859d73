"""Rows that a workbook keeps from sight, by a filter or by hand. Runs in the limited process.

They are read all the same, for a filter is no deletion, and told, so that nobody wonders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from credit_platform.gate import compound
from credit_platform.gate.package import Package

MOST = 1_000
"""So many hidden rows of a sheet are named at most."""
_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*>")
_HIDDEN = re.compile(rb"""\shidden=["'](?:1|true)["']""")
_NUMBER = re.compile(rb"""\sr=["']([0-9]{1,7})["']""")
_LONGEST_TAG = 4096


def rows_of_package(data: bytes, names: list[str]) -> dict[str, list[int]]:
    """Hidden rows of the sheets of an xlsx; nothing is said of one that is put together oddly."""
    package = Package(data)
    try:
        parts = package.sheet_parts()
        found = {name: list(_in_part(package, parts[name])) for name in names if name in parts}
    except (KeyError, StopIteration, ParseError):
        return {}
    return {name: rows for name, rows in found.items() if rows}


def rows_of_compound(data: bytes, names: list[str]) -> dict[str, list[int]]:
    """Hidden rows of the sheets of an xls, given the names of all its sheets in order."""
    by_place = compound.hidden_rows(compound.workbook(data))
    return {names[place]: rows[:MOST] for place, rows in by_place.items() if place < len(names) and rows}


def _in_part(package: Package, part: str) -> Iterator[int]:
    rest, count = b"", 0
    for piece in package.stream(part):
        xml = rest + piece
        cut = xml.rfind(b"<")
        rest = xml[cut:] if cut >= 0 and len(xml) - cut < _LONGEST_TAG else b""
        if b"hidden=" not in xml:
            continue
        for tag in _ROW.findall(xml, 0, len(xml) - len(rest)):
            number = _NUMBER.search(tag) if _HIDDEN.search(tag) else None
            if number:
                yield int(number[1])
                count += 1
                if count >= MOST:
                    return
