"""The sweep: who is late is reminded, who is no longer late is let go. It asks what is so; a second run finds nothing to do."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit.context import acting
from deliveries.actions.enforcing import remind, settle
from deliveries.models import DeliveryCase, Recipient
from deliveries.queries import lateness

CHUNK = 200


def sweep(on: date | None = None, *, by: Actor = SYSTEM) -> dict[str, int]:
    """Remind and let go; how many of each. Recipients are locked piece by piece, so that two sweeps at once remind nobody twice, and a killed
    one leaves whole pieces."""
    on = on or timezone.localdate()
    done = {"reminded": 0, "settled": 0}
    with acting(by):
        policy.require(by, "deliveries.sweep")
    while made := _remind_some(on, by):
        done["reminded"] += made
    with acting(by):
        open_cases = DeliveryCase.objects.filter(is_open=True).values_list("recipient_id", flat=True)
        done["settled"] = settle(set(open_cases), on=on)
    return done


def _remind_some(on: date, by: Actor) -> int:
    with acting(by):
        waiting = [each.recipient.pk for each in lateness(on) if not each.has_case][:CHUNK]
        if not waiting:
            return 0
        locked = Recipient.objects.filter(pk__in=waiting).select_for_update(of=("self",)).order_by("pk")
        ids = set(locked.values_list("pk", flat=True))
        late = [each for each in lateness(on, recipients=ids) if not each.has_case]
        return len(remind(late, on=on, by=by))
