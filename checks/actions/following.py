"""Whatever changes what is known of a subject keeps its state, in the same transaction: entries on lists, what is public, records, cases of breach.

Penalties come by the hundred thousand and nearly all of them weigh nothing here: only subjects whose records count, or of whom something is
known already, are computed anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from casework.models import Case
from checks.actions.states import keep
from checks.models import SubjectState
from checks.queries.facts import PENALTY, told_of
from checks.queries.register import last_version, register
from credit_platform.accounts.actors import Actor
from disclosure.followers import Follower as DisclosureFollower
from disclosure.models import Disclosure
from records.models import CreditRecord
from sanctions.followers import Follower as EntryFollower
from sanctions.lists.models import ListEntry

AT_ONCE = 10_000


class _Entries(EntryFollower):
    """Entries begin and end."""

    def entered(self, entries: Sequence[ListEntry], *, on: date, by: Actor) -> None:
        keep({entry.subject_id for entry in entries})

    def ended(self, entries: Sequence[ListEntry], *, on: date, by: Actor) -> None:
        keep({entry.subject_id for entry in entries})


class _Public(DisclosureFollower):
    """What is suspended stands under an objection; a breach is told as long as the public reads it."""

    def appeared(self, ids: Sequence[int], *, by: Actor) -> None:
        self._keep(ids)

    def changed(self, ids: Sequence[int], *, by: Actor) -> None:
        self._keep(ids)

    def ended(self, ids: Sequence[int], *, by: Actor) -> None:
        self._keep(ids)

    def suspended(self, ids: Sequence[int], *, by: Actor) -> None:
        self._keep(ids)

    def repaired(self, ids: Sequence[int], *, by: Actor) -> None:
        self._keep(ids)

    def restored(self, ids: Sequence[int], *, by: Actor) -> None:
        self._keep(ids)

    def withdrawn(self, ids: Sequence[int], *, by: Actor) -> None:
        self._keep(ids)

    def _keep(self, ids: Sequence[int]) -> None:
        rows = Disclosure.objects.filter(pk__in=ids).exclude(kind=PENALTY).exclude(kind="permit")
        keep(set(rows.values_list("subject_id", flat=True)))


class _Records:
    """Records enter, change and leave; files are merged and taken apart."""

    def entered(self, record_ids: Sequence[int], *, by: Actor) -> None:
        keep(_touched(record_ids))

    def changed(self, record_ids: Sequence[int], *, by: Actor) -> None:
        keep(_touched(record_ids))

    def revoked(self, record_ids: Sequence[int], *, by: Actor, reason: str) -> None:
        keep(_touched(record_ids))

    def may_undo(self, record_ids: Sequence[int]) -> Mapping[int, str]:
        return {}

    def undone(self, record_ids: Sequence[int], *, by: Actor) -> None:
        keep(_touched(record_ids))

    def moved(self, record_ids: Sequence[int], *, by: Actor) -> None:
        keep(set(CreditRecord.objects.filter(pk__in=record_ids).values_list("subject_id", flat=True)))


def breach_stepped(case: Case, verb: str, by: Actor) -> None:
    """A case of breach was decided, or its decision taken back: what bars its subject has changed."""
    if verb in ("decide", "annul"):
        keep({subject for subject in (case.subject_id, case.own.letter.subject_id) if subject is not None})


def subject_stepped(case: Case, verb: str, by: Actor) -> None:
    """An objection came in or was closed, so that the entry which it is about bears its mark or does no more; a ban stands or was lifted."""
    if case.subject_id is not None:
        keep({case.subject_id})


def _touched(record_ids: Sequence[int]) -> set[int]:
    """The subjects of whom these records may change what is known: of penalties only who has one that counts, or of whom something is known."""
    version = last_version()
    rule = register(version).record if version else None
    found: set[int] = set()
    for at in range(0, len(record_ids), AT_ONCE):
        rows = CreditRecord.objects.filter(pk__in=record_ids[at : at + AT_ONCE])
        subjects = set(rows.values_list("subject_id", flat=True))
        found |= set(SubjectState.objects.filter(pk__in=subjects).values_list("pk", flat=True))
        if rule is not None:
            told = (
                rows.filter(kind=PENALTY)
                .exclude(subject_id__in=found)
                .values_list("subject_id", "standard", "content", "decided_on")
            )
            found |= {subject for subject, *penalty in told.iterator(2000) if rule.counts(*told_of(*penalty))}
    return found


entries, public, records = _Entries(), _Public(), _Records()
