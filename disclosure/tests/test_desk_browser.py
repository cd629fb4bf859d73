"""The review page by keyboard, and the list's "select all"."""

import pytest
from django.urls import reverse

from credit_platform.accounts.tests.factories import ReviewerFactory
from disclosure.models import Disclosure
from disclosure.tests.factories import DisclosureFactory, SubmittedFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signed_in(page, client, live_server, settings):
    def sign(user):
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return page

    return sign


def test_a_reviewer_returns_and_publishes_without_the_mouse(signed_in, live_server):
    row = SubmittedFactory()
    page = signed_in(ReviewerFactory(department=row.source_department))
    address = live_server.url + reverse("disclosure:review", args=[row.pk])
    page.goto(address)
    page.keyboard.press("t")
    page.keyboard.type("请补充处罚依据条款")
    assert page.locator("textarea[name=reason]").input_value() == "请补充处罚依据条款"
    page.keyboard.press("Tab")
    page.keyboard.press("s")
    page.wait_for_url(lambda url: url != address)
    assert Disclosure.objects.get(pk=row.pk).state == "returned"
    second = SubmittedFactory()
    page = signed_in(ReviewerFactory(department=second.source_department))
    page.goto(live_server.url + reverse("disclosure:review", args=[second.pk]))
    page.keyboard.press("p")
    page.keyboard.press("s")
    page.wait_for_url("**/desk/disclosures/")
    assert Disclosure.objects.get(pk=second.pk).state == "published"


def test_select_all_ticks_the_page(signed_in, live_server):
    row = DisclosureFactory()
    page = signed_in(row.drafted_by)
    page.goto(live_server.url + reverse("disclosure:list"))
    page.get_by_text("全选本页").click()
    assert page.locator("input[name=id]:checked").count() == 1
