"""The verbs of a listing: proposed, told, served, heard, found by a second person, decided with both papers, delivered; persons beside their firm."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.utils import timezone

from casework import actions as cases
from casework.actions import attach, hearing, verbs
from casework.actions.hearing import scanned
from casework.actions.step import At, step
from casework.models import Case
from casework.rules.attachments import AttachedFile
from casework.rules.hearing import RESPONSE_DAYS
from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Refused, at_field, refuse, required
from records.actions.persons import person_called
from records.models import Subject, SubjectKind
from sanctions.designations import rules
from sanctions.designations.models import DesignationCase
from sanctions.designations.queries import announced, fitting
from sanctions.designations.rules import DESIGNATION, Held, Outcome, Post, Proposal
from sanctions.lists import actions as lists
from sanctions.lists.actions import Listed
from sanctions.lists.models import CreditList


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person to be named: name, kind and PLAIN number of its document (sealed at once), post and its days, and what it answers for."""

    name: str
    id_type: str
    id_number: str = field(repr=False)
    post: Post | str
    since: date
    until: date | None
    part: str


def propose(
    credit_list: CreditList,
    subject: Subject,
    *,
    department: Department,
    facts: str,
    basis: str,
    conduct_on: date,
    by: User,
    months: int | None = None,
    on: date | None = None,
) -> Case:
    """Begin a case: `subject` is to be put on a list. Nothing follows from it before it was told, heard, and a second person has decided.

    Clerks and reviewers of the department that leads the list. `months` is the intended term where it is another one than the list's.
    Forbidden for a list that another department leads; Refused for a list out of force, without facts or basis, with personal numbers in them;
    Conflict when such a case is open.
    """
    on = on or timezone.localdate()
    with acting(by):
        policy.require(by, rules.HANDLE, department)
        if credit_list.department is not None:
            policy.require(by, rules.HANDLE, credit_list.department)
        if subject.kind == SubjectKind.PERSON:
            raise Refused("designation.person", "自然人请从所在单位的案件中提出。")
        own = {"facts": facts.strip(), "basis": basis.strip(), "conduct_on": conduct_on, "months": months}
        refuse(
            [
                *rules.may_open(_proposal(credit_list, facts, basis, conduct_on, months, on)),
                *scanned(facts=facts, basis=basis),
            ]
        )
        return _open(credit_list, subject, department, own, by=by, on=on)


def name_person(case: Case, person: Person, *, by: User, on: date | None = None) -> Case:
    """Begin the case of who was responsible in a firm, beside that of the firm: its own notice, its own hearing, its own decision.

    Clerks and reviewers of the department. Refused where the list names nobody, for a post that was not held on the day of the conduct, and for
    a number that is none; Conflict when the firm's case was dismissed or the person's is open.
    """
    on = on or timezone.localdate()
    with acting(by):
        firm = DesignationCase.objects.select_related("case__department", "case__subject", "credit_list").get(
            pk=case.pk
        )
        policy.require(by, rules.HANDLE, firm.case.department)
        if firm.case.state == rules.State.DISMISSED or firm.firm_id is not None:
            raise Conflict("designation.firm", "只能在办理中或者已列入的单位案件中提出责任人员。")
        held = Held(post=Post(person.post), since=person.since, until=person.until, conduct_on=firm.conduct_on)
        found = rules.may_name(held, lists_responsible=firm.credit_list.lists_responsible, part=person.part)
        refuse(
            [
                *found,
                *rules.against_list(firm.credit_list.name, firm.credit_list.is_in_force(on)),
                *scanned(part=person.part),
            ]
        )
        subject = person_called(person.name, person.id_type, person.id_number)
        own = {
            "facts": f"{firm.facts}\n{person.part.strip()}",
            "basis": firm.basis,
            "conduct_on": firm.conduct_on,
            "months": firm.months,
            "firm": firm,
            "post": held.post.value,
            "post_since": person.since,
            "post_until": person.until,
        }
        return _open(firm.credit_list, subject, firm.case.department, own, by=by, on=on)


def _proposal(row: CreditList, facts: str, basis: str, conduct_on: date, months: int | None, on: date) -> Proposal:
    return Proposal(
        list_name=row.name,
        list_in_force=row.is_in_force(on),
        list_months=row.term_months,
        facts=facts,
        basis=basis,
        conduct_on=conduct_on,
        months=months,
        on=on,
    )


def _open(
    row: CreditList, subject: Subject, department: Department, own: dict[str, object], *, by: User, on: date
) -> Case:
    # Held against two who begin the same case at once, before the constraint is.
    Subject.objects.select_for_update().get(pk=subject.pk)
    if DesignationCase.objects.open().filter(credit_list__code=row.code, listed_subject=subject).exists():
        raise Conflict(
            "designation.open", "该主体在这个名单上已有办理中的认定事项。", mend="请在名单认定列表中继续办理。"
        )
    given = {"credit_list": row, "listed_subject": subject, **own}
    return cases.open_case(
        DESIGNATION, subject=subject, department=department, by=by, on=on, reason=str(own["facts"])[:500], own=given
    )


def notify(
    case: Case,
    *,
    notice: str,
    intended: Sequence[str],
    by: User,
    days: int = RESPONSE_DAYS,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Tell the subject why it is to be listed, by which law, what is intended and for how long. Clerks and reviewers, from PROPOSED.

    `intended` are codes of measures of the list in force that fit; `days` working days to respond, 3 to 60. Refused for a list out of force.
    """
    with step(DESIGNATION, case, "notify", by=by, on=on, version=version) as at:
        known = {each.measure.code for each in fitting(at.case, at.on)}
        strange = [code for code in intended if code not in known]
        wrong: list[Finding] = [*rules.against_list(at.own.credit_list.name, at.own.credit_list.is_in_force(at.on))]
        if strange:
            words = f"措施{'、'.join(strange)}不在现行措施清单中，或者不适用于该名单。"
            wrong.append(at_field("measure.not-listed", "intended", words))
        hearing.notify(at, notice=notice, intended=intended, days=days, against=wrong)
        at.basis = rules.ARTICLE
    return at.case


serve = partial(verbs.serve, DESIGNATION)
"""Clerks and reviewers, from NOTIFIED."""
hear = partial(verbs.hear, DESIGNATION)
"""Clerks and reviewers, from SERVED."""
respond = partial(verbs.respond, DESIGNATION)
"""The company, once, until its last day. From SERVED."""
determine = partial(verbs.determine, DESIGNATION)
"""Reviewers of the department, never who drafted the case. From SERVED; Refused while the subject may still respond."""


def decide(
    case: Case,
    *,
    document_number: str,
    measures: Sequence[str],
    repair_number: str,
    repair_notice: str,
    exit_conditions: str,
    remedies: str,
    by: User,
    months: int | None = None,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """The decision with its two papers: the subject is on the list, in the ledger, and in public as the list says, all in one transaction.

    Reviewers of the department, never who drafted the case. From DETERMINED. `measures` out of those announced, `months` not longer than
    announced (None: the list's term). Refused with all findings, among them a missing notice on repair and a list out of force. The service of
    both papers is due within five working days.
    """
    with step(DESIGNATION, case, "decide", by=by, on=on, version=version) as at:
        own: DesignationCase = at.own
        firm_entry = own.firm.entry if own.firm else None
        outcome = Outcome(
            list_name=own.credit_list.name,
            list_in_force=own.credit_list.is_in_force(at.on),
            measures=measures,
            announced=at.hearing.intended,
            months=months,
            announced_months=own.months or own.credit_list.term_months,
            exit_conditions=exit_conditions,
            remedies=remedies,
            repair_number=repair_number,
            repair_notice=repair_notice,
            firm_listed=own.firm is None or firm_entry is not None,
        )
        wrong = [*rules.may_decide(outcome), *scanned(repair_notice=repair_notice, exit_conditions=exit_conditions)]
        hearing.decide(at, document_number=document_number, against=wrong)
        chosen = [each for each in announced(at.case, at.on) if each.measure.code in set(measures)]
        own.months, own.measures = months or own.months, sorted(set(measures))
        own.measures_text = "；".join(each.measure.name for each in chosen)
        own.exit_conditions, own.remedies = exit_conditions.strip(), remedies.strip()
        own.repair_number, own.repair_notice = repair_number.strip(), repair_notice.strip()
        own.repair_sha256 = hashlib.sha256(own.repair_notice.encode()).hexdigest()
        _list(at)
        at.due(rules.DELIVER_WITHIN)
        at.reason, at.basis = at.case.reasons, own.basis
        at.detail |= {"list": own.credit_list.code, "measures": own.measures, "repair_notice": own.repair_sha256}
    return at.case


def _list(at: At) -> None:
    """The entry. The decision stands in the case before it is entered, for it is the ground of the record."""
    own, case = at.own, at.case
    Case.objects.filter(pk=case.pk).update(
        document_number=case.document_number, decided_by=case.decided_by, decided_on=case.decided_on
    )
    said = Listed(
        document_number=case.document_number,
        entered_on=at.on,
        facts=own.facts,
        basis=own.basis,
        measures=own.measures_text,
        exit_conditions=own.exit_conditions,
        remedies=own.remedies,
        heard=case.reasons[:1000],
        months=own.months,
        related=own.firm.case.subject.name if own.firm and own.firm.case.subject else "",
    )
    named_with = own.firm.entry if own.firm else None
    assert case.subject is not None  # noqa: S101 - a case of listing is always about somebody
    own.entry = lists.enter(
        own.credit_list, case.subject, said, department=case.department, by=at.by, case=case, named_with=named_with
    )
    case.record = own.entry.record


def deliver(
    case: Case, *, how: str, on: date, proof: Sequence[AttachedFile], by: User, version: str | None = None
) -> Case:
    """Decision and notice on repair reached the subject together, with the proof as files. Clerks and reviewers, from DECIDED."""
    with step(DESIGNATION, case, "deliver", by=by, on=on, version=version) as at:
        missing = [] if proof else [at_field("case.proof", "proof", "请上传送达回证。")]
        at.refuse([*required(how, "how", "请填写送达方式。", rule="case.how", most=60), *missing])
        at.own.delivered_on, at.own.delivered_how = at.on, how.strip()
        attach(at.case, proof, role="delivery", by=by)
    return at.case


dismiss = partial(verbs.close, DESIGNATION, "dismiss", "请填写不予列入的理由。")
"""Nobody is to be listed; the subject carries nothing of it. Reviewers, never who drafted the case. From PROPOSED to DETERMINED."""
