"""Withdrawn decisions that are sent again are told; a batch that only changed what is shown leaves nothing to correct when it is taken back."""

import pytest
from django.urls import reverse

from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from credit_platform.errors import Refused
from disclosure import actions
from disclosure.models import Disclosure
from disclosure.queries.public import public_disclosures
from disclosure.rules.states import State
from records.imports.batches import undo
from records.tests import factories as ledger
from records.tests.imports.samples import as_csv, bring, penalty

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority(today):
    ledger.PenaltyEntryFactory()
    return DepartmentFactory()


def sent(authority, **more):
    clerk = ClerkFactory(department=authority)
    return clerk, bring(as_csv([penalty(1, authority, HRB_YZCD="一般", **more)]), "a.csv", authority, clerk)


def shown(authority):
    clerk, _ = sent(authority)
    row = Disclosure.objects.get()
    actions.submit(row, by=clerk)
    return actions.approve_and_publish(row, by=ReviewerFactory(department=authority), confirm_doubts=True)


def withdrawn(authority):
    row = shown(authority)
    return actions.withdraw(row, by=ReviewerFactory(department=authority), reason="复议撤销", public_note="决定已撤销")


def test_a_withdrawn_item_sent_again_with_another_content_is_told(authority):
    row = withdrawn(authority)
    _, batch = sent(authority, CF_SY="改写的事实。")
    assert "disclosure.withdrawn" in {each.rule for each in batch.findings.all()}
    assert Disclosure.objects.get(pk=row.pk).state == State.WITHDRAWN


def test_on_another_day_it_is_told_and_held_for_a_look(authority):
    row = withdrawn(authority)
    clerk, batch = sent(authority, CF_JDRQ="2026/11/19")
    assert "disclosure.withdrawn-before" in {each.rule for each in batch.findings.all()}
    new = Disclosure.objects.exclude(pk=row.pk).get()
    actions.submit(new, by=clerk)
    with pytest.raises(Refused) as refused:
        actions.approve_and_publish(new, by=ReviewerFactory(department=authority))
    assert "disclosure.withdrawn-before" in [each.rule for each in refused.value.findings]
    assert not public_disclosures(new.due_on).exists()


def by_form(authority, client, address, **more):
    """Filled in and sent; what the page of the record says afterwards."""
    client.force_login(ClerkFactory(department=authority))
    page = client.get(address)
    row = {code: value for code, value in penalty(1, authority, HRB_YZCD="一般", **more).items() if value is not None}
    given = {"form_token": page.context["form"]["form_token"].value()} | row
    if "version_seen" in page.context:
        given["version_seen"] = page.context["version_seen"]
    answer = client.post(address, given, follow=True)
    assert answer.redirect_chain, answer.context["form"].errors
    return answer.content.decode()


def test_the_form_tells_it_too_when_it_comes_on_another_day(authority, client):
    row = withdrawn(authority)
    page = by_form(authority, client, reverse("records:new", args=["penalty-2018"]), CF_JDRQ="2026-11-19")
    assert "已于2026年11月23日撤回公示，本行决定日期不同" in page
    new = Disclosure.objects.exclude(pk=row.pk).get()
    actions.submit(new, by=ClerkFactory(department=authority))
    with pytest.raises(Refused) as refused:
        actions.approve_and_publish(new, by=ReviewerFactory(department=authority))
    assert "disclosure.withdrawn-before" in [each.rule for each in refused.value.findings]


def test_the_form_tells_it_too_when_the_record_is_edited(authority, client):
    row = withdrawn(authority)
    for text in ("改写的事实。", "又改写的事实。"):
        page = by_form(authority, client, reverse("records:edit", args=[row.record_id]), CF_SY=text)
        assert page.count("本次变更只更新记录，不恢复公示") == 1
    assert Disclosure.objects.get(pk=row.pk).state == State.WITHDRAWN


def test_the_form_says_nothing_of_what_is_not_withdrawn(authority, client):
    page = by_form(authority, client, reverse("records:new", args=["penalty-2018"]))
    assert "撤回公示" not in page


def test_what_is_not_withdrawn_is_not_told(authority):
    shown(authority)
    _, batch = sent(authority, CF_SY="改写的事实。")
    assert not {each.rule for each in batch.findings.all()} & {"disclosure.withdrawn", "disclosure.withdrawn-before"}


def test_an_undone_change_leaves_nothing_to_correct(authority):
    row = shown(authority)
    clerk, batch = sent(authority, CF_SY="改写的事实。")
    assert Disclosure.objects.get(pk=row.pk).needs_correction
    undo.undo_batch(batch, by=clerk, reason="报错了")
    after = Disclosure.objects.get(pk=row.pk)
    assert (after.needs_correction, after.changed_by, after.shown) == (False, None, row.shown)


def test_an_undone_change_beside_another_one_still_waits(authority):
    row = shown(authority)
    sent(authority, CF_YJ="另一条依据。")
    clerk, batch = sent(authority, CF_YJ="另一条依据。", CF_SY="改写的事实。")
    undo.undo_batch(batch, by=clerk, reason="报错了")
    assert Disclosure.objects.get(pk=row.pk).needs_correction
