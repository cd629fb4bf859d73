"""The state of a subject, kept in the transaction of whatever changes it.

Whoever keeps a state first locks the file of the subject, and reads its facts after that: of two transactions that change one subject at once the
second waits for the first and then sees what it wrote, so that none is lost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from checks.actions.notices import tell_who_asked
from checks.models import SubjectState
from checks.queries.facts import facts_of
from checks.queries.families import canonical_of, family_of
from checks.queries.register import last_version, register
from checks.rules.answers import verdicts_of
from checks.rules.facts import Facts
from checks.rules.register import Register
from records.models import Subject

AT_ONCE = 2000


def keep(ids: Iterable[int], *, on: date | None = None) -> int:
    """Compute the states of these subjects anew, in the transaction of the caller; how many are other than they were.

    Set-wise, in order of their numbers, so that two who keep the same subjects never wait for each other crosswise. Who has an open check of a
    subject that changed is told. Nothing while there is no version of the register yet: the first one computes all.
    """
    day = on or timezone.localdate()
    version = last_version()
    ids = sorted(canonical_of(ids)) if version else []
    return sum(_kept(ids[at : at + AT_ONCE], day, register(version)) for at in range(0, len(ids), AT_ONCE))


def keep_all(*, on: date) -> int:
    """Compute every state that time or another version of the register has made wrong; how many changed. Each piece is a transaction."""
    changed = 0
    while behind := list(
        SubjectState.objects.outdated(on, last_version()).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        with transaction.atomic():
            changed += keep(behind, on=on)
    return changed


@transaction.atomic
def _kept(ids: Collection[int], on: date, reg: Register) -> int:
    list(Subject.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    facts = facts_of(ids, on, reg.record)
    # Also those of files that were merged meanwhile: what is known of them is told of the one that stands.
    before = {row.pk: row for row in SubjectState.objects.filter(pk__in=family_of(ids))}
    rows = [_row(subject, found, reg, on) for subject, found in facts.items()]
    gone = before.keys() - facts.keys()
    SubjectState.objects.filter(pk__in=gone).delete()
    SubjectState.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["subject"],
        update_fields=["facts", "verdicts", "changes_on", "register", "kept_at"],
        batch_size=1000,
    )
    after: dict[int, SubjectState | None] = {row.pk: row for row in rows} | dict.fromkeys(gone)
    changed = {pk: (before.get(pk), row) for pk, row in after.items() if _said(before.get(pk)) != _said(row)}
    tell_who_asked(changed, on=on)
    return len(changed)


def _row(subject: int, facts: Facts, reg: Register, on: date) -> SubjectState:
    return SubjectState(
        subject_id=subject,
        facts=facts.as_json(),
        verdicts=verdicts_of(facts, reg, on),
        changes_on=facts.changes_on(on),
        register=reg.version,
        kept_at=timezone.now(),
    )


def _said(row: SubjectState | None) -> Mapping[str, Any]:
    return {"facts": row.facts, "verdicts": row.verdicts} if row is not None else {}


def recomputed(ids: Collection[int], on: date, reg: Register) -> dict[int, dict[str, Any]]:
    """The states of these subjects as a computation anew gives them: what the nightly sweep holds the kept ones against."""
    rows = (_row(subject, found, reg, on) for subject, found in facts_of(ids, on, reg.record).items())
    return {row.pk: dict(_said(row)) | {"changes_on": row.changes_on} for row in rows}
