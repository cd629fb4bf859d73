"""The desk: who still has what, its export, the answer of a department, recipients and cases."""

from __future__ import annotations

import pytest
from django.urls import reverse

from credit_platform.accounts.tests.factories import AuditorFactory, ClerkFactory, CreditOfficeFactory
from credit_platform.web import worklists
from deliveries.models import Delivery
from deliveries.tests.factories import REMINDED, TODAY, case_in, delivered, late

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


@pytest.fixture
def as_(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def test_the_credit_office_sees_who_still_has_an_item_and_takes_it_as_a_file(as_):
    row, other = late(), delivered()
    desk = as_(CreditOfficeFactory())
    page = desk.get(reverse("delivery:list"), {"q": row.disclosure.public_id}).content.decode()
    assert row.recipient.name in page
    assert other.recipient.name not in page.split("<table")[1]
    assert "逾期未回执" in page
    export = desk.get(reverse("delivery:list"), {"export": "csv", "scope": "late"})
    lines = b"".join(export.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert row.disclosure.public_id in lines[1]


def test_a_department_sees_and_answers_its_own(as_):
    row, other = delivered(), delivered()
    clerk = ClerkFactory(department=row.recipient.department)
    desk = as_(clerk)
    page = desk.get(reverse("delivery:list")).content.decode()
    assert row.disclosure.document_number in page
    assert other.recipient.name not in page
    answered = desk.post(reverse("delivery:acknowledge"), {"id": [row.pk, other.pk]}, follow=True)
    assert "已登记回执 1 条" in answered.content.decode()
    assert Delivery.objects.get(pk=row.pk).state == "acknowledged"
    assert Delivery.objects.get(pk=other.pk).state == "open"


def test_nothing_ticked_is_told_and_an_unknown_tab_is_a_mistake(as_):
    desk = as_(CreditOfficeFactory())
    assert "请先勾选" in desk.post(reverse("delivery:acknowledge"), follow=True).content.decode()
    assert desk.get(reverse("delivery:list"), {"scope": "elsewhere"}).status_code == 400


def test_recipients_tell_how_far_they_read_and_what_they_owe(as_):
    case = case_in("paused")
    page = as_(AuditorFactory()).get(reverse("delivery:recipients")).content.decode()
    assert case.own.recipient.name in page
    assert "已暂停共享" in page


def test_a_case_is_ordered_on_its_page(as_):
    case = case_in()
    desk = as_(CreditOfficeFactory())
    assert desk.get(reverse("delivery:case", args=[case.pk])).status_code == 200
    address = reverse("delivery:step", args=[case.pk, "order"])
    form = desk.get(address)
    given = {"document_number": "责更〔2026〕1号", "reason": "请立即更新。", "on": TODAY.isoformat()}
    hidden = {field.name: field.value() for field in form.context["form"].hidden_fields()}
    assert desk.post(address, hidden | given).status_code == 302
    case.refresh_from_db()
    assert case.state == "ordered"
    assert desk.get(reverse("delivery:cases")).status_code == 200


def test_the_desks_home_tells_who_is_late_and_what_a_department_owes():
    row = late()
    assert row.due_on < REMINDED

    def section(user, title):
        return next(each for each in worklists.sections(user, TODAY) if each.title.startswith(title))

    assert section(CreditOfficeFactory(), "逾期未更新的接收单位").size == 1
    clerk = ClerkFactory(department=row.recipient.department)
    assert section(clerk, "本单位查询过的信息有变更").rows[0].due == row.due_on
