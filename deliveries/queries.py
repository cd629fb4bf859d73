"""Who is late, with how much; and what each recipient still owes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from deliveries.models import Delivery, DeliveryCase, Reading, Recipient


@dataclass(frozen=True, slots=True)
class Lateness:
    """A recipient that is late: with how many, since which last day, and whether a case against it is open."""

    recipient: Recipient
    count: int
    oldest: date
    has_case: bool


def lateness(on: date, *, recipients: Collection[int] | None = None) -> list[Lateness]:
    """Every recipient that is late on a day, by its id; only among `recipients` where given."""
    rows = Delivery.objects.late(on)
    if recipients is not None:
        rows = rows.filter(recipient__in=recipients)
    counted = rows.order_by().values("recipient").annotate(count=Count("pk"), oldest=Min("due_on"))
    late = {row["recipient"]: row for row in counted}
    case = DeliveryCase.objects.filter(recipient=OuterRef("pk"), is_open=True)
    found = Recipient.objects.filter(pk__in=late).select_related("department", "client").annotate(open=Exists(case))
    return [Lateness(each, late[each.pk]["count"], late[each.pk]["oldest"], each.open) for each in found.order_by("pk")]


def recipients_with_counts(on: date) -> QuerySet[Recipient]:
    """Every recipient with what it still owes, what of that is late, how far it read the feed and when it last read."""
    feed = Q(readings__what=Reading.What.FEED)
    open_ones = Delivery.objects.open().filter(recipient=OuterRef("pk")).order_by().values("recipient")
    late = Delivery.objects.late(on).filter(recipient=OuterRef("pk")).order_by().values("recipient")
    return (
        Recipient.objects.select_related("department", "client")
        .annotate(
            reach=Max("readings__reach", filter=feed),
            read_on=Max("readings__last_on"),
            waiting=open_ones.annotate(n=Count("pk")).values("n"),
            late=late.annotate(n=Count("pk")).values("n"),
        )
        .order_by("pk")
    )


def open_cases(recipients: Iterable[int]) -> dict[int, DeliveryCase]:
    """The open case of each of these recipients."""
    rows = DeliveryCase.objects.filter(recipient__in=list(recipients), is_open=True).select_related("case")
    return {row.recipient_id: row for row in rows}
