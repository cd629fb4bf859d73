"""What a department's system may ask of the letters that it sent."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from commitments.models import CommitmentLetter
from credit_platform.accounts.models import ApiClient
from credit_platform.accounts.queries import own_department_ids
from records.identifiers.names import mask_person_name
from records.models import SubjectKind


def letters_of_client(client: ApiClient, on: date) -> QuerySet[CommitmentLetter]:
    """Letters that the client's department reported or accepted, and those of departments it succeeded."""
    own = own_department_ids(client.department_id, on)
    rows = CommitmentLetter.objects.filter(record__source_department_id__in=own) | CommitmentLetter.objects.filter(
        department_id__in=own
    )
    return rows.select_related("subject", "matter")


def representation(letter: CommitmentLetter) -> dict[str, Any]:
    """A letter as its department's system is told of it; natural persons masked, no number of theirs."""
    subject = letter.subject
    person = subject.kind == SubjectKind.PERSON
    return {
        "letter": letter.pk,
        "record": letter.record_id,
        "code": letter.code,
        "subject": {
            "kind": subject.kind,
            "name": mask_person_name(subject.name) if person else subject.name,
            "code": None if person else subject.code,
        },
        "matter": letter.matter.code if letter.matter else "",
        "matter_name": letter.matter.name if letter.matter else "",
        "type": letter.get_commitment_type_display(),
        "made_on": letter.made_on,
        "valid_until": letter.valid_until,
        "fulfilment": letter.fulfilment,
        "fulfilment_label": letter.get_fulfilment_display(),
        "next_review_on": letter.next_review_on,
        "shortfall_due_on": letter.shortfall_due_on,
        "shortfall_settled_on": letter.shortfall_settled_on,
    }
