"""What a batch told about subjects that were known before goes back with it: name, representative, registration, status.

Subjects that the batch itself brought stay in the register with nothing said about them; the public does not find them
(`records.queries.taken_back`). A subject that somebody changed since keeps what it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from credit_platform.pg import query
from records.actions.naming import set_present_name
from records.models import Subject, SubjectName


@dataclass(frozen=True, slots=True)
class Former:
    """A subject as it was before the batch, and the row of the index of names that the batch added, if it did."""

    subject_id: int
    name: str
    legal_representative: str
    registered_on: str
    operating_status: str
    added_name_id: int | None


def former_subjects(record_ids: Sequence[int], entered_until: datetime) -> list[Former]:
    """How the subjects of these records were before the records came; asked while the records still stand as they were entered.

    `entered_until`: when the batch was finished. Left out: subjects untouched by the batch, and those changed by anybody since.
    """
    found = query(
        """SELECT DISTINCT ON (r.subject_id) r.subject_id, h.old ->> 'name', h.old ->> 'legal_representative',
                  coalesce(h.old ->> 'registered_on', ''), h.old ->> 'operating_status',
                  (SELECT n.id FROM records_subjectname n
                   WHERE n.subject_id = r.subject_id AND n.is_current AND n.name <> h.old ->> 'name' AND NOT EXISTS (
                     SELECT 1 FROM audit_history x WHERE x.table_name = 'records_subjectname' AND x.row_pk = n.id::text))
           FROM records_creditrecord r
           JOIN audit_history h ON h.table_name = 'records_subject' AND h.row_pk = r.subject_id::text
           WHERE r.id = ANY(%(ids)s) AND h.at BETWEEN r.updated_at AND %(until)s
             AND NOT EXISTS (SELECT 1 FROM audit_history l WHERE l.table_name = 'records_subject'
                             AND l.row_pk = r.subject_id::text AND l.at > %(until)s)
           ORDER BY r.subject_id, h.id""",
        {"ids": list(record_ids), "until": entered_until},
    )
    return [Former(*row) for row in found]  # type: ignore[arg-type]


def put_back(former: Sequence[Former]) -> None:
    """Give the subjects back what they had; a name that only the batch knew goes."""
    for each in former:
        subject = Subject.objects.select_for_update().get(pk=each.subject_id)
        if set_present_name(subject, each.name, since=None) and each.added_name_id:
            SubjectName.objects.filter(pk=each.added_name_id, is_current=False).delete()
        subject.legal_representative, subject.operating_status = each.legal_representative, each.operating_status
        subject.registered_on = date.fromisoformat(each.registered_on) if each.registered_on else None
        subject.updated_at = timezone.now()
        subject.save(update_fields=["legal_representative", "operating_status", "registered_on", "updated_at"])
