"""An entry stands again because what ended it was undone: the repair of a subject, or the serious listing before which a reward fell. With its
first last day and no longer, and everything that hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure.actions.closing import reopen_many
from disclosure.actions.published import restore
from disclosure.models import Disclosure
from disclosure.rules.states import State
from sanctions import followers
from sanctions.lists.models import ListEntry
from sanctions.lists.rules import Nature, Way

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


def raise_displaced(untrue: Sequence[ListEntry], *, on: date, by: Actor) -> list[ListEntry]:
    """Red entries stand again that fell for serious ones of which it turned out that they never should have been; those that do.

    国发〔2016〕33号 takes the reward from who is seriously dishonest. Who was listed wrongly, or by a decision that was annulled, was not, and has
    its standing restored (令第36号): from `on` to the entry's own last day, unless it stands on another serious list. Called by `end_many`.
    """
    fell_for = {(each.subject_id, each.document_number) for each in untrue if each.credit_list.nature == Nature.SERIOUS}
    serious = ListEntry.objects.listed(on).of_nature(Nature.SERIOUS).values("subject")
    rows = ListEntry.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        ended_way=Way.DISPLACED.value,
        subject_id__in=[subject for subject, _ in fell_for],
        ended_document__in=[document for _, document in fell_for],
    ).exclude(subject__in=serious)
    held = rows.select_for_update(of=("self",)).select_related("credit_list", "subject").order_by("pk")
    risen = [each for each in held if (each.subject_id, each.ended_document) in fell_for]
    for each in risen:
        each.ended_on, each.ended_way, each.ended_document, each.ended_why = None, "", "", ""
        each.updated_at = timezone.now()
    ListEntry.objects.bulk_update(risen, ["ended_on", "ended_way", "ended_document", "ended_why", "updated_at"])
    if risen:
        why = "取消所依据的严重失信认定已经撤销或者更正"
        reopen_many([each.record_id for each in risen], why=why, by=by, on=on)
        audit.record("sanctions.entry.raise", by=by, members=[each.pk for each in risen], reason=why)
        followers.tell_entered(risen, on=on, by=by)
    return risen
