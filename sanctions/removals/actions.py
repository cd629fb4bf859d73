"""The verbs of a removal: asked with a document and its proof, confirmed or refused by another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils import timezone

from casework import actions as cases
from casework.actions import attach, verbs
from casework.actions.hearing import scanned
from casework.actions.step import step
from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, at_field, refuse
from sanctions.lists import actions as lists
from sanctions.lists import rules as entries
from sanctions.lists.actions import Ending
from sanctions.lists.models import ListEntry
from sanctions.lists.queries.days import period_of_entry
from sanctions.lists.rules import Way
from sanctions.removals import rules
from sanctions.removals.models import RemovalCase
from sanctions.removals.rules import REMOVAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked: the way, its document and reason; the day of the correction for an early exit, what the public is told for the others."""

    way: Way | str
    document: str
    why: str
    performed_on: date | None = None
    public_note: str = ""


def ask(entry: ListEntry, asked: Asked, *, proof: Sequence[AttachedFile], by: User, on: date | None = None) -> Case:
    """Ask that an entry leaves its list; it stays on it until another person has confirmed.

    Clerks and reviewers of the department that entered it, and the credit office. Conflict when it has left or is being handled; Refused with all
    findings: no document, proof or reason, too early by the list's own rule, no word for the public.
    """
    on = on or timezone.localdate()
    with acting(by):
        row = (
            ListEntry.objects.select_for_update(of=("self",))
            .select_related("credit_list", "subject", "record__source_department")
            .get(pk=entry.pk)
        )
        department = row.record.source_department
        policy.require(by, rules.ASK, department)
        if row.ended_on is not None or not row.stands_on(on):
            raise Conflict("entry.ended", "该条目已不在名单上。")
        if RemovalCase.objects.filter(entry=row, is_open=True).exists():
            raise Conflict("removal.open", "该条目已有办理中的移出事项。", mend="请在名单移出列表中继续办理。")
        way = Way(asked.way)
        missing = [] if proof else [at_field("removal.proof", "proof", "请上传移出（撤销）文书或者证明材料。")]
        strange = [] if way in rules.WAYS else [at_field("removal.way", "way", "请选择移出方式。")]
        texts = scanned(why=asked.why, public_note=asked.public_note)
        refuse([*strange, *missing, *entries.against_ending(_leaving(row, asked, way, on)), *texts])
        own = {
            "entry": row,
            "way": way.value,
            "document": asked.document.strip(),
            "why": asked.why.strip()[:300],
            "performed_on": asked.performed_on,
            "public_note": asked.public_note.strip(),
        }
        case = cases.open_case(
            REMOVAL, subject=row.subject, department=department, by=by, on=on, reason=asked.why.strip(), own=own
        )
        attach(case, proof, role="removal", by=by)
    return case


def _leaving(row: ListEntry, asked: Asked, way: Way, on: date) -> entries.Leaving:
    performed_on = asked.performed_on or row.performed_on
    period = period_of_entry(row, performed_on=performed_on)
    return entries.Leaving(
        way=way,
        on=on,
        today=timezone.localdate(),
        entered_on=row.entered_on,
        document=asked.document,
        why=asked.why,
        public_note=asked.public_note,
        first_exit_on=entries.exit_on(period, performed_on=performed_on),
        may_exit=row.credit_list.may_exit,
    )


def confirm(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """A second person has held the document against what was asked: the entry ends on the day, with everything that hangs on it.

    Reviewers of the department and the credit office, never who asked. From ASKED. Raises what `lists.end` raises.
    """
    with step(REMOVAL, case, "confirm", by=by, on=on, version=version) as at:
        own: RemovalCase = at.own
        at.refuse([])
        ending = Ending(
            way=Way(own.way),
            on=at.on,
            document=own.document,
            why=own.why,
            asked_by=at.case.drafted_by,
            public_note=own.public_note,
            performed_on=own.performed_on,
        )
        lists.end(own.entry, ending, by=by)
        at.case.document_number, at.case.closed_why = own.document, own.why
        at.case.public_note, at.reason = own.public_note, own.why
        at.detail |= {"list": own.entry.credit_list.code, "way": own.way}
    return at.case


refuse_removal = partial(verbs.close, REMOVAL, "refuse", "请写明不予移出的理由。")
"""The entry stays. Reviewers of the department and the credit office, never who asked. From ASKED; Refused without a reason."""
