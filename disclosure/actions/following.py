"""What this app does when the ledger changes: called by `records.actions` set-wise, inside its transaction.

A changed record never changes what the public sees by itself (trap 32, 48): drafts are refreshed, what is in review is told, what was
approved goes back, what is published waits for a second person. Only items published on entry follow at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.audit.models import AuditEntry
from disclosure.actions import drafts, lowering, tallies
from disclosure.actions.anchoring import record_faces
from disclosure.actions.base import Event, announce, announce_many, handed_in, staff, write
from disclosure.actions.objections import hold_again
from disclosure.actions.prepare import prepare
from disclosure.actions.publishing import shown_values
from disclosure.actions.standing import retimed, withdrawn
from disclosure.models import Disclosure, Lowering
from disclosure.queries import faces
from disclosure.queries.deadlines import DueDays
from disclosure.queries.evaluation import STATED_HERE, Evaluation, Evaluator, public_title
from disclosure.queries.withdrawn import UNDONE
from disclosure.rules import masking
from disclosure.rules.states import OPEN, State, next_state
from disclosure.rules.values import EXEMPTION, Claim
from records.models import CreditRecord
from records.rules import RecordStatus

CHUNK = 2000
CHANGED_IN_REVIEW = "记录内容已变更，请重新提交审核。"
HIDDEN = "记录变更后不再公开："
"""Begins the reason of what was hidden here, so that it is told from what somebody suspended."""
NEVER_PUBLIC = "记录变更后依法不得公开，已自动中止公示。"
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
            refresh = _Refresh(on, by)
            for rows in _locked(record_ids, by):
                refresh.learn(rows)
                for row in rows:
                    refresh.one(row)
            tallies.add(refresh.counts)
            if refresh.members:
                record_faces(
                    "disclosure.follow", faces_of=refresh.faces, by=by, members=refresh.members, detail=refresh.done
                )
            prepare(record_ids, by=by, on=on)

    def revoked(self, record_ids: Sequence[int], *, by: Actor, reason: str) -> None:
        """Records were revoked by their organ: their disclosures are withdrawn, whatever their state (trap 31)."""
        counts = tallies.Increments()
        with acting(by):
            members = []
            for rows in _locked(record_ids, by):
                for row in rows:
                    if row.state != State.WITHDRAWN:
                        withdrawn(row, counts, reason=reason or "记录已撤销", public_note=REVOKED_NOTE)
                        members.append(row.pk)
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
            for rows in _locked(record_ids, by, on_entry=True):
                for row in rows:
                    members.append(row.pk)
                    if row.state != State.WITHDRAWN:
                        withdrawn(row, counts, reason=UNDONE, public_note="")
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


class _Refresh:
    """One pass over changed records."""

    def __init__(self, on: date, by: Actor) -> None:
        self.on = on
        self.by = by
        self.rules = Evaluator(on)
        self.days = DueDays()
        self.counts = tallies.Increments()
        self.members: list[int] = []
        self.faces: list[int] = []
        """What followed at once: its public face was written anew."""
        self.said: set[int] = set()
        self.as_shown: set[int] = set()
        self.done: dict[str, int] = {}

    def learn(self, rows: Sequence[Disclosure]) -> None:
        """Load set-wise what the rows of a chunk need: their catalogue items, and of which something was said."""
        self.rules.learn(row.record.item_id for row in rows)
        said = Lowering.objects.standing().filter(disclosure__in=[row.pk for row in rows])
        self.said = set(said.values_list("disclosure_id", flat=True))
        self.as_shown = faces.as_shown([row.pk for row in rows if row.needs_correction])

    def one(self, row: Disclosure) -> None:
        state = State(row.state)
        if row.on_entry and state is not State.WITHDRAWN:
            self._on_entry(row)
        elif state in OPEN or state is State.EXEMPT:
            self._open(row, state)
        elif state in (State.PUBLISHED, State.SUSPENDED):
            self._published(row, state)
        else:
            return
        self.members.append(row.pk)

    def _did(self, what: str) -> None:
        self.done[what] = self.done.get(what, 0) + 1

    def _on_entry(self, row: Disclosure) -> None:
        self.faces.append(row.pk)
        evaluation = self.rules.of(row)
        values = shown_values(row, evaluation) | retimed(row, row.record, self.days, self.counts)
        if evaluation.exempt and row.state == State.PUBLISHED:
            # What the row itself no longer lets be public (its 公开类型 was corrected, for one) is hidden at once.
            hidden = next_state(State.PUBLISHED, "suspend")
            why = f"{HIDDEN}{evaluation.exempt}"[:300]
            write(row, state=hidden, ended_why=why, ended_at=timezone.now(), **values)
            announce(row, Event.ENDED)
            self._did("hidden")
            return
        if not evaluation.exempt and (again := self._shown_again(row)):
            # And what it lets be public now is shown, unless a person decided otherwise.
            write(row, **again, ended_why="", ended_at=None, **values)
            announce(row, Event.APPEARED)
            self._did("shown")
            return
        write(row, corrected_on=self.on, **values)
        if row.state == State.PUBLISHED:
            announce(row, Event.CHANGED)
        self._did("refreshed")

    def _shown_again(self, row: Disclosure) -> dict[str, Any]:
        """How an on-entry item that the rules alone kept hidden becomes public; {} when something else stands against it."""
        if row.record.status != RecordStatus.ACTIVE:
            return {}
        if row.state == State.EXEMPT and not AuditEntry.objects.about(row).filter(verb="disclosure.exempt").exists():
            state = next_state(State.EXEMPT, "reveal")
            return {"state": state, "published_on": self.on, "published_at": timezone.now()}
        if row.state == State.SUSPENDED and row.ended_why.startswith(HIDDEN):
            return {"state": next_state(State.SUSPENDED, "resume")}
        return {}

    def _open(self, row: Disclosure, state: State) -> None:
        record, subject = row.record, row.record.subject
        evaluation = self.rules.of(row)
        values: dict[str, Any] = {
            "subject_name": masking.public_name(subject.name, subject.kind),
            "subject_code": "" if subject.kind == "person" else subject.code or "",
            "subject": subject,
            "title": public_title(record),
            "document_number": record.document_number,
            "document_key": record.document_key,
            "changed_by": staff(self.by),
            "rule_set": evaluation.period.rule_set,
        }
        if row.severity_stated_by != STATED_HERE:
            values |= {"severity": evaluation.period.severity, "severity_stated_by": evaluation.period.source}
        values |= retimed(row, record, self.days, self.counts) | self._moved(row, state, evaluation)
        write(row, **values)
        self._did("refreshed")

    def _moved(self, row: Disclosure, state: State, evaluation: Evaluation) -> dict[str, Any]:
        """Approved goes back to the clerk; what is no longer exempt comes back; what keeps it from the public now, or in a lighter class,
        awaits another person: one person changed the record. Also when somebody had confirmed what it said before."""
        exempt = evaluation.exempt
        if row.pk in self.said:
            lowering.settle(row)
        if state is State.APPROVED:
            back = {"review_note": CHANGED_IN_REVIEW, "reviewed_by": None, "reviewed_at": None, "publish_from": None}
            return {
                "state": next_state(state, "return"),
                "masking_confirmed": False,
                "awaits_confirmation": False,
                **back,
            }
        if exempt and evaluation.over:
            return {"awaits_confirmation": False, "ended_why": exempt[:300], "state": _set_aside(state)}
        claim = evaluation.claim
        if claim is None and exempt and state is not State.EXEMPT:
            claim = Claim(EXEMPTION, f"记录变更后不公示：{exempt}")
        if claim is not None:
            lowering.hold(row, claim, by=self.by)
        waits = claim is not None and not claim.barred
        values: dict[str, Any] = {"awaits_confirmation": waits}
        if waits and exempt:
            move = "hold" if state is State.EXEMPT else "exempt"
            return values | {"state": next_state(state, move), "ended_why": "", **handed_in(self.by)}
        if not exempt and state is State.EXEMPT:
            return values | {
                "state": next_state(state, "reopen"),
                "ended_why": "",
                "reviewed_by": None,
                "reviewed_at": None,
            }
        return values

    def _published(self, row: Disclosure, state: State) -> None:
        """Waits for a second person; what may never be public (a minor, a secret) is hidden in the same transaction. A record that says
        again what is shown (its batch was taken back) leaves nothing to correct."""
        if row.pk in self.as_shown:
            write(row, needs_correction=False, changed_by=None)
            self._did("as_shown")
            return
        values: dict[str, Any] = {"needs_correction": True, "changed_by": staff(self.by)}
        hide = state is State.PUBLISHED and bool(self.rules.of(row).facts.not_public)
        if hide:
            values |= {"state": next_state(state, "suspend"), "ended_why": NEVER_PUBLIC, "ended_at": timezone.now()}
        write(row, **values)
        if hide:
            announce_many([row.pk], Event.ENDED)
        self._did("hidden" if hide else "to_correct")


def _set_aside(state: State) -> State:
    return state if state is State.EXEMPT else next_state(state, "set_aside")


follower = LedgerFollower()
