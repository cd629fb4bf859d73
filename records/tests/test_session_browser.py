"""Long typing in a browser: a word before the session ends, a question before the text is thrown away, a clock that can be read."""

import pytest
from django.urls import reverse

from credit_platform.accounts.tests.factories import ClerkFactory
from records.tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WOULD_ASK = """() => {
    const leaving = new Event("beforeunload", {cancelable: true});
    window.dispatchEvent(leaving);
    return leaving.defaultPrevented;
}"""


def test_the_session_is_prolonged_and_typed_text_is_not_left_unasked(page, client, live_server, settings):
    settings.SESSION_IDLE_SECONDS = 182
    entry = factories.PenaltyEntryFactory()
    clerk = ClerkFactory()
    entry.providers.add(clerk.department)
    client.force_login(clerk)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.goto(live_server.url + reverse("records:new", args=["penalty-2018"]))
    warning = page.locator("form[data-idle]")
    assert warning.is_hidden()
    warning.wait_for(state="visible")
    assert "分钟" in warning.inner_text()
    warning.get_by_role("button", name="继续使用").click()
    warning.wait_for(state="hidden")
    assert page.evaluate(WOULD_ASK) is False
    page.locator("input[name=CF_WSH]").fill("示市监罚〔2026〕1号")
    assert page.evaluate(WOULD_ASK) is True
