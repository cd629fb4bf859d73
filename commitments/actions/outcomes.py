"""What reviews and decisions say of a letter, as a row of the data standard it is entered in: one place for both."""

from __future__ import annotations

from collections.abc import Mapping

from commitments.models import Letter
from commitments.models.matters import VISIBILITY
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor, OnBehalf
from credit_platform.accounts.models import Department
from credit_platform.web.once import version_of
from records.actions.changes import edit
from records.actions.entry import enter
from records.models import CreditRecord, SubjectKind
from records.rules import RecordExists
from records.sealed_places import number_of
from records.standards import registry


def enter_outcome(
    standard_code: str,
    letter: Letter,
    given: Mapping[str, str],
    roles: Mapping[str, str],
    *,
    by: Actor,
    again: bool = False,
) -> CreditRecord:
    """Enter one record about a letter for the department that accepted it: `given` by field code, `roles` by role of the standard.

    Who, what organ and what source are filled in here. Staff who may not enter records themselves (reviewers) decide, and the platform
    enters on their behalf, in their name. `again`: what was entered of the same number on the same day is
    corrected, where otherwise the ledger tells of the conflict. Raises what the ledger raises.
    """
    standard = registry.get(standard_code)
    department = letter.department
    writer = by if policy.allows(by, "records.enter", department) else OnBehalf(by)
    filled = _subject(letter) | _organ(department) | {"visibility": _visibility(letter)} | dict(roles)
    row = {code: value for role, value in filled.items() if (code := standard.roles.get(role)) and value}
    row |= {code: value for code, value in given.items() if value}
    try:
        return enter(standard.code, row, by=writer, department=department)
    except RecordExists as twin:
        if not again:
            raise
        there = CreditRecord.objects.get(pk=twin.record_id)
        return edit(there, row, by=writer, version=version_of(there))


def _visibility(letter: Letter) -> str:
    """As the letter itself is shown; what the list says where the letter does not."""
    told = letter.record.content.get("CN_GKSX")
    entry = letter.entry
    return str(told or (entry.get_visibility_display() if entry else VISIBILITY[0][1]))


def _subject(letter: Letter) -> dict[str, str]:
    subject = letter.subject
    found = {"subject_name": subject.name, "subject_kind": SubjectKind(subject.kind).label}
    if subject.kind == SubjectKind.PERSON:
        return found | {"id_type": subject.id_type, "id_number": number_of(subject)}
    return found | {"uscc": subject.code or "", "legal_rep": subject.legal_representative}


def _organ(department: Department) -> dict[str, str]:
    code = department.uscc or ""
    return {
        "authority_name": department.name,
        "authority_code": code,
        "source_name": department.name,
        "source_code": code,
    }
