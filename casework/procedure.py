"""A procedure takes its place in the house: its cases are known, read and found in the trail, and stand in the menu of the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.db import models
from django.db.models import Q

from casework.models import Case
from casework.rules import procedures
from casework.rules.procedures import Procedure
from credit_platform.accounts import policy
from credit_platform.audit import members
from credit_platform.web import navigation


def register(procedure: Procedure, *, group: str = "", order: int = 0) -> None:
    """Called once by AppConfig.ready() of the app above; `group` and `order` are its place in the menu ("": none)."""
    procedures.register(procedure)
    members.register(members.Kind("casework.case", "件办理事项", find=_called, ref=_number), f"{procedure.audit}.")
    if group:
        address = f"{procedure.code}:cases"
        navigation.register(procedure.label, address, allowed=_may_view(procedure), group=group, order=order)


def _may_view(procedure: Procedure) -> navigation.Allowed:
    return lambda user: policy.allows(user, procedure.view)


def _called(text: str) -> Iterable[int]:
    number = text.strip()
    wanted = Q(number=number) | Q(document_number=number) if number else Q(pk__in=())
    return Case.objects.filter(wanted).values_list("pk", flat=True)[: members.MOST_NAMED]


def _number(row: models.Model) -> str:
    return cast(Case, row).number
