"""An entry begins: its record is entered in the ledger, whose follower makes the entry; what only a decision knows is added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from casework.actions.outcomes import enter_outcome
from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Refused
from disclosure.rules.facts import ATTACHED
from disclosure.rules.periods import PeriodResult
from records.models import Subject, SubjectKind
from sanctions.lists import rules
from sanctions.lists.models import CreditList, ListEntry
from sanctions.lists.rules import KIND_OF, Nature, Persons, Publication
from sanctions.standards import PREFIX


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a decision says of one subject. `months`: its own term where it is another one than the list's; `published_on`: where the term
    runs from a publication elsewhere; `attached_until`: the last day of a ban that it attaches; `related`: the firm of a person."""

    document_number: str
    entered_on: date
    facts: str
    basis: str
    measures: str = ""
    exit_conditions: str = ""
    remedies: str = ""
    heard: str = ""
    months: int | None = None
    published_on: date | None = None
    attached_until: date | None = None
    related: str = ""


def enter(
    row: CreditList,
    subject: Subject,
    given: Listed,
    *,
    department: Department,
    by: Actor,
    case: Case | None = None,
    named_with: ListEntry | None = None,
) -> ListEntry:
    """Put a subject on a list: the record enters the ledger, is published as the list says, and the followers are told, in one transaction.

    Reviewers of the department, the credit office, the platform. Refused when the list is out of force on the day, without a ground for
    the document (`queries.registers`), for a red entry of somebody who stands on a serious list or is watched; RecordExists when the ledger has it.
    """
    with acting(by):
        policy.require(by, "sanctions.entry.enter", department)
        _check(row, subject, given)
        kind = KIND_OF[Nature(row.nature)]
        record = enter_outcome(
            kind,
            subject=subject,
            department=department,
            given=columns(row, subject, given, prefix=PREFIX[kind]),
            roles={
                "document_number": given.document_number,
                "decided_on": given.entered_on.isoformat(),
                "title": row.name,
                "content": given.facts,
            },
            by=by,
        )
        entry = ListEntry.objects.select_related("credit_list", "subject").get(record=record)
        entry.case, entry.named_with, entry.months = case, named_with, given.months
        entry.attached_until = given.attached_until
        entry.save(update_fields=["case", "named_with", "months", "attached_until"])
        after = {"list": row.code, "entered_on": entry.entered_on, "ends_on": entry.ends_on}
        audit.record("sanctions.entry.enter", entry, by=by, after=after, basis=given.basis, unit_id=department.pk)
    return entry


def columns(row: CreditList, subject: Subject, given: Listed, *, prefix: str) -> dict[str, str]:
    """The fields of the record by code, with the days that the list's rule gives."""
    period = rules.run(
        row.terms,
        entered_on=given.entered_on,
        published_on=given.published_on or timezone.localdate(),
        months=given.months,
        attached_until=given.attached_until,
    )
    starts = period.starts_on or given.entered_on
    values = {
        "BM": row.code,
        "YJ": given.basis,
        "CS": given.measures,
        "TJ": given.exit_conditions or row.exit_conditions,
        "JJ": given.remedies,
        "SSJG": given.heard,
        "GL": given.related,
        "QSRQ": starts.isoformat(),
        "JZRQ": period.ends_on.isoformat() if period.ends_on else "",
        "GKSX": rules.PUBLICATION_LABELS[visibility(row, subject)],
    }
    return {f"{prefix}_{end}": value for end, value in values.items()} | {ATTACHED: _not_before(row, period)}


def visibility(row: CreditList, subject: Subject) -> Publication:
    """Who may read an entry about a subject: of natural persons nothing where the list says so."""
    if subject.kind == SubjectKind.PERSON and row.persons == Persons.NEVER:
        return Publication.SHARED
    return Publication(row.publication)


def _not_before(row: CreditList, period: PeriodResult) -> str:
    """The last day on which the entry cannot leave early yet, as the periods read it; "" when only the performance decides."""
    if not row.may_exit:
        return period.ends_on.isoformat() if period.ends_on else ""
    if period.earliest_repair_on is None or row.exit_from == rules.ExitFrom.PERFORMED:
        return ""
    return (period.earliest_repair_on - timedelta(days=1)).isoformat()


def _check(row: CreditList, subject: Subject, given: Listed) -> None:
    if not row.is_in_force(given.entered_on) or not row.is_in_force(timezone.localdate()):
        raise Refused("list.in-force", f"名单“{row.name}”没有施行，不得列入任何主体。", article=rules.ARTICLE)
    if row.nature != Nature.RED:
        return
    barring = ListEntry.objects.listed(given.entered_on).of(subject).of_nature(Nature.SERIOUS, Nature.WATCH)
    if (found := barring.select_related("credit_list").first()) is not None:
        words = f"该主体在“{found.credit_list.name}”上，不得列入守信激励名单。"
        raise Refused("list.red", words, article="发改财金规〔2017〕1798号")
