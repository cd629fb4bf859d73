"""The beat of every verb: lock, ask the policy, look the move up, hold the second person and the order of days, write, note.

    with step(BREACH, case, "determine", by=by, on=on, version=version) as at:
        at.refuse(may_determine(at.hearing.heard, reasons=reasons, considered=considered, on=at.on))
        at.case.reasons, at.case.determined_by, at.case.determined_on = whole_reasons(reasons, considered), by, at.on

What the block changed is saved with the next version, and the audit row tells exactly that. A deadline belongs to the state it was set
in: it goes when the state does, unless the block set another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from casework import followers
from casework.models import Case, Hearing
from casework.rules.hearing import in_order
from casework.rules.procedures import Procedure
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Finding, Forbidden, refuse
from credit_platform.moves import next_state
from credit_platform.web.once import require_version
from credit_platform.workdays.queries import calendar
from records.queries import canonical

CLOCK = ("due_on", "due_from", "due_days", "due_provisional", "extended", "paused", "escalated_on")
ALWAYS = ("state", "moved_on")


@dataclass(slots=True)
class At:
    """Where a verb stands: the locked case, the procedure's own row, the day, who acts. `reason`, `basis` and `detail` go into the audit
    row; a block that answers something else than the table of moves sets `state`."""

    procedure: Procedure
    case: Case
    own: Any
    on: date
    by: Actor
    state: str
    reason: str = ""
    basis: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    against_day: tuple[Finding, ...] = ()
    has_clock: bool = False

    @property
    def hearing(self) -> Hearing:
        """The hearing of the case, begun when there is none yet."""
        found: Hearing | None = getattr(self.case, "hearing", None)
        if found is None:
            found = self.case.hearing = Hearing(case=self.case)
        return found

    def refuse(self, findings: Iterable[Finding]) -> None:
        """Refused with all findings, what stands against the day among them; nothing when there are none."""
        refuse([*findings, *self.against_day])
        self.against_day = ()

    def due(self, days: int, *, start: date | None = None, limit: date | None = None) -> None:
        """Set the deadline of the state that begins: `days` working days after `start` (the day of the step), never after `limit`."""
        start = start or self.on
        if limit is not None:
            days = min(days, max(calendar().workdays_between(start, limit), 0))
        set_clock(self.case, days, start)
        self.has_clock = True


def set_clock(case: Case, days: int, start: date) -> None:
    """The case, not saved, falls due `days` working days after `start` (0: on the day itself)."""
    deadline = calendar().deadline(start, days)
    case.due_from, case.due_days, case.due_on = start, days, deadline.due_on
    case.due_provisional, case.extended, case.escalated_on = deadline.provisional, 0, None


def clear_clock(case: Case) -> None:
    """The case, not saved, has no deadline any more."""
    case.due_on = case.due_from = case.due_days = None
    case.due_provisional = False


@contextmanager
def step(
    procedure: Procedure,
    case: Case,
    verb: str,
    *,
    by: Actor,
    version: str | None = None,
    on: date | None = None,
) -> Iterator[At]:
    """Carry a verb of `procedure` out on a case, in one transaction.

    Forbidden when the policy, or a step that wants a second person, does not allow it to `by`; Conflict when the state has no such move
    or the case was saved since `version`; Refused (after the block's own `at.refuse`) for a day before the step it follows or in the future.
    """
    today = timezone.localdate()
    taken = procedure.by_verb[verb]
    with acting(by):
        row = locked(procedure, case, version)
        _may(row, taken.permission, by)
        state = next_state(procedure.moves, procedure.labels, row.state, verb, code=f"{procedure.slug}.state")
        if taken.second_person:
            second_person(row, by)
        on = on or today
        against = tuple(in_order(f"{taken.label}日期", on, after=row.moved_on, today=today))
        at = At(procedure, row, own_of(row), on, by, state, against_day=against)
        seen = _Seen(at)
        yield at
        refuse(at.against_day)
        _end(at)
        before, after = seen.save()
        audit.record(
            f"{procedure.audit}.{verb}",
            row,
            by=by,
            before=before,
            after=after,
            reason=at.reason,
            basis=at.basis,
            unit_id=row.department_id,
            detail=at.detail or None,
        )
        followers.tell(row, verb, by=by)


def locked(procedure: Procedure, case: Case, version: str | None = None) -> Case:
    """The case, locked after what its procedure locks first, with what the verbs read; Conflict when `version` is no longer the row's."""
    own: Any = apps.get_model(procedure.own)
    if procedure.first_locks:
        ids = own.objects.filter(pk=case.pk).values(*(f"{name}_id" for name in procedure.first_locks)).get()
        for name in procedure.first_locks:
            target: Any = own._meta.get_field(name).related_model
            target.objects.select_for_update().get(pk=ids[f"{name}_id"])
    rows = Case.objects.select_for_update(of=("self",)).select_related("department", "subject", "hearing")
    row = rows.get(pk=case.pk, procedure=procedure.slug)
    if version is not None:
        require_version(row, version)
    return row


def own_of(row: Case) -> Any:
    """The procedure's own row, with the locked case on it, so that both say the same."""
    own = row.own
    own.case = row
    return own


def second_person(row: Case, by: Actor) -> None:
    """Forbidden for who drafted the case or told the subject of it: two pairs of eyes (check constraints hold it too)."""
    if row.drafted_by_id is not None and (by.actor_kind, by.actor_id) == ("staff", row.drafted_by_id):
        raise Forbidden(f"{row.of.slug}.two_people", "提出人不能办理认定和决定。", mend="请由本单位另一名审核员办理。")


def _may(row: Case, permission: str, by: Actor) -> None:
    if isinstance(by, CompanyAccount):
        policy.require(by, permission)
        if row.subject is None or canonical(row.subject).pk != canonical_subject(by).pk:
            raise Forbidden("case.other-subject", "只能办理本单位的事项。")
        return
    policy.require(by, permission, row.department)


def _end(at: At) -> None:
    """The state, its day, its clock, and the end of the case when the state is one."""
    case, moved = at.case, at.case.state != at.state
    if moved and not at.has_clock:
        clear_clock(case)
        case.paused, case.extended, case.escalated_on = False, 0, None
    case.state, case.moved_on = at.state, at.on
    if moved:
        case.closed_on = at.on if at.state in at.procedure.closed else None
        if hasattr(at.own, "is_open"):  # a column of procedures whose table holds that only one may be open
            at.own.is_open = case.closed_on is None


class _Seen:
    """What the rows held before the block, to save and to tell only what it changed."""

    def __init__(self, at: At) -> None:
        self.at = at
        self.rows: list[tuple[models.Model, dict[str, Any]]] = [(at.case, _values(at.case)), (at.own, _values(at.own))]
        hearing = getattr(at.case, "hearing", None)
        self.hearing = None if hearing is None else _values(hearing)

    def save(self) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        self.at.case.version += 1
        hearing = getattr(self.at.case, "hearing", None)
        if hearing is not None:
            self.rows.append((hearing, self.hearing or {}))
        for row, old in self.rows:
            changed = [name for name, value in _values(row).items() if name not in old or old[name] != value]
            if not old:
                row.save(force_insert=True)
            elif changed:
                row.save(update_fields=[row._meta.get_field(name).name for name in changed])
            told = [name for name in changed if name not in ("version", "case_id")]
            before |= {name: _plain(row, name, old.get(name)) for name in told}
            after |= {name: _plain(row, name, getattr(row, name)) for name in told}
        return before, after


def _values(row: models.Model) -> dict[str, Any]:
    found = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}
    return {name: list(value) if isinstance(value, list) else value for name, value in found.items()}


def _plain(row: models.Model, name: str, value: Any) -> Any:
    """What the audit keeps of a value: of long texts, which may speak of people, only how long they are; of ciphers nothing."""
    kind = row._meta.get_field(name)
    if isinstance(kind, models.TextField) and value:
        return f"（{len(value)}字）"
    return "" if isinstance(kind, models.BinaryField) else value
