"""The kinds of information, each told by the app that owns it: what it is called, where its list stands, how its page reads.

`disclosure` knows its own (`own_kinds`); an app above registers those that its procedure fills in its AppConfig.ready(). Rules, pages and
templates ask the kind (`kind.serious`, `kind.parts`), never its code, so that a new one is one value and no line here. Pure: a table in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

OTHER_LABEL = "其他公共信用信息"
"""What the items that only this city has are called together; each has its own name in the catalogue."""
PERSONS_REASON = "涉及自然人的该类信息仅限政务共享，不对外公示（《个人信息保护法》；本市参数）。"


@dataclass(frozen=True, slots=True)
class Withheld:
    """What a row may say of itself that keeps it from the public: the fact (a name of `rules.facts.Facts`), its values, the reason in Chinese."""

    fact: str
    values: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Doubted:
    """What a reader can do who finds an item untrue, where it is not the objection to an authority's word.

    `text` is the link, `address` has `{public_id}` in it.
    """

    text: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of information.

    - `address`: where its list stands, "" when it has none. `parts`: the headings of what was decided, about whom, by whom.
    - `day_word`, `number_label`, `said_by`: what happened on `decided_on`, how its number is called, what the authority did.
    - `results`: the fields that an entry tells beside its title, in this order; `about`: the field that is its gist in a list; `outcome`: the first
      of these is what was decided. A name that begins with "_" is the end of a field's code. `short_labels`: for labels too long for an entry.
    - `about_word`, `outcome_word`: the heads of these two columns in its list ("" = without the column); `validity`: whether an entry tells it.
    - `serious`: it weighs on its subject, and is coloured so. `timed`: seven working days from the decision, with a list and statistics of this app.
    - `persons_shown`: also about natural persons, with a masked name; else `persons_reason` says why not. `withheld`: see there.
    - `repairable`: its publication may end early by a repair. `keeps_term`: the last day is kept of what is not shown too, for it is that of the
      thing itself (an entry on a list).
    - `listed`: among what is said about a subject; `own_word`: the subject says it of itself, unchecked, shown apart. `doubted`: see there.
    """

    code: str
    label: str
    address: str = ""
    parts: tuple[str, str, str] = ("决定内容", "行政相对人", "决定机关与来源")
    day_word: str = "决定"
    number_label: str = "文书号"
    said_by: str = "作出"
    results: tuple[str, ...] = ()
    short_labels: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    about_word: str = "事项"
    outcome: tuple[str, ...] = ()
    outcome_word: str = "决定内容"
    validity: bool = True
    serious: bool = False
    timed: bool = False
    persons_shown: bool = False
    persons_reason: str = PERSONS_REASON
    withheld: tuple[Withheld, ...] = ()
    repairable: bool = False
    keeps_term: bool = False
    listed: bool = True
    own_word: bool = False
    doubted: Doubted | None = None


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """The owner of kinds tells them, in the order of the site's menus; the same again is harmless. ValueError when a code is another's already."""
    for each in kinds:
        if _kinds.setdefault(each.code, each) != each:
            raise ValueError(f"the kind {each.code} is registered twice")


def kind(code: str) -> Kind:
    """The kind of a code; one without particulars for the city's own items, which no app owns."""
    return _kinds.get(code) or Kind(code=code, label=OTHER_LABEL)


def kinds() -> tuple[Kind, ...]:
    """All kinds in the order of registration."""
    return tuple(_kinds.values())


def label(code: str) -> str:
    """The Chinese name of a kind."""
    return kind(code).label


def list_address(code: str) -> str:
    """The address of the list of a kind; "" when it has none."""
    return kind(code).address


class Labels(Mapping[str, str]):
    """Code → name of the kinds that pass a test: a view of the registry as it is now, so that it may be named before the apps are ready."""

    def __init__(self, test: Callable[[Kind], bool]) -> None:
        self._test = test

    def __getitem__(self, code: str) -> str:
        return self._now()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._now())

    def __len__(self) -> int:
        return len(self._now())

    def choices(self) -> list[tuple[str, str]]:
        """For a field of a form."""
        return list(self.items())

    def choices_or_all(self) -> list[tuple[str, str]]:
        """For a field of a form that may be left at “全部”."""
        return [("", "全部"), *self.items()]

    def _now(self) -> dict[str, str]:
        return {each.code: each.label for each in _kinds.values() if self._test(each)}


EVERY = Labels(lambda each: True)
ATTESTED = Labels(lambda each: not each.own_word)
"""What authorities say: everything but what a subject says of itself."""
LISTED = Labels(lambda each: each.listed)
"""Kinds among the entries of a subject's page; registration data and its own declarations stand beside them."""
BESIDE = Labels(lambda each: not each.listed)
TIMED = Labels(lambda each: each.timed)
"""Kinds with a list of this app and a deadline of seven working days."""
REPAIRABLE = Labels(lambda each: each.repairable)
"""Kinds whose publication may end early by a repair."""
OWN_WORD = Labels(lambda each: each.own_word)
