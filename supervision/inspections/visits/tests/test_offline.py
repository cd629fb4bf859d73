"""The form of a phone without a connection, in a real browser: filled in, kept over a reload, sent once when the connection is back."""

from __future__ import annotations

import hashlib

import pytest
from django.conf import settings
from django.urls import reverse

from casework.models import Case
from credit_platform.accounts.tests.factories import ClerkFactory
from credit_platform.audit.models import AuditEntry
from supervision.inspections.visits.tests.factories import PHOTO, case_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signed_in(page, client, live_server):
    """An inspector before the form of a visit, signed in."""
    case = case_in("inspecting")
    client.force_login(ClerkFactory(department=case.department))
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    page.set_viewport_size({"width": 390, "height": 844})
    return page, case, live_server.url + reverse("visit:form", args=[case.pk])


@pytest.fixture
def inspector(signed_in):
    """An inspector at the form, which is kept."""
    page, case, address = signed_in
    page.goto(address)
    page.locator("form[data-offline='1']").wait_for()
    return page, case


def test_a_phone_that_keeps_nothing_says_so_and_sends_all_the_same(signed_in):
    page, case, address = signed_in
    page.add_init_script(
        "IDBFactory.prototype.open = () => { const asked = {}; setTimeout(() => asked.onerror()); return asked; };"
    )
    page.goto(address)
    row = case.own.items.get()
    page.locator(f"[name=result_{row.pk}]").select_option("clean")
    page.get_by_text("本机没有能够保存，请不要关闭本页").wait_for()
    page.locator("[name=account]").fill("到店检查。")
    page.locator("[name=photos]").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": PHOTO.data})
    page.locator("[data-visit-photos] li").wait_for()
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(f"**{reverse('visit:case', args=[case.pk])}")
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.attachments.count()) == ("entered", 1)


def test_a_visit_is_filled_in_offline_and_sent_once(inspector, axe):
    page, case = inspector
    row = case.own.items.get()
    assert axe(page) == []
    page.context.set_offline(True)
    page.reload()
    page.locator(f"[name=result_{row.pk}]").select_option("ordered")
    page.locator(f"[name=finding_{row.pk}]").fill("过期食品三件。")
    page.locator("[name=account]").fill("到店检查，当场责令改正。")
    photo = {"name": "image.png", "mimeType": "image/png", "buffer": PHOTO.data}
    page.locator("[name=photos]").set_input_files(photo)
    page.locator("[data-visit-photos] li").wait_for()
    page.get_by_role("button", name="提交").click()
    page.get_by_text("没有网络，已保存在本机").wait_for()
    assert Case.objects.get(pk=case.pk).state == "inspecting"
    page.reload()
    page.get_by_text("image.png").wait_for()
    assert page.locator(f"[name=finding_{row.pk}]").input_value() == "过期食品三件。"
    page.context.set_offline(False)
    page.wait_for_url(f"**{reverse('visit:case', args=[case.pk])}")
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.own.result) == ("entered", "ordered")
    assert case.attachments.get().sha256 == hashlib.sha256(PHOTO.data).hexdigest()
    assert AuditEntry.objects.filter(verb="inspections.visits.enter").count() == 1
    left = page.evaluate(
        """() => new Promise((done) => { const asked = indexedDB.open("visits", 1); asked.onsuccess = () => {
        const all = asked.result.transaction("drafts").objectStore("drafts").getAllKeys();
        all.onsuccess = () => done(all.result.length); }; })"""
    )
    assert left == 0
