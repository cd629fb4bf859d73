"""What this app does when the ledger changes: a record of a complaint has its row among the complaints, made and changed in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils import timezone

from credit_platform.accounts.actors import Actor
from credit_platform.audit.context import acting
from records.models import CreditRecord
from supervision.complaints.actions.content import FILLED, fill
from supervision.complaints.models import Complaint
from supervision.complaints.standard import KIND

CHUNK = 2000


class ComplaintFollower:
    """The follower registered in AppConfig.ready(). What leaves the ledger leaves the figures by its record's status alone."""

    def entered(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """New and revived records: a number that was known without its operator, or under a record that was revoked, gets the new one."""
        self._follow(record_ids, by)

    def changed(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """A matter moved on: accepted, ended, withdrawn."""
        self._follow(record_ids, by)

    def revoked(self, record_ids: Sequence[int], *, by: Actor, reason: str) -> None:
        """Nothing: see the class."""

    def may_undo(self, record_ids: Sequence[int]) -> Mapping[int, str]:
        """A batch may be taken back whole."""
        return {}

    def undone(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """Nothing: see the class."""

    def moved(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """Nothing: whose a complaint is stands in its record."""

    def _follow(self, record_ids: Sequence[int], by: Actor) -> None:
        with acting(by):
            for records in _chunks(record_ids):
                keys = [each.document_key for each in records]
                known = {
                    each.number_key: each for each in Complaint.objects.select_for_update().filter(number_key__in=keys)
                }
                new: list[Complaint] = []
                old: list[Complaint] = []
                for record in records:
                    row = known.get(record.document_key)
                    (old if row else new).append(_filled(row or Complaint(number_key=record.document_key), record))
                Complaint.objects.bulk_create(new, batch_size=CHUNK)
                Complaint.objects.bulk_update(old, ["number", "record", *FILLED], batch_size=CHUNK)


def _chunks(record_ids: Sequence[int]) -> Iterator[list[CreditRecord]]:
    ids = sorted(set(record_ids))
    for start in range(0, len(ids), CHUNK):
        rows = CreditRecord.objects.filter(pk__in=ids[start : start + CHUNK], kind=KIND).order_by("pk")
        if found := list(rows):
            yield found


def _filled(row: Complaint, record: CreditRecord) -> Complaint:
    row.number, row.record = record.document_number[:64], record
    row.department_id, row.updated_at = record.source_department_id, timezone.now()
    hidden = str(record.content.get("not_public", ""))
    return fill(row, record.content, received_on=record.decided_on, hidden_why=hidden)


follower = ComplaintFollower()
