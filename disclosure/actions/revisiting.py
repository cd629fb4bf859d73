"""Items that one person alone has kept from the public are looked at again: they await a second person, as new ones do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.audit.models import AuditEntry
from credit_platform.pg import update_rows
from disclosure.models import Disclosure, Lowering
from disclosure.queries.evaluation import Evaluator
from disclosure.rules.claims import claim_of
from disclosure.rules.periods import Book
from disclosure.rules.states import State, next_state
from disclosure.rules.values import EXEMPTION, Claim

CHUNK = 2000
COLUMNS = (
    ("id", "bigint"),
    ("state", "text"),
    ("ended_why", "text"),
    ("awaits_confirmation", "boolean"),
    ("submitted_by_id", "bigint"),
    ("submitted_at", "timestamptz"),
)
SAID_IN = ("disclosure.exempt", "disclosure.state_severity")
READ = (
    "id", "kind", "state", "severity", "severity_stated_by", "performed_on", "published_on", "ended_why", "source_department_id",
    "record__item_id", "record__standard", "record__kind", "record__decided_on", "record__valid_until", "record__content",
    "record__entered_by_id", "record__entered_by__full_name", "record__subject__kind",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said of an item, by whom."""

    row: Disclosure
    claim: Claim
    by_id: int | None
    by_name: str


def revisit_exempt(*, why: str, by: Actor = SYSTEM, on: date | None = None, book: Book | None = None) -> int:
    """Bring items that are not public on one person's word alone back to review; how many.

    Who: SYSTEM. Items of which a second person has confirmed it stay, and so do those that a rule keeps from the public, or whose period
    is over whatever was said. One that the law does not let be kept back (令第36号; 行政处罚法 art. 51) is a draft again. Safe to run twice.
    """
    policy.require(by, "disclosure.recompute_periods")
    rules = Evaluator(on or timezone.localdate(), book)
    done = 0
    for ids in _chunks():
        with acting(by):
            rows = list(
                Disclosure.objects.select_for_update(of=("self",))
                .filter(pk__in=ids, state=State.EXEMPT)
                .select_related("record__subject", "record__entered_by")
                .only(*READ)
                .order_by("pk")
            )
            rules.learn(row.record.item_id for row in rows)
            spoken = _spoken([row.pk for row in rows])
            found = [said for row in rows if (said := _said(row, rules, spoken)) is not None]
            if found:
                _write(found)
                audit.record("disclosure.revisit", by=by, members=[each.row.pk for each in found], reason=why)
            done += len(found)
    return done


def _chunks() -> Iterator[list[int]]:
    last = 0
    while True:
        rows = Disclosure.objects.filter(state=State.EXEMPT, on_entry=False, pk__gt=last)
        rows = rows.exclude(lowerings__state=Lowering.State.CONFIRMED)
        ids = list(rows.order_by("pk").values_list("pk", flat=True)[:CHUNK])
        if not ids:
            return
        yield ids
        last = ids[-1]


def _spoken(ids: Sequence[int]) -> dict[int, tuple[str, int | None, str]]:
    """Which verb of the desk was the last that said something of an item, and whose it was (one query)."""
    entries = AuditEntry.objects.filter(
        object_type="disclosure.disclosure", object_id__in=[str(pk) for pk in ids], verb__in=SAID_IN
    ).order_by("id")
    return {
        int(each.object_id): (each.verb, each.actor_id if each.actor_kind == "staff" else None, each.actor_name)
        for each in entries
    }


def _said(row: Disclosure, rules: Evaluator, spoken: dict[int, tuple[str, int | None, str]]) -> _Said | None:
    standard = rules.standard(row.record)
    if standard is None:
        return None
    facts = rules.facts(row.record, standard, row)
    period, exempt = rules.judged(facts)
    claim = claim_of(facts, period, on=rules.on)
    verb, by_id, by_name = spoken.get(row.pk, ("", None, ""))
    if verb == "disclosure.exempt" and not exempt:
        claim = Claim(EXEMPTION, f"依法不公示：{row.ended_why}"[:300])
    if claim is None:
        return None
    if not verb:
        person = row.record.entered_by
        by_id, by_name = row.record.entered_by_id, person.full_name if person else "报送单位"
    return _Said(row, claim, by_id, by_name)


def _write(found: Sequence[_Said]) -> None:
    now = timezone.now()
    Lowering.objects.bulk_create(
        [
            Lowering(
                disclosure=each.row,
                department_id=each.row.source_department_id,
                what=each.claim.what,
                text=each.claim.text[:300],
                said_by_id=each.by_id,
                said_by_name=each.by_name[:200],
                said_at=now,
                state=Lowering.State.BARRED if each.claim.barred else Lowering.State.WAITING,
            )
            for each in found
        ],
        batch_size=CHUNK,
    )
    update_rows("disclosure_disclosure", COLUMNS, [_cells(each, now) for each in found])


def _cells(said: _Said, now: datetime) -> tuple[Any, ...]:
    if said.claim.barred:
        return (said.row.pk, next_state(State.EXEMPT, "reopen").value, "", False, None, None)
    return (said.row.pk, next_state(State.EXEMPT, "hold").value, "", True, said.by_id, now.isoformat())
