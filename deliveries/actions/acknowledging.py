"""A recipient has heard: by reading on, by saying so, or at the desk."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import ApiClient, Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Refused, at_field
from credit_platform.moves import next_state
from deliveries.actions.enforcing import settle
from deliveries.models import Delivery, DeliveryQuerySet, Recipient
from deliveries.rules.deliveries import ARTICLE, MOVES, STATE_LABELS, How, State

MOST = 1000


def acknowledge_through(recipient: int, number: int, *, how: How, by: ApiClient) -> int:
    """A client has all events up to a number of the feed; how many deliveries that closed. The caller found the recipient by the client."""
    with acting(by):
        rows = Delivery.objects.open().filter(recipient=recipient).through(number)
        return _close(rows, how, by=by)


def acknowledge_items(public_ids: Collection[str], *, by: ApiClient) -> int:
    """A client has taken these items off, or corrected them; how many deliveries that closed.

    Refused for more than 1,000, and for public ids of which nothing was ever delivered to it; what is closed already is no mistake.
    """
    wanted = set(public_ids)
    if not 1 <= len(wanted) <= MOST:
        words = f"public_ids 应为 1 至 {MOST} 个公示编号。"
        raise Refused("delivery.items", words, findings=[at_field("delivery.items", "public_ids", words)])
    with acting(by):
        own = Delivery.objects.of_client(by).filter(disclosure__public_id__in=wanted)
        strange = sorted(wanted - set(own.values_list("disclosure__public_id", flat=True)))
        if strange:
            words = f"没有向该客户端送达过：{'、'.join(strange[:10])}。"
            raise Refused("delivery.unknown", words, findings=[at_field("delivery.unknown", "public_ids", words)])
        return _close(own.open(), How.TOLD, by=by)


def acknowledge_number(number: int, *, by: ApiClient) -> int:
    """A client says that it has applied everything up to a number of the feed; how many deliveries that closed."""
    with acting(by):
        return _close(Delivery.objects.of_client(by).open().through(number), How.TOLD, by=by)


def acknowledge_at_desk(deliveries: Collection[int], *, by: User) -> int:
    """Somebody of the recipient's department has seen to it that these are applied; how many were open.

    Clerks and reviewers of the department; the credit office for departments outside the city, whose letter it has. Forbidden for others.
    """
    with acting(by):
        rows = Delivery.objects.visible_to(by).open().filter(pk__in=list(deliveries))
        for recipient in Recipient.objects.filter(pk__in=rows.values("recipient")).select_related("department"):
            if not may_acknowledge(by, recipient.department):
                policy.require(by, "deliveries.acknowledge", recipient.department)
        return _close(rows, How.DESK, by=by)


def may_acknowledge(user: User, department: Department) -> bool:
    """Whether somebody answers at the desk for a department: one of its own, or the credit office with the letter of one outside the city."""
    letter = department.is_external and policy.allows(user, "deliveries.enforce")
    return letter or policy.allows(user, "deliveries.acknowledge", department)


def _close(rows: DeliveryQuerySet, how: How, *, by: Actor) -> int:
    found = dict(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", "recipient_id"))
    if not found:
        return 0
    now = timezone.now()
    state = next_state(MOVES, STATE_LABELS, State.OPEN, "acknowledge", code="delivery.state")
    closed = Delivery.objects.filter(pk__in=found)
    closed.filter(sent_at__isnull=True).update(sent_at=now)
    closed.update(state=state, closed_at=now, how=how.value, closed_by=by.actor_name[:200])
    audit.record("deliveries.acknowledge", by=by, members=list(found), detail={"how": how.value}, basis=ARTICLE)
    settle(set(found.values()))
    return len(found)
