"""An entry stands again because the repair that ended it was undone: with its first last day and no longer, and everything that hangs on it."""

from __future__ import annotations

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure.actions.published import restore
from disclosure.models import Disclosure
from disclosure.rules.states import State
from sanctions import followers
from sanctions.lists.models import ListEntry
from sanctions.lists.rules import Way

LOWERED = (Way.EARLY, Way.REPAIR)


def reinstate(entry: ListEntry, *, asked_by: User, reason: str, by: User) -> ListEntry:
    """Put an entry back on its list that left it early, inside the caller's transaction (令第36号).

    Credit office; `by` is another person than `asked_by`, who told the subject. Conflict for one that ended otherwise, or stands; Refused
    once its term is over. What the public read is shown again until the same last day; joint action begins anew.
    """
    on = timezone.localdate()
    with acting(by):
        rows = ListEntry.objects.select_for_update(of=("self",))
        row = rows.select_related("record__source_department", "credit_list", "subject").get(pk=entry.pk)
        policy.require(by, "sanctions.entry.end", row.record.source_department)
        if by.pk == asked_by.pk:
            raise Forbidden("entry.two_people", "恢复列入由告知人以外的人决定。", mend="请由另一人办理。")
        if row.way not in LOWERED:
            raise Conflict("entry.not-lowered", "该条目不是提前移出或者修复的，不能恢复。")
        if row.ends_on is not None and row.ends_on < on:
            raise Refused("entry.past-term", "名单期限已经届满，不再恢复列入。")
        before = {"ended_on": row.ended_on, "ended_way": row.ended_way, "ended_document": row.ended_document}
        row.ended_on, row.ended_way, row.ended_document, row.ended_why = None, "", "", ""
        row.end_asked_by = row.end_confirmed_by = None
        row.updated_at = timezone.now()
        row.save(update_fields=[*before, "ended_why", "end_asked_by", "end_confirmed_by", "updated_at"])
        shown = Disclosure.objects.filter(record_id=row.record_id, state=State.REPAIRED).first()
        if shown is not None:
            restore(shown, by=by, reason=reason, on=on)
        audit.record("sanctions.entry.reinstate", row, by=by, before=before, reason=reason)
        followers.tell_entered([row], on=on, by=by)
    return row
