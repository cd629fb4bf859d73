"""What of a channel goes next, and what its partner should have by what it said."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef

from credit_platform.pg import execute, query
from exchange.models import Channel, Message, MessageQuerySet
from exchange.rules.messages import HOLDS_BACK, State
from exchange.rules.statements import Copy

NUMBER = """
WITH pending AS (
    SELECT id, row_number() OVER (ORDER BY id) AS place FROM exchange_message WHERE channel_id = %(channel)s AND number IS NULL
)
UPDATE exchange_message m SET number = %(last)s + pending.place FROM pending WHERE m.id = pending.id
"""
COPIES = """
SELECT DISTINCT ON (key) key, version, digest, month, verb FROM exchange_message
WHERE channel_id = %(channel)s AND applied_at IS NOT NULL
  AND (%(months)s::text[] IS NULL OR month = ANY(%(months)s))
ORDER BY key, version DESC
"""


def number_committed(channel: Channel) -> int:
    """Give the channel's committed messages their numbers; how many. The caller has locked the channel's row, so that numbers have no gap and
    what commits late is numbered late, never skipped."""
    count = execute(NUMBER, {"channel": channel.pk, "last": channel.last_number})
    if count:
        channel.last_number += count
        channel.save(update_fields=["last_number"])
    return count


def ready(channel: Channel, now: datetime) -> MessageQuerySet:
    """What may be sent now, in the order in which it is to be sent: `rules.messages.next_to_send` in SQL."""
    earlier = Message.objects.filter(
        channel=OuterRef("channel"), key=OuterRef("key"), version__lt=OuterRef("version"), state__in=HOLDS_BACK
    )
    rows = Message.objects.of_channel(channel).queued().filter(number__isnull=False, next_at__lte=now)
    return rows.exclude(Exists(earlier)).order_by("rank", "number")


def copies(channel: Channel, months: Collection[str] | None = None) -> Iterator[Copy]:
    """What the partner has by its own receipts: of each key the newest version that it applied, none where that is a withdrawal."""
    given = {"channel": channel.pk, "months": None if months is None else list(months)}
    for key, version, digest, month, verb in query(COPIES, given):
        if verb == "upsert":
            yield Copy(str(key), int(str(version)), str(digest), str(month))


def oldest_waiting(channel: Channel) -> datetime | None:
    """Since when the oldest message waits that is neither done nor parked."""
    waiting = (State.QUEUED, State.SENT, State.ACKNOWLEDGED, State.UNKNOWN)
    return (
        Message.objects.of_channel(channel)
        .filter(state__in=waiting)
        .order_by("made_at")
        .values_list("made_at", flat=True)
        .first()
    )


def newest_of_key(channel: Channel) -> MessageQuerySet:
    """Of each item the newest version."""
    later = Message.objects.filter(channel=OuterRef("channel"), key=OuterRef("key"), version__gt=OuterRef("version"))
    return Message.objects.of_channel(channel).exclude(Exists(later))
