"""What the pages of a breach show beside what every case shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from casework.models import Case, CaseQuerySet, Tip
from casework.queries.course import explained, hearing_of
from commitments.breaches import rules
from commitments.breaches.models import BreachCase
from commitments.breaches.rules import BREACH
from commitments.lists.queries.measures import facts_of, fitting
from commitments.lists.rules.measures import until
from commitments.models import Measure
from commitments.rules.kinds import BREACH_KIND_LABELS, BreachKind
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.workdays.rules.days import chinese
from records.models import Subject


def announced(case: Case, on: date) -> list[Measure]:
    """The measures that a decision may take: fitting, and told beforehand."""
    hearing = hearing_of(case)
    codes = set(hearing.intended) if hearing else set()
    return [each for each in fitting(case.own, on) if each.code in codes]


def effects(case: Case, on: date, given: Mapping[str, Any]) -> dict[str, Any]:
    """What a decision will make public at once, before it is made: the measures that were ticked, and until when the longest lasts."""
    chosen = [each for each in announced(case, on) if each.code in given["measures"]]
    last = max(filter(None, (until(facts_of(each), given["on"]) for each in chosen)), default=None)
    return {"measures": chosen, "until": last}


def draft_notice(case: Case, on: date) -> str:
    """The notice as it is proposed to the clerk, with all fitting measures."""
    row: BreachCase = case.own
    letter, subject, measures = row.letter, row.letter.subject, fitting(row, on)
    return rules.notice_text(
        subject=subject.name,
        person=subject.kind == "person",
        promise=letter.matter.name if letter.matter else letter.record.title,
        made_on=letter.made_on,
        kind=BREACH_KIND_LABELS[BreachKind(row.kind)],
        facts=row.facts,
        basis="；".join(dict.fromkeys(each.basis for each in measures)),
        measures=[each.name for each in measures],
    )


def began(case: Case) -> str:
    """Where a case came from, in words."""
    return str(case.own.get_source_display())


def terms(case: Case) -> list[tuple[str, list[str]]]:
    """The last days of measures and of the bar, each with how it was found."""
    found = []
    for taken in case.own.measures.select_related("measure"):
        if taken.until and case.decided_on:
            text = (
                f"“{taken.measure.name}”期限{taken.measure.months}个月，自决定之日（{chinese(case.decided_on)}）次日起计算，"
                f"至{chinese(taken.until)}止（《民法典》第二百零一条、第二百零二条）；期限的终止日不因休息日顺延。"
            )
            found.append((taken.measure.name, [text]))
    if case.own.barred_until:
        last = f"不适用告知承诺至{chinese(case.own.barred_until)}24时止，次日起可以再次适用。"
        found.append(("不适用告知承诺", [last]))
    return found


def pressing(subject: Subject, on: date) -> CaseQuerySet:
    """The cases that were served on a subject and are not decided yet, or whose bar from 告知承诺 holds on a day, the latest first."""
    rows = Case.objects.of(BREACH).shown_to(subject).filter(hearing__served_on__isnull=False)
    open_or_barring = Q(closed_on__isnull=True) | Q(breachcase__barred_until__gte=on)
    joined = ("department", "hearing", "breachcase__letter__matter")
    return rows.filter(open_or_barring).select_related(*joined).order_by("-hearing__served_on", "-pk")


def more(case: Case, user: User, on: date) -> dict[str, Any]:
    """What the page of a breach adds: measures taken, their last days, the tip."""
    return {
        "measures": list(case.own.measures.select_related("measure")),
        "explained": explained(case) + terms(case),
        "tip": Tip.objects.defer("informant").filter(case=case).first(),
        "may_ask": policy.allows(user, rules.HANDLE, case.department),
    }
