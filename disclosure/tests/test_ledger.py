"""From the ledger's own verbs to the public and back: enter, submit, review, edit, correct, revoke."""

from datetime import date

import pytest

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from disclosure import actions
from disclosure.models import Disclosure
from disclosure.queries.public import public_disclosures
from disclosure.rules.states import State
from records import actions as ledger_actions
from records.tests import factories as ledger

pytestmark = pytest.mark.django_db


def test_one_record_from_the_clerk_to_the_public_and_back(today):
    ledger.PenaltyEntryFactory()
    authority = DepartmentFactory()
    clerk, reviewer = ClerkFactory(department=authority), ReviewerFactory(department=authority)
    form = ledger.PenaltyRecordFactory.build(
        authority=authority, source_department=authority, subject=ledger.SubjectFactory()
    )
    raw = ledger.penalty_content(form) | {"HRB_YZCD": "一般"}
    record = ledger_actions.enter("penalty-2018", raw, by=clerk, department=authority)
    row = Disclosure.objects.get(record=record)
    assert (row.state, row.severity, row.drafted_by, row.due_on) == (State.DRAFT, "一般", clerk, date(2026, 11, 11))
    assert row.arrival_late
    actions.submit(row, by=clerk)
    actions.approve_and_publish(row, by=reviewer)
    assert public_disclosures(today).get().shown["CF_NR"] == "罚款人民币2000元。"
    edited = raw | {"CF_NR": "罚款2000元。"}
    record = ledger_actions.edit(record, edited, by=clerk, version=str(record.version))
    assert public_disclosures(today).get().shown["CF_NR"] == "罚款人民币2000元。"
    row.refresh_from_db()
    assert (row.needs_correction, row.changed_by) == (True, clerk)
    actions.correct(row, by=reviewer, reason="处罚内容笔误")
    assert public_disclosures(today).get().shown["CF_NR"] == "罚款2000元。"
    ledger_actions.revoke(record, by=clerk, reason="行政复议决定撤销", on=today)
    row.refresh_from_db()
    assert (row.state, public_disclosures(today).exists()) == (State.SUSPENDED, False), "one person hides, two withdraw"
    actions.confirm(row, by=reviewer)
    row.refresh_from_db()
    assert (row.state, public_disclosures(today).exists()) == (State.WITHDRAWN, False)
    assert [change.event for change in row.changes.order_by("id")] == ["appeared", "changed", "ended"]
    assert actions.recount(by=SYSTEM) == []
