"""Decisions that no longer hold: their last day has passed, the list says something else, or the subject is another than the one that was seen.

Each import asks about the rows that it brings, the clock about all of them each night.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from records.models import Subject, SubjectIdentifier, SubjectName
from sanctions.filed import rules
from sanctions.filed.models import FiledRow, Judgement
from sanctions.filed.rules import ROW_MOVES, Answer, RowState

CHUNK = 1000


def row_side(row: FiledRow) -> str:
    """A row as a decision saw it: its name and numbers."""
    return rules.side(row.name, row.numbers, row.id_hash)


def subject_sides(ids: Iterable[int]) -> dict[int, str]:
    """Subjects as decisions see them: code, names, numbers, and whether they were merged into another. Three questions for any number."""
    wanted = set(ids)
    names: dict[int, list[str]] = defaultdict(list)
    for pk, name in (
        SubjectName.objects.filter(subject_id__in=wanted).order_by("name").values_list("subject_id", "name")
    ):
        names[pk].append(name)
    numbers: dict[int, list[str]] = defaultdict(list)
    held = SubjectIdentifier.objects.filter(subject_id__in=wanted).order_by("kind", "value")
    for pk, kind, value in held.values_list("subject_id", "kind", "value"):
        numbers[pk].append(f"{kind}:{value}")
    rows = Subject.objects.filter(pk__in=wanted).values_list("pk", "code", "name", "merged_into_id")
    return {pk: rules.side(code, name, names[pk], numbers[pk], merged) for pk, code, name, merged in rows}


def judged_of(rows: Sequence[FiledRow]) -> tuple[dict[int, set[int]], dict[int, Subject]]:
    """The subjects that each row was decided not to be, and the one that it was decided to be."""
    vetoes: dict[int, set[int]] = defaultdict(set)
    same: dict[int, Subject] = {}
    for each in Judgement.objects.in_force().filter(row__in=rows).select_related("subject"):
        if each.kind is Answer.NOT_SAME and each.subject_id:
            vetoes[each.row_id].add(each.subject_id)
        elif each.subject is not None:
            same[each.row_id] = each.subject
    return vetoes, same


def lapse_judgements(rows: Sequence[FiledRow], *, row_sides: Mapping[int, str], on: date, by: Actor) -> list[Judgement]:
    """Close the decisions about these rows that do not hold on a day; inside the caller's transaction. `row_sides`: the rows as they are now."""
    in_force = list(Judgement.objects.in_force().filter(row__in=rows).select_for_update(of=("self",)))
    sides = subject_sides(each.subject_id for each in in_force if each.subject_id)
    lapsed = []
    for each in in_force:
        now = (row_sides[each.row_id], sides.get(each.subject_id or 0, each.subject_side))
        if why := rules.lapse(until=each.until, sides=(each.row_side, each.subject_side), now=now, on=on):
            each.state, each.lapsed_on, each.lapsed_why = Judgement.State.LAPSED, on, why
            lapsed.append(each)
    Judgement.objects.bulk_update(lapsed, ["state", "lapsed_on", "lapsed_why"], batch_size=CHUNK)
    if lapsed:
        audit.record(
            "sanctions.filed.lapse", by=by, members=[each.row_id for each in lapsed][:CHUNK], detail={"on": on}
        )
    return lapsed


def reopen_changed(on: date | None = None, *, by: Actor = SYSTEM) -> int:
    """The clock's part: rows whose decision no longer holds are open again; how many. Safe to run twice or in parallel.

    “Not the same” only ceases to stand in the way of a match; “the same” and “nobody” bring the row back to the desk.
    """
    on, done, after = on or timezone.localdate(), 0, 0
    while True:
        with acting(by):
            policy.require(by, "sanctions.filed.reopen")
            ids = list(_decided(after))
            if not ids:
                return done
            after = ids[-1]
            rows = list(
                FiledRow.objects.filter(pk__in=ids).select_for_update(of=("self",), skip_locked=True).order_by("pk")
            )
            lapsed = lapse_judgements(rows, row_sides={each.pk: row_side(each) for each in rows}, on=on, by=by)
            done += _reopen({each.row_id: each for each in lapsed if each.kind is not Answer.NOT_SAME}, rows, by=by)


def _decided(after: int) -> Iterable[int]:
    in_force = Judgement.objects.in_force().filter(row_id__gt=after).order_by("row_id")
    return in_force.values_list("row_id", flat=True).distinct()[:CHUNK]


def _reopen(lapsed: Mapping[int, Judgement], rows: Sequence[FiledRow], *, by: Actor) -> int:
    opened = [each for each in rows if each.pk in lapsed and (RowState(each.state), "reopen") in ROW_MOVES]
    for row in opened:
        row.state, row.why = ROW_MOVES[RowState(row.state), "reopen"], lapsed[row.pk].lapsed_why
        row.version, row.updated_at = row.version + 1, timezone.now()
    FiledRow.objects.bulk_update(opened, ["state", "why", "version", "updated_at"], batch_size=CHUNK)
    if opened:
        audit.record("sanctions.filed.reopen", by=by, members=[each.pk for each in opened])
    return len(opened)
