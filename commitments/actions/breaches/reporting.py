"""A case that begins with what somebody reported: the report is kept beside it, who reported is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from commitments.actions import papers as files
from commitments.actions.breaches.base import scanned
from commitments.actions.breaches.candidates import open_candidate
from commitments.models import BreachCase, BreachReport, Letter
from commitments.rules import breaches as rules
from commitments.rules.kinds import BreachKind
from commitments.sealed_places import REPORTER
from credit_platform import sealing
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import at_field, refuse
from credit_platform.pg import next_id
from records.actions.looks import reference


@dataclass(frozen=True, slots=True)
class Reported:
    """What came in: by which way, when, what was told, and who told it ("" when nobody was named)."""

    how: rules.ReportWay | str
    received_on: date
    told: str
    reporter: str = ""


def open_reported(
    letter: Letter,
    *,
    kind: BreachKind | str,
    facts: str,
    report: Reported,
    papers: Sequence[files.Given] = (),
    by: User,
    on: date | None = None,
) -> BreachCase:
    """Begin a case on a report that was looked into: `facts` are what the department found, not what was told. The case then takes
    the same way as every other.

    Clerks and reviewers of the accepting department. Raises what `open_candidate` raises; Refused without what was told, for a day
    before the letter or in the future, and for personal numbers in what was told (other handlers read it).
    """
    on = on or timezone.localdate()
    with acting(by):
        policy.require(by, "commitments.breach.handle", letter.department)
        refuse([*_against(letter, report, on), *scanned(told=report.told)])
        case = open_candidate(letter, kind=kind, facts=facts, source=rules.Source.REPORT, by=by, on=on)
        reporter = report.reporter.strip()
        key = next_id(BreachReport)
        made = BreachReport.objects.create(
            pk=key,
            case=case,
            how=rules.ReportWay(report.how).value,
            received_on=report.received_on,
            told=report.told.strip(),
            reporter=sealing.encrypt(reporter.encode(), sealing.place(REPORTER, key)) if reporter else None,
        )
        kept = files.attach(case, papers, role="report", by=by)
        after = {"how": made.how, "received_on": made.received_on, "named": bool(reporter), "papers": len(kept)}
        audit.record("commitments.breach.report", case, by=by, after=after, unit_id=case.department_id)
    return case


def _against(letter: Letter, report: Reported, on: date) -> list[rules.Finding]:
    found = []
    if not report.told.strip():
        found.append(at_field("breach.told", "told", "请写明反映的内容。"))
    if not letter.made_on <= report.received_on <= on:
        found.append(at_field("breach.received", "received_on", "收到日期应在承诺日期与今天之间。"))
    return found


def reporter_of(made: BreachReport, *, by: User, purpose: str) -> str:
    """Who reported, in clear for who handles the case; the look is registered first. "" when nobody was named."""
    with acting(by):
        policy.require(by, "commitments.breach.handle", made.case.department)
        audit.look(
            "commitments.breach.reporter",
            by=by,
            subject_ref=reference(made.case.subject),
            purpose=purpose,
            fields="反映人及联系方式",
            results=int(made.reporter is not None),
            unit_id=made.case.department_id,
        )
    return sealing.decrypt(bytes(made.reporter), sealing.place(REPORTER, made.pk)).decode() if made.reporter else ""
