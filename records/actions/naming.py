"""The names of a subject: one present, the others kept and found. Called inside the transaction of another action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone

from credit_platform.errors import Finding, Level
from records.identifiers import names
from records.models import CreditRecord, Subject, SubjectKind, SubjectName
from records.standards.row import RowKeys

STATUS_FIELD = "DJZT"
NAMELESS = "个体工商户"
"""What the standard has departments write for a sole trader without a shop name (发改办财金〔2018〕424号)."""


def name_row(subject: Subject, name: str, *, is_current: bool, since: date | None = None) -> SubjectName:
    """An unsaved row of the index of names."""
    normal = names.normalise(name)
    return SubjectName(
        subject=subject,
        name=name,
        normal=normal,
        bigrams=names.bigrams(normal),
        is_current=is_current,
        since=since,
    )


def index_names(subjects: Iterable[Subject], since: dict[int, date | None]) -> None:
    """Put the present names of new organisations and sole traders into the index; persons never get a row."""
    rows = [
        name_row(subject, subject.name, is_current=True, since=since.get(subject.pk))
        for subject in subjects
        if subject.kind != SubjectKind.PERSON
    ]
    SubjectName.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def set_present_name(subject: Subject, name: str, *, since: date | None) -> bool:
    """Make `name` the present one from a day on; the former stays, closed on that day. False when it already is.

    The caller holds the lock of the subject. A former name that comes back is taken up again, not doubled.
    """
    if subject.name == name:
        return False
    subject.name = name
    subject.updated_at = timezone.now()
    subject.save(update_fields=["name", "updated_at"])
    if subject.kind == SubjectKind.PERSON:
        return True
    SubjectName.objects.filter(subject=subject, is_current=True).update(is_current=False, until=since)
    again = SubjectName.objects.filter(subject=subject, name=name)
    if not again.update(is_current=True, since=since, until=None):
        name_row(subject, name, is_current=True, since=since).save()
    return True


def keep_former_name(subject: Subject, name: str, *, since: date | None) -> bool:
    """Make an older name findable without touching the present one; False when it is known already."""
    if subject.kind == SubjectKind.PERSON:
        return False
    row = name_row(subject, name, is_current=False, since=since)
    return bool(SubjectName.objects.bulk_create([row], ignore_conflicts=True)) and row.name != subject.name


def follow_document(
    subject: Subject, keys: RowKeys, *, registration: bool, content: Mapping[str, Any]
) -> list[Finding]:
    """Let a subject's name and particulars follow a row that was entered for it.

    Registration data rule. While a subject has none, the latest document gives the name and older ones stay findable; once it has
    them, another name in a document is only a warning (traps 21, 43).
    """
    if registration:
        _take_registration(subject, keys, content)
        return []
    if subject.kind == SubjectKind.PERSON or names.normalise(subject.name) == names.normalise(keys.subject_name):
        return _complete(subject, keys)
    if SubjectName.objects.filter(subject=subject, normal=names.normalise(keys.subject_name)).exists():
        return []
    if subject.registered_on or subject.operating_status:
        return [_other_name(subject, keys.subject_name)]
    latest = CreditRecord.objects.filter(subject=subject).aggregate(day=Max("decided_on"))["day"]
    if keys.decided_on and latest and keys.decided_on < latest:
        keep_former_name(subject, keys.subject_name, since=None)
    else:
        locked = Subject.objects.select_for_update().get(pk=subject.pk)
        set_present_name(locked, keys.subject_name, since=None)
    return [_other_name(subject, keys.subject_name)]


def _complete(subject: Subject, keys: RowKeys) -> list[Finding]:
    if keys.legal_rep and not subject.legal_representative and subject.kind != SubjectKind.PERSON:
        Subject.objects.filter(pk=subject.pk).update(
            legal_representative=keys.legal_rep[:100], updated_at=timezone.now()
        )
    return []


def _take_registration(subject: Subject, keys: RowKeys, content: Mapping[str, Any]) -> None:
    locked = Subject.objects.select_for_update().get(pk=subject.pk)
    set_present_name(locked, keys.subject_name, since=None)
    wanted = {
        "legal_representative": keys.legal_rep[:100] or locked.legal_representative,
        "registered_on": keys.decided_on or locked.registered_on,
        "operating_status": str(content.get(STATUS_FIELD, ""))[:40] or locked.operating_status or "登记在册",
    }
    changed = [name for name, value in wanted.items() if getattr(locked, name) != value]
    for name in changed:
        setattr(locked, name, wanted[name])
    if changed:
        locked.updated_at = timezone.now()
        locked.save(update_fields=[*changed, "updated_at"])


def _other_name(subject: Subject, name: str) -> Finding:
    return Finding(
        "subject.name-differs",
        Level.WARNING,
        f"文书所载名称“{name}”与主体档案名称“{subject.name}”不一致。",
        mend="请核对是否已更名，或代码是否填错。",
        value=name,
    )
