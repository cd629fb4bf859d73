"""The unit tells what became of the case for which it asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils import timezone

from checks.models import Check, Outcome
from checks.queries.answers import duties_of
from checks.rules.outcomes import against
from checks.rules.states import next_state
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import refuse
from records.identifiers import personal


def tell(
    check: Check, *, result: str, decided_on: date, measures: Collection[str] = (), reason: str = "", by: Actor
) -> Outcome:
    """Tell the outcome of a check, once. Who: the department that asked (`checks.tell`).

    Refused with every finding: an unknown result, a day before the check or in the future, measures that the answer did not tell, a missing
    reason where a measure was not taken. Conflict when an outcome was told already: of twenty who tell at once one has effect.
    """
    with acting(by):
        row = Check.objects.select_for_update(of=("self",)).select_related("matter").get(pk=check.pk)
        policy.require(by, "checks.tell", row.department_id)
        today = timezone.localdate()
        next_state(row.state_on(today), "tell")
        answered, banned = duties_of(row)
        found = against(
            result=result,
            decided_on=decided_on,
            measures=measures,
            reason=reason,
            answered=answered,
            banned=banned,
            asked_on=timezone.localdate(row.asked_at),
            today=today,
        )
        refuse(found)
        outcome = Outcome.objects.create(
            check_asked=row,
            result=result,
            decided_on=decided_on,
            measures=sorted(set(measures)),
            reason=personal.hidden(reason.strip()),
            told_by=by.actor_name[:200],
        )
        after = {"result": result, "decided_on": decided_on, "measures": outcome.measures, "in_time": outcome.in_time}
        audit.record("checks.tell", row, by=by, after=after, unit_id=row.department_id, reason=outcome.reason)
    return outcome
