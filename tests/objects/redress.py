"""What subjects ask for of what the bureau published."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from disclosure.models import DisclosureQuerySet
from exchange.models import Arrival, Channel
from objections.actions import enter_contest
from objections.tests import factories as objections
from reinspections.tests.factories import looked_again
from repair.tests import factories as repairs


def of_objections(clerk: User, mine: DisclosureQuerySet) -> dict[str, Any]:
    """Objections of subjects to what the bureau published: one that was filed, one that it must verify, one that was answered."""
    item = mine.filter(state="published", kind="penalty").first()
    case, forwarded, answered = (objections.filed(item, claimed=f"应当是另一内容{n}。") for n in range(3))
    contest = {"kind": "lawsuit", "body": "示例法院", "number": "（2026）示行初1号", "begun_on": item.decided_on}
    return {
        "<lodged objection>": objections.lodged(item, claimed="没有账户的异议。").pk,
        "<contest>": enter_contest(item, **contest, by=clerk).pk,
        "<subject objection>": case.pk,
        "<objection evidence>": case.attachments.get().pk,
        "<forwarded objection>": objections.brought_to("forwarded", forwarded).pk,
        "<answered objection>": objections.brought_to("decided", answered).pk,
    }


def of_exchange() -> dict[str, Any]:
    """The channel of the demonstration, a message of it, and the comparison of the night."""
    channel = Channel.objects.get(direction="out")
    with acting(SYSTEM):
        inward = Channel.objects.create(partner=channel.partner, direction="in", kind="penalty-2018", way="service")
        arrival = Arrival.objects.create(
            channel=inward, name="HLJ_penalty-2018_20261123_001", digest="0" * 64, rows=1, arrived_at=timezone.now()
        )
    return {
        "<arrival>": arrival.pk,
        "<channel>": channel.pk,
        "<exchange message>": channel.messages.latest("pk").pk,
        "<comparison>": channel.reconciliations.latest("pk").pk,
    }


def of_repairs(mine: DisclosureQuerySet) -> dict[str, Any]:
    """Applications for what may be repaired by now: one that came in, one that the bureau must verify, one that was rejected before."""
    ready = mine.filter(state="published", kind="penalty", earliest_repair_on__lte=timezone.localdate()).order_by("pk")
    first, second = ready.exclude(repairs__is_open=True)[:2]
    rejected = repairs.brought_to("rejected", repairs.applied(first, performed_on=first.decided_on))
    case, other = (repairs.applied(item, performed_on=item.decided_on) for item in (first, second))
    return {
        "<repair>": case.pk,
        "<repair proof>": case.attachments.filter(role="proof").get().pk,
        "<accepted repair>": repairs.brought_to("accepted", other).pk,
        "<rejected repair>": rejected.pk,
        "<reinspection>": looked_again(rejected).pk,
        "<repairable>": first.public_id,
    }
