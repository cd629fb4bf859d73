"""Which measures may follow a breach: those of the matter's entry, in force on the day, fitting the kind of breach. Pure.

国办发〔2020〕49号: nothing outside the list. A measure that the notice did not announce may not be taken either: the subject could not
answer it (陈述申辩).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from commitments.rules.kinds import BREACH_KIND_LABELS, BreachKind, MeasureKind
from credit_platform.errors import Finding, Level
from credit_platform.web.formats import cn_date
from credit_platform.workdays.rules import add_months

ARTICLE = "国办发〔2020〕49号"
FIELD = "measures"


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """What the rules need to know of a line of the list."""

    code: str
    name: str
    kind: MeasureKind
    months: int | None
    after_false: bool
    after_unfulfilled: bool
    valid_from: date
    valid_until: date | None


def fits(measure: MeasureFacts, kind: BreachKind, on: date) -> bool:
    """Whether a measure may follow a breach of this kind on a day."""
    wanted = measure.after_false if kind is BreachKind.FALSE else measure.after_unfulfilled
    return wanted and measure.valid_from <= on and (measure.valid_until is None or on <= measure.valid_until)


def against(
    chosen: Sequence[MeasureFacts], *, listed: Collection[str], announced: Collection[str], kind: BreachKind, on: date
) -> Iterable[Finding]:
    """What stands against taking these measures: not in the entry's list, not of this kind or day, not announced in the notice."""
    for measure in chosen:
        if measure.code not in listed:
            yield _no(measure, "measure.not-listed", "不在该事项的违诺措施清单内，不得采取。")
        elif not fits(measure, kind, on):
            yield _no(measure, "measure.not-fitting", f"决定日不适用于“{BREACH_KIND_LABELS[kind]}”。")
        elif measure.code not in announced:
            yield _no(measure, "measure.not-told", "未在告知书中列明，不得在决定中采取。")


def _no(measure: MeasureFacts, rule: str, text: str) -> Finding:
    return Finding(rule, Level.ERROR, f"{measure.code} {measure.name}：{text}", field=FIELD, article=ARTICLE)


@dataclass(frozen=True, slots=True)
class Bar:
    """The last day of a bar from 告知承诺, and how it was found."""

    until: date
    line: str


def until(measure: MeasureFacts, on: date) -> date | None:
    """The last day of a measure that is taken on a day; None when it has no length of its own."""
    return add_months(on, measure.months) if measure.months else None


def bar(chosen: Iterable[MeasureFacts], on: date) -> Bar | None:
    """The longest bar among the measures, counted from the day after the decision (民法典 201, 202); None without one.

    The end of a bar is not an act to be done, so it does not move to a working day.
    """
    bars = [(each.months, each.name) for each in chosen if each.kind is MeasureKind.BAR and each.months]
    if not bars:
        return None
    months, name = max(bars)
    last = add_months(on, months)
    return Bar(
        last,
        f"“{name}”期限{months}个月，自决定之日（{cn_date(on)}）次日起计算，"
        f"至{cn_date(last)}止（《民法典》第二百零一条、第二百零二条）。",
    )
