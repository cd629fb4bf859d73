"""A removal is asked by one and confirmed by another: states and steps (国办发〔2020〕49号; 令第36号). Pure."""

from __future__ import annotations

from enum import StrEnum

from casework.rules.procedures import Procedure, Step, Work
from sanctions.lists.rules import WAY_LABELS, Way

ASK, CONFIRM = "sanctions.entry.ask", "sanctions.entry.end"
WAYS = (Way.EARLY, Way.ANNULLED, Way.WRONG)
"""What may be asked here; a repair has a procedure of its own."""
CHOICES = [(way.value, WAY_LABELS[way]) for way in WAYS]


class State(StrEnum):
    """Where a case stands."""

    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"


MOVES: dict[tuple[str, str], str] = {
    (State.ASKED, "confirm"): State.DONE,
    (State.ASKED, "refuse"): State.REFUSED,
}
REMOVAL = Procedure(
    slug="removal",
    label="名单移出",
    audit="sanctions.removal",
    own="sanctions.RemovalCase",
    number="移出〔{year}〕{n:06d}号",
    article="国办发〔2020〕49号",
    begins=State.ASKED,
    labels={State.ASKED: "待确认", State.DONE: "已移出", State.REFUSED: "不予移出"},
    tones={State.ASKED: "info", State.DONE: "good", State.REFUSED: "neutral"},
    moves=MOVES,
    closed=frozenset({State.DONE, State.REFUSED}),
    view="sanctions.view",
    first_locks=("entry",),
    steps=(
        Step(
            "confirm",
            "确认移出",
            CONFIRM,
            "由提出人以外的人核对文书后确认。确认后条目立即移出，公示和各部门的措施同时停止或者解除。",
            "已移出名单。",
            second_person=True,
            serious=True,
        ),
        Step("refuse", "不予移出", CONFIRM, "写明不予移出的理由。", "已结案：不予移出。", second_person=True),
    ),
    works=(Work("名单移出，待确认", State.ASKED, "confirm", 45),),
)
