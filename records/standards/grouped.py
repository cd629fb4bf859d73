"""Headers of two rows: a word over several columns (行政相对人代码), under it what each of them is (统一社会信用代码, 工商注册号).

The upper word stands in the first of its columns, for its cells are merged; where the lower row is blank the upper one is the header.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Find = Callable[[str], str]
"""The code of the field that a header names, "" when it names none."""
_ITSELF = frozenset({"名称", "全称", "单位名称", "机关名称"})
"""Under the word for somebody: that somebody's name."""


def combined(above: Sequence[object], below: Sequence[object], find: Find) -> list[object] | None:
    """The two rows as one, None when they are not two rows of one header.

    A lower word counts together with the upper one (处罚机关 + 统一社会信用代码 is the authority's code), and by itself where the upper one is no
    field (行政相对人代码); what is neither stays as both words, for a person to explain.
    """
    width = max(len(above), len(below))
    upper, lower = _texts(above, width), _texts(below, width)
    groups = _groups(upper, lower)
    if groups is None:
        return None
    row: list[object] = []
    for place in range(width):
        group, word = groups[place], lower[place]
        if not word:
            row.append(upper[place])
        elif not group:
            row.append(word)
        else:
            row.append(_one(group, word, find))
    return row


def _one(group: str, word: str, find: Find) -> str:
    if find(group + word):
        return group + word
    if find(group):
        return group if word in _ITSELF else group + word
    return word if find(word) else group + word


def _groups(upper: list[str], lower: list[str]) -> list[str] | None:
    """The upper word over each lower one. None when no word stands over several columns, or a lower word has a column to itself."""
    groups, several, at = [""] * len(upper), False, 0
    while at < len(upper):
        end = at + 1
        while end < len(upper) and not upper[end] and lower[end]:
            end += 1
        if upper[at] and lower[at]:
            if end == at + 1:
                return None  # two words one above the other: the lower row is data
            groups[at:end] = [upper[at]] * (end - at)
            several = True
        at = end
    return groups if several else None


def _texts(row: Sequence[object], width: int) -> list[str]:
    return [cell.strip() if isinstance(cell, str) else "" for cell in row] + [""] * (width - len(row))
