"""What a member says to what was recorded of it: it consents, takes that back, appeals."""

from __future__ import annotations

from casework.actions.hearing import scanned
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.accounts import policy
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Forbidden, refuse, required
from industry.associations import rules
from industry.associations.models import MemberRecord


def consent(record: MemberRecord, *, by: CompanyAccount) -> MemberRecord:
    """The member lets the public read it, marked as the association's word. Raises Conflict, Forbidden."""
    with acting(by):
        return _saved(_moved(record, "consent", by), "consent", by)


def hide(record: MemberRecord, *, by: CompanyAccount) -> MemberRecord:
    """The member takes its consent back: nobody reads it from now on. Raises Conflict, Forbidden."""
    with acting(by):
        return _saved(_moved(record, "hide", by), "hide", by)


def appeal(record: MemberRecord, *, text: str, by: CompanyAccount) -> MemberRecord:
    """The member says why it is not so; meanwhile nothing is shown. Raises Refused without words, Conflict, Forbidden."""
    with acting(by):
        row = _moved(record, "appeal", by)
        refuse([
            *required(text, "text", "请写明申诉的理由。", rule="associations.appeal", most=2000),
            *scanned(text=text),
        ])  # fmt: skip
        row.appeal, row.answer = text.strip(), ""
        return _saved(row, "appeal", by)


def _moved(record: MemberRecord, verb: str, by: CompanyAccount) -> MemberRecord:
    policy.require(by, rules.ANSWER)
    row = MemberRecord.objects.select_for_update(of=("self",)).select_related("member__association").get(pk=record.pk)
    if row.member.subject_id not in {by.subject_id, canonical_subject(by).pk}:
        raise Forbidden("associations.own", "只能办理本单位的记录。")
    row.state = rules.next_record_state(rules.RecordState(row.state), verb).value
    return row


def _saved(row: MemberRecord, verb: str, by: CompanyAccount) -> MemberRecord:
    row.version += 1
    row.save()
    unit = row.member.association.department_id
    audit.record(f"associations.{verb}", row, by=by, after={"state": row.state}, unit_id=unit)
    return row
