"""Identity, phone and bank numbers in a folded text.

The text is cut into runs of digit groups with single separators between them; windows of whole groups, at most 19 digits long, are
then tried against each kind. A window never starts or ends inside a group, except in a string of digits too long to be any one number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from records.identifiers import idcard, regions, uscc
from records.identifiers.personal.folded import Folded
from records.identifiers.personal.spans import Kind, Span

_TOKEN = re.compile(r"[0-9A-Za-z]+")
_GROUP = re.compile(r"[0-9]+[Xx]?(?![0-9])|[0-9]+|(?<![0-9A-Za-z])[Xx](?![0-9A-Za-z])")
_SEPARATOR = re.compile(r"[\s\-._/·()]{0,3}")
_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}")

_ID_LABEL = re.compile(r"身份证|身份号|证件号|公民身份")
_OTHER_LABEL = re.compile(r"注册号|登记号|登记证|信用代码|组织机构代码|许可证|编号|文号|单号|批号|条码|备案|产品标准")
_BANK_LABEL = re.compile(r"卡号|帐号|账号|账户|帐户|银行卡|储蓄卡|开户")
_PHONE_LABEL = re.compile(r"电话|手机|联系|致电|拨打|tel|phone|mob|微信", re.IGNORECASE)
_NOT_PHONE_AFTER = re.compile(r"\s*(?:\.[0-9]|,[0-9]{3}|元|万|亿|号(?!码)|%|平方|公斤|千克|吨)")
_MOBILE_SHAPES = {(11,), (3, 4, 4), (3, 3, 5), (4, 3, 4), (3, 8), (7, 4), (5, 6), (1,) * 11}
_LOOK_BACK = 16
_LONGEST = 19
_LONGEST_ACCOUNT = 30


@dataclass(frozen=True, slots=True)
class _Group:
    start: int
    end: int
    digits: str
    lettered: bool


def find(folded: Folded) -> Iterator[Span]:
    """Yield identity cards, bank cards, phones and e-mail addresses; spans may overlap."""
    for match in _EMAIL.finditer(folded.text):
        yield Span(match.start(), match.end(), Kind.EMAIL, True)
    groups = list(_groups(folded.text))
    runs = _joinable(folded.text, groups)
    position = 0
    while position < len(groups):
        span, used = _first_at(folded, groups, position, runs)
        if span:
            yield span
        position += used


def _groups(text: str) -> Iterator[_Group]:
    """Cut out the digit groups; a well-formed credit code with letters is not looked into."""
    for token in _TOKEN.finditer(text):
        word = token.group()
        if not word.isdigit() and uscc.is_well_formed(word.upper()) and not idcard.is_well_formed(word.upper()):
            continue
        for group in _GROUP.finditer(word):
            start, end = token.start() + group.start(), token.start() + group.end()
            lettered = (start > token.start()) or (end < token.end())
            digits = group.group().upper()
            if digits[-1] == "X" and len(digits) > 18:
                digits, end = digits[:-1], end - 1
            yield _Group(start, end, digits, lettered)


def _joinable(text: str, groups: list[_Group]) -> list[bool]:
    """For each group: does nothing but a separator stand between it and the next one?"""
    pairs = zip(groups, groups[1:], strict=False)
    return [b.start > a.end and bool(_SEPARATOR.fullmatch(text, a.end, min(b.start, a.end + 4))) and b.start - a.end <= 3
            for a, b in pairs] + [False]  # fmt: skip


def _first_at(folded: Folded, groups: list[_Group], position: int, runs: list[bool]) -> tuple[Span | None, int]:
    """Return the weightiest piece that begins at a group, and how many groups it uses up."""
    single = groups[position]
    if len(single.digits) > _LONGEST:
        return _inside_long(folded, single), 1
    windows = list(_windows(groups, position, runs))
    identities = [(span, len(window)) for window in windows if (span := _id_span(folded, window))]
    if identities:
        # 110000200101010 008: the first 15 digits look like an old number, but the check digit proves all 18.
        return max(identities, key=lambda found: (found[0].certain, found[1]))
    for window in windows:
        if span := _phone_span(folded, window):
            return span, len(window)
    for window in reversed(windows):
        if span := _bank_span(folded, window):
            return span, len(window)
    return None, 1


def _windows(groups: list[_Group], position: int, runs: list[bool]) -> Iterator[list[_Group]]:
    window: list[_Group] = []
    total = 0
    for index in range(position, len(groups)):
        total += len(groups[index].digits)
        if total > _LONGEST:
            return
        window.append(groups[index])
        yield list(window)
        if not runs[index] or groups[index].digits[-1] == "X":
            return


def _id_span(folded: Folded, window: list[_Group]) -> Span | None:
    digits = _joined(window)
    first, last = window[0].start, window[-1].end
    labels = folded.before(first, _LOOK_BACK)
    if len(digits) == 18:
        if idcard.is_well_formed(digits) and not _is_code(digits, labels):
            return Span(first, last, Kind.ID_CARD, True)
        looks = _plausible_id(digits) and not uscc.is_well_formed(digits) and len(window) == 1
        return Span(first, last, Kind.ID_CARD, False) if looks or _ID_LABEL.search(labels) else None
    if len(digits) == 15 and digits.isdigit() and _plausible_id(idcard.upgrade(digits)):
        labelled = bool(_ID_LABEL.search(labels))
        if labelled or (len(window) == 1 and not _OTHER_LABEL.search(labels)):
            return Span(first, last, Kind.ID_CARD, labelled)
    return None


def _phone_span(folded: Folded, window: list[_Group]) -> Span | None:
    digits = _joined(window)
    first, last = window[0].start, window[-1].end
    if digits[-1] == "X" or _NOT_PHONE_AFTER.match(folded.text, last) or _follows_bracket(folded, first):
        return None
    shape = tuple(len(g.digits) for g in window)
    labelled = bool(_PHONE_LABEL.search(folded.before(first, _LOOK_BACK)))
    number, shape = _without_country(digits, shape)
    if len(number) == 11 and number[0] == "1" and number[1] in "3456789" and shape in _MOBILE_SHAPES:
        if len(window) > 1 and "." in folded.text[first:last]:
            return None
        other = window[0].lettered or bool(_OTHER_LABEL.search(folded.before(first, _LOOK_BACK)))
        return Span(first, last, Kind.MOBILE, labelled or not other)
    if _is_landline(digits, shape, labelled):
        return Span(first, last, Kind.LANDLINE, labelled and bool(_home_phone(folded, first)))
    return None


def _bank_span(folded: Folded, window: list[_Group]) -> Span | None:
    digits = _joined(window)
    first, last = window[0].start, window[-1].end
    if not digits.isdigit() or not _bank_shape(window) or "." in folded.text[first:last]:
        return None
    labels = folded.before(first, _LOOK_BACK)
    labelled = bool(_BANK_LABEL.search(labels))
    if 16 <= len(digits) <= 19 and _luhn(digits):
        if labelled or digits.startswith("62"):
            return Span(first, last, Kind.BANK_CARD, True)
        if digits[0] in "3456" and not _OTHER_LABEL.search(labels) and not _follows_bracket(folded, first):
            return Span(first, last, Kind.BANK_CARD, False)
    if labelled and len(digits) >= 9:
        return Span(first, last, Kind.BANK_CARD, False)
    return None


def _inside_long(folded: Folded, group: _Group) -> Span | None:
    """In a string of 20 digits and more an identity number may be hidden; each of its windows is tried once."""
    for offset in range(len(group.digits) - 17):
        if idcard.is_well_formed(group.digits[offset : offset + 18]):
            return Span(group.start, group.end, Kind.ID_CARD, False)
    if len(group.digits) <= _LONGEST_ACCOUNT and _BANK_LABEL.search(folded.before(group.start, _LOOK_BACK)):
        return Span(group.start, group.end, Kind.BANK_CARD, False)
    return None


def _joined(window: list[_Group]) -> str:
    return "".join(group.digits for group in window)


def _is_code(digits: str, labels: str) -> bool:
    """A credit code of digits only can look like an identity number; a label or its own full form decides."""
    if _ID_LABEL.search(labels):
        return False
    return "信用代码" in labels and uscc.is_well_formed(digits)


def _plausible_id(digits: str) -> bool:
    birth = idcard.birth_of(digits)
    return birth is not None and 1900 <= birth.year < 2100 and digits[:2] in regions.PROVINCES


def _without_country(digits: str, shape: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    for prefix in ("0086", "86"):
        if digits.startswith(prefix) and len(digits) == 11 + len(prefix):
            rest = shape[1:] if shape[0] == len(prefix) else (shape[0] - len(prefix), *shape[1:])
            return digits[len(prefix) :], rest
    return digits, shape


def _is_landline(digits: str, shape: tuple[int, ...], labelled: bool) -> bool:
    if digits[0] != "0":
        return labelled and shape in {(8,), (7,), (4, 4)} and digits[0] in "2345678"
    area = 3 if digits[1:2] in {"1", "2"} else 4
    if len(digits) - area not in {7, 8} or digits[1:2] == "0" or digits[area] in "019":
        return False
    return shape == (len(digits),) and labelled or shape[0] == area


def _home_phone(folded: Folded, start: int) -> bool:
    return any(word in folded.before(start, _LOOK_BACK) for word in ("家", "本人", "住宅", "个人"))


def _follows_bracket(folded: Folded, start: int) -> bool:
    """〔2020〕12345…: the sequence of a document number."""
    return folded.before(start, 1) in {"〕", "]", ")", "】", "第", "字"} and start > 0


def _bank_shape(window: list[_Group]) -> bool:
    lengths = [len(group.digits) for group in window]
    return len(window) == 1 or (all(n == 4 for n in lengths[:-1]) and lengths[-1] <= 4)


def _luhn(digits: str) -> bool:
    doubled = [int(c) * 2 for c in digits[-2::-2]]
    return (sum(int(c) for c in digits[-1::-2]) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0
