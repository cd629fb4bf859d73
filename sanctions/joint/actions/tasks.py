"""响应、执行、反馈: what a department does with its task, and what the credit office says to a refusal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.utils import timezone

from casework.actions import At, attach, step
from casework.actions.hearing import close
from casework.models import Attachment, Case
from casework.queries.clocks import days_of
from casework.rules.attachments import AttachedFile
from credit_platform import pg
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.errors import Finding, at_field, required
from credit_platform.moves import next_state
from records.identifiers import personal
from sanctions.joint import rules
from sanctions.joint.models import JointItem
from sanctions.joint.rules import ITEM_LABELS, ITEM_MOVES, TASK, Feedback, ItemState, Stage
from sanctions.measures.rules import last_day

MOST_FINDINGS = 200
"""Findings that one refusal of a whole file names."""


def accept(case: Case, *, by: Actor, on: date | None = None, version: str | None = None) -> Case:
    """The department takes the task on; from here the days of feedback are counted. Clerks and reviewers of the department, from SENT."""
    with step(TASK, case, "accept", by=by, on=on, version=version) as at:
        at.due(_days(Stage.EXECUTION, at))
    return at.case


def refuse(case: Case, *, reason: str, by: Actor, on: date | None = None, version: str | None = None) -> Case:
    """The department says why it cannot be its task; the credit office decides. Clerks and reviewers of the department, from SENT.

    Refused without a reason.
    """
    with step(TASK, case, "refuse", by=by, on=on, version=version) as at:
        at.refuse(_words(reason, "reason", "请写明拒绝的理由。"))
        at.own.refusal = at.reason = reason.strip()
        at.due(_days(Stage.REFUSAL, at))
    return at.case


def agree(case: Case, *, reason: str, by: Actor, on: date | None = None, version: str | None = None) -> Case:
    """The credit office lets a refusal stand: the task ends and its lines are not done, for the department's reason. From REFUSED."""
    with step(TASK, case, "agree", by=by, on=on, version=version) as at:
        close(at, reason=reason, words="请写明同意的理由。")
        at.own.ruling = reason.strip()[: rules.LONGEST]
        left = JointItem.objects.to_do().filter(task=at.own)
        at.detail["lines"] = left.update(state=_after(ItemState.OPEN, "leave"), note=at.own.refusal)
    return at.case


def insist(case: Case, *, reason: str, by: Actor, on: date | None = None, version: str | None = None) -> Case:
    """The credit office sends a refused task back, with its reason and new days to answer. From REFUSED."""
    with step(TASK, case, "insist", by=by, on=on, version=version) as at:
        at.refuse(_words(reason, "reason", "请写明要求执行的理由。"))
        at.own.ruling = at.reason = reason.strip()
        at.due(_days(Stage.RESPONSE, at))
    return at.case


def settle(
    case: Case,
    given: Mapping[int, Feedback],
    *,
    by: User,
    evidence: Sequence[AttachedFile] = (),
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Feedback on lines of the task, by their keys; `evidence` are files that prove it, kept with the line, or with the task for several.

    Clerks and reviewers of the department, from ACCEPTED; a line may be mended until the feedback is confirmed. Refused with all findings
    (each names its line where there are several): a line of another task, one whose entry has ended, a day in the future, no proof, no reason.
    """
    with step(TASK, case, "settle", by=by, on=on, version=version) as at:
        rows = list(JointItem.objects.select_for_update(of=("self",)).listed().filter(task=at.own, pk__in=given))
        at.refuse(_against(at, rows, given, has_file=bool(evidence)))
        _write(rows, given, by)
        role = rows[0].evidence_role if len(rows) == 1 else "feedback"
        files = attach(at.case, evidence, role=role, by=by)
        at.detail |= {"lines": len(rows), "taken": sum(given[row.pk].taken for row in rows), "files": len(files)}
        at.has_clock = True
    return at.case


def _against(at: At, rows: Sequence[JointItem], given: Mapping[int, Feedback], *, has_file: bool) -> Iterable[Finding]:
    if not given:
        return [at_field("joint.none", "", "没有需要登记的反馈。")]
    known = {row.pk for row in rows}
    found = [at_field("joint.line", "", f"编号{pk}不是本任务的条目。") for pk in sorted(set(given) - known)]
    held = {row.pk: has_file for row in rows}
    roles = Attachment.objects.filter(case=at.case).values_list("role", flat=True)
    kept = set(roles)
    for row in rows:
        said = given[row.pk]
        verb = "take" if said.taken else "leave"
        proof = held[row.pk] or row.evidence_role in kept
        today = timezone.localdate()
        lines = list(
            rules.against_feedback(said, row.measure.facts, pushed_on=at.case.drafted_on, today=today, has_file=proof)
        )
        if (ItemState(row.state), verb) not in ITEM_MOVES:
            lines = [at_field("joint.state", "", f"该项为“{row.get_state_display()}”，不能再填写反馈。")]
        lines += personal.findings(said.note, field="note")
        found += lines if len(given) == 1 else [_named(row, each) for each in lines]
    return found[:MOST_FINDINGS]


def _named(row: JointItem, finding: Finding) -> Finding:
    return replace(finding, text=f"编号{row.pk}（{row.measure.measure.code}）：{finding.text}", field="")


STAGE = (
    ("id", "bigint"), ("state", "text"), ("done_on", "date"), ("document_number", "text"), ("until", "date"), ("note", "text"),
)  # fmt: skip
UPDATE = """
UPDATE sanctions_jointitem line SET state = said.state, done_on = said.done_on, document_number = said.document_number, until = said.until,
    note = said.note, settled_by_id = %s, settled_at = %s
FROM stage_feedback said WHERE line.id = said.id
"""


def _write(rows: Sequence[JointItem], given: Mapping[int, Feedback], by: User) -> None:
    """One statement for however many lines: a workbook may hold tens of thousands."""
    pg.copy_into_new("stage_feedback", STAGE, (_values(row, given[row.pk]) for row in rows))
    pg.execute(UPDATE, [by.pk, timezone.now()])


def _values(row: JointItem, said: Feedback) -> tuple[object, ...]:
    state = _after(ItemState(row.state), "take" if said.taken else "leave")
    if not said.taken or said.on is None:
        return row.pk, state.value, None, "", None, said.note.strip()
    ends_on = row.entry.ends_on
    until = last_day(row.measure.facts, taken_on=said.on, entry_ends_on=ends_on, decided=said.until)
    return row.pk, state.value, said.on, said.document_number.strip(), until, said.note.strip()


def report(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The feedback is complete and goes to a reviewer of the department. Clerks and reviewers of the department, from ACCEPTED.

    Who reports is the drafter: the confirmation is another's. Refused while a line has no feedback.
    """
    with step(TASK, case, "report", by=by, on=on, version=version) as at:
        left = JointItem.objects.to_do().filter(task=at.own).count()
        at.refuse([at_field("joint.left", "", f"还有{left}项没有反馈，不能提交。")] if left else [])
        at.case.drafted_by = by
        at.due(_days(Stage.CONFIRMATION, at))
    return at.case


def confirm(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """A reviewer of the department who did not report stands for the feedback; it is with the credit office then. From REPORTED."""
    with step(TASK, case, "confirm", by=by, on=on, version=version) as at:
        at.case.decided_by, at.case.decided_on = by, at.on
        at.case.closed_why = "反馈已确认"
    return at.case


def send_back(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """A reviewer wants the feedback mended; the days of feedback run anew. From REPORTED. Refused without a reason."""
    with step(TASK, case, "send_back", by=by, on=on, version=version) as at:
        at.refuse(_words(reason, "reason", "请写明需要补正的内容。"))
        at.reason = reason.strip()
        at.due(_days(Stage.CONFIRMATION, at))
    return at.case


def _after(state: ItemState, verb: str) -> ItemState:
    return next_state(ITEM_MOVES, ITEM_LABELS, state, verb, code="joint.item", what="项措施")


def _days(stage: Stage, at: At) -> int:
    return days_of(TASK, stage, on=at.on, otherwise=rules.DAYS[stage])


def _words(text: str, field: str, words: str) -> Iterable[Finding]:
    yield from required(text, field, words, rule="joint.reason", most=rules.LONGEST)
    yield from personal.findings(text, field=field)
