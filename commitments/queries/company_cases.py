"""What a company sees of the breach cases about itself: from the service of the notice on, never before (哈政办规〔2020〕12号 no. 3)."""

from __future__ import annotations

from datetime import date

from commitments.models import BreachCase
from commitments.models.breaches import BreachCaseQuerySet
from commitments.rules import breaches as rules
from commitments.rules.states import BreachState
from records.models import Subject

TOLD = (BreachState.SERVED, BreachState.FOUND, BreachState.DECIDED)
STANDING = (BreachState.SERVED, BreachState.FOUND)


def cases_of(subject: Subject) -> BreachCaseQuerySet:
    """The cases that were served on a subject and were not dropped, the latest first."""
    rows = BreachCase.objects.filter(subject=subject, state__in=TOLD, served_on__isnull=False)
    return rows.select_related("department", "letter__matter").order_by("-served_on", "-pk")


def pressing(subject: Subject, on: date) -> BreachCaseQuerySet:
    """Those of `cases_of` that are not decided yet, or whose bar from 告知承诺 holds on a day."""
    rows = cases_of(subject)
    return rows.filter(state__in=STANDING) | rows.filter(barred_until__gte=on)


def may_speak(case: BreachCase, on: date) -> bool:
    """Whether the time to state and defend oneself runs on a day (its last day included) and nothing was said yet."""
    return rules.may_speak(
        served=case.state == BreachState.SERVED,
        hearing_until=case.hearing_until,
        statement_on=case.statement_on,
        waived=case.waived,
        on=on,
    )


def standing(case: BreachCase, on: date) -> str:
    """Where a case stands, in the words of the company's page."""
    if case.state == BreachState.DECIDED:
        return "已决定"
    if case.state == BreachState.FOUND:
        return "已认定，待决定"
    if may_speak(case, on):
        return "可以陈述申辩"
    return "已陈述申辩，待认定" if case.statement_on else "陈述申辩期限已过，待认定"
