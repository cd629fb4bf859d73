"""Merges of duplicate subjects: proposed by one person, decided by another, and taken back whole when it was a mistake.

What moves keeps its key, and the case keeps the keys, so that a reversal gives back exactly what had gone over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, Refused
from records.followers import followers
from records.models import CreditRecord, MergeCase, Subject, SubjectIdentifier, SubjectKind, SubjectName
from records.queries.merges import Preview, brought_later, preview, two_valid_numbers
from records.rules import MergeState, next_merge_state

TWO_CODES = "两个主体的代码（证件号码）都有效且不同，不是同一主体，不能合并。"


@dataclass(frozen=True, slots=True)
class MergeDocument:
    """The document that says that two codes are of one subject: its number, the authority that issued it, its day."""

    number: str
    issuer: str
    on: date


def propose_merge(
    keep: Subject, drop: Subject, *, by: User, reason: str, document: MergeDocument | None = None
) -> MergeCase:
    """Propose that `drop` is the same subject as `keep`. Clerks, reviewers and the credit office may.

    Two subjects whose numbers are both valid and differ are two until a registration authority says otherwise: only the credit
    office may propose that, with the `document` that says so (GB 32100: a code belongs to one subject for ever).
    Refused for one and the same, for a person with an organisation, without a reason, and for two valid numbers without a document;
    Conflict while one of them is merged already or a case about `drop` is open.
    """
    with acting(by):
        policy.require(by, "records.merge.propose")
        pair = _lock(keep, drop)
        if not reason.strip():
            raise Refused("merge.reason", "请填写合并理由。")
        if keep.pk == drop.pk:
            raise Refused("merge.same", "不能与自身合并。")
        if (keep.kind == SubjectKind.PERSON) != (drop.kind == SubjectKind.PERSON):
            raise Refused("merge.kinds", "自然人不能与法人、非法人组织或个体工商户合并。")
        written = _document(document) if document else {}
        if two_valid_numbers(*pair):
            if not policy.allows(by, "records.merge.decide"):
                raise Refused(
                    "merge.two-codes", TWO_CODES, mend="确为同一主体的，请将登记机关的证明文书送市信用办提出合并。"
                )
            if not written:
                raise Refused("merge.document", TWO_CODES, mend="请填写证明为同一主体的文书号、出具机关和日期。")
        try:
            with transaction.atomic():
                case = MergeCase.objects.create(
                    keep=keep, drop=drop, reason=reason.strip()[:500], proposed_by=by, **written
                )
        except IntegrityError as error:
            raise Conflict("merge.open", "该主体已有待复核的合并。", mend="请先办结原有的合并。") from error
        audit.record("records.merge.propose", case, by=by, reason=reason.strip(), detail=written or None)
    return case


def _document(given: MergeDocument) -> dict[str, Any]:
    """The columns of a document; Refused when it is not whole or not of the past."""
    if not given.number.strip() or not given.issuer.strip():
        raise Refused("merge.document", "请填写文书号和出具机关。")
    if given.on > timezone.localdate():
        raise Refused("merge.document-day", "文书日期不得晚于今天。", mend="请核对文书日期。")
    return {
        "document_number": given.number.strip()[:128],
        "document_issuer": given.issuer.strip()[:200],
        "document_on": given.on,
    }


def decide_merge(case: MergeCase, *, by: User, note: str = "") -> MergeCase:
    """Carry the merge out: records, names, old numbers and branches of the dropped subject go over to the kept one.

    Only the credit office, and a second person (Forbidden for who proposed). Refused while both hold the same active
    record: one of the two must be revoked first; and for two valid numbers (as they are now) without a document.
    """
    with acting(by):
        row = _second_person(case, by)
        state = next_merge_state(row.state, "decide")
        keep, drop = _lock(row.keep, row.drop)
        if two_valid_numbers(keep, drop) and not row.has_document:
            raise Refused(
                "merge.document", TWO_CODES, mend="请选“不予合并”；确为同一主体的，由市信用办凭证明文书重新提出。"
            )
        plan = preview(row)
        if plan.conflicts:
            raise Refused(
                "merge.conflicts",
                f"有 {len(plan.conflicts)} 条记录在两个主体名下重复。",
                mend="请先撤销其中一条，再办理合并。",
            )
        row.moved = _move(keep, drop, plan)
        drop.merged_into = keep
        drop.updated_at = timezone.now()
        drop.save(update_fields=["merged_into", "updated_at"])
        _decided(row, state, by, note)
        _tell(row, row.moved["records"], "decide", by, note)
    return row


def decline_merge(case: MergeCase, *, by: User, note: str) -> MergeCase:
    """Say that they are two subjects. Only the credit office, a second person (Forbidden for who proposed); Refused without an opinion."""
    with acting(by):
        row = _second_person(case, by)
        state = next_merge_state(row.state, "decline")
        if not note.strip():
            raise Refused("merge.note", "请填写不予合并的意见。")
        _decided(row, state, by, note)
        audit.record("records.merge.decline", row, by=by, reason=note.strip())
    return row


def reverse_merge(case: MergeCase, *, by: User, note: str) -> MergeCase:
    """Take a merge back: what had gone over returns, with what came since under the dropped subject's own code.

    Only the credit office. Conflict when the kept subject was itself merged since: that one is taken back first.
    """
    with acting(by):
        row = MergeCase.objects.select_for_update().get(pk=case.pk)
        policy.require(by, "records.merge.decide")
        state = next_merge_state(row.state, "reverse")
        if not note.strip():
            raise Refused("merge.note", "请填写还原理由。")
        keep = Subject.objects.select_for_update().get(pk=row.keep_id)
        drop = Subject.objects.select_for_update().get(pk=row.drop_id)
        if keep.merged_into_id is not None or drop.merged_into_id != keep.pk:
            raise Conflict("merge.later", "保留主体其后又被合并。", mend="请先还原后一次合并。")
        drop.merged_into = None
        drop.updated_at = timezone.now()
        drop.save(update_fields=["merged_into", "updated_at"])
        back = _move_back(row, keep, drop)
        row.state = state.value
        row.decision_note = f"{row.decision_note}\n还原：{note.strip()}"[:500]
        row.save(update_fields=["state", "decision_note"])
        _tell(row, back, "reverse", by, note)
    return row


def _lock(keep: Subject, drop: Subject) -> tuple[Subject, Subject]:
    """Both rows, locked in one order. Conflict when one of them was merged already."""
    rows = {row.pk: row for row in Subject.objects.select_for_update().filter(pk__in=[keep.pk, drop.pk]).order_by("pk")}
    if any(row.merged_into_id is not None for row in rows.values()):
        raise Conflict("merge.merged", "其中一个主体已被合并。", mend="请在保留主体的档案中办理。")
    return rows[keep.pk], rows[drop.pk]


def _second_person(case: MergeCase, by: User) -> MergeCase:
    row = MergeCase.objects.select_for_update().select_related("keep", "drop").get(pk=case.pk)
    policy.require(by, "records.merge.decide")
    if row.proposed_by_id == by.pk:
        raise Forbidden("merge.two_people", "提出人不能复核自己提出的合并。", mend="请由另一名工作人员复核。")
    return row


def _decided(row: MergeCase, state: MergeState, by: User, note: str) -> None:
    row.state = state.value
    row.decided_by, row.decided_at, row.decision_note = by, timezone.now(), note.strip()[:500]
    row.save(update_fields=["state", "decided_by", "decided_at", "decision_note", "moved"])


def _move(keep: Subject, drop: Subject, plan: Preview) -> dict[str, list[Any]]:
    records = list(plan.moving.values_list("pk", flat=True))
    _give_records(records, keep)
    names = list(drop.names.exclude(name__in=keep.names.values("name")).values_list("pk", "is_current"))
    SubjectName.objects.filter(pk__in=[pk for pk, _ in names]).update(subject=keep, is_current=False)
    there = set(keep.identifiers.values_list("kind", "value"))
    numbers = [row.pk for row in drop.identifiers.all() if (row.kind, row.value) not in there]
    SubjectIdentifier.objects.filter(pk__in=numbers).update(subject=keep)
    branches = list(drop.branches.exclude(pk=keep.pk).values_list("pk", flat=True))
    Subject.objects.filter(pk__in=branches).update(head=keep)
    return {"records": records, "names": [list(pair) for pair in names], "identifiers": numbers, "branches": branches}


def _move_back(row: MergeCase, keep: Subject, drop: Subject) -> list[int]:
    moved = row.moved
    later = brought_later(row)
    records = list(
        CreditRecord.objects.filter(pk__in=[*moved["records"], *later], subject=keep).values_list("pk", flat=True)
    )
    _give_records(records, drop)
    for pk, was_current in moved["names"]:
        SubjectName.objects.filter(pk=pk, subject=keep).update(subject=drop, is_current=was_current)
    SubjectIdentifier.objects.filter(pk__in=moved["identifiers"], subject=keep).update(subject=drop)
    Subject.objects.filter(pk__in=moved["branches"], head=keep).update(head=drop)
    return records


def _give_records(records: list[int], subject: Subject) -> None:
    CreditRecord.objects.filter(pk__in=records).update(subject=subject, updated_at=timezone.now())


def _tell(row: MergeCase, records: list[int], verb: str, by: User, note: str) -> None:
    audit.record(
        f"records.merge.{verb}",
        row,
        by=by,
        reason=note.strip(),
        members=records,
        detail={"keep": row.keep_id, "drop": row.drop_id},
    )
    for follower in followers():
        follower.moved(records, by=by)
