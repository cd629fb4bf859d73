"""What staff may change about a subject: its name, its old numbers, its head office. Each with the document that says so."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Refused
from records.actions.naming import set_present_name
from records.identifiers import orgcode, uscc
from records.identifiers.clean import clean_code
from records.models import Subject, SubjectIdentifier, SubjectKind
from records.numbers import stored

LEVELS = 10


def rename(subject: Subject, name: str, *, by: Actor, since: date, reason: str) -> Subject:
    """Register a new name from a day on; the former one stays and is found. `reason` names the registrar's document.

    Refused for a natural person's empty name, a day in the future, no reason, or the name that it has.
    """
    with acting(by):
        row = _locked(subject, by)
        _require_reason(reason)
        name = " ".join(name.split())
        if len(name) < 2 or since > timezone.localdate():
            raise Refused("subject.rename", "请填写完整的新名称和不晚于今天的更名日期。")
        former = row.name
        if not set_present_name(row, name, since=since):
            raise Refused("subject.same-name", "新名称与现名称相同。")
        audit.record("subjects.rename", row, by=by, before={"name": former}, after={"name": name}, reason=reason)
    return row


def add_identifier(subject: Subject, kind: str, value: str, *, by: Actor, reason: str) -> SubjectIdentifier:
    """Add an old number. Refused for a placeholder or a wrong form; Conflict when another subject has it (merge them instead)."""
    with acting(by):
        row = _locked(subject, by)
        _require_reason(reason)
        number = stored(kind, _checked(row, kind, clean_code(value)))
        held = SubjectIdentifier.objects.filter(kind=kind, value=number.value).exclude(subject=row).first()
        if held is not None or Subject.objects.filter(code=number.value).exclude(pk=row.pk).exists():
            raise Conflict(
                "subject.number-elsewhere", "该号码已登记在另一主体名下。", mend="如系同一主体，请提出主体合并。"
            )
        made, created = SubjectIdentifier.objects.get_or_create(
            subject=row, kind=kind, value=number.value, defaults={"masked": number.masked, "cipher": number.cipher}
        )
        if created:
            after = {"kind": kind, "value": made.shown}
            audit.record("subjects.add_identifier", row, by=by, after=after, reason=reason)
    return made


def set_head(subject: Subject, head: Subject | None, *, by: Actor, reason: str) -> Subject:
    """Say of which head office a subject is a branch, or of none. A branch answers for itself; its records stay its own (trap 20).

    Refused for natural persons and for a circle.
    """
    with acting(by):
        row = _locked(subject, by)
        _require_reason(reason)
        if SubjectKind.PERSON in (row.kind, head.kind if head else ""):
            raise Refused("subject.head", "自然人没有总机构和分支机构。")
        above, steps = Subject.objects.filter(pk=head.pk).first() if head else None, 0
        while above is not None and steps < LEVELS:
            if above.pk == row.pk:
                raise Refused("subject.head-circle", "总机构不能是本机构或其分支机构。")
            above, steps = above.head, steps + 1
        former, row.head = row.head, head
        row.updated_at = timezone.now()
        row.save(update_fields=["head", "updated_at"])
        audit.record(
            "subjects.set_head",
            row,
            by=by,
            before={"head": former.code if former else None},
            after={"head": head.code if head else None},
            reason=reason,
        )
    return row


def _locked(subject: Subject, by: Actor) -> Subject:
    row = Subject.objects.select_for_update().get(pk=subject.pk)
    policy.require(by, "subjects.edit")
    if row.merged_into_id is not None:
        raise Conflict("subject.merged", "该主体已并入另一主体。", mend="请在保留主体的档案中办理。")
    return row


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("subject.reason", "请填写依据。")


def _checked(row: Subject, kind: str, number: str) -> str:
    if row.kind == SubjectKind.PERSON:
        raise Refused("subject.number-person", "自然人不登记此类号码。")
    wrong = not number or uscc.is_placeholder(number) or kind not in SubjectIdentifier.Kind.values
    if kind == SubjectIdentifier.Kind.FORMER_CODE:
        wrong = wrong or not uscc.check(number).is_valid
    elif kind == SubjectIdentifier.Kind.ORG_CODE:
        wrong = wrong or not orgcode.is_well_formed(number)
    if wrong:
        raise Refused("subject.number-form", "号码的格式不正确，或填写了占位符。", mend="请与证照逐位核对。")
    return number
