"""An item ends by itself while somebody asks for its repair: nothing is left to repair, and who asked is told why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from casework.actions.step import step
from casework.models import Case
from credit_platform.accounts.actors import Actor, OnBehalf
from disclosure.followers import Follower
from repair.actions.base import tell
from repair.models import RepairCase
from repair.rules.procedure import ENDS, REPAIR

CHUNK = 2000
OVER = "该信息公示期已经届满，不再公示"
WITHDRAWN = "该信息已经撤回公示"


def end(case: Case, *, why: str, by: Actor, on: date | None = None) -> Case:
    """Close an application whose item has ended: `why` is told to who asked. The platform, from every state before a decision and from a screen.

    It is no refusal: nothing stands against a new application for another item.
    """
    with step(REPAIR, case, "end", by=by, on=on) as at:
        at.case.closed_why = at.reason = why
        tell(at, "ended", f"{why}，无需修复，本次申请终止办理，不影响以后申请。")
    return at.case


class EndFollower(Follower):
    """The follower registered in AppConfig.ready()."""

    def ended(self, ids: Sequence[int], *, by: Actor) -> None:
        """The period of items is over."""
        _end(ids, OVER, by)

    def withdrawn(self, ids: Sequence[int], *, by: Actor) -> None:
        """Items were taken back for good."""
        _end(ids, WITHDRAWN, by)


def _end(ids: Sequence[int], why: str, by: Actor) -> None:
    on = timezone.localdate()
    for start in range(0, len(ids), CHUNK):
        rows = RepairCase.objects.open().filter(
            disclosure_id__in=list(ids[start : start + CHUNK]), case__state__in=ENDS
        )
        for own in rows.select_related("case").order_by("pk"):
            end(own.case, why=why, by=OnBehalf(by), on=on)


follower = EndFollower()
