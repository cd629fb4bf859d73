"""How each channel stands, and who still shows what must not be shown any more."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from deliveries.models import Delivery
from exchange.models import Channel, Difference, Message, MessageQuerySet, Reconciliation
from exchange.queries.outbox import oldest_waiting
from exchange.rules.messages import State
from exchange.rules.statements import Differs

COUNTED = (State.QUEUED, State.SENT, State.ACKNOWLEDGED, State.UNKNOWN, State.REJECTED, State.PARKED)


@dataclass(frozen=True, slots=True)
class Backlog:
    """A channel with what waits in it, since when, and its newest comparison."""

    channel: Channel
    counts: dict[State, int] = field(default_factory=dict)
    oldest: datetime | None = None
    compared: Reconciliation | None = None

    @property
    def waiting(self) -> int:
        """What is neither done nor put aside."""
        return sum(self.counts.get(each, 0) for each in COUNTED[:4])

    @property
    def rejected(self) -> int:
        return self.counts.get(State.REJECTED, 0)

    @property
    def parked(self) -> int:
        return self.counts.get(State.PARKED, 0)


def backlogs() -> list[Backlog]:
    """Every channel, in the order of partners. What is done is not counted: there are millions."""
    counts: dict[int, dict[State, int]] = defaultdict(dict)
    rows = Message.objects.filter(state__in=COUNTED).order_by().values("channel", "state").annotate(n=Count("pk"))
    for row in rows:
        counts[row["channel"]][State(row["state"])] = row["n"]
    compared = {each.channel_id: each for each in newest_comparisons()}
    return [
        Backlog(each, counts[each.pk], oldest_waiting(each), compared.get(each.pk))
        for each in Channel.objects.select_related("partner")
    ]


def newest_comparisons() -> list[Reconciliation]:
    """The newest comparison of each channel."""
    return list(
        Reconciliation.objects.select_related("channel__partner").order_by("channel_id", "-pk").distinct("channel_id")
    )


def still_shown() -> MessageQuerySet:
    """Withdrawals that their partner has not applied, each with how many other recipients have not answered for the same item (`others`)."""
    open_ones = Delivery.objects.open().filter(disclosure=OuterRef("disclosure")).order_by().values("disclosure")
    others = Coalesce(Subquery(open_ones.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
    return Message.objects.open_withdrawals().annotate(others=others)


def extras() -> dict[int, int]:
    """Of the newest comparison of each channel: how many items the partner shows and should not, by comparison; only where there are some."""
    ids = [each.pk for each in newest_comparisons() if each.renewed_at is None]
    rows = Difference.objects.filter(reconciliation__in=ids, differs=Differs.EXTRA)
    return dict(rows.values("reconciliation").annotate(n=Count("pk")).values_list("reconciliation", "n"))


def open_deliveries() -> int:
    """How many recipients of `deliveries` have not answered for what the public no longer sees."""
    return Delivery.objects.open().filter(~Q(what="corrected")).count()
