"""The outcome of a case as one record of the ledger, and out of it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor, OnBehalf
from credit_platform.accounts.models import Department
from credit_platform.web.once import version_of
from disclosure.actions.published import withdraw
from disclosure.models import Disclosure
from disclosure.rules.states import State
from records.actions.changes import edit, revoke
from records.actions.entry import enter
from records.models import CreditRecord, Subject, SubjectKind
from records.rules import RecordExists, RecordStatus
from records.sealed_places import number_of
from records.standards import registry


def enter_outcome(
    standard_code: str,
    *,
    subject: Subject,
    department: Department,
    given: Mapping[str, str],
    roles: Mapping[str, str],
    by: Actor,
    again: bool = False,
) -> CreditRecord:
    """Enter one record about a subject for the department that handled it: `given` by field code, `roles` by role of the standard.

    Who it is about, what authority and what source are filled in here. Staff who may not enter records themselves (reviewers) decide, and the
    platform enters on their behalf, in their name. `again`: what was entered of the same number on the same day
    is corrected, where otherwise the ledger tells of the conflict. Raises what the ledger raises.
    """
    writer = by if policy.allows(by, "records.enter", department) else OnBehalf(by)
    row = row_of(standard_code, subject=subject, department=department, given=given, roles=roles)
    try:
        return enter(standard_code, row, by=writer, department=department)
    except RecordExists as twin:
        if not again:
            raise
        there = CreditRecord.objects.get(pk=twin.record_id)
        return edit(there, row, by=writer, version=version_of(there))


def row_of(
    standard_code: str, *, subject: Subject, department: Department, given: Mapping[str, str], roles: Mapping[str, str]
) -> dict[str, str]:
    """A row of a standard about a subject, by field code: who it is about, the department as authority and source, then `roles` and `given`."""
    standard = registry.get(standard_code)
    filled = _about(subject) | _authority(department) | dict(roles)
    row = {code: value for role, value in filled.items() if (code := standard.roles.get(role)) and value}
    return row | {code: value for code, value in given.items() if value}


def take_back(record: CreditRecord | None, *, reason: str, public_note: str, by: Actor, on: date) -> None:
    """Withdraw the disclosure of an outcome with its public note, then revoke the record for the department, whose reviewers do not edit
    records; nothing when it has left the ledger already."""
    if record is None or record.status != RecordStatus.ACTIVE:
        return
    shown = Disclosure.objects.filter(record=record).exclude(state=State.WITHDRAWN).first()
    if shown is not None:
        withdraw(shown, by=by, reason=reason, public_note=public_note, annulled_on=on)
    revoke(record, by=OnBehalf(by), reason=reason, on=on)


def _about(subject: Subject) -> dict[str, str]:
    found = {"subject_name": subject.name, "subject_kind": SubjectKind(subject.kind).label}
    if subject.kind == SubjectKind.PERSON:
        return found | {"id_type": subject.id_type, "id_number": number_of(subject)}
    return found | {"uscc": subject.code or "", "legal_rep": subject.legal_representative}


def _authority(department: Department) -> dict[str, str]:
    code = department.uscc or ""
    return {
        "authority_name": department.name,
        "authority_code": code,
        "source_name": department.name,
        "source_code": code,
    }
