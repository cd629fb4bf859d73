"""What stands against the entry of a reconsideration or a lawsuit, and of its end. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from credit_platform.errors import Finding, at_field, required


class ContestKind(StrEnum):
    """Before whom a decision is contested (行政复议法; 行政诉讼法)."""

    RECONSIDERATION = "reconsideration"
    LAWSUIT = "lawsuit"


CONTEST_LABELS = {ContestKind.RECONSIDERATION: "行政复议", ContestKind.LAWSUIT: "行政诉讼"}


def against_beginning(*, body: str, number: str, begun_on: date, decided_on: date, on: date) -> Iterable[Finding]:
    """What stands against the entry: no authority, no number, or a day before the decision (`decided_on`) or in the future."""
    yield from required(body, "body", "请填写受理机关。", rule="contest.body", most=100)
    yield from required(number, "number", "请填写受理案号。", rule="contest.number", most=100)
    if not decided_on <= begun_on <= on:
        yield at_field("contest.day", "begun_on", "受理日期应在决定日期与今天之间。")


def against_end(*, result: str, begun_on: date, ended_on: date, on: date) -> Iterable[Finding]:
    """What stands against the end: no result, or a day before the beginning or in the future."""
    yield from required(result, "result", "请填写审结的结果。", rule="contest.result", most=300)
    if not begun_on <= ended_on <= on:
        yield at_field("contest.ended", "ended_on", "审结日期应在受理日期与今天之间。")
