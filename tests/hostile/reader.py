"""Many files read one after the other in one limited process, as the doors' own readers read them."""

from __future__ import annotations

from collections.abc import Iterator

from credit_platform.confined.refusals import FileRefused
from credit_platform.gate.inside import Opened
from credit_platform.gate.kinds import Kind
from credit_platform.workdays.inside import Opened as Notice

KINDS = [str(kind) for kind in Kind]


class Many:
    """The files stand one behind the other: the length of the name, the name, the length of the bytes, the bytes."""

    def __init__(self, data: bytes) -> None:
        self._files: list[tuple[str, bytes]] = []
        at = 0
        while at < len(data):
            parts = []
            for _ in range(2):
                length = int.from_bytes(data[at : at + 4], "big")
                parts.append(data[at + 4 : at + 4 + length])
                at += 4 + length
            self._files.append((parts[0].decode(), parts[1]))

    def outcomes(self, first: int) -> Iterator[str]:
        """What became of each from a place on: "read", or the code of its refusal, or the type of an error that nobody foresaw."""
        for name, data in self._files[first:]:
            yield _outcome(name, data)


def packed(files: list[tuple[str, bytes]]) -> bytes:
    """What `Many` unpacks."""
    pieces = [piece for name, data in files for piece in (name.encode(), data)]
    return b"".join(len(piece).to_bytes(4, "big") + piece for piece in pieces)


def _outcome(name: str, data: bytes) -> str:
    told = []
    for read in (_as_table, _as_notice):
        try:
            read(name, data)
            told.append("read")
        except FileRefused as refusal:
            told.append(refusal.code if refusal.text.endswith("。") else f"without an end: {refusal.text}")
        except MemoryError:
            raise
        except BaseException as error:  # noqa: BLE001 - a panic of Rust is no Exception
            told.append(f"unforeseen: {type(error).__name__}")
    return " / ".join(told)


def _as_table(name: str, data: bytes) -> None:
    opened = Opened(data, name, KINDS)
    if Kind.JSON in [kind for kind, _ in opened.kind()]:
        for _ in (*opened.key_sets(), *opened.objects()):
            pass
        return
    for _ in (*opened.heads(30), *opened.lines(None)):
        pass


def _as_notice(name: str, data: bytes) -> None:
    list(Notice(data).rows())
