"""Numbers of persons: what the scanner of texts costs a character, hostile texts too, and how long the whole database takes to be read."""

from __future__ import annotations

from functools import partial

from benchmarks.measure import Book, Figure, once, rows_of
from records.identifiers.personal import scan
from records.privacy import tables

LENGTH = 20_000
TEXTS = {
    "ordinary text": "当事人于2026年11月2日销售超过保质期的食品12袋，货值金额36.00元，依据《食品安全法》第一百二十四条处罚。",
    "single digits": "1 ",
    "mobile-like digits": "1 3 ",
    "pairs of digits": "12 ",
    "groups of four": "6222 ",
    "Chinese numerals": "一二三",
}


def run(book: Book) -> None:
    """Each text at the same length; then every table of the city once."""
    for name, piece in TEXTS.items():
        text = piece * (LENGTH // len(piece))
        took, cpu, _ = once(partial(scan, text))
        micro = took * 1000 / len(text)
        book.add(Figure("personal", f"scan {name}", took, took, 1, cpu, note=f"{micro:.1f} µs a character"))
    columns = tables.text_columns()
    rows = sum(int(rows_of(f'SELECT count(*) FROM "{table}"')[0][0]) for table in columns)  # noqa: S608 - own tables
    took, cpu, found = once(lambda: [each for table, names in columns.items() for each in tables.scan(table, names)])
    note = f"{rows:,} rows, {took / 1000 / max(rows, 1) * 1_000_000:.0f} s a million, {len(found)} found"
    book.add(Figure("personal", "scan_personal: every table", took, took, 1, cpu, note=note))
