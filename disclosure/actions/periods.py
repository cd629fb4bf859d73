"""Periods of what is shown are reckoned again when a rule has changed, set-wise; the departments are told which ends moved.

A class that somebody stated stays what it is: no sweep makes an item heavier or lighter than people have said. What the law excludes by
now is put on the credit office's list instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.pg import update_rows
from disclosure.actions import lowering
from disclosure.actions.base import announce_many
from disclosure.actions.published import EXPIRED
from disclosure.actions.publishing import explained
from disclosure.followers import Verb
from disclosure.models import Disclosure, MovedEnd
from disclosure.queries.evaluation import Evaluator
from disclosure.rules.claims import claim_of, is_over
from disclosure.rules.facts import Facts
from disclosure.rules.periods import Book, PeriodResult, beside, period_of
from disclosure.rules.states import State, next_state

CHUNK = 2000
RECKONED = (State.PUBLISHED, State.SUSPENDED, State.REPAIRED)
READ = (
    "id", "kind", "state", "severity", "severity_stated_by", "rule_set", "published_on", "performed_on", "ends_on", "earliest_repair_on",
    "waits_for_performance", "ends_explained", "ended_at", "ended_why", "needs_correction", "awaits_confirmation", "source_department_id",
    "authority__name",
    "record__item_id", "record__standard", "record__kind", "record__decided_on", "record__valid_until", "record__content",
    "record__subject__kind",
)  # fmt: skip
COLUMNS = (
    ("id", "bigint"),
    ("state", "text"),
    ("severity", "text"),
    ("rule_set", "text"),
    ("ends_on", "date"),
    ("earliest_repair_on", "date"),
    ("waits_for_performance", "boolean"),
    ("ends_explained", "jsonb"),
    ("ended_at", "timestamptz"),
    ("ended_why", "text"),
    ("needs_correction", "boolean"),
)


@dataclass(slots=True)
class Reckoned:
    """How many periods were looked at, were written anew, have another last day, and are over."""

    seen: int = 0
    written: int = 0
    moved: int = 0
    stopped: int = 0


def recompute_periods(
    *, why: str, by: Actor = SYSTEM, on: date | None = None, book: Book | None = None, dry_run: bool = False
) -> Reckoned:
    """Reckon the periods of all penalties that are shown, suspended or repaired, under the rules of `book` (those of the database).

    Who: SYSTEM. Writes what differs, with events for the feed and one audit row a chunk; what is over by now stops being public at
    once. Safe to run twice: then nothing differs. `dry_run` only counts.
    """
    policy.require(by, "disclosure.recompute_periods")
    on = on or timezone.localdate()
    rules = Evaluator(on, book)
    done = Reckoned()
    for ids in _chunks():
        with acting(by):
            rows = list(
                Disclosure.objects.select_for_update(of=("self",))
                .filter(pk__in=ids, state__in=RECKONED)
                .select_related("record__subject", "authority")
                .only(*READ)
                .order_by("pk")
            )
            rules.learn(row.record.item_id for row in rows)
            found = [pair for row in rows if (pair := _reckon(row, rules, by, dry_run=dry_run)) is not None]
            done.seen += len(rows)
            done.written += len(found)
            done.moved += sum(_ends_differ(row, values) for row, values in found)
            done.stopped += sum(_stops(row, values) for row, values in found)
            if found and not dry_run:
                _write(found, why, by)
    return done


def read_moved_ends(user: User, ids: Sequence[int]) -> int:
    """Mark moved ends of the own department as read; how many."""
    with acting(user):
        policy.require(user, "disclosure.read_reminders", user.department_id)
        unread = MovedEnd.objects.unread().filter(pk__in=list(ids), department=user.department)
        return unread.update(read_at=timezone.now())


def _chunks() -> Iterator[list[int]]:
    last = 0
    while True:
        rows = Disclosure.objects.filter(kind="penalty", state__in=RECKONED, pk__gt=last)
        ids = list(rows.order_by("pk").values_list("pk", flat=True)[:CHUNK])
        if not ids:
            return
        yield ids
        last = ids[-1]


def _reckon(row: Disclosure, rules: Evaluator, by: Actor, *, dry_run: bool) -> tuple[Disclosure, dict[str, Any]] | None:
    """The columns of an item whose period differs from what is stored; None when it is the same or not for a sweep to decide."""
    standard = rules.standard(row.record)
    if standard is None or row.published_on is None:
        return None
    facts = rules.facts(row.record, standard, row)
    period = rules.judged_as_published(facts, row.published_on)[0]
    claim = claim_of(facts, period, on=rules.on)
    if claim is not None and claim.barred:
        if not dry_run and not row.lowerings.filter(state=lowering.LoweringState.BARRED).exists():
            lowering.hold(row, claim, by=by)
        period = _of_its_class(row, facts, rules) or period
    if period.asks or not period.published:
        return None
    values = _values(
        row,
        period,
        explained(period, beside(facts, rules.book, authority=row.authority.name, published_on=row.published_on)),
        rules.on,
    )
    same = all(getattr(row, name) == value for name, value in values.items())
    return None if same else (row, values)


def _of_its_class(row: Disclosure, facts: Facts, rules: Evaluator) -> PeriodResult | None:
    """The period of the class under which an item was published, as its rule set says it today."""
    rule_set = next((each for each in rules.book.rule_sets if each.code == row.rule_set), None)
    if rule_set is None:
        return None
    rule = next(
        (each for each in rule_set.of_kind(facts.kind, rules.on) if each.severity == row.severity and each.published),
        None,
    )
    return None if rule is None else period_of(rule_set, rule, facts, published_on=row.published_on)


def _values(row: Disclosure, period: PeriodResult, explained: dict[str, Any], on: date) -> dict[str, Any]:
    values: dict[str, Any] = {
        "severity": period.severity or row.severity,
        "rule_set": period.rule_set,
        "ends_on": period.ends_on,
        "earliest_repair_on": period.earliest_repair_on,
        "waits_for_performance": period.waits,
        "ends_explained": explained,
    }
    if row.state in (State.PUBLISHED, State.SUSPENDED) and not row.awaits_confirmation and is_over(period, on):
        values |= {"state": next_state(row.state, "end").value, "ended_why": EXPIRED, "needs_correction": False}
    return values


def _ends_differ(row: Disclosure, values: dict[str, Any]) -> bool:
    return bool((row.ends_on, row.waits_for_performance) != (values["ends_on"], values["waits_for_performance"]))


def _stops(row: Disclosure, values: dict[str, Any]) -> bool:
    return bool(values.get("state", row.state) != row.state)


def _write(found: list[tuple[Disclosure, dict[str, Any]]], why: str, by: Actor) -> None:
    now = timezone.now()
    MovedEnd.objects.bulk_create(
        [
            MovedEnd(
                disclosure=row,
                department_id=row.source_department_id,
                old_end=row.ends_on,
                waited=row.waits_for_performance,
                new_end=values["ends_on"],
                rule_set=values["rule_set"],
                why=why[:300],
                stopped=_stops(row, values),
                at=now,
            )
            for row, values in found
            if _ends_differ(row, values)
        ],
        batch_size=CHUNK,
    )
    update_rows("disclosure_disclosure", COLUMNS, [_cells(row, values, now) for row, values in found])
    public = [(row, values) for row, values in found if row.state == State.PUBLISHED]
    seen = [row.pk for row, values in public if _stops(row, values)]
    announce_many(Verb.CHANGED, [row.pk for row, values in public if not _stops(row, values)], by=by)
    announce_many(Verb.ENDED, [row.pk for row, values in found if _stops(row, values)], by=by, seen=seen)
    detail = {"moved": sum(_ends_differ(*pair) for pair in found), "stopped": sum(_stops(*pair) for pair in found)}
    audit.record("disclosure.recompute_periods", by=by, members=[row.pk for row, _ in found], reason=why, detail=detail)


def _cells(row: Disclosure, values: dict[str, Any], now: datetime) -> tuple[Any, ...]:
    stopped = {"ended_at": now.isoformat()} if _stops(row, values) else {}
    kept = {name: getattr(row, name) for name, _ in COLUMNS if name not in values}
    whole = kept | values | stopped
    whole["ends_explained"] = json.dumps(whole["ends_explained"], ensure_ascii=False)
    return tuple(whole[name] for name, _ in COLUMNS)
