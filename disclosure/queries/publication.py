"""Where records stand on their way to the public, for the interface through which departments send them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from disclosure.models import Disclosure
from records.publication import Publication

_COLUMNS = ("record_id", "state", "public_id", "due_on", "published_on", "ends_on", "needs_correction")


def publications_of(record_ids: Collection[int], on: date) -> dict[int, Publication]:
    """The publication of the records that have a disclosure. `public_id` is told only of what the public sees. Two queries."""
    wanted = Disclosure.objects.filter(record_id__in=list(record_ids))
    seen = set(wanted.visible_on(on).values_list("record_id", flat=True))
    return {row.record_id: _of(row, row.record_id in seen) for row in wanted.only(*_COLUMNS)}


def _of(row: Disclosure, public: bool) -> Publication:
    return Publication(
        state=row.state,
        label=row.get_state_display(),
        public=public,
        public_id=row.public_id if public else "",
        due_on=row.due_on,
        published_on=row.published_on,
        ends_on=row.ends_on,
        needs_correction=row.needs_correction,
    )
