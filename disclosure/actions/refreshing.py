"""What a changed record does to its disclosure, row by row: see `following`, whose transaction it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from credit_platform.accounts.actors import Actor
from credit_platform.audit.models import AuditEntry
from disclosure.actions import lowering, tallies
from disclosure.actions.base import NEVER_PUBLIC, handed_in, staff, write
from disclosure.actions.published import retimed
from disclosure.actions.publishing import shown_values
from disclosure.followers import Verb
from disclosure.models import Disclosure, Lowering
from disclosure.queries import faces
from disclosure.queries.deadlines import DueDays
from disclosure.queries.evaluation import STATED_HERE, Evaluation, Evaluator, public_title
from disclosure.rules import masking
from disclosure.rules.states import OPEN, State, next_state
from disclosure.rules.values import EXEMPTION, Claim
from records.rules import RecordStatus

CHANGED_IN_REVIEW = "记录内容已变更，请重新提交审核。"
HIDDEN = "记录变更后不再公开："
"""Begins the reason of what was hidden here, so that it is told from what somebody suspended."""


class Refresh:
    """One pass over changed records: `one` writes a row, `told` and `faces` say what is to be announced and put under the audit."""

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
        self.announced: dict[Verb, list[int]] = {}
        """What happened in public, to be announced set-wise."""

    def learn(self, rows: Sequence[Disclosure]) -> None:
        """Load set-wise what the rows of a chunk need: their catalogue items, and of which something was said."""
        self.rules.learn(row.record.item_id for row in rows)
        said = Lowering.objects.in_effect().filter(disclosure__in=[row.pk for row in rows])
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

    def _did(self, what: str, row: Disclosure, verb: Verb | None = None) -> None:
        self.done[what] = self.done.get(what, 0) + 1
        if verb is not None:
            self.announced.setdefault(verb, []).append(row.pk)

    def _on_entry(self, row: Disclosure) -> None:
        self.faces.append(row.pk)
        evaluation = self.rules.of(row)
        values = shown_values(row, evaluation) | retimed(row, row.record, self.days, self.counts)
        if evaluation.exempt and row.state == State.PUBLISHED:
            # What the row itself no longer lets be public (its 公开类型 was corrected, for one) is hidden at once.
            hidden = next_state(State.PUBLISHED, "suspend")
            why = f"{HIDDEN}{evaluation.exempt}"[:300]
            write(row, state=hidden, ended_why=why, ended_at=timezone.now(), **values)
            self._did("hidden", row, Verb.SUSPENDED)
            return
        if not evaluation.exempt and (again := self._shown_again(row)):
            # And what it lets be public now is shown, unless a person decided otherwise.
            verb = Verb.RESTORED if row.state == State.SUSPENDED else Verb.APPEARED
            write(row, **again, ended_why="", ended_at=None, **values)
            self._did("shown", row, verb)
            return
        write(row, corrected_on=self.on, **values)
        self._did("refreshed", row, Verb.CHANGED if row.state == State.PUBLISHED else None)

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
        self._did("refreshed", row)

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
            self._did("as_shown", row)
            return
        values: dict[str, Any] = {"needs_correction": True, "changed_by": staff(self.by)}
        hide = state is State.PUBLISHED and bool(self.rules.of(row).facts.not_public)
        if hide:
            values |= {"state": next_state(state, "suspend"), "ended_why": NEVER_PUBLIC, "ended_at": timezone.now()}
        write(row, **values)
        self._did("hidden" if hide else "to_correct", row, Verb.SUSPENDED if hide else None)


def _set_aside(state: State) -> State:
    return state if state is State.EXEMPT else next_state(state, "set_aside")
