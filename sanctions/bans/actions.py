"""The verbs of a ban: registered with its document, confirmed by another, lifted with a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils import timezone

from casework import actions as cases
from casework.actions import attach, verbs
from casework.actions.hearing import scanned
from casework.actions.step import step
from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.audit.context import acting
from credit_platform.errors import Refused, at_field, refuse, required
from records.models import Subject
from sanctions.bans import rules
from sanctions.bans.models import Ban
from sanctions.bans.rules import BAN, Scope
from sanctions.lists.actions import attach_ban
from sanctions.lists.models import ListEntry
from sanctions.measures.queries import field_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Banned:
    """What a decision says of a ban. `until` None with `for_life`: no last day; `fields` are codes of fields of matters, or every matter."""

    scope: Scope | str
    fields: Sequence[str]
    words: str
    basis: str
    document_number: str
    decided_on: date
    starts_on: date
    until: date | None = None
    for_life: bool = False


def register(
    subject: Subject,
    banned: Banned,
    *,
    department: Department,
    proof: Sequence[AttachedFile],
    by: User,
    entry: ListEntry | None = None,
    on: date | None = None,
) -> Case:
    """Register a ban of a firm or a person with its decision as a file; it holds once another person has confirmed it.

    Clerks and reviewers of the department. Refused with all findings: no field, content, law, document or proof, days out of order, neither a
    last day nor for life, an entry of somebody else.
    """
    on = on or timezone.localdate()
    with acting(by):
        policy.require(by, rules.REGISTER, department)
        told = rules.BanFacts(
            fields=banned.fields,
            known_fields=list(field_names()),
            words=banned.words,
            document_number=banned.document_number,
            decided_on=banned.decided_on,
            basis=banned.basis,
            starts_on=banned.starts_on,
            until=banned.until,
            for_life=banned.for_life,
            today=on,
        )
        missing = [] if proof else [at_field("ban.proof", "proof", "请上传决定书。")]
        refuse([*rules.may_register(told), *missing, *scanned(words=banned.words, basis=banned.basis)])
        if entry is not None and entry.subject_id != subject.pk:
            raise Refused("ban.entry", "名单条目不是该主体的。")
        own = {
            "scope": Scope(banned.scope).value,
            "fields": sorted(set(banned.fields)),
            "words": banned.words.strip(),
            "basis": banned.basis.strip(),
            "document_number": banned.document_number.strip(),
            "decided_on": banned.decided_on,
            "starts_on": banned.starts_on,
            "until": banned.until,
            "entry": entry,
        }
        case = cases.open_case(
            BAN, subject=subject, department=department, by=by, on=on, reason=banned.words.strip()[:500], own=own
        )
        attach(case, proof, role="decision", by=by)
    return case


def confirm(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Another person has held the ban against its decision: it stands, and the entry that attaches it is not left early while it runs.

    Reviewers of the department, never who registered it. From REGISTERED.
    """
    with step(BAN, case, "confirm", by=by, on=on, version=version) as at:
        own: Ban = at.own
        at.refuse([])
        if own.entry is not None:
            attach_ban(own.entry, until=own.until, by=by)
        at.case.determined_by = by  # two people, by constraint too
        at.basis = own.basis
        at.detail |= {"document": own.document_number, "until": own.until}
    return at.case


refuse_ban = partial(verbs.close, BAN, "refuse", "请写明不予登记的理由。")
"""Nothing stands. Reviewers of the department, never who registered it. From REGISTERED; Refused without a reason."""


def lift(
    case: Case, *, document: str, reason: str, by: User, on: date | None = None, version: str | None = None
) -> Case:
    """The ban ends before its last day: the day is the first without it. Reviewers of the department, never who registered it. From STANDING.

    Refused without a document or a reason.
    """
    with step(BAN, case, "lift", by=by, on=on, version=version) as at:
        number = required(document, "document", "请填写解除（撤销）文书号。", rule="ban.document", most=128)
        why = required(reason, "reason", "请写明解除的理由。", rule="case.reason", most=500)
        at.refuse([*number, *why])
        at.own.lifted_on, at.own.lifted_document = at.on, document.strip()
        at.case.closed_why = at.reason = reason.strip()
        at.case.decided_by = by
        if at.own.entry is not None:
            attach_ban(at.own.entry, until=at.on, by=by, lifted=True)
    return at.case
