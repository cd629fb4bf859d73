"""What a line may say, one subject, one measure, one department, and what happens to it when the entry ends. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from credit_platform.errors import Finding, at_field, required
from sanctions.measures.rules import Force, MeasureFacts, against_term, goes_with_entry

LONGEST = 500
"""Characters of a note, and of a reason."""


class ItemState(StrEnum):
    """Where one line stands: one subject, one measure, one department."""

    OPEN = "todo"
    TAKEN = "taken"
    NOT_TAKEN = "not_taken"
    DROPPED = "dropped"
    LIFTING = "lifting"
    LIFTED = "lifted"


ITEM_LABELS = {
    ItemState.OPEN: "待执行",
    ItemState.TAKEN: "已执行",
    ItemState.NOT_TAKEN: "未执行",
    ItemState.DROPPED: "无需执行",
    ItemState.LIFTING: "待解除",
    ItemState.LIFTED: "已解除",
}
ITEM_TONES = {
    ItemState.OPEN: "info",
    ItemState.TAKEN: "good",
    ItemState.NOT_TAKEN: "neutral",
    ItemState.DROPPED: "neutral",
    ItemState.LIFTING: "warn",
    ItemState.LIFTED: "neutral",
}
LIVE = (ItemState.OPEN.value, ItemState.TAKEN.value, ItemState.NOT_TAKEN.value)
"""States of a line that a department has: it is not pushed to it again."""
I = ItemState  # noqa: E741 - the table below reads by it
ITEM_MOVES: dict[tuple[ItemState, str], ItemState] = {
    (I.OPEN, "take"): I.TAKEN,
    (I.OPEN, "leave"): I.NOT_TAKEN,
    (I.TAKEN, "take"): I.TAKEN,
    (I.TAKEN, "leave"): I.NOT_TAKEN,
    (I.NOT_TAKEN, "take"): I.TAKEN,
    (I.NOT_TAKEN, "leave"): I.NOT_TAKEN,
    (I.OPEN, "drop"): I.DROPPED,
    (I.TAKEN, "ask"): I.LIFTING,
    (I.LIFTING, "lift"): I.LIFTED,
}
"""Feedback may be mended until it is confirmed; what was confirmed changes by lifting only."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a department says of one line."""

    taken: bool
    on: date | None = None
    document_number: str = ""
    until: date | None = None
    note: str = ""


def against_feedback(
    given: Feedback, measure: MeasureFacts, *, pushed_on: date, today: date, has_file: bool = False
) -> Iterable[Finding]:
    """What stands against the feedback on one line, each finding at its field.

    Taken: the day, not in the future, and a proof (document number or file); a term that a decision sets within the bounds of the list.
    Not taken: a reason, with at least ten characters where the law leaves no choice.
    """
    if not given.taken:
        yield from required(given.note, "note", "未执行的请写明理由。", rule="joint.reason", most=LONGEST)
        if measure.force is Force.MUST and 0 < len(given.note.strip()) < 10:
            yield at_field("joint.reason", "note", "该措施应当执行，未执行的理由请写具体（不少于10个字）。")
        return
    if given.on is None or given.on > today:
        yield at_field("joint.day", "done_on", "请填写执行日期，不得晚于今天。")
        return
    if not given.document_number.strip() and not has_file:
        yield at_field("joint.proof", "document_number", "请填写执行文书号，或者上传执行证明材料。")
    if given.until is not None and given.until < given.on:
        yield at_field("measure.until", "until", "措施截止日期不得早于执行日期。")
    else:
        yield from against_term(measure, taken_on=given.on, decided=given.until)
    if len(given.note.strip()) > LONGEST:
        yield at_field("joint.note", "note", f"说明最多{LONGEST}个字。")


WRONGED = frozenset({"annulled", "wrong"})
"""Ways in which an entry ends as if it had never been: nothing of it may go on."""


def ends_with(measure: MeasureFacts, way: str) -> bool:
    """Whether a measure that was taken is lifted when its entry ends in a way: with the entry, or because the entry should not have been."""
    return way in WRONGED or goes_with_entry(measure)


def after_the_end(state: ItemState, measure: MeasureFacts, way: str) -> str:
    """What happens to a line when its entry ends: the verb of ITEM_MOVES, "" when nothing does."""
    if state is ItemState.OPEN:
        return "drop"
    return "ask" if state is ItemState.TAKEN and ends_with(measure, way) else ""
