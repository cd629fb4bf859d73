"""Inspectors, whom they avoid, and tags of objects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.editions.actions import as_kept
from credit_platform.errors import Conflict, at_field, refuse, required
from credit_platform.web.once import require_version
from records.models import Subject
from supervision.inspections.items.models import Item
from supervision.inspections.libraries import rules
from supervision.inspections.libraries.models import Inspector, ObjectTag, Recusal, TaggedSubject
from supervision.inspections.libraries.queries import compared
from supervision.inspections.libraries.rules import Duty

LIBRARIES = "inspections.libraries"
TAGS = "inspections.rows.manage"


def save_inspector(
    department: Department,
    values: Mapping[str, Any],
    *,
    by: Actor,
    items: Sequence[Item] | None = None,
    inspector: Inspector | None = None,
    version: str | None = None,
) -> Inspector:
    """An inspector of a department, new or changed. Clerk or reviewer of the department.

    `values`: name, card_kind, card_number, card_from, card_until, specialities, is_expert, account. Refused with findings; Conflict when the card
    is somebody else's.
    """
    with acting(by):
        row = _locked(inspector, version) if inspector else Inspector(department=department)
        policy.require(by, LIBRARIES, row.department)
        before = {name: getattr(row, name) for name in values} if row.pk else {}
        for name, value in values.items():
            setattr(row, name, value)
        refuse(
            rules.against_inspector(
                name=row.name,
                card_number=row.card_number,
                card_from=row.card_from,
                card_until=row.card_until,
                specialities=row.specialities,
            )
        )
        row.version += 1 if row.pk else 0
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            raise Conflict("inspector.card", "该执法证号已经登记。", mend="请核对证号，或者修改原来的登记。") from error
        if items is not None:
            row.items.set(items)
        audit.record(
            "inspections.inspector.save",
            row,
            by=by,
            before=as_kept(before),
            after=as_kept(values),
            unit_id=row.department_id,
        )
    return row


def take_inspectors(
    department: Department, rows: Sequence[Mapping[str, Any]], *, by: Actor, seen: Sequence[str]
) -> dict[str, int]:
    """Bring the library of a department to what the rows of a file say: new ones and changed ones; who is not in the file stays.

    `seen` are the kinds of change that were previewed, row by row: Conflict when they are others now. Refused for the card of another
    department. How many of each kind.
    """
    with acting(by):
        policy.require(by, LIBRARIES, department)
        changes = compared(department, rows)
        if [each.kind for each in changes] != list(seen):
            raise Conflict("inspectors.changed", "预览之后名录库又有变动，没有导入。", mend="请重新上传并预览。")
        refuse(
            at_field("inspectors.foreign", "file", f"执法证号{each.number}已由其他单位登记。")
            for each in changes
            if each.kind == "foreign"
        )
        known = Inspector.objects.in_bulk([each.number for each in changes], field_name="card_number")
        for change, values in zip(changes, rows, strict=True):
            if change.kind != "same":
                save_inspector(department, values, by=by, inspector=known.get(change.number))
        counts = Counter(each.kind for each in changes)
        audit.record("inspections.inspector.upload", by=by, after=dict(counts), unit_id=department.pk)
    return dict(counts)


def suspend(inspector: Inspector, *, reason: str, by: Actor, version: str | None = None) -> Inspector:
    """Take somebody out of the draws. Refused without a reason."""
    refuse(required(reason, "reason", "请写明停用的原因。", rule="inspector.reason", most=300))
    return _duty(inspector, Duty.SUSPENDED, reason.strip(), by, version)


def resume(inspector: Inspector, *, by: Actor, version: str | None = None) -> Inspector:
    """Put somebody back on duty."""
    return _duty(inspector, Duty.ON, "", by, version)


def _duty(inspector: Inspector, duty: Duty, reason: str, by: Actor, version: str | None) -> Inspector:
    with acting(by):
        row = _locked(inspector, version)
        policy.require(by, LIBRARIES, row.department)
        row.duty, row.duty_reason = duty.value, reason
        row.version += 1
        row.save(update_fields=["duty", "duty_reason", "version"])
        audit.record(
            "inspections.inspector.duty", row, by=by, after={"duty": row.duty}, reason=reason, unit_id=row.department_id
        )
    return row


def recuse(
    inspector: Inspector, subject: Subject, *, ground: str, source: str, by: Actor, on: date, note: str = ""
) -> Recusal:
    """An inspector stays away from a subject from `on`. Clerk or reviewer of the department; Conflict when it holds already."""
    with acting(by):
        policy.require(by, LIBRARIES, inspector.department)
        row = Recusal(
            inspector=inspector, subject=subject, ground=ground, source=source, note=note.strip(), valid_from=on
        )
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            raise Conflict("recusal.twice", "该人员对该对象的回避已经登记。") from error
        audit.record(
            "inspections.recusal.declare",
            row,
            by=by,
            after={"inspector": inspector.pk, "subject": subject.pk, "ground": ground, "source": source},
            reason=row.note,
            unit_id=inspector.department_id,
        )
    return row


def end_recusal(recusal: Recusal, *, reason: str, by: Actor, on: date) -> Recusal:
    """A recusal ends on the eve of `on`. Refused without a reason; Conflict when it has ended."""
    with acting(by):
        row = Recusal.objects.select_for_update(of=("self",)).select_related("inspector__department").get(pk=recusal.pk)
        policy.require(by, LIBRARIES, row.inspector.department)
        refuse(required(reason, "reason", "请写明解除回避的原因。", rule="recusal.reason", most=300))
        if row.valid_until is not None:
            raise Conflict("recusal.ended", "该回避已经解除。", mend="请刷新页面查看。")
        row.valid_until = max(row.valid_from, on - timedelta(days=1))
        row.save(update_fields=["valid_until"])
        audit.record("inspections.recusal.end", row, by=by, reason=reason.strip(), unit_id=row.inspector.department_id)
    return row


def save_tag(code: str, name: str, *, by: Actor, basis: str = "", tag: ObjectTag | None = None) -> ObjectTag:
    """A special library, new or renamed. System administrator, the platform."""
    with acting(by):
        policy.require(by, TAGS)
        refuse(required(name, "name", "请填写标签名称。", rule="tag.name", most=100))
        row = tag or ObjectTag(code=code)
        row.name, row.basis = name.strip(), basis.strip()
        row.save()
        audit.record("inspections.tag.save", row, by=by, after={"code": row.code, "name": row.name}, basis=row.basis)
    return row


def mark(tag: ObjectTag, subjects: Sequence[Subject], *, department: Department, by: Actor, on: date) -> int:
    """Subjects bear a tag from `on`; how many did not bear it yet. Clerk or reviewer of the department that says so."""
    with acting(by):
        policy.require(by, LIBRARIES, department)
        rows = [TaggedSubject(tag=tag, subject=each, department=department, since=on) for each in subjects]
        before = TaggedSubject.objects.filter(tag=tag, until=None).count()
        TaggedSubject.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
        made = TaggedSubject.objects.filter(tag=tag, until=None).count() - before
        audit.record(
            "inspections.tag.mark",
            tag,
            by=by,
            members=[each.pk for each in subjects],
            after={"new": made},
            unit_id=department.pk,
        )
    return made


def unmark(tagged: TaggedSubject, *, reason: str, by: Actor, on: date) -> TaggedSubject:
    """A subject bears a tag no longer after `on`. Refused without a reason; Conflict when it does not bear it any more."""
    with acting(by):
        row = TaggedSubject.objects.select_for_update(of=("self",)).select_related("department").get(pk=tagged.pk)
        policy.require(by, LIBRARIES, row.department)
        refuse(required(reason, "reason", "请写明移出的原因。", rule="tag.reason", most=300))
        if row.until is not None:
            raise Conflict("tag.ended", "该标注已经取消。", mend="请刷新页面查看。")
        row.until = max(row.since, on)
        row.save(update_fields=["until"])
        audit.record("inspections.tag.unmark", row, by=by, reason=reason.strip(), unit_id=row.department_id)
    return row


def _locked(inspector: Inspector, version: str | None) -> Inspector:
    row = Inspector.objects.select_for_update(of=("self",)).select_related("department").get(pk=inspector.pk)
    if version is not None:
        require_version(row, version)
    return row
