"""谁查过我: who looked at what is not public of a subject, when and why; by unit, never by the name of a clerk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from checks.models import Check
from checks.rules.states import PURPOSE_LABELS, Purpose
from lookups.models import HoldBack, Query
from lookups.models.register import QueryQuerySet
from lookups.rules.questions import Outcome
from records.models import Subject
from records.queries import merged_with

MOST = 500
"""Lines that are told at once, the latest; a file has all of a year."""
ELSEWHERE = "工作人员依职责查看"


@dataclass(frozen=True, slots=True)
class Seen:
    """One look. `number` is empty for a check inside an approval; `late` says why the subject is told only now, and since when."""

    at: datetime
    unit: str
    why: str
    sentence: str
    fields: str
    case_number: str
    number: str = ""
    late: str = ""


def looked_at(subject: Subject, on: date, besides: int | None = None) -> list[Seen]:
    """Who looked at a subject, the latest first: what may be told on a day. `besides` is the query in which this is asked."""
    files = merged_with(subject)
    rows = told_of(files, on).exclude(pk=besides) if besides else told_of(files, on)
    queries = list(rows.select_related("purpose", "department")[:MOST])
    holds = _holds(queries)
    found = [_seen(row, holds.get(row.pk)) for row in queries]
    checks = Check.objects.filter(subject_id__in=files).select_related("department", "matter").order_by("-pk")[:MOST]
    found += [_checked(row) for row in checks]
    return sorted(found, key=lambda each: each.at, reverse=True)[:MOST]


def told_of(files: Sequence[int], on: date) -> QueryQuerySet:
    """Answered queries of these files that may be told on a day; those that were refused showed nothing."""
    digests = list(Subject.objects.filter(pk__in=files, id_hash__isnull=False).values_list("id_hash", flat=True))
    rows = Query.objects.about(list(files), [digest for digest in digests if digest]).released(on)
    return rows.exclude(outcome=Outcome.REFUSED).order_by("-pk")


def _holds(queries: Sequence[Query]) -> dict[int, HoldBack]:
    """Why telling of each of these was put off, where two people had it so."""
    return {row.query_id: row for row in HoldBack.objects.filter(query__in=queries, confirmed_by__isnull=False)}


def _seen(row: Query, hold: HoldBack | None) -> Seen:
    return Seen(
        at=timezone.localtime(row.at),
        unit=_unit(row),
        why=row.purpose.name if row.purpose else ELSEWHERE,
        sentence=row.purpose.sentence if row.purpose else "",
        fields=row.fields if row.purpose else "",
        case_number=row.case_number if row.purpose else "",
        number=row.number,
        late=_late(row, hold),
    )


def _unit(row: Query) -> str:
    """Who looked: the department; of somebody outside who asks by a key of its own, that one."""
    if row.actor_kind == "client" and row.visitor:
        return row.visitor
    return row.department.name if row.department else "平台"


def _late(row: Query, hold: HoldBack | None) -> str:
    if hold is not None:
        return f"推迟至{hold.until:%Y-%m-%d}告知：{hold.reason}"
    if row.told_from and row.purpose:
        return f"推迟至{row.told_from:%Y-%m-%d}告知：{row.purpose.delay_reason}"
    return ""


def _checked(row: Check) -> Seen:
    return Seen(
        at=timezone.localtime(row.asked_at),
        unit=row.department.name if row.department else "平台",
        why=f"信用核查：{PURPOSE_LABELS[Purpose(row.purpose)]}",
        sentence=f"办理“{row.matter.name}”前核查信用状况。",
        fields="核查结论",
        case_number=row.case_number,
    )
