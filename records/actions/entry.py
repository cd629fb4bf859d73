"""Entering one record: check against the catalogue and the standard, find the subject, write, tell the followers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Refused
from records.actions import reported, rows
from records.actions.drafts import with_sealed
from records.actions.naming import follow_document
from records.actions.resolve import Resolved, Sought, resolve
from records.doors import not_by_form
from records.followers import followers, remarks_of
from records.models import CatalogueEntry, CatalogueItem, CreditRecord, EntryDraft
from records.queries.catalogue import entry_for, require_subject_kind, standard_for
from records.queries.context import row_context
from records.rules import RecordExists, RecordStatus, next_record_status
from records.standards.compile import Validator
from records.standards.declaration import Standard
from records.standards.row import RowResult


@dataclass(frozen=True, slots=True)
class Checked:
    """A row that may enter the ledger: under which entry, in which standard, read how, first seen when."""

    entry: CatalogueEntry
    standard: Standard
    result: RowResult
    first_arrived_at: datetime


def check_row(
    standard_code: str,
    raw: Mapping[str, object],
    *,
    by: Actor,
    department: Department,
    item: CatalogueItem | None = None,
    draft: EntryDraft | None = None,
) -> Checked:
    """Whether a row may enter the ledger; its first arrival is kept even when it may not (trap 47).

    Call it outside a transaction before `enter` to keep the arrival of a refused row. `raw`: field code → as typed; personal numbers
    left blank are taken from `draft`. Raises Forbidden; Refused with all findings, or naming the catalogue item that is not in force.
    """
    policy.require(by, "records.enter", department)
    today = timezone.localdate()
    entry = entry_for(standard_code, item=item, department=department, on=today)
    standard = standard_for(entry)
    not_by_form(standard.kind)
    result = Validator(standard).validate_row(with_sealed(raw, draft, standard), row_context(today))
    first = rows.remember_arrival(entry.item.code, result.keys)
    if not result.ok:
        raise refused(result)
    require_subject_kind(entry, result.keys.subject_kind or "legal")
    return Checked(entry, standard, result, first)


def refused(result: RowResult) -> Refused:
    """The refusal of a row with everything that stands against it; its warnings do not."""
    return Refused(
        "record.findings",
        f"有 {len(result.errors)} 处不符合数据标准，未入库。",
        article="发改办财金〔2018〕424号",
        findings=result.errors,
    )


def enter(
    standard_code: str,
    raw: Mapping[str, object],
    *,
    by: Actor,
    department: Department,
    item: CatalogueItem | None = None,
    draft: EntryDraft | None = None,
    replaces: CreditRecord | None = None,
) -> CreditRecord:
    """Enter one record under the catalogue in force today and tell the followers, all in one transaction.

    `department` is the 数据来源单位; clerks of the department, its clients and the platform may. `replaces` is the revoked record that a
    decision made anew stands for (trap 31). A record whose batch was undone is revived. Raises Forbidden, Refused (findings by
    field), RecordExists (409, with `record_id`) when the natural key is taken; Conflict when the decision was revoked (trap 32).
    """
    with acting(by):
        checked = check_row(standard_code, raw, by=by, department=department, item=item, draft=draft)
        placed = rows.authority_of(checked.result.keys, checked.standard, department, by=by)
        authority = placed.department
        sought = Sought(keys=checked.result.keys, item_id=checked.entry.item_id, authority_id=authority.pk)
        resolved = resolve([sought])[0]
        resolved.warnings[:0] = placed.remarks
        values = _values(checked, resolved, authority, department)
        record, revived = _insert_or_revive(values, by)
        resolved.warnings += follow_document(
            resolved.subject,
            checked.result.keys,
            registration=checked.standard.kind == rows.REGISTRATION,
            content=checked.result.content,
        )
        _finish(record, resolved, checked, replaces)
        if draft is not None:
            EntryDraft.objects.filter(pk=draft.pk).delete()
        audit.record(
            "records.revive" if revived else "records.enter",
            record,
            by=by,
            after={code: rows.masked(value) for code, value in record.content.items()},
            basis=checked.entry.basis,
            unit_id=department.pk,
        )
        reported.mended([record.pk])
        for follower in followers():
            follower.entered([record.pk], by=by)
        remark(record)
    return record


def remark(record: CreditRecord) -> None:
    """Keep beside a record just entered or edited what those above the ledger say of it, as a file or a push is told: that its decision
    was taken back from the public, for one. The record's page tells it."""
    said = [finding for _, finding in remarks_of([record.pk])]
    if said:
        record.warnings = [*record.warnings, *rows.warning_rows(said)]
        record.save(update_fields=["warnings"])


def _values(checked: Checked, resolved: Resolved, authority: Department, department: Department) -> dict[str, Any]:
    keys = checked.result.keys
    return {
        **rows.columns(checked.standard, checked.result, timezone.localdate()),
        "subject_id": resolved.subject.pk,
        "item_id": checked.entry.item_id,
        "authority_id": authority.pk,
        "authority_name": keys.authority_name or authority.name,
        "source_department_id": department.pk,
        "first_arrived_at": checked.first_arrived_at,
    }


def _insert_or_revive(values: dict[str, Any], by: Actor) -> tuple[CreditRecord, bool]:
    """The record and whether it came back; a concurrent twin loses at the unique constraint and is told."""
    natural = rows.same_record(values, values["subject_id"], values["item_id"], values["authority_id"])
    there = CreditRecord.objects.select_for_update().filter(natural).first()
    if there is not None:
        return _revive(there, values), True
    author = by if isinstance(by, User) else None
    try:
        with transaction.atomic():
            return CreditRecord.objects.create(**values, entered_by=author, first_compliant_at=timezone.now()), False
    except IntegrityError as error:
        twin = CreditRecord.objects.filter(natural).first()
        if twin is None:
            raise
        raise RecordExists(twin.pk) from error


def _revive(there: CreditRecord, values: dict[str, Any]) -> CreditRecord:
    if there.status == RecordStatus.ACTIVE:
        raise RecordExists(there.pk)
    if there.status == RecordStatus.REVOKED:
        raise Conflict(
            "record.revoked",
            "该决定已被撤销，不能重新录入。",
            mend="重新作出决定的，请按新的文书号和日期录入，并关联原记录。",
        )
    there.status = next_record_status(there.status, "revive").value
    for name, value in values.items():
        if name != "first_arrived_at":
            setattr(there, name, value)
    there.version += 1
    there.batch = None
    there.updated_at = timezone.now()
    there.save()
    return there


def _finish(record: CreditRecord, resolved: Resolved, checked: Checked, replaces: CreditRecord | None) -> None:
    record.warnings = rows.warning_rows([*checked.result.warnings, *resolved.warnings])
    changed = ["warnings"]
    if replaces is not None:
        if replaces.status != RecordStatus.REVOKED or replaces.subject_id != record.subject_id:
            raise Refused("record.replaces", "只能关联同一主体已撤销的记录。")
        record.replaces = replaces
        changed.append("replaces")
    if record.first_compliant_at is None:
        record.first_compliant_at = timezone.now()
        changed.append("first_compliant_at")
    record.save(update_fields=changed)
