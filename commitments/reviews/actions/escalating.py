"""Reviews that are ten working days late are supervised by the credit office (督办): set-wise, and harmless when run twice.

What falls due soon and what is late needs no row of its own: the desk's home and the subject's page ask for it as it is (`queries`).
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from casework.rules.clocks import late_since
from commitments.models import Review
from commitments.reviews.rules.days import TO_OFFICE_AFTER
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.workdays.queries import calendar


def escalate(on: date | None = None, *, by: Actor = SYSTEM) -> int:
    """The sweep of a day: how many reviews the credit office supervises from now on; the day is kept with the review, once."""
    on = on or timezone.localdate()
    with acting(by):
        policy.require(by, "commitments.escalate")
        rows = Review.objects.open().filter(
            due_on__lte=late_since(calendar(), on, TO_OFFICE_AFTER), escalated_on__isnull=True
        )
        members = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
        if members:
            Review.objects.filter(pk__in=members).update(escalated_on=on)
            audit.record("commitments.review.escalate", by=by, members=members, detail={"on": on})
    return len(members)
