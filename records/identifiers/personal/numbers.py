"""Identity, phone and bank numbers in a folded text.

The text is cut into runs of digit groups with single separators between them. A number begins and ends with a group, except in a
string of digits too long to be any one number. Where it would end is looked up by its length, so that no window is ever built: a text
of single digits (1 1 1 1 …) costs as much a character as any other.
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
_INSIDE = re.compile(
    r"(?=([1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]))"
)

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


@dataclass(frozen=True, slots=True)
class _Window:
    """Whole groups of one run, from `first` to `last`."""

    digits: str
    groups: list[_Group]
    first: int
    last: int

    @property
    def start(self) -> int:
        return self.groups[self.first].start

    @property
    def end(self) -> int:
        return self.groups[self.last].end

    @property
    def lettered(self) -> bool:
        return self.groups[self.first].lettered

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(group.digits) for group in self.groups[self.first : self.last + 1])


class _Groups:
    """The groups of a text, their digits in one string, and where a number of a given length would end."""

    def __init__(self, text: str) -> None:
        self.groups = list(_groups(text))
        self.digits = "".join(group.digits for group in self.groups)
        self.starts: list[int] = []
        self._ends: dict[int, int] = {}
        place = 0
        for index, group in enumerate(self.groups):
            self.starts.append(place)
            place += len(group.digits)
            self._ends[place] = index
        self._last = self._last_of_runs(text)

    def _last_of_runs(self, text: str) -> list[int]:
        """For each group the last one of its run: nothing but a separator stands between two of a run, and an X ends it."""
        last = list(range(len(self.groups)))
        for index in range(len(self.groups) - 2, -1, -1):
            one, other = self.groups[index], self.groups[index + 1]
            near = 0 < other.start - one.end <= 3 and one.digits[-1] != "X"
            if near and _SEPARATOR.fullmatch(text, one.end, other.start):
                last[index] = last[index + 1]
        return last

    def window(self, first: int, length: int) -> _Window | None:
        """The groups from `first` on that have exactly so many digits together; None when no group ends there."""
        last = self._ends.get(self.starts[first] + length)
        if last is None or last > self._last[first]:
            return None
        start = self.starts[first]
        return _Window(self.digits[start : start + length], self.groups, first, last)

    def begins(self, first: int, length: int = 2) -> str:
        """The first digits from a group on, whatever group they stand in."""
        return self.digits[self.starts[first] : self.starts[first] + length]


def find(folded: Folded) -> Iterator[Span]:
    """Yield identity cards, bank cards, phones and e-mail addresses; spans may overlap."""
    for match in _EMAIL.finditer(folded.text):
        yield Span(match.start(), match.end(), Kind.EMAIL, True)
    groups = _Groups(folded.text)
    position = 0
    while position < len(groups.groups):
        span, used = _first_at(folded, groups, position)
        if span:
            yield span
        position += used


def proved(digits: str) -> bool:
    """Whether a string of digits (an X among them) is an identity number of 18 characters, or has one inside."""
    return any(idcard.is_well_formed(match[1]) for match in _INSIDE.finditer(digits))


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


def _first_at(folded: Folded, groups: _Groups, position: int) -> tuple[Span | None, int]:
    """Return the weightiest piece that begins at a group, and how many groups it uses up."""
    single = groups.groups[position]
    if len(single.digits) > _LONGEST:
        return _inside_long(folded, single), 1
    identities = [
        (span, window.count)
        for length in (15, 18)
        if (window := groups.window(position, length)) and (span := _id_span(folded, window))
    ]
    if identities:
        # 110000200101010 008: the first 15 digits look like an old number, but the check digit proves all 18.
        return max(identities, key=lambda found: (found[0].certain, found[1]))
    for length in _phone_lengths(groups.begins(position), len(single.digits)):
        if (window := groups.window(position, length)) and (span := _phone_span(folded, window)):
            return span, window.count
    for length in range(_LONGEST, 8, -1) if len(single.digits) == 4 or len(single.digits) > 8 else ():
        if (window := groups.window(position, length)) and (span := _bank_span(folded, window)):
            return span, window.count
    if len(single.digits) == _LONGEST and proved(single.digits):
        return Span(single.start, single.end, Kind.ID_CARD, False), 1
    return None, 1


def _phone_lengths(head: str, first: int) -> tuple[int, ...]:
    """How many digits a phone number can have that begins with these two, in a group of so many digits."""
    if head[0] == "1":
        return (11,) if head[1:] >= "3" else ()
    if head[0] == "0":
        return (10, 11, 12, 15) if first in (3, 4) or first >= 10 else ()
    lengths = (7, 8) if first in (4, 7, 8) else ()
    return (*lengths, 13) if head == "86" and first > 1 else lengths


def _id_span(folded: Folded, window: _Window) -> Span | None:
    digits, first, last = window.digits, window.start, window.end
    labels = folded.before(first, _LOOK_BACK)
    if len(digits) == 18:
        if _INSIDE.match(digits) and idcard.is_well_formed(digits) and not _is_code(digits, labels):
            return Span(first, last, Kind.ID_CARD, True)
        looks = window.count == 1 and _plausible_id(digits) and not uscc.is_well_formed(digits)
        return Span(first, last, Kind.ID_CARD, False) if looks or _ID_LABEL.search(labels) else None
    if len(digits) == 15 and idcard.is_first_generation(digits):
        labelled = bool(_ID_LABEL.search(labels))
        if labelled or (window.count == 1 and not window.lettered and not _OTHER_LABEL.search(labels)):
            return Span(first, last, Kind.ID_CARD, labelled)
    return None


def _phone_span(folded: Folded, window: _Window) -> Span | None:
    digits, first, last = window.digits, window.start, window.end
    if digits[-1] == "X" or _NOT_PHONE_AFTER.match(folded.text, last) or _follows_bracket(folded, first):
        return None
    shape = window.shape
    labelled = bool(_PHONE_LABEL.search(folded.before(first, _LOOK_BACK)))
    number, shape = _without_country(digits, shape)
    if len(number) == 11 and number[0] == "1" and number[1] in "3456789" and shape in _MOBILE_SHAPES:
        if window.count > 1 and "." in folded.text[first:last]:
            return None
        other = window.lettered or bool(_OTHER_LABEL.search(folded.before(first, _LOOK_BACK)))
        return Span(first, last, Kind.MOBILE, labelled or not other)
    if _is_landline(digits, shape, labelled):
        return Span(first, last, Kind.LANDLINE, labelled and bool(_home_phone(folded, first)))
    return None


def _bank_span(folded: Folded, window: _Window) -> Span | None:
    digits, first, last = window.digits, window.start, window.end
    if not digits.isdigit() or not _bank_shape(window.shape) or "." in folded.text[first:last]:
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
    if proved(group.digits):
        return Span(group.start, group.end, Kind.ID_CARD, False)
    if len(group.digits) <= _LONGEST_ACCOUNT and _BANK_LABEL.search(folded.before(group.start, _LOOK_BACK)):
        return Span(group.start, group.end, Kind.BANK_CARD, False)
    return None


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


def _bank_shape(shape: tuple[int, ...]) -> bool:
    return len(shape) == 1 or (all(n == 4 for n in shape[:-1]) and shape[-1] <= 4)


def _luhn(digits: str) -> bool:
    doubled = [int(c) * 2 for c in digits[-2::-2]]
    return (sum(int(c) for c in digits[-1::-2]) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0
