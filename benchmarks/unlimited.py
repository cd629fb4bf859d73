"""The reader of foreign files without its limits of rows and bytes, for `import_memory`: loaded by the limited process."""

from __future__ import annotations

from credit_platform.gate import guard, inside, sheets

guard.MAX_ROWS, guard.MAX_CELLS = 2_000_000, 200_000_000
guard.MAX_FILE = guard.MAX_UNPACKED = 8 * 2**30


class Opened(inside.Opened):
    """Workbooks are cut as they always are."""


class Whole(inside.Opened):
    """Workbooks are laid out as a whole, as it was before they were cut."""

    def __init__(self, data: bytes, name: str, kinds: list[str]) -> None:
        sheets.LARGE = 2**60
        super().__init__(data, name, kinds)
