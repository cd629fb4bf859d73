"""Who a row means, decided by people: proposed by one with a reason and a last day, confirmed by another where it weighs."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from casework.actions.outcomes import enter_outcome
from credit_platform.accounts.models import User
from credit_platform.errors import Conflict, Forbidden, refuse, required
from records.models import Subject, SubjectKind
from sanctions.filed import rules
from sanctions.filed.actions.entry_rows import Said, fields_of
from sanctions.filed.actions.lapsing import row_side, subject_sides
from sanctions.filed.actions.publications import DECIDE, HANDLE
from sanctions.filed.actions.rows import AtRow, allowed, row_step
from sanctions.filed.models import FiledRow, Judgement
from sanctions.filed.queries.desk import numbers_agree
from sanctions.filed.queries.grounds import taken
from sanctions.filed.rules import Answer, RowState
from sanctions.lists.actions import Ending, end
from sanctions.lists.models import ListEntry
from sanctions.lists.queries.registers import in_force
from sanctions.lists.rules import Way

State = Judgement.State


def propose(
    row: FiledRow,
    answer: Answer,
    *,
    subject: Subject | None,
    reason: str,
    until: date,
    by: User,
    version: str | None = None,
) -> Judgement:
    """Say who a row means: the same as `subject`, not the same, or nobody of the register; with reason, and the last day on which it holds.

    Clerks and reviewers of the department, from WAITING and REVIEW. “Not the same” of a firm whose number does not agree stands at once and only
    leaves the other candidates; everything else waits for a second person. Refused with all findings, for a natural person that a name
    would have to tell, and for a subject without a credit code; Conflict while another proposal waits.
    """
    on = timezone.localdate()
    with row_step(row, "propose", HANDLE, by=by, version=version) as at:
        allowed(at.row, "propose")
        refuse(rules.against_answer(answer, subject_given=subject is not None, reason=reason, until=until, on=on))
        if subject is not None:
            _may_mean(at.row, answer, subject)
        two = rules.takes_two(
            answer,
            number_agrees=subject is not None and numbers_agree(at.row, subject),
            is_person=at.row.is_person,
            was_entered=at.row.record_id is not None and at.row.state == RowState.REVIEW,
        )
        at.verb = "propose" if two else ""
        at.reason, at.detail = (
            reason.strip(),
            {"answer": answer, "subject": subject.pk if subject else None, "until": until},
        )
        return _kept(at, answer, subject, until, two=two, on=on)


def _may_mean(row: FiledRow, answer: Answer, subject: Subject) -> None:
    person = subject.kind == SubjectKind.PERSON
    if answer is Answer.SAME and (person != row.is_person or (person and subject.id_hash != row.id_hash)):
        raise Conflict(
            "filed.kind",
            "自然人只能凭完整的证件号码认定，不能按姓名认定。",
            mend="请向名单来源单位索取证件号码后重新导入。",
        )
    if answer is Answer.SAME and not person and not subject.code:
        raise Conflict("filed.no-code", rules.Why.NO_CODE.value, mend="请先在主体档案中补录统一社会信用代码。")


def _kept(at: AtRow, answer: Answer, subject: Subject | None, until: date, *, two: bool, on: date) -> Judgement:
    """The decision with both sides as they are now; an earlier one about the same subject gives way."""
    if not two:
        _give_way(at.row, subject, on)
    return Judgement.objects.create(
        row=at.row,
        subject=subject,
        answer=answer.value,
        reason=at.reason,
        until=until,
        row_side=row_side(at.row),
        subject_side=subject_sides([subject.pk])[subject.pk] if subject else "",
        takes_two=two,
        state=State.PROPOSED if two else State.STANDING,
        proposed_by=at.by,
        proposed_on=on,
    )


def _give_way(row: FiledRow, subject: Subject | None, on: date) -> None:
    former = Judgement.objects.in_force().filter(row=row, subject=subject)
    former.update(state=State.LAPSED, lapsed_on=on, lapsed_why="由新的结论代替。")


def confirm(row: FiledRow, *, by: User, why: str = "", version: str | None = None) -> FiledRow:
    """A second person agrees: the subject is listed, the row is set aside, or what was listed wrongly is taken off, as was proposed.

    Reviewers of the department, never who proposed. From PROPOSED. In one transaction with the entry or its end. Conflict when the row or the
    subject has changed since (decline, and look again); Refused as the ledger refuses.
    """
    on = timezone.localdate()
    with row_step(row, "confirm", DECIDE, by=by, version=version) as at:
        judgement = _proposed(at)
        _unchanged(at.row, judgement, on)
        at.reason, at.row.why = why.strip() or judgement.reason, ""
        if judgement.kind is Answer.SAME:
            _list(at, judgement)
        elif at.row.record is not None:
            _take_off(at, judgement, on)
        else:
            at.verb = "set_aside" if judgement.kind is Answer.NOBODY else "exclude"
            at.row.why = rules.Why.VETOED.value if at.verb == "exclude" else judgement.reason[:300]
        _give_way(at.row, judgement.subject, on)
        judgement.state, judgement.decided_by, judgement.decided_on, judgement.decided_why = (
            State.STANDING,
            by,
            on,
            why.strip(),
        )
        judgement.save(update_fields=["state", "decided_by", "decided_on", "decided_why"])
        at.detail = {"answer": judgement.answer, "judgement": judgement.pk}
    return at.row


def decline(row: FiledRow, *, why: str, by: User, version: str | None = None) -> FiledRow:
    """A second person does not agree, and says why: the row waits again. Reviewers of the department, never who proposed. From PROPOSED."""
    on = timezone.localdate()
    with row_step(row, "decline", DECIDE, by=by, version=version) as at:
        judgement = _proposed(at)
        refuse(required(why, "why", "请写明不同意的理由。", rule="filed.why", most=500))
        judgement.state, judgement.decided_by, judgement.decided_on, judgement.decided_why = (
            State.DECLINED,
            by,
            on,
            why.strip(),
        )
        judgement.save(update_fields=["state", "decided_by", "decided_on", "decided_why"])
        at.reason, at.row.why = why.strip(), f"复核不同意：{why.strip()}"[:300]
        if at.row.record_id is not None and at.row.record is not None and at.row.record.status == "active":
            at.verb = "send_back"
    return at.row


def _proposed(at: AtRow) -> Judgement:
    allowed(at.row, "decline")
    judgement = (
        Judgement.objects.proposed()
        .select_related("subject", "proposed_by")
        .select_for_update(of=("self",))
        .get(row=at.row)
    )
    if judgement.proposed_by_id == at.by.pk:
        raise Forbidden("filed.two_people", "核对人不能复核自己的结论。", mend="请由本单位另一名审核员复核。")
    return judgement


def _unchanged(row: FiledRow, judgement: Judgement, on: date) -> None:
    now = subject_sides([judgement.subject_id])[judgement.subject_id] if judgement.subject_id else ""
    why = rules.lapse(
        until=judgement.until, sides=(judgement.row_side, judgement.subject_side), now=(row_side(row), now), on=on
    )
    if why:
        raise Conflict("filed.changed", f"核对之后情况有变化：{why}", mend="请退回，重新核对。")


def _list(at: AtRow, judgement: Judgement) -> None:
    """The entry: by the same columns as the import's, of the same list, on the ground of the row."""
    row, subject = at.row, judgement.subject
    assert subject is not None  # noqa: S101 - a check constraint holds it
    at.row.subject = subject
    if row.record is not None and row.record.status == "active":
        return
    said = Said(document_number=row.document_number, listed_on=row.listed_on, until=row.until, content=row.content)
    rule = in_force(row.list_code, row.listed_on)
    found = fields_of(rule, row.publication, subject, said)
    with taken(frozenset({(row.list_code, row.document_number)})):
        at.row.record = enter_outcome(
            found.standard,
            subject=subject,
            department=row.department,
            given=found.given,
            roles=found.roles,
            by=at.by,
            again=True,
        )


def _take_off(at: AtRow, judgement: Judgement, on: date) -> None:
    """Whoever was listed is not who was meant: off the list as wrongly listed, by the two people of the decision."""
    at.verb = "retract"
    entry = ListEntry.objects.filter(record=at.row.record, ended_on__isnull=True).first()
    if entry is not None:
        ending = Ending(
            way=Way.WRONG,
            on=on,
            document=at.row.document_number,
            why=judgement.reason,
            asked_by=judgement.proposed_by,
            public_note="经核对，名单所列不是该主体，列入信息已更正。",
        )
        end(entry, ending, by=at.by)
    at.row.record = None
