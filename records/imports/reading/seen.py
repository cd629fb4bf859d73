"""Which decisions a file has told of already: fingerprint → row, in 20 bytes a slot instead of two hundred.

A table with open addressing in two arrays. It keeps 128 of a fingerprint's 256 bits: among 200,000 rows two different ones share them
with a chance of one in 10^28.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

_FIRST = 2**12


class Seen:
    """The fingerprints of the good rows so far."""

    __slots__ = ("_count", "_keys", "_mask", "_rows")

    def __init__(self, pairs: Iterable[tuple[str, int]] = ()) -> None:
        self._clear(_FIRST)
        for fingerprint, row in pairs:
            self.add(fingerprint, row)

    def __len__(self) -> int:
        return self._count

    def row_of(self, fingerprint: str) -> int:
        """The row that has this fingerprint (64 hexadecimal digits); 0 when there is none."""
        return self._rows[self._slot(int(fingerprint[:16], 16), int(fingerprint[16:32], 16))]

    def add(self, fingerprint: str, row: int) -> None:
        """Remember a row, counted from 1. The fingerprint must be new."""
        if self._count * 3 > self._mask * 2:
            self._grow()
        self._put(int(fingerprint[:16], 16), int(fingerprint[16:32], 16), row)

    def _clear(self, size: int) -> None:
        self._mask, self._count = size - 1, 0
        self._keys = array("Q", bytes(16 * size))
        self._rows = array("I", bytes(4 * size))

    def _slot(self, high: int, low: int) -> int:
        keys, rows, mask = self._keys, self._rows, self._mask
        slot = high & mask
        while rows[slot] and (keys[2 * slot] != high or keys[2 * slot + 1] != low):
            slot = (slot + 1) & mask
        return slot

    def _put(self, high: int, low: int, row: int) -> None:
        slot = self._slot(high, low)
        self._keys[2 * slot], self._keys[2 * slot + 1], self._rows[slot] = high, low, row
        self._count += 1

    def _grow(self) -> None:
        keys, rows = self._keys, self._rows
        self._clear(2 * len(rows))
        for slot, row in enumerate(rows):
            if row:
                self._put(keys[2 * slot], keys[2 * slot + 1], row)
