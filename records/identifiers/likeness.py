"""Whether two names of organisations are one name written differently, and if not, what tells them apart. Pure.

Names of the register are unique within a registrar's area and trade (企业名称登记管理规定 arts. 6, 17): what stands in front (行政区划),
the trade name and trade, the form, and what stands behind it (分支机构) tell subjects apart. So only the way of writing is overlooked:
brackets and blanks, full and half width, traditional characters, 有限责任公司 for 有限公司. Everything else is shown to a person with its
reason, never decided here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from records.identifiers import names, regions
from records.identifiers.traditional import simplified


class Alike(StrEnum):
    """How near two names are. SAME and FORMER are one name; NEAR may be; a SIBLING is easily taken for it; OTHER has nothing of it."""

    SAME = "same"
    FORMER = "former"
    NEAR = "near"
    SIBLING = "sibling"
    OTHER = "other"


AGREES = frozenset({Alike.SAME, Alike.FORMER})
"""What counts as the same name beside a number."""


@dataclass(frozen=True, slots=True)
class Held:
    """A name that the register holds of a subject, the present one or a former one."""

    name: str
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a listed name stands to a subject: by which of its names, why (Chinese, in the order of weight), and how close (0 to 100)."""

    alike: Alike
    held: str
    reasons: tuple[str, ...]
    closeness: int

    @property
    def agrees(self) -> bool:
        """Whether it is one name, present or former."""
        return self.alike in AGREES


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart: administrative areas (without 省, 市, 区, 县), trade name and trade, form, and what stands behind the form."""

    normal: str
    places: frozenset[str]
    core: str
    form: str
    branch: str


_FORMS = (
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "股份公司",
    "集团公司",
    "合伙企业",
    "合作社联合社",
    "合作社",
    "公司",
)
_ONE_FORM = {"有限责任公司": "有限公司", "股份公司": "股份有限公司", "集团公司": "集团有限公司"}
_BRANCH = re.compile(r"(?:第?[一二三四五六七八九十0-9]+)?(?:分公司|分店|分行|支行|营业部|办事处|代表处|项目部|门店)$")
_GENERAL_PLACE = re.compile(r"[\u4e00-\u9fa5]{2,3}?[市县]")
_SUFFIX = re.compile(r"(?:壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|地区|省|市|区|县)$")
_BRACKETED = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_FAR = 40
"""Closeness below which two names have nothing to do with each other."""


def _bare(place: str) -> str:
    return _SUFFIX.sub("", place)


_WIDE = {_bare(each): each for each in (*regions.PROVINCES.values(), *regions.HEILONGJIANG_CITIES.values())}
_DISTRICTS = {
    _bare(each.name): each.name for each in (*regions.HARBIN_DISTRICTS, *regions.HARBIN_RETIRED) if len(_bare(each.name)) > 1
}  # fmt: skip


def parts(name: str) -> Parts:
    """Take a name apart. A name without a known form keeps everything but the areas in its core."""
    text = simplified(unicodedata.normalize("NFKC", name)).casefold()
    places: set[str] = set()
    for inside in _BRACKETED.findall(text):
        found, rest = _leading(names.normalise(inside))
        if found and not rest:
            places |= found
            text = text.replace(inside, "", 1)
    normal = names.normalise(text)
    body, form, branch = _formed(normal)
    leading, core = _leading(body)
    return Parts(names.normalise(simplified(name)), frozenset(places | leading), core or body, form, branch)


def compare(listed: str, held: Iterable[Held]) -> Likeness:
    """How a listed name stands to a subject of the register with all its names: the best of them, a present one before a former one.

    SAME and FORMER only for one name written differently. ValueError for a subject without a name.
    """
    given = parts(listed)
    found = [_compare(listed, given, each) for each in held]
    if not found:
        raise ValueError("a subject has a name")
    return max(found, key=lambda each: (each.agrees, each.closeness, each.alike is Alike.SAME))


def _compare(listed: str, given: Parts, held: Held) -> Likeness:
    other = parts(held.name)
    reasons = [] if held.is_current else [f"与曾用名“{held.name}”比较"]
    if given.normal == other.normal or _one_form(given) == _one_form(other):
        alike = Alike.SAME if held.is_current else Alike.FORMER
        said = [
            "名称相同" if held.is_current else f"与曾用名“{held.name}”相同",
            *_written(listed, held.name, given, other),
        ]
        return Likeness(alike, held.name, tuple(said), 100 if held.is_current else 99)
    closeness, differs = _closeness(given, other)
    if not given.normal or closeness < _FAR:
        return Likeness(Alike.OTHER, held.name, ("名称不同",), closeness)
    return Likeness(
        _grade(given, other), held.name, (*reasons, *(differs or ["行政区划在名称中的位置不同"])), closeness
    )


def _one_form(of: Parts) -> str:
    """The whole name with one word for one form: 公司法 art. 7 lets a firm call itself 有限责任公司 or 有限公司."""
    if of.form not in _ONE_FORM:
        return of.normal
    place = of.normal.rindex(of.form, 0, len(of.normal) - len(of.branch))
    return of.normal[:place] + _ONE_FORM[of.form] + of.normal[place + len(of.form) :]


def _written(listed: str, held: str, given: Parts, other: Parts) -> Iterable[str]:
    """In what the two writings of one name differ."""
    if simplified(listed) != listed or simplified(held) != held:
        yield "繁体字写法不同"
    if given.normal != other.normal:
        yield f"组织形式写法不同（{given.form}、{other.form}）"
    elif simplified(listed) != simplified(held):
        yield "括号、空格等写法不同"


def _grade(given: Parts, other: Parts) -> Alike:
    """What may be a slip of the pen is NEAR; what tells two subjects of the register apart is a SIBLING."""
    if given.branch != other.branch or (given.places and other.places and given.places != other.places):
        return Alike.SIBLING
    if given.core == other.core:
        return Alike.NEAR
    return Alike.NEAR if _distance_one(given.core, other.core) else Alike.SIBLING


def _closeness(given: Parts, other: Parts) -> tuple[int, list[str]]:
    """0 to 99, and in what they differ: trade name and trade weigh most, then areas, branch and form."""
    core, reasons = _core(given.core, other.core)
    value = 0.7 * core
    value += _judged(given.branch == other.branch, 12, reasons, lambda: _branches(given, other))
    value += _judged(given.places == other.places, 12, reasons, lambda: _places(given, other))
    same_form = _ONE_FORM.get(given.form, given.form) == _ONE_FORM.get(other.form, other.form)
    value += _judged(same_form, 6, reasons, lambda: f"组织形式不同（{given.form or '无'}、{other.form or '无'}）")
    return (min(99, round(value)) if core >= 50 else min(round(value), _FAR - 1)), reasons


def _judged(same: bool, weight: float, reasons: list[str], why: Callable[[], str]) -> float:
    if not same:
        reasons.append(why())
    return weight if same else 0


def _core(given: str, other: str) -> tuple[int, list[str]]:
    """How close trade name and trade are, by their two-character pieces; one character's difference and one more word are told as such."""
    if given == other:
        return 100, []
    if _distance_one(given, other):
        return 85, [f"字号或行业相差一字（“{given}”、“{other}”）"]
    short, long = sorted((given, other), key=len)
    if len(short) >= 2 and short in long:
        return 70, [f"一方多出“{long.replace(short, '', 1)}”"]
    first, second = set(names.bigrams(given)), set(names.bigrams(other))
    shared = 2 * len(first & second) / (len(first) + len(second)) if first and second else 0
    same_beginning = given[:2] == other[:2]
    value = round(100 * shared) if same_beginning else round(60 * shared)
    return value, [f"字号或行业不同（“{given}”、“{other}”）"]


def _branches(given: Parts, other: Parts) -> str:
    if given.branch and other.branch:
        return f"不同的分支机构（“{given.branch}”、“{other.branch}”）"
    return f"总机构与分支机构（“{given.branch or other.branch}”）"


def _places(given: Parts, other: Parts) -> str:
    if given.places and other.places:
        return f"行政区划不同（“{_told(given.places)}”、“{_told(other.places)}”）"
    return f"一方没有行政区划（“{_told(given.places or other.places)}”）"


def _told(places: frozenset[str]) -> str:
    return "、".join(sorted(places))


def _formed(normal: str) -> tuple[str, str, str]:
    """What stands before the form, the form, and what stands behind it (a branch). The last form of a name is the one of its subject, the
    公司 of 分公司 is none."""
    head = _BRANCH.sub("", normal) or normal
    found = [(head.rfind(form) + len(form), len(form), form) for form in _FORMS if form in head]
    if not found:
        return head, "", normal[len(head) :]
    end, length, form = max(found)
    return head[: end - length], form, normal[end:]


def _leading(normal: str) -> tuple[set[str], str]:
    """The areas that open a name, and the rest. A district's bare name counts only behind its city: 方正, 木兰 are trade names too."""
    found: set[str] = set()
    while length := len((first := _first_place(normal, behind=bool(found)))[1]):
        found.add(first[0])
        normal = normal[length:]
    return found, normal


def _first_place(normal: str, *, behind: bool) -> tuple[str, str]:
    """The area that opens a text, bare and as it is written there."""
    for bare, whole in (*_WIDE.items(), *_DISTRICTS.items()):
        if normal.startswith(whole):
            return bare, whole
        if normal.startswith(bare) and (bare in _WIDE or behind):
            return bare, bare
    general = _GENERAL_PLACE.match(normal)
    return (_bare(general[0]), general[0]) if general else ("", "")


def _distance_one(given: str, other: str) -> bool:
    """Whether one character replaced, left out, added or two neighbours exchanged make one of the other; not for names of one character."""
    if min(len(given), len(other)) < 2 or abs(len(given) - len(other)) > 1:
        return False
    if len(given) == len(other):
        apart = [place for place, pair in enumerate(zip(given, other, strict=True)) if pair[0] != pair[1]]
        exchanged = (
            len(apart) == 2
            and apart[1] == apart[0] + 1
            and given[apart[0]] == other[apart[1]]
            and given[apart[1]] == other[apart[0]]
        )
        return len(apart) == 1 or exchanged
    short, long = sorted((given, other), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
