"""What this app does when the ledger changes: called by `records.actions` set-wise, inside its transaction.

A changed record never changes what the public sees by itself (trap 32, 48): drafts are refreshed, what is in review is told, what was
approved goes back, what is published waits for a second person. Only items published on entry follow at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from disclosure.actions import drafts, tallies
from disclosure.actions.anchoring import record_faces
from disclosure.actions.base import announce_many
from disclosure.actions.objections import hold_again
from disclosure.actions.prepare import prepare
from disclosure.actions.published import withdrawn
from disclosure.actions.refreshing import Refresh
from disclosure.followers import Verb
from disclosure.models import Disclosure
from disclosure.queries.withdrawn import UNDONE
from disclosure.rules.states import State
from records.models import CreditRecord

CHUNK = 2000
REVOKED_NOTE = "该行政决定已被依法撤销或变更，信息不再公示。"
PUBLISHED_STAYS = "已公示，不能随批次撤回；确需撤回的请办理“撤回公示”。"
WAITS_SINCE_ENTRY = Q(state=State.SUBMITTED, awaits_confirmation=True) & (
    Q(submitted_by=F("drafted_by")) | Q(submitted_by__isnull=True)
)
"""In review only because of what its row says; nobody handed it on."""
IN_REVIEW_STAYS = "已提交审核，不能随批次撤回；请先退回。"


class LedgerFollower:
    """The follower registered in AppConfig.ready()."""

    def entered(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """New or revived records get their disclosure."""
        prepare(record_ids, by=by)
        hold_again(record_ids)

    def changed(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """Records changed: see the module."""
        on = timezone.localdate()
        with acting(by):
            refresh = Refresh(on, by)
            for rows in _locked(record_ids, by):
                refresh.learn(rows)
                for row in rows:
                    refresh.one(row)
            for verb, ids in refresh.announced.items():
                announce_many(verb, ids, by=by)
            tallies.add(refresh.counts)
            if refresh.members:
                record_faces(
                    "disclosure.follow", faces_of=refresh.faces, by=by, members=refresh.members, detail=refresh.done
                )
            prepare(record_ids, by=by, on=on)

    def revoked(self, record_ids: Sequence[int], *, by: Actor, reason: str) -> None:
        """Records were revoked by their authority: their disclosures are withdrawn, whatever their state (trap 31). What one person alone would
        take from the public never comes so far (`annulments.held`)."""
        counts = tallies.Increments()
        with acting(by):
            members = []
            taken = _TakenBack(by)
            for rows in _locked(record_ids, by):
                for row in rows:
                    if row.state != State.WITHDRAWN:
                        taken.one(row, counts, reason=reason or "记录已撤销", public_note=REVOKED_NOTE)
                        members.append(row.pk)
            taken.announce()
            tallies.add(counts)
            if members:
                audit.record("disclosure.withdraw", by=by, members=members, reason=reason)

    def may_undo(self, record_ids: Sequence[int]) -> Mapping[int, str]:
        """A batch undo keeps what somebody has handed on: in review, published or later. On-entry items may go."""
        rows = Disclosure.objects.filter(record_id__in=list(record_ids), on_entry=False).exclude(
            Q(state__in=(State.DRAFT, State.RETURNED, State.EXEMPT)) | WAITS_SINCE_ENTRY
        )
        reviewing = (State.SUBMITTED, State.APPROVED)
        return {
            record_id: IN_REVIEW_STAYS if state in reviewing else PUBLISHED_STAYS
            for record_id, state in rows.values_list("record_id", "state")
        }

    def undone(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """Records were taken back with their batch: drafts are deleted (history keeps them), on-entry items withdrawn."""
        counts = tallies.Increments()
        with acting(by):
            members = []
            taken = _TakenBack(by)
            for rows in _locked(record_ids, by, on_entry=True):
                for row in rows:
                    members.append(row.pk)
                    if row.state != State.WITHDRAWN:
                        taken.one(row, counts, reason=UNDONE, public_note="")
            taken.announce()
            members += drafts.forget(record_ids, counts, by=by)
            tallies.add(counts)
            if members:
                audit.record("disclosure.undo", by=by, members=members)

    def moved(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """Records went over to another subject: their disclosures go with them. What is shown stays as it was published."""
        with acting(by):
            for start in range(0, len(record_ids), CHUNK):
                rows = Disclosure.objects.filter(record_id__in=record_ids[start : start + CHUNK])
                holder = CreditRecord.objects.filter(pk=OuterRef("record_id")).values("subject_id")
                rows.update(subject_id=Subquery(holder), updated_at=timezone.now())


def _locked(record_ids: Sequence[int], by: Actor, **only: Any) -> Any:
    """The disclosures of the records (those that are `only` such) in locked chunks; whoever may enter for the department may have them followed."""
    ids = sorted(set(record_ids))
    allowed: set[int] = set()
    for start in range(0, len(ids), CHUNK):
        rows = (
            Disclosure.objects.select_for_update(of=("self",))
            .filter(record_id__in=ids[start : start + CHUNK], **only)
            .select_related("record__subject", "source_department", "authority")
            .order_by("pk")
        )
        found = list(rows)
        for department in {row.source_department_id for row in found} - allowed:
            policy.require(by, "disclosure.prepare", department)
            allowed.add(department)
        if found:
            yield found


class _TakenBack:
    """Withdrawals of many, announced set-wise: those that were public once, and among them those that the public saw until now."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self.shown: list[int] = []
        self.seen: list[int] = []

    def one(self, row: Disclosure, counts: tallies.Increments, *, reason: str, public_note: str) -> None:
        if withdrawn(row, counts, reason=reason, public_note=public_note, due_on=row.withdraw_due_on):
            self.seen.append(row.pk)
        if row.published_on is not None:
            self.shown.append(row.pk)

    def announce(self) -> None:
        announce_many(Verb.WITHDRAWN, self.shown, by=self.by, seen=self.seen)


follower = LedgerFollower()
