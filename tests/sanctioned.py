"""Objects of joint action and of the national system for the table of addresses: those of the clerk's department.

The city has a list of measures, which gives the market bureau something to do for every serious list.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.models import Case
from credit_platform.accounts.models import User
from sanctions.bans.tests import factories as bans
from sanctions.corrections.tests.factories import case_in as correction_in
from sanctions.corrections.tests.factories import finding
from sanctions.designations.tests import factories as designations
from sanctions.filed.actions import judging
from sanctions.filed.models import FiledRow
from sanctions.filed.rules import Answer
from sanctions.filed.tests.factories import DraftPublicationFactory, PublicationFactory, WaitingRowFactory
from sanctions.joint.actions import initiating, pushing, tasks
from sanctions.joint.models import JointItem
from sanctions.joint.tests.factories import DONE, PDF, end
from sanctions.lists.models import ListEntry
from sanctions.lists.rules import Way
from sanctions.lists.tests.factories import SeriousListFactory, StandingEntryFactory
from sanctions.national.actions import answering, handling, receiving
from sanctions.national.models import NationalEvent
from sanctions.removals import actions as removals
from sanctions.removals.tests.factories import asked

CODES = ("DZ-01", "DZ-02", "DZ-03", "DZ-04")


def objects_of(clerk: User) -> dict[str, Any]:
    """A word in angle brackets → the key of its object."""
    return _joint(clerk) | _national(clerk) | _listed(clerk) | _filed(clerk) | _corrected(clerk)


def _entry(clerk: User, code: str) -> ListEntry:
    return StandingEntryFactory(credit_list=SeriousListFactory(code=code), record__source_department=clerk.department)


def _joint(clerk: User) -> dict[str, Any]:
    today, unit = timezone.localdate(), clerk.department
    sent, accepted, ended, by_hand = (_entry(clerk, code) for code in CODES)
    initiating.begin_for([sent, accepted, ended], on=today)
    pushing.push_pending(today)

    def task_of(entry: ListEntry) -> Case:
        return Case.objects.get(pk=JointItem.objects.filter(entry=entry, task__department=unit).first().task_id)

    case = tasks.accept(task_of(accepted), by=clerk)
    line = JointItem.objects.filter(task=case.pk).first()
    case = tasks.settle(case, {line.pk: DONE}, by=clerk, evidence=[PDF])
    gone = tasks.accept(task_of(ended), by=clerk)
    tasks.settle(
        gone, dict.fromkeys(JointItem.objects.filter(task=gone.pk).values_list("pk", flat=True), DONE), by=clerk
    )
    lifting = next(each for each in end([ended], "early", today) if each.department == unit)
    begun = initiating.initiate(
        by_hand.credit_list, department=unit, reason="措施清单更新。", by=User.objects.get(username="xyb2")
    )
    return {
        "<joint action>": task_of(sent).jointtask.action_id,
        "<joint by hand>": begun.pk,
        "<joint task>": task_of(sent).pk,
        "<accepted task>": case.pk,
        "<joint line>": line.pk,
        "<joint file>": case.attachments.first().pk,
        "<lifting>": lifting.pk,
    }


def _listed(clerk: User) -> dict[str, Any]:
    """An entry that another asks to be taken off, cases of listing of which one has decided, a ban."""
    entry = _entry(clerk, "DZ-05")
    row = SeriousListFactory(code="DZ-06")
    begun = designations.proposed(row, clerk.department, by=clerk)
    decided = designations.case_in("decided", designations.proposed(row, clerk.department, by=clerk))
    told = asked(Way.WRONG)
    removal = removals.ask(_entry(clerk, "DZ-07"), told, proof=[PDF], by=clerk)
    ban = bans.registered(department=clerk.department, by=clerk)
    return {
        "<list entry>": entry.pk,
        "<proposed>": begun.pk,
        "<designated>": decided.pk,
        "<designation file>": decided.attachments.first().pk,
        "<removal>": removal.pk,
        "<removal file>": removal.attachments.first().pk,
        "<ban>": ban.pk,
        "<ban file>": ban.attachments.first().pk,
    }


def _filed(clerk: User) -> dict[str, Any]:
    reviewer = User.objects.get(username="scjgj_sh")
    taking = PublicationFactory(department=clerk.department, drafted_by=clerk, confirmed_by=reviewer)
    draft = DraftPublicationFactory(department=clerk.department, drafted_by=clerk, standard="filed-tax")
    waiting, proposed, left_out = (WaitingRowFactory(publication=taking) for _ in range(3))
    entry = _entry(clerk, taking.list_code)
    FiledRow.objects.filter(pk=left_out.pk).update(
        state="entered", subject=entry.subject, record=entry.record, missing_since=timezone.localdate()
    )
    until = timezone.localdate() + timedelta(days=200)
    judging.propose(proposed, Answer.NOBODY, subject=None, reason="已查档。", until=until, by=clerk)
    return {
        "<publication>": taking.pk,
        "<draft publication>": draft.pk,
        "<filed row>": waiting.pk,
        "<proposed row>": proposed.pk,
        "<left out row>": left_out.pk,
    }


def _corrected(clerk: User) -> dict[str, Any]:
    case = correction_in("served", department=clerk.department)
    return {
        "<corrected record>": finding(department=clerk.department).pk,
        "<correction>": case.pk,
        "<order proof>": case.attachments.first().pk,
    }


def _event(number: str, person: bool = False) -> dict[str, str]:
    who = {"id_number": "11010519491231002X"} if person else {"subject_code": "91230100HD00000017"}
    return {"number": number, "kind": "punishment", "subject_name": "示例主体", "account": "请核查。", **who}


def _national(clerk: User) -> dict[str, Any]:
    office = User.objects.get(username="xyb")
    reviewer = User.objects.get(username="scjgj_sh")
    body = {"format": "HRB-NE-1", "events": [_event("DZ-1", person=True), _event("DZ-2")]}
    data = json.dumps(body).encode()
    delivery = receiving.receive(data, name="一.json", format_code="HRB-NE-1", channel="file", by=office)
    first, second = (NationalEvent.objects.get(number=number).case for number in ("DZ-1", "DZ-2"))
    handling.assign(first, department=clerk.department, by=office)
    second = handling.assign(second, department=clerk.department, by=office)
    second = handling.verify(second, result="true", statement="经核查属实。", by=clerk)
    handling.approve(second, by=reviewer)
    return {
        "<delivery>": delivery.pk,
        "<national event>": first.pk,
        "<feedback>": answering.dispatch(by=office).pk,
    }
