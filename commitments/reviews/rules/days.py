"""Reviews: when they open, when they are late, what an outcome asks for, and the day of the next one. Pure.

The city has named no numbers for what happens inside a department; the constants below are parameters, each with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from commitments.rules.kinds import Unit
from commitments.rules.states import FULFILMENT_LABELS, Fulfilment
from credit_platform.errors import Finding, Level
from credit_platform.workdays.rules import Calendar, add_months

OPEN_AHEAD = 10
"""Working days before its day on which a review appears on the desk, so that somebody can go there (parameter)."""
SOON = 5
"""Working days before the day from which it stands on the desk's home and on the subject's page (parameter)."""
TO_HEAD_AFTER = 3
"""Working days after the day from which the department's reviewers are told (parameter; the plan's no. 3: 定期复核)."""
TO_OFFICE_AFTER = 10
"""Working days after the day from which the credit office supervises (parameter; the city office leads no. 2 and 3)."""
RANDOM_WITHIN = 20
"""Working days for a review that was drawn at random (parameter)."""
AGAIN_WITHIN = 20
"""Working days for a new look after 无法核实, or after a breach was annulled (parameter)."""

ENTERED_ALWAYS = (Fulfilment.FULFILLED, Fulfilment.PARTLY, Fulfilment.UNFULFILLED, Fulfilment.UNVERIFIABLE)
SUGGESTS_BREACH = (Fulfilment.UNFULFILLED, Fulfilment.PARTLY)
IN_HAND = "复核处理中"
"""What the public reads of such an outcome until a breach has been decided: nothing adverse before the subject was heard."""


@dataclass(frozen=True, slots=True)
class NextReview:
    """The day of the next review, None when there is none; `lines` say in Chinese how it was found."""

    on: date | None
    provisional: bool
    lines: tuple[str, ...]


def next_review(
    outcome: Fulfilment, *, on: date, every: int | None, unit: Unit, calendar: Calendar, valid_until: date | None = None
) -> NextReview:
    """The review after one that was done `on`, by the list entry's interval (`every` of `unit`; None: reviewed once).

    A commitment that is kept or broken is not looked at again by the clock; what could not be verified is looked at after
    `AGAIN_WITHIN` working days. Nothing is due after the validity of the commitment has ended.
    """
    if outcome in (Fulfilment.FULFILLED, Fulfilment.UNFULFILLED):
        return NextReview(None, False, (f"复核结果为“{FULFILMENT_LABELS[outcome]}”，不再安排定期复核。",))
    if outcome is Fulfilment.UNVERIFIABLE:
        again = calendar.deadline(on, AGAIN_WITHIN)
        return NextReview(again.due_on, again.provisional, ("无法核实的，另行核查。", *again.explain()))
    if not every:
        return NextReview(None, False, ("清单条目只规定首次复核，不再安排定期复核。",))
    found = after(on, every, unit, calendar)
    if valid_until is not None and found.on is not None and found.on > valid_until:
        ended = f"承诺有效期至{_cn(valid_until)}，早于下次复核日{_cn(found.on)}，不再安排。"
        return NextReview(None, False, (*found.lines, ended))
    return found


def after(on: date, count: int, unit: Unit, calendar: Calendar) -> NextReview:
    """The last day of a period of `count` units that begins the day after `on`; in days or months it is rolled to the next working
    day (民法典 第二百零三条)."""
    if unit is Unit.WORKDAY:
        deadline = calendar.deadline(on, count)
        return NextReview(deadline.due_on, deadline.provisional, tuple(deadline.explain()))
    last = add_months(on, count) if unit is Unit.MONTH else on + timedelta(days=count)
    words = "个月" if unit is Unit.MONTH else "日"
    day = calendar.roll_forward(last)
    lines = [f"自{_cn(on)}次日起计算{count}{words}，至{_cn(last)}。"]
    if day != last:
        lines.append(f"{_cn(last)}为休息日（{calendar.day(last).why}），顺延至{_cn(day)}（《民法典》第二百零三条）。")
    return NextReview(day, calendar.is_provisional(day), tuple(lines))


def completion(
    outcome: Fulfilment, *, method: str, finding: str, made_on: date, on: date, today: date
) -> Iterable[Finding]:
    """What stands against completing a review: the way of checking is always said, the facts whenever something is missing."""
    if not method.strip():
        yield Finding("review.method", Level.ERROR, "请填写核查方式。", field="method")
    if outcome not in (Fulfilment.FULFILLED, Fulfilment.PERFORMING) and not finding.strip():
        yield Finding(
            "review.finding",
            Level.ERROR,
            f"复核结果为“{FULFILMENT_LABELS[outcome]}”的，请写明核查情况。",
            mend="写明查到了什么、在哪里查到、与承诺内容有何不同。",
            field="finding",
        )
    if not made_on <= on <= today:
        yield Finding("review.day", Level.ERROR, "完成日期应在承诺日期与今天之间。", field="on")


def public_word(fulfilment: Fulfilment, *, decided: bool) -> str:
    """The state of a letter in the words of the public: 未履行 and 部分履行 only once a breach of it has been `decided`."""
    return IN_HAND if fulfilment in SUGGESTS_BREACH and not decided else FULFILMENT_LABELS[fulfilment]


def is_entered(outcome: Fulfilment, before: Fulfilment) -> bool:
    """Whether an outcome goes into the record of the subject: what is settled always, 履行中 only when it was otherwise before."""
    return outcome in ENTERED_ALWAYS or outcome is not before


def _cn(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
