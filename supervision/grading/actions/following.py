"""Whatever changes what counts of a subject has its grade computed anew in the same transaction (令第36号): what appears in public, changes there
or leaves it, and what of the ledger is corrected, revoked, taken back or goes over to another subject.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Q
from django.utils import timezone

from credit_platform.accounts.actors import Actor
from disclosure.followers import Follower
from disclosure.models import Disclosure
from disclosure.rules.states import State
from records.models import CreditRecord, MergeCase
from supervision.grading.actions.computing import recompute
from supervision.grading.queries.models import counted_kinds


class PublicFollower(Follower):
    """What the public can read."""

    def appeared(self, ids: Sequence[int], *, by: Actor) -> None:
        self._anew(ids, by=by)

    def changed(self, ids: Sequence[int], *, by: Actor) -> None:
        self._anew(ids, by=by)

    def ended(self, ids: Sequence[int], *, by: Actor) -> None:
        self._anew(ids, by=by)

    def suspended(self, ids: Sequence[int], *, by: Actor) -> None:
        self._anew(ids, by=by)

    def repaired(self, ids: Sequence[int], *, by: Actor) -> None:
        self._anew(ids, by=by)

    def restored(self, ids: Sequence[int], *, by: Actor) -> None:
        self._anew(ids, by=by)

    def withdrawn(self, ids: Sequence[int], *, by: Actor) -> None:
        self._anew(ids, by=by)

    def _anew(self, ids: Sequence[int], *, by: Actor) -> None:
        kinds = counted_kinds()
        if kinds:
            rows = Disclosure.objects.filter(pk__in=list(ids), kind__in=kinds)
            _anew(set(rows.values_list("subject_id", flat=True)), by=by)


class LedgerFollower:
    """What stands in the ledger of items that are never shown; what becomes of the others is told by `PublicFollower`."""

    def entered(self, record_ids: Sequence[int], *, by: Actor) -> None:
        self._anew(record_ids, by=by)

    def changed(self, record_ids: Sequence[int], *, by: Actor) -> None:
        self._anew(record_ids, by=by)

    def revoked(self, record_ids: Sequence[int], *, by: Actor, reason: str) -> None:
        self._anew(record_ids, by=by)

    def may_undo(self, record_ids: Sequence[int]) -> Mapping[int, str]:
        return {}

    def undone(self, record_ids: Sequence[int], *, by: Actor) -> None:
        self._anew(record_ids, by=by)

    def moved(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """Both subjects, shown or not: the one that has the records now, and the one whose grade counted them."""
        holders = self._subjects(Q(pk__in=list(record_ids)))
        if holders:
            cases = MergeCase.objects.filter(Q(keep__in=holders) | Q(drop__in=holders))
            both = {subject for pair in cases.values_list("keep_id", "drop_id") for subject in pair}
            _anew(holders | both, by=by)

    def _anew(self, record_ids: Sequence[int], *, by: Actor) -> None:
        never_shown = Q(disclosure__isnull=True) | Q(disclosure__state=State.EXEMPT.value)
        _anew(self._subjects(Q(pk__in=list(record_ids)) & never_shown), by=by)

    def _subjects(self, which: Q) -> set[int]:
        kinds = counted_kinds()
        rows = CreditRecord.objects.filter(which, kind__in=kinds)
        return set(rows.values_list("subject_id", flat=True)) if kinds else set()


def _anew(subject_ids: Collection[int], *, by: Actor) -> None:
    recompute(subject_ids, on=timezone.localdate(), by=by)


public, ledger = PublicFollower(), LedgerFollower()
