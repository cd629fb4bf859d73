"""How the trail reads what the verbs of commitments touched together, and finds it by number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.db import models

from commitments.models import CommitmentLetter
from credit_platform.audit import members
from records.audited import records_called


def _letters(text: str) -> Iterable[int]:
    wanted = list(records_called(text).values_list("pk", flat=True)[: members.MOST_NAMED])
    return CommitmentLetter.objects.filter(record_id__in=wanted).values_list("pk", flat=True)


def _document(row: models.Model) -> str:
    return cast(CommitmentLetter, row).record.document_number


def register() -> None:
    """Called once by AppConfig.ready()."""
    letter = members.Kind("commitments.commitmentletter", "份承诺书", find=_letters, ref=_document, related=("record",))
    members.register(letter, "commitments.letter.", "commitments.draw")
    members.register(members.Kind("commitments.review", "件履约复核", related=("letter",)), "commitments.review.")
