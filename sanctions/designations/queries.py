"""What pages and verbs ask of a case of listing: the measures of its list, its draft papers, the ground that it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from casework.models import Case
from casework.queries.course import explained
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from records.models import SubjectKind
from sanctions.designations import rules
from sanctions.designations.models import DesignationCase
from sanctions.designations.rules import DESIGNATION
from sanctions.lists.models import CreditList
from sanctions.lists.rules import START_LABELS, Publication, Start
from sanctions.measures.models import MeasureEntry
from sanctions.measures.queries import in_force, in_order, names_of


def fitting(case: Case, on: date) -> list[MeasureEntry]:
    """The measures of the list in force that an entry of this case brings about, the strictest first; what others do on their own is none."""
    own: DesignationCase = case.own
    kind = case.subject.kind if case.subject else SubjectKind.LEGAL
    rows = in_force(on).on_lists(names_of(own.credit_list.code, on)).for_kind(kind)
    return [row for row in in_order(rows) if row.facts.is_duty]


def announced(case: Case, on: date) -> list[MeasureEntry]:
    """The measures that the subject was told of; a decision may take only these."""
    told = set(case.hearing.intended) if hasattr(case, "hearing") else set()
    return [row for row in fitting(case, on) if row.measure.code in told]


def draft_notice(case: Case, on: date) -> str:
    """The prior notice as it is proposed to the clerk."""
    own, row = case.own, case.own.credit_list
    return rules.notice_text(
        subject=case.subject.name if case.subject else "",
        person=_is_person(case),
        list_name=row.name,
        authority=case.department.name,
        facts=own.facts,
        basis=own.basis,
        measures=[each.measure.name for each in fitting(case, on)],
        term=rules.term_words(own.months or row.term_months, START_LABELS[Start(row.term_from)]),
        published=row.publication == Publication.PUBLIC and (not _is_person(case) or row.persons != "never"),
    )


def draft_decision(case: Case, on: date) -> dict[str, Any]:
    """What the form of the decision holds at first: way out, remedies, and the notice on repair."""
    own, row = case.own, case.own.credit_list
    return {
        "exit_conditions": row.exit_conditions,
        "remedies": rules.remedies_text(case.department.name),
        "repair_notice": rules.repair_notice_text(
            subject=case.subject.name if case.subject else "",
            person=_is_person(case),
            list_name=row.name,
            document="列入决定书",
            authority=case.department.name,
            conditions=row.exit_conditions,
            months=own.months or row.term_months,
        ),
    }


def effects(case: Case, on: date, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the page before a decision shows: the measures by name and the notice on repair."""
    return {
        "measures": [each for each in announced(case, on) if each.measure.code in given["measures"]],
        "list": case.own.credit_list,
    }


def may_list(user: User, on: date) -> list[CreditList]:
    """The lists in force on which somebody's department may put subjects: those that it leads, all for lists without a lead."""
    rows = CreditList.objects.in_force(on).select_related("department")
    return [row for row in rows if row.department is None or policy.allows(user, rules.HANDLE, row.department)]


def more(case: Case, user: User, on: date) -> dict[str, Any]:
    """What the page of a case adds: the list, measures, persons named with a firm."""
    own: DesignationCase = case.own
    return {
        "list": own.credit_list,
        "persons": list(own.persons.select_related("case__subject")),
        "may_name": own.firm_id is None
        and own.credit_list.lists_responsible
        and policy.allows(user, rules.HANDLE, case.department),
        "explained": explained(case),
        "entry": own.entry,
    }


def ground() -> Callable[[str, str, date], bool]:
    """What stands behind an entry of ours: a decision with this document, on this list, of this day."""

    def decided(code: str, document: str, on: date) -> bool:
        rows = Case.objects.of(DESIGNATION).filter(document_number=document, decided_on=on)
        return rows.filter(designationcase__credit_list__code=code).exists()

    return decided


def _is_person(case: Case) -> bool:
    return case.subject is not None and case.subject.kind == SubjectKind.PERSON
