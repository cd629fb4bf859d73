"""Recipients come into being with what they read or were told."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from deliveries.holders import Holder
from deliveries.models import Recipient


def recipients_of(holders: Collection[Holder]) -> dict[Holder, int]:
    """The recipient of each holder, made where there was none. Two at once make one."""
    found = _found(holders)
    missing = [holder for holder in holders if holder not in found]
    if missing:
        Recipient.objects.bulk_create(
            (Recipient(client_id=each.client_id, department_id=each.department_id) for each in missing),
            ignore_conflicts=True,
        )
        found |= _found(missing)
    return found


def _found(holders: Collection[Holder]) -> dict[Holder, int]:
    clients = {each.client_id: each for each in holders if each.client_id is not None}
    departments = {each.department_id: each for each in holders if each.client_id is None}
    wanted = Q(client__in=clients) | Q(client__isnull=True, department__in=departments)
    rows = Recipient.objects.filter(wanted).values_list("pk", "client_id", "department_id")
    return {departments[department] if client is None else clients[client]: pk for pk, client, department in rows}
