"""The beat that every verb of a case keeps: lock, policy, move, rules, named fields, audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from commitments.models import BreachCase, Letter, Measure
from commitments.rules.kinds import MeasureKind
from commitments.rules.measures import MeasureFacts
from commitments.rules.states import BREACH_LABELS, BREACH_MOVES, BreachState, next_state
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.errors import Finding, Forbidden, Level
from credit_platform.web.once import require_version
from records.identifiers import personal


def locked(case: BreachCase, version: str | None = None) -> BreachCase:
    """The case with its letter, both locked, the letter first; Conflict when `version` is given and no longer the row's."""
    Letter.objects.select_for_update().get(pk=case.letter_id)
    row = (
        BreachCase.objects.select_for_update(of=("self",))
        .select_related("letter__record", "letter__subject", "letter__entry", "letter__matter", "department", "subject")
        .get(pk=case.pk)
    )
    if version is not None:
        require_version(row, version)
    return row


def moved(row: BreachCase, verb: str) -> str:
    """The state after a verb; Conflict when the present one does not allow it."""
    return next_state(BREACH_MOVES, BREACH_LABELS, BreachState(row.state), verb).value


def write(row: BreachCase, **values: Any) -> BreachCase:
    """Set and save the named fields, with the next version."""
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*values, "version"])
    return row


def note(
    verb: str,
    row: BreachCase,
    before: Mapping[str, Any],
    *,
    by: Actor,
    reason: str = "",
    basis: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """The audit row of one verb; the new values of what `before` names are read from the row."""
    audit.record(
        f"commitments.breach.{verb}",
        row,
        by=by,
        before=before,
        after={name: getattr(row, name) for name in before},
        reason=reason,
        basis=basis,
        unit_id=row.department_id,
        detail=detail,
    )


def second_person(row: BreachCase, by: User) -> None:
    """Forbidden for who drafted the candidate or told the subject of it: two pairs of eyes (a check constraint holds it too)."""
    if row.drafted_by_id == by.pk:
        raise Forbidden("breach.two_people", "提出人不能办理认定和决定。", mend="请由本单位另一名审核员办理。")


def scanned(**texts: str) -> Iterable[Finding]:
    """Personal numbers in texts that the subject or the public will read, each at the field of its name."""
    for field, text in texts.items():
        yield from (each for each in personal.findings(text, field=field) if each.level is Level.ERROR)


def listed(row: BreachCase) -> list[Measure]:
    """The measures of the matter's entry that the letter was made under; none without an entry."""
    return list(row.letter.entry.measures.order_by("code")) if row.letter.entry else []


def facts_of(measure: Measure) -> MeasureFacts:
    """A line of the list as the rules read it."""
    return MeasureFacts(
        measure.code,
        measure.name,
        MeasureKind(measure.kind),
        measure.months,
        measure.after_false,
        measure.after_unfulfilled,
        measure.valid_from,
        measure.valid_until,
    )
