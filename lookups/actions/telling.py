"""When the subject is told of a query: at once, unless two people of the credit office hold it back until a day, with the reason."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, at_field, refuse, required
from lookups.models import HoldBack, Query

HOLD, LONGEST_DAYS = "lookups.hold", 365
"""Calendar days for which telling may be put off at most; a parameter of the city."""


def hold_back(query: Query, *, until: date, reason: str, by: User) -> HoldBack:
    """Propose that the subject of a query is told later (个人信息保护法 art. 35). Who: `lookups.hold` (credit office).

    It takes effect when another person confirms it. Refused without a reason, for a day that is over or further than a year;
    Conflict when the query is held back already.
    """
    today = timezone.localdate()
    refuse(required(reason, "reason", "请写明推迟告知的理由。", rule="lookups.reason", most=300))
    if not today < until <= today + timedelta(days=LONGEST_DAYS):
        refuse([at_field("lookups.until", "until", f"请填写今天以后、{LONGEST_DAYS} 日以内的日期。")])
    with acting(by):
        policy.require(by, HOLD)
        Query.objects.select_for_update().get(pk=query.pk)
        if query.hold_backs.filter(declined_at__isnull=True).exists():
            raise Conflict("lookups.held", "这次查询已经提出推迟告知。")
        row = HoldBack.objects.create(query=query, until=until, reason=reason.strip(), proposed_by=by)
        audit.record(HOLD, row, by=by, after={"query": query.number, "until": until}, reason=row.reason)
    return row


def confirm_hold(hold: HoldBack, *, by: User) -> HoldBack:
    """Another person stands for it; from now on the subject is told on the day that it names. Forbidden for who proposed it."""
    return _decide(hold, "lookups.hold_confirm", by=by)


def decline_hold(hold: HoldBack, *, by: User) -> HoldBack:
    """Another person does not; the subject is told as if nothing had been proposed. Forbidden for who proposed it."""
    return _decide(hold, "lookups.hold_decline", by=by)


def _decide(hold: HoldBack, verb: str, *, by: User) -> HoldBack:
    with acting(by):
        policy.require(by, HOLD)
        row = HoldBack.objects.select_for_update().get(pk=hold.pk)
        if row.confirmed_by_id is not None or row.declined_at is not None:
            raise Conflict("lookups.hold-decided", "这项推迟告知已经办理。")
        if row.proposed_by_id == by.pk:
            raise Forbidden("lookups.two_people", "提出推迟告知的人不能确认。", mend="请由另一人办理。")
        if verb == "lookups.hold_confirm":
            row.confirmed_by, row.confirmed_at = by, timezone.now()
        else:
            row.declined_at = timezone.now()
        row.save(update_fields=["confirmed_by", "confirmed_at", "declined_at"])
        audit.record(verb, row, by=by, after={"query": row.query.number, "until": row.until})
    return row
