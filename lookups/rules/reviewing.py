"""Which queries a reviewer looks at, and what may follow. A rule only points; people decide. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from credit_platform import moves


class Ground(StrEnum):
    """Why a query stands in the queue."""

    ASKED = "asked"
    DRAWN = "drawn"
    SURNAME = "surname"
    NO_CASE = "no_case"
    AT_NIGHT = "at_night"
    VOLUME = "volume"
    NOTABLE = "notable"
    MANY_UNITS = "many_units"


GROUND_LABELS = {
    Ground.ASKED: "被查询主体询问理由",
    Ground.DRAWN: "随机抽取",
    Ground.SURNAME: "与查询人同姓",
    Ground.NO_CASE: "没有办件编号",
    Ground.AT_NIGHT: "非工作时间查询",
    Ground.VOLUME: "当日查询量异常",
    Ground.NOTABLE: "重点关注对象",
    Ground.MANY_UNITS: "短期内多个单位查询同一人",
}


class ReviewState(StrEnum):
    """Where the review of a query stands."""

    OPEN = "open"
    NOTED = "noted"
    WARNING = "warning"
    REFERRING = "referring"
    WARNED = "warned"
    REFERRED = "referred"


REVIEW_LABELS = {
    ReviewState.OPEN: "待审查",
    ReviewState.NOTED: "已审查",
    ReviewState.WARNING: "拟提醒，待确认",
    ReviewState.REFERRING: "拟移送，待确认",
    ReviewState.WARNED: "已提醒",
    ReviewState.REFERRED: "已移送",
}
REVIEW_TONES = {
    ReviewState.OPEN: "warn",
    ReviewState.NOTED: "good",
    ReviewState.WARNING: "info",
    ReviewState.REFERRING: "serious",
    ReviewState.WARNED: "neutral",
    ReviewState.REFERRED: "serious",
}
PROPOSED = (ReviewState.WARNING, ReviewState.REFERRING)
"""States in which a second person is waited for."""

MOVES: dict[tuple[ReviewState, str], ReviewState] = {
    (ReviewState.OPEN, "note"): ReviewState.NOTED,
    (ReviewState.OPEN, "warn"): ReviewState.WARNING,
    (ReviewState.OPEN, "refer"): ReviewState.REFERRING,
    (ReviewState.WARNING, "confirm"): ReviewState.WARNED,
    (ReviewState.REFERRING, "confirm"): ReviewState.REFERRED,
    (ReviewState.WARNING, "reject"): ReviewState.OPEN,
    (ReviewState.REFERRING, "reject"): ReviewState.OPEN,
}


def next_state(state: str, verb: str) -> ReviewState:
    """The state after `verb`; Conflict (409) when the present state does not allow it."""
    return moves.next_state(MOVES, REVIEW_LABELS, ReviewState(state), verb, code="lookups.review-state", what="审查")


@dataclass(frozen=True, slots=True)
class Limits:
    """From which values a query is pointed at: parameters of the city.

    `opens`, `closes`: hours of work. `most_a_day`: queries of one person on a day. `most_units`: units that asked for one natural person
    within `unit_days` calendar days.
    """

    opens: time
    closes: time
    most_a_day: int
    most_units: int
    unit_days: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known of a query when it is sifted. `nth`: which query of that person on that day it was; `units`: how many units asked for the
    same natural person within the days of the limits; `needs_case`: whether its purpose is one of handling a case."""

    actor: str
    asked_for: str
    is_person: bool
    has_case: bool
    needs_case: bool
    at: time
    workday: bool
    nth: int
    units: int
    notable: bool


def grounds(looked: Looked, limits: Limits) -> list[Ground]:
    """Every rule that points at a query, in the order of `Ground`."""
    pointing = {
        Ground.SURNAME: looked.is_person and same_surname(looked.actor, looked.asked_for),
        Ground.NO_CASE: looked.needs_case and not looked.has_case,
        Ground.AT_NIGHT: not looked.workday or not limits.opens <= looked.at < limits.closes,
        # The one that passes the limit, and no other: an unusual day is one finding, not hundreds.
        Ground.VOLUME: looked.nth == limits.most_a_day + 1,
        Ground.NOTABLE: looked.notable,
        Ground.MANY_UNITS: looked.is_person and looked.units >= limits.most_units,
    }
    return [ground for ground, points in pointing.items() if points]


def same_surname(actor: str, asked_for: str) -> bool:
    """Whether two masked names (张**, 欧阳*) have one surname; nothing is compared when one of them is missing."""
    one, other = actor.rstrip("*"), asked_for.rstrip("*")
    return bool(one) and one == other
