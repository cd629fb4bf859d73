"""Answers about events of the national system: what came, what waits, what left and what was said to it. Every figure is counted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from sanctions.national import rules
from sanctions.national.models import NationalDelivery, NationalFeedback
from sanctions.national.rules import EVENT, Arrival, E

SHOWN = 50


def of_event(case: Case, user: User, on: date) -> dict[str, Any]:
    """What the page of an event shows beside the kit's."""
    return {
        "answers": case.nationalevent.answers.select_related("feedback", "receipt").order_by("pk"),
        "arrivals": case.nationalevent.arrivals.select_related("delivery").order_by("pk"),
        "may_see_number": bool(case.nationalevent.id_masked) and policy.allows(user, rules.VERIFY, case.department),
    }


def deliveries() -> QuerySet[NationalDelivery]:
    """What came in, the newest first, with how many of its events became what."""
    counted = {each.value: Count("lines", filter=Q(lines__outcome=each.value)) for each in Arrival}
    return NationalDelivery.objects.annotate(total=Count("lines"), **counted).order_by("-received_at", "-pk")


def feedbacks() -> QuerySet[NationalFeedback]:
    """The files of answers, the newest first, with how many were accepted, refused, and are without receipt."""
    return (
        NationalFeedback.objects.select_related("made_by")
        .annotate(
            total=Count("lines"),
            accepted=Count("lines", filter=Q(lines__accepted=True)),
            refused=Count("lines", filter=Q(lines__accepted=False)),
            waiting=Count("lines", filter=Q(lines__accepted__isnull=True)),
        )
        .order_by("-made_at", "-pk")
    )


def counts(on: date) -> dict[str, int]:
    """How many events stand where, and how many are late."""
    rows = Case.objects.of(EVENT).order_by()
    found = {state.value: 0 for state in E} | {
        row["state"]: row["count"] for row in rows.values("state").annotate(count=Count("pk"))
    }
    return found | {"late": rows.late(on).count()}
