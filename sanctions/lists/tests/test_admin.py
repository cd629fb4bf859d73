"""The table of lists in the administration: written, put in force with its grounds only, repealed; entries keep their days."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credit_platform.accounts.models import User
from credit_platform.audit.models import AuditEntry
from sanctions.lists.admin import EDITED
from sanctions.lists.models import CreditList
from sanctions.lists.tests.factories import SeriousListFactory, StandingEntryFactory, WaitingListFactory

pytestmark = pytest.mark.django_db
CHANGE, BUTTON = "admin:sanctions_creditlist_change", "admin:sanctions_creditlist_do"


@pytest.fixture
def simon(client: Client, simon_system_admin: User) -> Client:
    client.force_login(simon_system_admin)
    return client


def filled(row: CreditList, **more: object) -> dict[str, object]:
    given = {name: getattr(row, name) for name in EDITED} | more
    sent = {name: "" if value is None else getattr(value, "pk", value) for name, value in given.items()}
    return {name: value for name, value in sent.items() if value is not False}


def test_a_row_is_added_and_waits(simon):
    row = WaitingListFactory.build(code="SY-NEU", name="新名单", short_name="新名单")
    answer = simon.post(reverse("admin:sanctions_creditlist_add"), filled(row))
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    made = CreditList.objects.get(code="SY-NEU")
    assert made.valid_from is None
    assert AuditEntry.objects.filter(verb="sanctions.list.save").count() == 1


def test_a_row_without_its_grounds_is_not_put_in_force(simon):
    row = WaitingListFactory()
    answer = simon.post(reverse(BUTTON, args=[row.pk, "enforce"]), {"reason": "主管部门已确认"})
    assert answer.status_code == 422
    assert "请选择依据的位阶" in answer.content.decode()
    row.refresh_from_db()
    assert row.valid_from is None


def test_a_row_with_its_grounds_is_put_in_force_and_repealed(simon):
    row = SeriousListFactory(valid_from=None)
    assert simon.post(reverse(BUTTON, args=[row.pk, "enforce"]), {"reason": "主管部门已确认"}).status_code == 302
    row.refresh_from_db()
    assert row.is_in_force(timezone.localdate())
    assert simon.post(reverse(BUTTON, args=[row.pk, "repeal"]), {"reason": "规章已废止"}).status_code == 302
    row.refresh_from_db()
    assert row.valid_until == timezone.localdate()


def test_a_row_in_force_does_not_lose_its_grounds(simon):
    row = SeriousListFactory()
    address = reverse(CHANGE, args=[row.pk])
    for wrong in ({"basis_rank": "policy"}, {"standard_at": ""}, {"consultation_days": 10}):
        assert simon.post(address, filled(row, **wrong)).status_code == 200
    row.refresh_from_db()
    assert row.basis_rank == "regulation"


def test_another_term_holds_for_the_next_and_not_for_who_is_listed(simon):
    entry = StandingEntryFactory()
    row = entry.credit_list
    assert simon.post(reverse(CHANGE, args=[row.pk]), filled(row, term_months=12)).status_code == 302
    row.refresh_from_db()
    before, entry_days = entry.ends_on, type(entry).objects.get(pk=entry.pk).ends_on
    assert row.term_months == 12
    assert entry_days == before
    change = AuditEntry.objects.filter(verb="sanctions.list.save").latest("pk")
    assert (change.before, change.after) == ({"term_months": 36}, {"term_months": 12})
