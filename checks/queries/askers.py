"""Who was told in an answer: the units that asked about a subject, told of what becomes of its items (`deliveries.holders`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from checks.models import Check
from deliveries.holders import Holder, Item


def who_asked(items: Sequence[Item], since: date) -> Iterable[tuple[int, Holder]]:
    """The clients and departments that hold a receipt about the subject of an item, given since a day."""
    disclosures: dict[int, list[int]] = defaultdict(list)
    for item in items:
        disclosures[item.subject_id].append(item.disclosure_id)
    rows = Check.objects.filter(subject_id__in=disclosures, asked_at__date__gte=since).order_by()
    for subject, department, kind, asker in rows.values_list(
        "subject_id", "department_id", "asker_kind", "asker_id"
    ).distinct():
        holder = Holder(department, asker if kind == "client" else None)
        yield from ((disclosure, holder) for disclosure in disclosures[subject or 0])
