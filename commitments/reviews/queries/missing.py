"""What the subject is reminded of on its own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commitments.models import CommitmentLetter
from commitments.reviews.rules.days import SOON
from credit_platform.workdays.queries import calendar
from records.models import Subject

SHOWN = 50


@dataclass(frozen=True, slots=True)
class SubjectNotice:
    """One notice: which commitment, what is missing, until when; `late` once the last day has passed."""

    letter_id: int
    code: str
    matter: str
    papers: str
    due_on: date
    workdays_left: int
    late: bool
    text: str


def for_subject(subject: Subject, on: date) -> list[SubjectNotice]:
    """The missing papers (容缺材料) of a subject that fall due within five working days or are late, the nearest first.

    There is no gateway for messages: the notice stands on the subject's own page for as long as it is true.
    """
    days = calendar()
    limit = days.due_on(on, SOON)
    rows = CommitmentLetter.objects.shortfall_open().filter(subject=subject, shortfall_due_on__lte=limit)
    found = rows.select_related("matter", "department").order_by("shortfall_due_on", "pk")[:SHOWN]
    return [
        _notice(letter, letter.shortfall_due_on, days.workdays_left(on, letter.shortfall_due_on), on)
        for letter in found
        if letter.shortfall_due_on is not None
    ]


def _notice(letter: CommitmentLetter, due: date, left: int, on: date) -> SubjectNotice:
    day = f"{due.year}年{due.month}月{due.day}日"
    what = letter.shortfall_papers or "容缺材料"
    late = due < on
    if late:
        text = (
            f"您承诺补正的材料（{what}）已于{day}到期，尚未收到。请尽快补交至{letter.department.name}，或向其说明情况。"
        )
    else:
        text = f"您承诺补正的材料（{what}）应于{day}前补交至{letter.department.name}，还有{left}个工作日。"
    return SubjectNotice(
        letter.pk, letter.code, letter.matter.name if letter.matter else "", what, due, left, late, text
    )
