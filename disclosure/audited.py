"""How the trail reads what the verbs of publication touched together, and finds it by the number of a document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.db import models

from credit_platform.audit import members
from disclosure.models import Disclosure
from records.audited import records_called


def _items(text: str) -> Iterable[int]:
    wanted = records_called(text).values("pk")[: members.MOST_NAMED]
    return Disclosure.objects.filter(record_id__in=list(wanted.values_list("pk", flat=True))).values_list(
        "pk", flat=True
    )


def _name(row: models.Model) -> str:
    item = cast(Disclosure, row)
    return f"{item.document_number or item.title}　{item.subject_name}"


def _number(row: models.Model) -> str:
    return cast(Disclosure, row).document_number


def register() -> None:
    """Called once by AppConfig.ready()."""
    kind = members.Kind("disclosure.disclosure", "件公示事项", find=_items, name=_name, ref=_number)
    members.register(kind, "disclosure.")
