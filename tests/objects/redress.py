"""What subjects ask for of what the bureau published."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from credit_platform.accounts.models import User
from disclosure.models import DisclosureQuerySet
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
