"""What people of the credit office set right: what was parked goes again, a range goes again, keys that differ go out anew."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Refused, at_field
from credit_platform.moves import next_state
from disclosure.models import Disclosure
from disclosure.models.disclosures import visible
from exchange.actions.following import make
from exchange.models import Channel, Message, MessageQuerySet
from exchange.queries.outbox import newest_of_key
from exchange.rules.messages import MOVES, STATE_LABELS, State, Verb, Why

MOST_AT_ONCE = 100_000


def resend_parked(messages: Collection[int], *, by: User) -> int:
    """These parked messages are tried again, with five tries more; how many. The credit office."""
    with acting(by):
        policy.require(by, "exchange.mend")
        return _resend(Message.objects.parked().filter(pk__in=list(messages)), State.PARKED, by, {})


def resend_range(channel: Channel, first: int, last: int, *, reason: str, by: User) -> int:
    """What the other side applied of these numbers goes again under the same keys, for a partner that lost what it had; how many.

    Of each item only its newest version. Refused for a range that is none, of more than 100,000 numbers, or without a reason.
    """
    if not 1 <= first <= last or last - first >= MOST_AT_ONCE:
        words = f"序号应从小到大，一次最多 {MOST_AT_ONCE} 个。"
        raise Refused("exchange.range", words, findings=[at_field("exchange.range", "last", words)])
    if not reason.strip():
        words = "请填写重发的理由。"
        raise Refused("exchange.reason", words, findings=[at_field("exchange.reason", "reason", words)])
    with acting(by):
        policy.require(by, "exchange.mend")
        rows = newest_of_key(channel).filter(state=State.APPLIED, number__range=(first, last))
        detail = {"first": first, "last": last, "reason": reason.strip()}
        return _resend(rows, State.APPLIED, by, detail)


def _resend(rows: MessageQuerySet, state: State, by: User, detail: dict[str, object]) -> int:
    ids = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    after = next_state(MOVES, STATE_LABELS, state, "resend", code="exchange.state", what="消息")
    Message.objects.filter(pk__in=ids).update(state=after, tries=0, next_at=timezone.now())
    if ids:
        audit.record("exchange.resend", by=by, members=ids, detail=detail)
    return len(ids)


def renew(channel: Channel, keys: Collection[str], *, by: Actor) -> int:
    """A new version of each of these items, as it is today: what the public sees, or its withdrawal; how many. For rejected and differing keys."""
    with acting(by):
        policy.require(by, "exchange.mend")
        rows = Disclosure.objects.filter(public_id__in=list(keys), kind=channel.kind).select_for_update(of=("self",))
        items = list(rows.order_by("pk").values_list("pk", flat=True))
        shown = set(Disclosure.objects.filter(visible(timezone.localdate()), pk__in=items).values_list("pk", flat=True))
        made = make([pk for pk in items if pk in shown], Verb.UPSERT, Why.RENEWED, by=by, channels=[channel.pk])
        gone = [pk for pk in items if pk not in shown]
        return made + make(gone, Verb.WITHDRAW, Why.RENEWED, by=by, channels=[channel.pk], anew=True)
