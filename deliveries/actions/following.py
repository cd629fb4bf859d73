"""Deliveries follow what the public sees: made in the transaction of the change, for everybody who is known to have a copy, set-wise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Max, Q
from django.utils import timezone

from casework.queries.clocks import days_of
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.moves import next_state
from credit_platform.pg import query
from credit_platform.workdays.queries import calendar
from deliveries.actions.recipients import recipients_of
from deliveries.holders import Item, held
from deliveries.models import Delivery
from deliveries.rules.deliveries import APPLY_DAYS, MOVES, STATE_LABELS, State, What, held_since
from deliveries.rules.enforcement import ENFORCEMENT
from disclosure import kinds
from disclosure.followers import Follower
from disclosure.models import Disclosure, DisclosureChange

INSERT = """
INSERT INTO deliveries_delivery (change_id, disclosure_id, recipient_id, what, made_on, due_on, due_days, due_provisional, state, how, closed_by)
SELECT change, disclosure, recipient, %(what)s, %(on)s, %(due)s, %(days)s, %(provisional)s, %(state)s, '', ''
FROM unnest(%(changes)s::bigint[], %(disclosures)s::bigint[], %(recipients)s::bigint[]) AS new (change, disclosure, recipient)
ORDER BY change, recipient
ON CONFLICT (change_id, recipient_id) DO NOTHING
RETURNING id
"""


def make(ids: Sequence[int], what: What, *, by: Actor) -> int:
    """A delivery for each recipient of each of these disclosures whose change is an event of the feed; how many.

    In the transaction of the change. What was hidden before (a repair of what is suspended) is no event, and was told when it was hidden.
    """
    on = timezone.localdate()
    items = _items(ids, what, on)
    if not items:
        return 0
    pairs = held(items, held_since(on))
    if not pairs:
        return 0
    known = recipients_of({holder for _, holder in pairs})
    told = sorted((disclosure, known[holder]) for disclosure, holder in pairs)
    events = _events({disclosure for disclosure, _ in told})
    return _insert([(events[one], one, other) for one, other in told if one in events], what, on, by=by)


def _items(ids: Sequence[int], what: What, on: date) -> list[Item]:
    """Of what is taken from registers only what weighs on somebody; corrections of the day; ends that no copy could know of."""
    weighs = [kind.code for kind in kinds.kinds() if kind.serious]
    rows = Disclosure.objects.filter(Q(on_entry=False) | Q(kind__in=weighs), pk__in=list(ids))
    if what is What.CORRECTED:
        rows = rows.filter(corrected_on=on)
    if what is What.CLOSED:
        rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    return [Item(*row) for row in rows.values_list("pk", "public_id", "subject_id", "subject_code")]


def _events(disclosures: set[int]) -> dict[int, int]:
    """The event of each in this transaction: the newest that has no number yet."""
    rows = DisclosureChange.objects.pending().filter(disclosure_id__in=disclosures).order_by()
    return dict(rows.values("disclosure_id").annotate(newest=Max("pk")).values_list("disclosure_id", "newest"))


def _insert(rows: list[tuple[int, int, int]], what: What, on: date, *, by: Actor) -> int:
    if not rows:
        return 0
    days = days_of(ENFORCEMENT, "apply", on=on, otherwise=APPLY_DAYS)
    due = calendar().deadline(on, days)
    changes, disclosures, recipients = (list(column) for column in zip(*rows, strict=True))
    with acting(by):
        made = query(
            INSERT,
            {
                "what": what.value,
                "on": on,
                "due": due.due_on,
                "days": days,
                "provisional": due.provisional,
                "state": State.OPEN.value,
                "changes": changes,
                "disclosures": disclosures,
                "recipients": recipients,
            },
        )
        if made:
            audit.record(
                "deliveries.make", by=by, members=[row[0] for row in made], detail={"what": what.value, "on": on}
            )
    return len(made)


def make_void(ids: Sequence[int], *, by: Actor) -> int:
    """The items are shown again: nobody has to take them off any more; how many deliveries that were open. Corrections stand."""
    with acting(by):
        rows = Delivery.objects.open().filter(disclosure_id__in=list(ids)).exclude(what=What.CORRECTED)
        open_ids = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
        if open_ids:
            state = next_state(MOVES, STATE_LABELS, State.OPEN, "void", code="delivery.state")
            Delivery.objects.filter(pk__in=open_ids).update(state=state, closed_at=timezone.now())
            audit.record("deliveries.void", by=by, members=open_ids)
    return len(open_ids)


class _Public(Follower):
    """Every verb by which the public sees less, or something else."""

    def repaired(self, ids: Sequence[int], *, by: Actor) -> None:
        make(ids, What.REPAIRED, by=by)

    def withdrawn(self, ids: Sequence[int], *, by: Actor) -> None:
        make(ids, What.WITHDRAWN, by=by)

    def changed(self, ids: Sequence[int], *, by: Actor) -> None:
        make(ids, What.CORRECTED, by=by)

    def suspended(self, ids: Sequence[int], *, by: Actor) -> None:
        make(ids, What.SUSPENDED, by=by)

    def ended(self, ids: Sequence[int], *, by: Actor) -> None:
        make(ids, What.CLOSED, by=by)

    def restored(self, ids: Sequence[int], *, by: Actor) -> None:
        make_void(ids, by=by)

    def appeared(self, ids: Sequence[int], *, by: Actor) -> None:
        make_void(ids, by=by)


public = _Public()
