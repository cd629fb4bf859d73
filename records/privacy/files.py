"""Stored files and logs. A sealed file is told by its head and not opened: what is encrypted is not in clear."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from credit_platform.vault import is_sealed
from records.privacy.kinds import counted

LOG = ".log"
_PIECE = 256 * 1024
_MOST = 200 * 1024 * 1024
"""Bytes of one part of a workbook or archive that are read at most."""


@dataclass(slots=True)
class Files:
    """What was read, and which files hold numbers: path → kind → count."""

    sealed: int = 0
    read: int = 0
    unreadable: int = 0
    found: dict[str, Counter[str]] = field(default_factory=dict)


def scan(folders: list[Path]) -> Files:
    """Every file below the folders."""
    answer = Files()
    for folder in folders:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            _one(path, answer)
    return answer


def _one(path: Path, answer: Files) -> None:
    try:
        if is_sealed(path):
            answer.sealed += 1
            return
        found: Counter[str] = Counter()
        for text in _texts(path):
            found.update(counted(text))
    except (OSError, zipfile.BadZipFile, RuntimeError):
        answer.unreadable += 1
        return
    answer.read += 1
    if found:
        answer.found[str(path)] = found


def _texts(path: Path) -> Iterator[str]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                with archive.open(name) as part:
                    yield from _pieces(part)  # type: ignore[arg-type]
        return
    with path.open("rb") as source:
        for text in _pieces(source):
            # The end of one line of a log and the time at the head of the next are no number together.
            yield from text.splitlines() if path.suffix == LOG else (text,)


def _pieces(source: BinaryIO) -> Iterator[str]:
    """The content in pieces of whole lines where there are lines, so that no number is counted twice or cut."""
    rest, taken = b"", 0
    while (piece := source.read(_PIECE)) and taken < _MOST:
        taken += len(piece)
        block = rest + piece
        border = max(block.rfind(b"\n"), len(block) - _PIECE)
        rest = block[border:]
        yield block[:border].decode("utf-8", "replace")
    yield rest.decode("utf-8", "replace")
