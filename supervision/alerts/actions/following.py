"""What alerts do when the ledger or the public face changes: facts that count no more leave them, and what stood on these alone ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM, Actor, OnBehalf
from credit_platform.audit.context import acting
from disclosure.followers import Follower
from disclosure.models import Disclosure
from supervision.alerts.actions.handling import lapse
from supervision.alerts.models import AlertCase, AlertFact


class LedgerFollower:
    """Registered with `records.followers` in AppConfig.ready()."""

    def entered(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """New records are asked at night."""

    def changed(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """What is said otherwise now is asked at night."""

    def revoked(self, record_ids: Sequence[int], *, by: Actor, reason: str) -> None:
        """A revoked record counts no more."""
        forget(record_ids, "依据的信息已撤销。", by=by)

    def may_undo(self, record_ids: Sequence[int]) -> Mapping[int, str]:
        """An alert keeps nothing in the ledger."""
        return {}

    def undone(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """A record that left with its batch counts no more."""
        forget(record_ids, "依据的信息已随导入批次撤回。", by=by)

    def moved(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """The night finds them with their new subject, and clears the alert of the old one."""


class FaceFollower(Follower):
    """Registered with `disclosure.followers` in AppConfig.ready()."""

    def repaired(self, ids: Sequence[int], *, by: Actor) -> None:
        """What was repaired counts no more (令第36号 art. 3)."""
        forget(_records(ids), "依据的信息已完成信用修复。", by=by)

    def withdrawn(self, ids: Sequence[int], *, by: Actor) -> None:
        """What was taken back for good counts no more."""
        forget(_records(ids), "依据的信息已撤回公示。", by=by)


def forget(record_ids: Sequence[int], why: str, *, by: Actor) -> int:
    """Take records out of the open alerts that stand on them; alerts that weigh no more than their rule's clear threshold end. How many ended."""
    facts = AlertFact.objects.filter(record__in=list(record_ids), gone_on__isnull=True, alert__is_open=True)
    touched = sorted(set(facts.values_list("alert", flat=True)))
    if not touched:
        return 0
    ended = 0
    actor = by if by.actor_kind == SYSTEM.actor_kind else OnBehalf(by)
    with acting(actor):
        facts.update(gone_on=timezone.localdate(), gone_why=why)
        for own in AlertCase.objects.filter(pk__in=touched).select_related("case", "rule"):
            left = sum(own.facts.filter(gone_on__isnull=True).values_list("weight", flat=True))
            if left <= own.rule.clear_threshold:
                lapse(own, why=f"{why}预警随之结束。", by=actor)
                ended += 1
    return ended


def _records(ids: Sequence[int]) -> list[int]:
    return list(Disclosure.objects.filter(pk__in=list(ids)).values_list("record_id", flat=True))
