"""What may happen to a record after it was entered: it is corrected or revoked, with reasons and in the open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Refused
from credit_platform.web.once import require_version
from records.actions import reported, rows
from records.actions.drafts import open_blanks
from records.actions.entry import refused, remark
from records.actions.naming import follow_document
from records.actions.resolve import Sought, resolve
from records.followers import followers, held
from records.former_keys import same_content
from records.models import CreditRecord
from records.queries.catalogue import standard_of
from records.queries.context import row_context
from records.rules import RecordExists, next_record_status
from records.standards.compile import Validator
from records.standards.declaration import Standard
from records.standards.row import RowResult

KEY_COLUMNS = ("subject_id", "authority_id", "document_key", "decided_on")


def edit(record: CreditRecord, raw: Mapping[str, object], *, by: Actor, version: str) -> CreditRecord:
    """Correct the content of an active record; the followers decide what the public sees and when.

    `version` is the version that the editor saw: Conflict when another one was saved since. Personal numbers left blank stay. What
    makes the record another one (subject, authority, document number, day) may change only while no follower holds on to it
    (Refused, published). Saving the same again changes nothing. Clerks of the source department and its clients may.
    """
    with acting(by):
        row = CreditRecord.objects.select_for_update().select_related("item", "source_department").get(pk=record.pk)
        policy.require(by, "records.edit", row.source_department)
        require_version(row, version)
        next_record_status(row.status, "edit")
        standard = standard_of(row.standard, row.item)
        result = _validated(row, raw, standard)
        values = _new_values(row, standard, result, by)
        if same_content(row.content_hash, values["content"], values["content_hash"]) and not _key_changes(row, values):
            return row
        _require_free_key(row, values)
        before, after = rows.plain_changes(row, values)
        _save(row, values)
        audit.record("records.edit", row, by=by, before=before, after=after, unit_id=row.source_department_id)
        reported.mended([row.pk])
        for follower in followers():
            follower.changed([row.pk], by=by)
        remark(row)
    return row


def revoke(record: CreditRecord, *, by: Actor, reason: str, on: date) -> CreditRecord:
    """Revoke a record because its authority annulled the decision (reconsideration, judgment, own correction; trap 31).

    It stays in the ledger and no longer counts; the followers take it out of the public's sight. `on` is the day of the annulment:
    not before the decision and not in the future. Refused without a reason. Clerks of the source department and its clients may.
    Where the public sees it, one person's word hides it at once and no more: the record stays as it is until a second person has
    confirmed the revocation (`followers.held`); look at the status of what is answered.
    """
    with acting(by):
        row = CreditRecord.objects.select_for_update().select_related("source_department").get(pk=record.pk)
        policy.require(by, "records.edit", row.source_department)
        status = next_record_status(row.status, "revoke")
        _check_revocation(row, reason, on)
        if held(row, by=by, reason=reason.strip(), on=on):
            return row
        row.status = status.value
        row.revoked_on, row.revoked_reason = on, reason.strip()[:500]
        row.version += 1
        row.updated_at = timezone.now()
        row.save(update_fields=["status", "revoked_on", "revoked_reason", "version", "updated_at"])
        audit.record(
            "records.revoke",
            row,
            by=by,
            before={"status": record.status},
            after={"status": row.status, "revoked_on": on},
            reason=reason.strip(),
            unit_id=row.source_department_id,
        )
        for follower in followers():
            follower.revoked([row.pk], by=by, reason=reason.strip())
    return row


def release(record: CreditRecord, *, by: Actor, reason: str) -> CreditRecord:
    """Take an active record from the department that filed it in another authority's name, so that the authority may file its own.

    Who: the credit office, on that authority's objection. The record stays as revoked; its comparison key is let go, for the same decision
    filed by its own authority is another record. The followers take it out of the public's sight.
    """
    with acting(by):
        row = CreditRecord.objects.select_for_update().select_related("source_department").get(pk=record.pk)
        policy.require(by, "records.release")
        row.status = next_record_status(row.status, "revoke").value
        row.revoked_on, row.revoked_reason = timezone.localdate(), reason.strip()[:500]
        row.document_key = f"{row.document_key[:110]}~{row.pk}"
        row.version += 1
        row.updated_at = timezone.now()
        row.save(update_fields=["status", "revoked_on", "revoked_reason", "document_key", "version", "updated_at"])
        audit.record(
            "records.release",
            row,
            by=by,
            before={"status": record.status},
            after={"status": row.status},
            reason=reason.strip(),
            unit_id=row.source_department_id,
        )
        for follower in followers():
            follower.revoked([row.pk], by=by, reason=reason.strip())
    return row


def _check_revocation(row: CreditRecord, reason: str, on: date) -> None:
    if not reason.strip():
        raise Refused("record.revoke-reason", "请填写撤销原因。", mend="写明撤销决定的文书名称和文号。")
    if on > timezone.localdate() or on < row.decided_on:
        raise Refused("record.revoke-day", "撤销日期应在决定日期与今天之间。")


def _validated(row: CreditRecord, raw: Mapping[str, object], standard: Standard) -> RowResult:
    typed = open_blanks(raw, row.content, standard)
    result = Validator(standard).validate_row(typed, row_context(timezone.localdate()))
    if not result.ok:
        raise refused(result)
    return result


def _new_values(row: CreditRecord, standard: Standard, result: RowResult, by: Actor) -> dict[str, Any]:
    placed = rows.authority_of(result.keys, standard, row.source_department, by=by)
    authority = placed.department
    resolved = resolve([Sought(keys=result.keys, item_id=row.item_id, authority_id=authority.pk)])[0]
    warnings = [*result.warnings, *placed.remarks, *resolved.warnings]
    registration = standard.kind == rows.REGISTRATION
    warnings += follow_document(resolved.subject, result.keys, registration=registration, content=result.content)
    return {
        **rows.columns(standard, result, row.decided_on),
        "subject_id": resolved.subject.pk,
        "authority_id": authority.pk,
        "authority_name": result.keys.authority_name or authority.name,
        "warnings": rows.warning_rows(warnings),
    }


def _key_changes(row: CreditRecord, values: Mapping[str, Any]) -> bool:
    return any(getattr(row, name) != values[name] for name in KEY_COLUMNS)


def _require_free_key(row: CreditRecord, values: Mapping[str, Any]) -> None:
    if not _key_changes(row, values):
        return
    for follower in followers():
        reason = follower.may_undo([row.pk]).get(row.pk)
        if reason:
            raise Refused(
                "record.key-fixed",
                f"相对人、决定机关、文书号和决定日期不能再修改：{reason}",
                mend="确有错误的，请撤销本记录后重新录入。",
            )
    natural = rows.same_record(values, values["subject_id"], row.item_id, values["authority_id"])
    twin = CreditRecord.objects.filter(natural).exclude(pk=row.pk).first()
    if twin is not None:
        raise RecordExists(twin.pk)


def _save(row: CreditRecord, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.updated_at = timezone.now()
    try:
        with transaction.atomic():
            row.save(update_fields=[*(name.removesuffix("_id") for name in values), "version", "updated_at"])
    except IntegrityError as error:
        natural = rows.same_record(values, values["subject_id"], row.item_id, values["authority_id"])
        twin = CreditRecord.objects.filter(natural).exclude(pk=row.pk).first()
        if twin is None:
            raise
        raise RecordExists(twin.pk) from error
