"""Which column is which field: by code, label, synonym or the words in brackets — never by the number in 代码_2 (its meaning
changed between the layouts of 2015 and 2018)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from records.standards import grouped, registry
from records.standards.declaration import Field, Standard
from records.standards.texts import half_width

SEARCHED_ROWS = 30
LONGEST_HEADER = 300
"""Characters of a header that are read; what follows is instructions."""
_MOST_LINES = 8
MOST_NEAR = 50
"""For how many unknown headers of a row the labels that may be meant are looked for: that is slow, and nobody reads more."""
LEAST_COLUMNS = 2
"""Fewer known columns make no header of a table that is to be stored."""
_MARKS = re.compile(r"[\s*＊★※\u200b-\u200f\ufeff·]+")
_NUMBERING = re.compile(r"^\d{1,3}[、.．)]")
_BRACKETS = str.maketrans("（【［〔[{", "((((((") | str.maketrans("）】］〕]}", "))))))")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_TAIL = re.compile(r"[:：;；,，。].*$")
_OR = re.compile(r"[/、|\n]|或者?")


@dataclass(frozen=True, slots=True)
class UnmatchedHeader:
    """A column that is no field of the standard: its index, its words, and the labels that may be meant."""

    column: int
    text: str
    suggestions: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderMatch:
    """What a header row means for a standard.

    `columns`: index of the cell in the row → field code; `missing`: always-required fields without a column; `duplicates`: (index,
    field code) of later columns for a field that has one already, which are not read; `score`: 0 to 1, how well the row fits.
    """

    standard: str
    columns: Mapping[int, str]
    unmatched: tuple[UnmatchedHeader, ...] = ()
    missing: tuple[Field, ...] = ()
    duplicates: tuple[tuple[int, str], ...] = ()
    score: float = 0.0

    def raw(self, row: Sequence[object]) -> dict[str, object]:
        """A data row as field code → cell; cells beyond the row's end are absent."""
        length = len(row)
        return {code: row[index] for index, code in self.columns.items() if index < length}


@dataclass(frozen=True, slots=True)
class HeaderFound:
    """Where the header is: `row` its index, `data_from` the index of the first data row (a second header row of codes is skipped)."""

    row: int
    data_from: int
    match: HeaderMatch


@dataclass(frozen=True, slots=True)
class Detected:
    """A standard that a file may follow, with its header."""

    standard: Standard
    found: HeaderFound

    @property
    def score(self) -> float:
        """0 to 1."""
        return self.found.match.score


@dataclass(slots=True)
class _Index:
    by_key: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)


def match(cells: Sequence[object], standard: Standard, *, near: int = MOST_NEAR) -> HeaderMatch:
    """Recognise the cells of a header row (blanks, line breaks, asterisks, （必填） and trailing instructions do not matter). `near`: for
    how many unknown headers similar labels are looked for."""
    index = _index_of(standard)
    columns: dict[int, str] = {}
    duplicates: list[tuple[int, str]] = []
    unmatched: list[UnmatchedHeader] = []
    taken: set[str] = set()
    filled = 0
    for position, cell in enumerate(cells):
        text = _told(cell)
        if not text:
            continue
        filled += 1
        code = _find(text, standard, index)
        if not code:
            unmatched.append(_unmatched(position, text, standard, index, near=len(unmatched) < near))
        elif code in taken:
            duplicates.append((position, code))
        else:
            taken.add(code)
            columns[position] = code
    missing = tuple(each for each in standard.fields if each.always_required and each.code not in taken)
    return HeaderMatch(
        standard=standard.code,
        columns=columns,
        unmatched=tuple(unmatched),
        missing=missing,
        duplicates=tuple(duplicates),
        score=_score(standard, taken, filled, len(missing)),
    )


def find_header_row(
    rows: Sequence[Sequence[object]], standard: Standard, *, least: int = LEAST_COLUMNS, near: int = MOST_NEAR
) -> HeaderFound | None:
    """The row among the first 30 that fits a standard best, wherever its columns begin; None when no row has `least` known columns."""
    matches = [match(row, standard, near=0) for row in rows[:SEARCHED_ROWS]]
    best = max(
        range(len(matches)), key=lambda each: (len(matches[each].columns), matches[each].score, -each), default=None
    )
    two_rows = _of_two_rows(rows, standard, matches, best, near)
    if two_rows and len(two_rows.match.columns) >= least:
        return two_rows
    if best is None or len(matches[best].columns) < least:
        return None
    first, known = best, len(matches[best].columns)
    if best and len(matches[best - 1].columns) * 2 > known:
        first = best - 1  # labels above, codes below: both are header
    last = best + 1
    while last < len(matches) and len(matches[last].columns) * 2 > known:
        last += 1
    return HeaderFound(first, last, match(rows[best], standard, near=near) if near else matches[best])


def _of_two_rows(
    rows: Sequence[Sequence[object]], standard: Standard, matches: Sequence[HeaderMatch], best: int | None, near: int
) -> HeaderFound | None:
    """The header when it is the best row with the one above or below, and both together tell more than it does."""
    if best is None:
        return None
    known = len(matches[best].columns)
    index = _index_of(standard)
    for first in (best, best - 1):
        if not 0 <= first < len(rows) - 1:
            continue
        cells = grouped.combined(rows[first], rows[first + 1], lambda text: _find(text, standard, index))
        if cells is not None and len(match(cells, standard, near=0).columns) > known:
            last = first + 2
            while last < len(matches) and len(matches[last].columns) * 2 > known:
                last += 1
            return HeaderFound(first, last, match(cells, standard, near=near))
    return None


def alternatives(text: str, standard: Standard) -> tuple[str, ...]:
    """The fields that a header names side by side, 注册号/统一社会信用代码: all its parts, or none when one of them is unknown."""
    index = _index_of(standard)
    parts = [part for part in _OR.split(half_width(text)) if part.strip()]
    codes = [_find(part, standard, index) for part in parts]
    return tuple(dict.fromkeys(codes)) if len(parts) > 1 and all(codes) else ()


def detect(rows: Sequence[Sequence[object]], standards: Sequence[Standard] | None = None) -> list[Detected]:
    """The standards that a file may follow, best first; empty when none fits."""
    found = []
    for standard in standards if standards is not None else registry.all():
        header = find_header_row(rows, standard, near=0)
        if header is not None:
            found.append(Detected(standard, header))
    return sorted(
        found, key=lambda each: (-each.score, -len(each.found.match.columns), bool(each.standard.accepted_as))
    )


def _score(standard: Standard, taken: set[str], filled: int, missing: int) -> float:
    required = sum(1 for each in standard.fields if each.always_required)
    if not filled:
        return 0.0
    fits = len(taken) / filled
    complete = 1 - missing / required if required else 1.0
    return round(0.6 * fits + 0.4 * complete, 4)


def _told(cell: object) -> str:
    return cell[: 2 * LONGEST_HEADER].strip()[:LONGEST_HEADER] if isinstance(cell, str) else ""


def _key(text: str) -> str:
    return _MARKS.sub("", half_width(text).translate(_BRACKETS)).upper()


@lru_cache(maxsize=256)
def _index_cached(code: str, fields: tuple[Field, ...]) -> _Index:
    index = _Index()
    for words in (lambda each: (each.code,), lambda each: (each.label,), lambda each: each.synonyms, _inner_words):
        for each in fields:
            for word in words(each):
                index.by_key.setdefault(_key(word), each.code)
    index.labels = {_key(each.label): each.label for each in fields}
    return index


def _index_of(standard: Standard) -> _Index:
    return _index_cached(standard.code, standard.fields)


def _inner_words(each: Field) -> tuple[str, ...]:
    """组织机构代码 of 行政相对人代码_3(组织机构代码)."""
    if "代码_" not in each.label:
        return ()
    return tuple(_BRACKETED.findall(_key(each.label)))


def _find(text: str, standard: Standard, index: _Index) -> str:
    for candidate in _candidates(text):
        code = index.by_key.get(candidate)
        if code:
            return code
    return ""


@lru_cache(maxsize=8192)
def _candidates(text: str) -> tuple[str, ...]:
    """The ways to read a header, the most literal first."""
    whole = _key(text)
    inner = _BRACKETED.findall(whole)
    bare = _BRACKETED.sub("", whole)
    lines = _shorter_by_lines(text)
    tries = [whole, *lines, *inner]
    if "代码_" not in bare:
        tries = [each for part in (whole, *lines) for each in (part, _BRACKETED.sub("", part))] + inner
    tries += [_NUMBERING.sub("", each) for each in tries] + [_TAIL.sub("", each) for each in tries]
    tries += [_BRACKETED.sub("", _NUMBERING.sub("", whole))] if "代码_" not in bare else []
    return tuple(each for each in dict.fromkeys(tries) if each)


def _shorter_by_lines(text: str) -> list[str]:
    """A header of several lines without its last line, its last two …: 处罚机关⏎统一社会信用代码⏎填18位 is a code, not an authority."""
    lines = text.splitlines()[:_MOST_LINES]
    return [_key("".join(lines[:count])) for count in range(len(lines) - 1, 0, -1)]


def _unmatched(position: int, text: str, standard: Standard, index: _Index, *, near: bool) -> UnmatchedHeader:
    key = _key(text)
    bare = _BRACKETED.sub("", key)
    note = ""
    if "代码_" in bare and not _BRACKETED.findall(key):
        note = "各年版本的代码编号含义不同，请在括号内写明代码名称。"
    return UnmatchedHeader(position, text, _near(bare, standard.code, standard.fields) if near else (), note)


@lru_cache(maxsize=4096)
def _near(bare: str, code: str, fields: tuple[Field, ...]) -> tuple[str, ...]:
    """The labels that a header resembles; kept, for every file of a department carries the same strange headers."""
    labels = _index_cached(code, fields).labels
    return tuple(labels[each] for each in difflib.get_close_matches(bare, labels, n=3, cutoff=0.5))
