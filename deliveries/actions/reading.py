"""What clients read is kept, so that they can be told of changes; and who asks the feed for more has what came before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from credit_platform.audit.context import acting
from credit_platform.pg import query
from deliveries.actions.acknowledging import acknowledge_through
from deliveries.actions.recipients import recipients_of
from deliveries.holders import Holder, Item
from deliveries.models import Delivery, Reading
from deliveries.rules.deliveries import How
from disclosure.public.readers import Read

KEEP = """
INSERT INTO deliveries_reading (recipient_id, what, ref, reach, first_on, last_on)
VALUES (%(recipient)s, %(what)s, %(ref)s, %(reach)s, %(on)s, %(on)s)
ON CONFLICT (recipient_id, what, ref) DO UPDATE
SET last_on = greatest(deliveries_reading.last_on, EXCLUDED.last_on), reach = greatest(deliveries_reading.reach, EXCLUDED.reach)
WHERE deliveries_reading.last_on < EXCLUDED.last_on OR deliveries_reading.reach < EXCLUDED.reach
"""


def keep(read: Read) -> None:
    """Note that a client read something; a second time on a day writes nothing. Of the feed also: what lies before `after` has arrived."""
    holder = Holder(read.client.department_id, read.client.pk)
    with acting(read.client):
        recipient = recipients_of([holder])[holder]
    given = {"recipient": recipient, "what": read.what, "ref": read.ref, "reach": read.last, "on": timezone.localdate()}
    query(KEEP + " RETURNING id", given)
    waiting = Delivery.objects.open().filter(recipient=recipient)
    if read.what != Reading.What.FEED or not waiting.exists():
        return
    if read.after:
        acknowledge_through(recipient, read.after, how=How.FEED, by=read.client)
    waiting.through(read.last).filter(sent_at__isnull=True).update(sent_at=timezone.now())


def who_read(items: Sequence[Item], since: date) -> Iterable[tuple[int, Holder]]:
    """The source of this app: who reads everything has every item; who asked for an item or its subject has that one."""
    rows = Reading.objects.since(since)
    whole = [Holder(*row) for row in rows.of_everything().values_list(*HOLDER).distinct()]
    for item in items:
        yield from ((item.disclosure_id, holder) for holder in whole)
    refs: dict[str, list[int]] = {}
    for item in items:
        for ref in (item.public_id, item.subject_code):
            refs.setdefault(ref, []).append(item.disclosure_id)
    refs.pop("", None)
    for ref, *holder in rows.filter(ref__in=refs).values_list("ref", *HOLDER):
        yield from ((disclosure, Holder(*holder)) for disclosure in refs[ref])


HOLDER = ("recipient__department_id", "recipient__client_id")
