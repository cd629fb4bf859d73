"""What an item tells is over before its last day, by no repair and no annulment: it has left its list. What was ended so by mistake goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Q
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from disclosure.actions.base import announce_many
from disclosure.followers import Verb
from disclosure.models import Disclosure
from disclosure.rules.states import State, next_state


def close_many(record_ids: Sequence[int], *, why: str, by: Actor) -> list[int]:
    """End the publication of records whose matter is over, whatever their last day; the disclosures that ended. Set-wise, safe to run twice.

    Who: the platform, on behalf of the procedure that has ended the matter. From PUBLISHED and SUSPENDED; others stay as they are.
    """
    with acting(by):
        policy.require(by, "disclosure.end")
        shown = Disclosure.objects.filter(record_id__in=list(record_ids), state__in=(State.PUBLISHED, State.SUSPENDED))
        rows = list(shown.select_for_update(of=("self",)).order_by("pk").values_list("pk", "state"))
        now = timezone.now()
        for start in (State.PUBLISHED, State.SUSPENDED):
            Disclosure.objects.filter(pk__in=[pk for pk, state in rows if state == start]).update(
                state=next_state(start, "end"),
                ended_at=now,
                ended_why=why[:300],
                needs_correction=False,
                version=F("version") + 1,
                updated_at=now,
            )
        ids = [pk for pk, _ in rows]
        announce_many(Verb.ENDED, ids, by=by, seen=[pk for pk, state in rows if state == State.PUBLISHED])
        if ids:
            audit.record("disclosure.end", by=by, members=ids, reason=why)
    return ids


def reopen_many(record_ids: Sequence[int], *, why: str, by: Actor, on: date) -> list[int]:
    """Show again what `close_many` ended on a ground that never was, to the same last day; the disclosures that are shown again. Set-wise.

    Who: the platform, on behalf of the procedure that took the ground back. From ENDED; what is past its last day on `on` stays ended.
    """
    with acting(by):
        policy.require(by, "disclosure.end")
        ended = Disclosure.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), record_id__in=list(record_ids))
        rows = ended.filter(state=State.ENDED.value).select_for_update(of=("self",)).order_by("pk")
        ids = list(rows.values_list("pk", flat=True))
        Disclosure.objects.filter(pk__in=ids).update(
            state=next_state(State.ENDED, "revive"),
            ended_at=None,
            ended_why="",
            version=F("version") + 1,
            updated_at=timezone.now(),
        )
        announce_many(Verb.RESTORED, ids, by=by)
        if ids:
            audit.record("disclosure.restore", by=by, members=ids, reason=why)
    return ids
