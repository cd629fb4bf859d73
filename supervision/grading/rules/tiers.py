"""How closely a field looks at a subject: the tier of its grade, and the floors beneath it (哈政办规〔2020〕12号 nos. 16, 17). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from credit_platform.workdays.rules import add_months

YOUNG_MONTHS = 12
"""Months from the registration in which nothing is known of a subject yet."""


class Tier(StrEnum):
    """How closely, from the loosest to the strictest; the order of the members counts."""

    RELAXED = "relaxed"
    USUAL = "usual"
    CLOSE = "close"
    STRICT = "strict"

    @property
    def strictness(self) -> int:
        """0 for the loosest, 3 for the strictest."""
        return list(Tier).index(self)


LABELS = {Tier.RELAXED: "宽松", Tier.USUAL: "常规", Tier.CLOSE: "加强", Tier.STRICT: "严格"}
TONES = {Tier.RELAXED: "good", Tier.USUAL: "neutral", Tier.CLOSE: "warn", Tier.STRICT: "serious"}


@dataclass(frozen=True, slots=True)
class Known:
    """What decides about one subject in one field on a day.

    `scheme`, `grade` and `mapped` are those of the first scheme in order that has a grade in force and a row in the table; "" and None without one.
    """

    scheme: str = ""
    grade: str = ""
    mapped: Tier | None = None
    listed: bool = False
    watched: bool = False
    young: bool = False
    floor: Tier = Tier.RELAXED


@dataclass(frozen=True, slots=True)
class Decided:
    """A tier, and in Chinese why it is this one: the grade first, then each floor that raised it."""

    tier: Tier
    because: tuple[str, ...]


def decide(known: Known) -> Decided:
    """The tier of a subject: what the table says of its grade, 常规 without one, raised by each floor that lies higher."""
    if known.mapped is None:
        tier, because = Tier.USUAL, ["没有现行有效的等级，按常规监管"]
    else:
        tier, because = known.mapped, [f"{known.scheme}为“{known.grade}”，对应{LABELS[known.mapped]}"]
    floors = (
        (known.young, Tier.USUAL, f"登记不满{YOUNG_MONTHS}个月，不低于常规"),
        (known.floor is not Tier.RELAXED, known.floor, f"本领域监管不低于{LABELS[known.floor]}"),
        (known.watched, Tier.CLOSE, "在重点关注对象名单内，不低于加强"),
        (known.listed, Tier.STRICT, "在严重失信主体名单内，按严格监管"),
    )
    for holds, least, why in floors:
        if holds and least.strictness > tier.strictness:
            tier = least
            because.append(why)
    return Decided(tier, tuple(because))


def is_young(registered_on: date | None, on: date) -> bool:
    """Whether a subject was registered less than twelve months before a day; one whose registration nobody knows is not."""
    return registered_on is not None and on < add_months(registered_on, YOUNG_MONTHS)
