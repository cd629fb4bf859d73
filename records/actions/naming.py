"""The names of a subject: one present, the others kept and found. Called inside the transaction of another action."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from records.identifiers import names
from records.models import Subject, SubjectKind, SubjectName

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
