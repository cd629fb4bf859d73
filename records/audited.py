"""How the trail reads what the ledger's verbs touched together, and finds it by the number of a document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.db import models

from credit_platform.audit import members
from records.identifiers import docnumber
from records.models import CreditRecord


def records_called(text: str) -> models.QuerySet[CreditRecord]:
    """Records whose document number begins so; none for a text that holds no number."""
    key = docnumber.key(text)
    return (
        CreditRecord.objects.filter(document_key__startswith=key).order_by("-pk")
        if key
        else CreditRecord.objects.none()
    )


def _records(text: str) -> Iterable[int]:
    return records_called(text).values_list("pk", flat=True)[: members.MOST_NAMED]


def _batches(text: str) -> Iterable[int]:
    """The batches that brought them: what an import of many did is found by its batch."""
    rows = records_called(text).filter(batch__isnull=False).values_list("batch_id", flat=True)[: members.MOST_NAMED]
    return sorted({pk for pk in rows if pk is not None})


def _number(row: models.Model) -> str:
    return cast(CreditRecord, row).document_number


def register() -> None:
    """Called once by AppConfig.ready()."""
    record = members.Kind("records.creditrecord", "条信用记录", find=_records, ref=_number)
    members.register(record, "records.import.", "records.merge.", "records.")
    members.register(members.Kind("records.importbatch", "个导入批次", find=_batches))
    members.register(members.Kind("records.entrydraft", "份草稿"), "records.draft.")
