"""What looks as if somebody worked for the figure and not for the thing. A sign is looked at by people: it takes no point by itself. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LEAST = 10
"""Decisions of a month from which a share is looked at (parameter of the platform)."""
BULK_PERCENT = 50
"""Percent of a month's decisions on one day that is a bulk (parameter of the platform)."""
SPLIT = 3
"""Decisions of one day, subject and matter from which a document looks split (parameter of the platform)."""


class Sign(StrEnum):
    """What was seen."""

    BACKDATED = "backdated"
    BULK = "bulk"
    SPLIT = "split"


SIGN_LABELS = {
    Sign.BACKDATED: "决定日期疑似改晚",
    Sign.BULK: "期末集中报送",
    Sign.SPLIT: "疑似一案拆分",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as it came: its row, whose it is (a subject), what it is about, when it was made, when it was first seen."""

    ref: str
    subject: int
    matter: str
    decided_on: date
    seen_on: date


@dataclass(frozen=True, slots=True)
class Seen:
    """One sign and the rows that show it."""

    sign: Sign
    text: str
    refs: tuple[str, ...]


def signs(decisions: Sequence[Decision], last_workday: date) -> list[Seen]:
    """All signs in the decisions of one department and month; `last_workday` is the last working day of the month."""
    return [*_backdated(decisions), *_bulk(decisions, last_workday), *_split(decisions)]


def _backdated(decisions: Iterable[Decision]) -> Iterator[Seen]:
    """Seen before it was decided: the date on the paper was moved to make the report look early."""
    refs = tuple(each.ref for each in decisions if each.seen_on < each.decided_on)
    if refs:
        yield Seen(Sign.BACKDATED, f"{len(refs)}条决定首次报送的日期早于现在的决定日期。", refs)


def _bulk(decisions: Sequence[Decision], last_workday: date) -> Iterator[Seen]:
    """More than half of a month on its last working day or after it."""
    late = tuple(each.ref for each in decisions if each.seen_on >= last_workday)
    if len(decisions) >= LEAST and 100 * len(late) > BULK_PERCENT * len(decisions):
        yield Seen(Sign.BULK, f"{len(decisions)}条决定中有{len(late)}条在当月最后一个工作日报送。", late)


def _split(decisions: Iterable[Decision]) -> Iterator[Seen]:
    """Several numbers for what reads like one decision."""
    alike: dict[tuple[int, str, date], list[str]] = defaultdict(list)
    for each in decisions:
        alike[each.subject, each.matter, each.decided_on].append(each.ref)
    for (_, matter, day), refs in alike.items():
        if len(refs) >= SPLIT:
            yield Seen(Sign.SPLIT, f"同一主体{day:%Y年%-m月%-d日}就“{matter[:30]}”有{len(refs)}个文书号。", tuple(refs))
