"""What an association does: members, records of self-regulation, answers to appeals. None of it enters the ledger."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from casework.actions.hearing import scanned
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.accounts import policy
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, refuse, required
from industry.associations import rules
from industry.associations.models import Association, Member, MemberRecord
from records.models import Subject


def admit(association: Association, subject: Subject, *, since: date, by: CompanyAccount) -> Member:
    """A firm is a member since a day. Raises Conflict when it is one already, Forbidden."""
    with acting(by):
        row = _own(association, by)
        if row.members.filter(subject=subject, until__isnull=True).exists():
            raise Conflict("associations.member", "该单位已经是会员。")
        member = Member.objects.create(association=row, subject=subject, since=since)
        _tell("admit", member, row, by)
        return member


def release(member: Member, *, by: CompanyAccount) -> Member:
    """A firm is no member from today. Raises Conflict when it is none, Forbidden."""
    with acting(by):
        row = _own(member.association, by)
        found = Member.objects.select_for_update().get(pk=member.pk)
        if found.until is not None:
            raise Conflict("associations.member", "该单位已经退会。")
        found.until = timezone.localdate()
        found.save(update_fields=["until"])
        _tell("release", found, row, by)
        return found


def enter(member: Member, *, kind: str, title: str, text: str, on: date, by: CompanyAccount) -> MemberRecord:
    """Record something of a member; it is shown to nobody until the member consents.

    Raises Refused for a kind that is not open to associations, for what is the state's to record and for numbers of persons; Conflict for who is
    no member any more; Forbidden. 民发〔2014〕225号.
    """
    with acting(by):
        row = _own(member.association, by)
        refuse([
            *rules.against_kind(kind),
            *rules.against_record(title, text, on, timezone.localdate()),
            *scanned(title=title, text=text),
        ])  # fmt: skip
        if Member.objects.filter(pk=member.pk, until__isnull=False).exists():
            raise Conflict("associations.member", "该单位已经退会，不能再记录。")
        record = MemberRecord.objects.create(
            member=member, kind=kind, title=title.strip(), text=text.strip(), on=on, entered_by=by
        )
        _tell("enter", record, row, by)
        return record


def uphold(record: MemberRecord, *, answer: str, by: CompanyAccount) -> MemberRecord:
    """The appeal is not followed, with reasons; the record stays and is not shown. Raises Refused without words, Conflict, Forbidden."""
    return _answered(record, "uphold", answer, by)


def withdraw(record: MemberRecord, *, answer: str, by: CompanyAccount) -> MemberRecord:
    """The record is taken back, with the reason; the member reads it, nobody else. Raises Refused without words, Conflict, Forbidden."""
    return _answered(record, "withdraw", answer, by)


def _answered(record: MemberRecord, verb: str, answer: str, by: CompanyAccount) -> MemberRecord:
    with acting(by):
        row = _own(record.member.association, by)
        found = MemberRecord.objects.select_for_update().get(pk=record.pk)
        found.state = rules.next_record_state(rules.RecordState(found.state), verb).value
        refuse([
            *required(answer, "answer", "请写明理由。", rule="associations.answer", most=2000),
            *scanned(answer=answer),
        ])  # fmt: skip
        found.answer = answer.strip()
        found.version += 1
        found.save()
        _tell(verb, found, row, by)
        return found


def _own(association: Association, by: CompanyAccount) -> Association:
    """The locked association for its own account, while it is authorised; Forbidden, Conflict."""
    policy.require(by, rules.KEEP)
    row = Association.objects.select_for_update().get(pk=association.pk)
    if row.subject_id not in {by.subject_id, canonical_subject(by).pk}:
        raise Forbidden("associations.own", "只能办理本协会的事项。")
    if not Association.objects.current(timezone.localdate()).filter(pk=row.pk).exists():
        raise Conflict("associations.ended", "协会没有授权，或者授权不在有效期内。", mend="请联系业务主管单位。")
    return row


def _tell(verb: str, what: Member | MemberRecord, association: Association, by: CompanyAccount) -> None:
    state = what.state if isinstance(what, MemberRecord) else ""
    after = {"association": association.pk, "state": state}
    audit.record(f"associations.{verb}", what, by=by, after=after, unit_id=association.department_id)
