"""Units report the numbers of cases that they decided, so that a missing check is seen (应查必查)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from checks.models import CheckMatter, DecidedCase
from checks.rules.coverage import Source
from checks.rules.questions import against_case
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Finding, at_field

OLDEST_DAYS = 366
"""How far back a decided case is taken: what is older belongs to no window of the board any more."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decided case as it was reported; `row` says where it stands in what was sent."""

    row: int
    matter: str
    case_number: str
    decided_on: date | None
    window: str = ""


@dataclass(slots=True)
class Reported:
    """What became of a report: how many were new, how many known before, which had no check that held, which were sent back and why."""

    added: int = 0
    unchanged: int = 0
    unchecked: list[str] = field(default_factory=list)
    rejected: list[tuple[int, Finding]] = field(default_factory=list)


def report(cases: Sequence[Decided], *, department: Department, source: Source, by: Actor) -> Reported:
    """Enter decided cases of a department, set-wise: good ones stay, bad ones are told. A case that was reported before changes nothing.

    Who: the department itself (`checks.tell`). Two who report the same cases at once enter each once.
    """
    policy.require(by, "checks.tell", department)
    done, rows = Reported(), dict[tuple[str, int], DecidedCase]()
    matters: dict[tuple[str, date], CheckMatter | None] = {}
    for case in cases:
        row, findings = _row(case, matters, department=department, source=source, by=by)
        done.rejected += [(case.row, finding) for finding in findings]
        if row is not None:
            rows[row.case_number, row.matter_id] = row
    with acting(by):
        known = _known(rows, department)
        DecidedCase.objects.bulk_create(rows.values(), ignore_conflicts=True, batch_size=1000)
        done.unchanged = len(known)
        done.added = len(rows) - done.unchanged
        numbers = [number for number, _ in rows]
        mine = DecidedCase.objects.filter(department=department, case_number__in=numbers)
        done.unchecked = sorted(mine.unchecked().values_list("case_number", flat=True))
        after = {"added": done.added, "unchanged": done.unchanged, "unchecked": len(done.unchecked)}
        audit.record("checks.report", by=by, after=after, unit_id=department.pk, members=numbers)
    return done


def _row(
    case: Decided,
    matters: dict[tuple[str, date], CheckMatter | None],
    *,
    department: Department,
    source: Source,
    by: Actor,
) -> tuple[DecidedCase | None, list[Finding]]:
    found = list(_against(case))
    if found or case.decided_on is None:
        return None, found
    key = (case.matter, case.decided_on)
    if key not in matters:
        matters[key] = CheckMatter.objects.in_force(case.decided_on).filter(code=case.matter).first()
    matter = matters[key]
    if matter is None:
        words = f"核查事项清单中没有编码“{case.matter[:64]}”，或者决定之日未生效。"
        return None, [at_field("checks.matter", "matter", words)]
    return DecidedCase(
        department=department,
        matter=matter,
        case_number=case.case_number,
        window=case.window[:60],
        decided_on=case.decided_on,
        source=source.value,
        reported_by=by.actor_name[:200],
    ), []


def _against(case: Decided) -> Iterable[Finding]:
    yield from against_case(case.case_number)
    today = timezone.localdate()
    if case.decided_on is None or not 0 <= (today - case.decided_on).days <= OLDEST_DAYS:
        yield at_field(
            "checks.decided-on", "decided_on", "决定日期应在今天之前一年之内。", mend="日期写作 2026-11-23。"
        )


def _known(rows: dict[tuple[str, int], DecidedCase], department: Department) -> set[tuple[str, int]]:
    numbers = [number for number, _ in rows]
    there = DecidedCase.objects.filter(department=department, case_number__in=numbers)
    return set(there.values_list("case_number", "matter_id")) & rows.keys()
