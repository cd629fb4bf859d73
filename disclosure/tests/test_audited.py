"""An act on many is read and found by what each of its members is called; what a person's act led to bears that person's name."""

import pytest

from credit_platform.accounts.actors import OnBehalf
from credit_platform.accounts.policy import allows
from credit_platform.accounts.tests.factories import ReviewerFactory
from credit_platform.audit import tasks
from credit_platform.audit.models import AuditEntry
from disclosure import actions
from disclosure.tests import factories
from disclosure.tests.factories import SubmittedFactory
from records.actions import enter
from records.tests import factories as ledger
from records.tests.test_entry import penalty

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client, arthur_auditor):
    client.force_login(arthur_auditor)
    return client


@pytest.fixture
def published(market_bureau):
    """Three items that were published together, and one alone."""
    rows = [SubmittedFactory(record=factories.severe_penalty(authority=market_bureau)) for _ in range(4)]
    reviewer = ReviewerFactory(department=market_bureau)
    outcomes = actions.approve_many([row.pk for row in rows[:3]], by=reviewer)
    assert all(each.ok for each in outcomes)
    actions.approve_and_publish(rows[3], by=reviewer)
    return rows


def found(auditor, text, **more):
    return {row["entry"].verb for row in auditor.get("/desk/audit/", {"object": text, **more}).context["rows"]}


def test_the_object_of_a_bulk_act_says_how_many_of_what(auditor, published):
    entry = AuditEntry.objects.get(verb="disclosure.publish", members__isnull=False)
    assert (entry.object_type, entry.object_label) == ("disclosure.disclosure", "3件公示事项")
    page = auditor.get("/desk/audit/", {"verb": "disclosure.publish"}).content.decode()
    assert "3件公示事项" in page


def test_a_bulk_act_is_found_by_the_number_of_each_member_in_any_brackets(auditor, published):
    for row in published[:3]:
        assert {"disclosure.approve", "disclosure.publish"} <= found(auditor, row.document_number)
    number = published[0].document_number.replace("〔", "[").replace("〕", "]")
    assert {"disclosure.approve", "disclosure.publish"} <= found(auditor, number)
    (alone,) = [
        row["entry"]
        for row in auditor.get(
            "/desk/audit/", {"object": published[3].document_number, "verb": "disclosure.publish"}
        ).context["rows"]
    ]
    assert alone.members is None
    assert found(auditor, "哈市监罚〔2026〕没有这个号") == set()


def test_the_page_of_a_bulk_act_names_its_members_and_leads_to_each(auditor, published):
    entry = AuditEntry.objects.get(verb="disclosure.publish", members__isnull=False)
    page = auditor.get(f"/desk/audit/{entry.pk}/").content.decode()
    for row in published[:3]:
        assert f"{row.document_number}　{row.subject_name}" in page
    assert page.count("/desk/audit/?object=") == 3
    assert published[3].document_number not in page


def test_the_members_of_a_large_act_are_paged(auditor, published):
    entry = AuditEntry.objects.create(
        verb="disclosure.prepare", actor_kind="system", actor_name="系统", members=list(range(10**6, 10**6 + 450))
    )
    first = auditor.get(f"/desk/audit/{entry.pk}/").content.decode()
    assert "共 450 项，这里是第 1 至 200 项" in first
    assert "?from=200" in first
    last = auditor.get(f"/desk/audit/{entry.pk}/", {"from": "400"}).content.decode()
    assert "第 401 至 450 项" in last
    assert auditor.get(f"/desk/audit/{entry.pk}/", {"from": "x"}).status_code == 200


def test_an_imported_record_is_found_by_its_number_through_its_batch(auditor, market_bureau, alice_clerk):
    from records.tests.imports.samples import as_csv, bring
    from records.tests.imports.samples import penalty as row

    ledger.PenaltyEntryFactory()
    batch = bring(as_csv([row(77, market_bureau)]), "一.csv", market_bureau, alice_clerk)
    record = batch.records.get()
    assert "records.import.apply" in found(auditor, record.document_number)


def test_the_verification_that_an_auditor_asked_for_bears_his_name(auditor, arthur_auditor, monkeypatch):
    asked = []
    monkeypatch.setattr(tasks.verify_chain, "delay", lambda by: asked.append(by))
    auditor.post("/desk/audit/chain/verify/", {"extent": "whole"})
    tasks.verify_chain(*asked)
    entry = AuditEntry.objects.get(verb="audit.verify")
    assert (entry.actor_kind, entry.actor_id, entry.actor_name) == (
        "staff",
        arthur_auditor.pk,
        arthur_auditor.actor_name,
    )
    tasks.verify_chain()
    assert AuditEntry.objects.filter(verb="audit.verify").latest("pk").actor_name == "系统"


def test_on_behalf_may_what_the_platform_may_and_is_written_down_as_the_person(market_bureau):
    ledger.PenaltyEntryFactory()
    reviewer = ReviewerFactory(department=market_bureau)
    assert not allows(reviewer, "records.enter", market_bureau)
    deputy = OnBehalf(reviewer)
    assert allows(deputy, "records.enter", market_bureau)
    assert not allows(deputy, "disclosure.review", market_bureau)
    record = enter("penalty-2018", penalty(market_bureau), by=deputy, department=market_bureau)
    entry = AuditEntry.objects.about(record).get(verb="records.enter")
    assert (entry.actor_name, entry.actor_id) == (reviewer.actor_name, reviewer.pk)
    assert record.entered_by is None
