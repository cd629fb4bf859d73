"""Recipients, deliveries and cases for tests, each brought about by what really brings it about; everything made up."""

from __future__ import annotations

from datetime import date

from casework.models import Case
from credit_platform.accounts.models import ApiClient
from credit_platform.accounts.tests.factories import ApiClientFactory, CreditOfficeFactory
from deliveries.actions import enforcing
from deliveries.actions.acknowledging import acknowledge_number
from deliveries.actions.sweeping import sweep
from deliveries.models import Delivery, DeliveryCase
from disclosure import actions as public
from disclosure.models import Disclosure, DisclosureChange
from disclosure.public import readers
from disclosure.tests.factories import PublishedFactory

TODAY = date(2026, 11, 23)
MADE, DUE = date(2026, 11, 2), date(2026, 11, 5)
REMINDED, ORDERED, PAUSED = date(2026, 11, 6), date(2026, 11, 12), date(2026, 11, 20)
WAYS = {
    "reminded": (),
    "ordered": ("order",),
    "paused": ("order", "pause"),
    "resuming": ("order", "pause", "apply"),
    "resumed": ("order", "pause", "apply", "resume"),
    "settled": ("settle",),
}


def reader(**values) -> ApiClient:
    """A client that reads the feed."""
    client = ApiClientFactory(scopes=["records.read", "records.write"], **values)
    readers.tell(client, readers.FEED)
    return client


def repaired(item: Disclosure | None = None) -> Disclosure:
    """A penalty whose publication a repair has ended."""
    return public.repair(item or PublishedFactory(), by=CreditOfficeFactory(), reason="准予修复")


def delivered(client: ApiClient | None = None, item: Disclosure | None = None) -> Delivery:
    """A repair that a client was told of today, with its number in the feed; of `item` that it is hidden for the time being."""
    client = client or reader()
    item = public.suspend(item, by=CreditOfficeFactory(), reason="核查") if item else repaired()
    DisclosureChange.objects.number_pending()
    return Delivery.objects.get(recipient__client=client, disclosure=item)


def late(client: ApiClient | None = None, item: Disclosure | None = None) -> Delivery:
    """One that should have been applied weeks ago."""
    row = delivered(client, item)
    Delivery.objects.filter(pk=row.pk).update(made_on=MADE, due_on=DUE)
    row.refresh_from_db()
    return row


def late_case(item: Disclosure, **values) -> Case:
    """A case against a client of a department that still shows an item, begun today by the sweep."""
    row = late(reader(**values), item)
    sweep()
    return DeliveryCase.objects.get(recipient=row.recipient).case


def case_in(state: str = "reminded") -> Case:
    """A case against a client that is late, brought to a state by its real steps."""
    row = late()
    sweep(REMINDED)
    case = DeliveryCase.objects.get(recipient=row.recipient).case
    for verb in WAYS[state]:
        case = take(case, verb)
    return Case.objects.get(pk=case.pk)


def catch_up(case: Case) -> None:
    """Its recipient acknowledges everything."""
    acknowledge_number(2**40, by=case.own.recipient.client)


def take(case: Case, verb: str, by=None) -> Case:
    """One real step, by somebody new, on the first day on which it may be."""
    case = Case.objects.get(pk=case.pk)
    by = by or CreditOfficeFactory()
    if verb == "order":
        return enforcing.order(
            case, document_number="责更1号", reason="请立即更新。", by=by, on=max(ORDERED, case.moved_on)
        )
    if verb == "pause":
        return enforcing.pause(
            case, document_number="停享1号", reason="拒不更新。", by=by, on=max(PAUSED, case.moved_on)
        )
    if verb == "settle":
        catch_up(case)
        return Case.objects.get(pk=case.pk)
    if verb == "apply" and case.state == "paused":
        catch_up(case)
    return getattr(enforcing, verb)(case, reason="已逐条核对。", by=by)
