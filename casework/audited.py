"""How the trail reads what the verbs of cases touched together, and finds it by number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.db import models
from django.db.models import Q

from casework.models import Case
from casework.rules import procedures
from credit_platform.audit import members


def _cases(text: str) -> Iterable[int]:
    number = text.strip()
    wanted = Q(number=number) | Q(document_number=number) if number else Q(pk__in=())
    return Case.objects.filter(wanted).values_list("pk", flat=True)[: members.MOST_NAMED]


def _number(row: models.Model) -> str:
    return cast(Case, row).number


def register() -> None:
    """Called once when every procedure is registered."""
    verbs = [f"{procedure.audit}." for procedure in procedures.known()]
    members.register(members.Kind("casework.case", "件办理事项", find=_cases, ref=_number), "casework.", *verbs)
