"""Rules and alerts for tests: rules in a state, facts that were known on a day, alerts brought to a state by their real steps."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from casework.actions.opening import open_case
from casework.models import Case
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department, User
from credit_platform.accounts.tests.factories import (
    ClerkFactory,
    CreditOfficeFactory,
    DepartmentFactory,
    ReviewerFactory,
)
from credit_platform.audit.context import acting
from records.models import CreditRecord, Subject
from records.tests.factories import CreditRecordFactory, SubjectFactory
from supervision.alerts.actions import handling
from supervision.alerts.actions.sweeping import sweep
from supervision.alerts.models import AlertCase, AlertFact, AlertRule, Backtest, VerificationCase
from supervision.alerts.rules.alerts import ALERT
from supervision.alerts.start_rules import RULES
from supervision.inspections.tests.factories import ItemEntryFactory

TODAY = date(2026, 11, 23)
LONG_AFTER = date(2030, 1, 1)
WAYS = {
    "open": (),
    "acknowledged": ("acknowledge",),
    "handling": ("acknowledge", "handle"),
    "closed": ("acknowledge", "handle", "close"),
    "cleared": ("clear",),
}


def office() -> User:
    """Somebody of the credit office, which always is one department."""
    return CreditOfficeFactory(department=DepartmentFactory(code="xyb"))


def rule(start: str = "W01", state: str = "active", **more) -> AlertRule:
    """A rule of the installation in a state."""
    given = dict(next(each for each in RULES if each["code"] == start))
    if state in ("active", "paused", "retired"):
        given |= {"drafted_by": office(), "activated_by": office(), "activated_on": TODAY, "review_by": LONG_AFTER}
    with acting(SYSTEM):
        return AlertRule.objects.create(state=state, **given | more)


def moment(day: date) -> datetime:
    """Ten in the morning of a day."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, 10))


def known(record: CreditRecord, day: date) -> CreditRecord:
    """A record that came in on a day."""
    at = moment(day)
    CreditRecord.objects.filter(pk=record.pk).update(
        created_at=at, updated_at=at, first_arrived_at=at, first_compliant_at=at
    )
    record.refresh_from_db()
    return record


def penalty(
    subject: Subject | None = None, *, on: date = date(2026, 11, 2), since: date | None = None, **more
) -> CreditRecord:
    """A penalty decided on a day and known since another (the same unless told)."""
    subject = subject or SubjectFactory()
    return known(CreditRecordFactory(subject=subject, decided_on=on, **more), since or on)


def department_with_people() -> Department:
    """A department that can handle alerts."""
    department = DepartmentFactory()
    ClerkFactory(department=department)
    return department


def alerted(subject: Subject | None = None, *, count: int = 2, **more) -> AlertCase:
    """An alert that a night has raised about a subject with so many penalties."""
    subject = subject or SubjectFactory()
    department = more.pop("department", None) or department_with_people()
    if not AlertRule.objects.speaking().filter(code="W01").exists():
        rule(**more)
    for number in range(count):
        penalty(subject, on=timezone.localdate() - timedelta(days=20 + number), authority=department)
    sweep()
    return AlertCase.objects.get(subject=subject, is_open=True)


def case_in(state: str, **more) -> Case:
    """An alert in a state."""
    case = alerted(**more).case
    for verb in WAYS[state]:
        case = take(case, verb)
    return Case.objects.get(pk=case.pk)


def take(case: Case, verb: str, *, by: User | None = None, **more) -> Case:
    """One real step, by a clerk or reviewer of the receiver; what the clock does, as the clock does it."""
    case = Case.objects.select_related("department", "subject").get(pk=case.pk)
    own = AlertCase.objects.select_related("case", "rule").get(pk=case.pk)
    today = timezone.localdate()
    if verb == "clear":
        return handling.clear(own, on=today)
    if verb == "reopen":
        return handling.reopen(own, level=own.rule.threshold, on=today)
    if verb == "lapse":
        return handling.lapse(own, why="依据的信息已撤销。")
    given = {
        "acknowledge": dict,
        "handle": lambda: {"plan": "到店核实。"},
        "interview": lambda: {
            "record": own.facts.first().record,
            "facts": "一年内两次被处罚。",
            "demands": "建立进货查验制度，到店复查。",
        },
        "inspect": lambda: {
            "items": [ItemEntryFactory(departments=[case.department]).item],
            "ground": "预警提示多次被罚。",
        },
        "close": lambda: {"verdict": "true", "measure": "remind", "reason": "属实，已书面提示。"},
    }[verb]() | more
    return getattr(handling, verb)(case, by=by or ReviewerFactory(department=case.department), **given)


def raised(record: CreditRecord, row: AlertRule) -> Case:
    """An alert of a rule on one record, as a night would raise it."""
    own = {
        "rule": row,
        "code": row.code,
        "subject": record.subject,
        "severity": row.severity,
        "level": 1,
        "raised_on": timezone.localdate(),
    }
    with acting(SYSTEM):
        case = open_case(ALERT, subject=record.subject, department=record.source_department, by=SYSTEM, days=3, own=own)
        AlertFact.objects.create(
            alert=case.own,
            key=f"record:{record.pk}",
            record=record,
            since=record.decided_on,
            added_on=timezone.localdate(),
        )
    return case


def objects_of(record: CreditRecord) -> dict[str, int]:
    """An alert on a record, a verification that another one led to, a rule that speaks, a back-test of it that waits."""
    row, other = (rule("W01", code=code, drafted_by=None) for code in ("W90", "W91"))
    waiting = Case.objects.get(pk=raised(record, other).pk)
    take(take(waiting, "acknowledge"), "close", verdict="wrong", measure="", wrong=record, reason="金额有误。")
    test = Backtest.objects.create(rule=row, first=date(2026, 1, 1), last=date(2026, 3, 1))
    return {
        "<alert>": raised(record, row).pk,
        "<record check>": VerificationCase.objects.get(checked=record).pk,
        "<alert rule>": row.pk,
        "<backtest>": test.pk,
    }
