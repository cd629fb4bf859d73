"""A page as somebody finds it who sees badly or holds a phone: what axe says, and whether the page fits, at two widths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from playwright.sync_api import Page, Response

from credit_platform import urls
from credit_platform.web.errors import bad_request, not_found, permission_denied, server_error
from credit_platform.web.tests import addresses_that_raise
from credit_platform.web.tests.browsing import ORIGIN, fits

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
WIDEST = """() => [...document.querySelectorAll("main *")].filter(
    each => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !each.closest(".table-scroll, .results")
).slice(0, 3).map(each => each.outerHTML.slice(0, 120))"""
# Everything that a person may leave out of a form is left out; what the page itself put there stays.
FORM = "main form[method=post]:not([data-idle])"  # not the one that prolongs the session, which answers with no page
EMPTY_AND_SEND = """chosen => {
    const forms = [...document.querySelectorAll(chosen)];
    const form = forms.find(each => !each.getAttribute("action")) || forms[0];
    for (const each of form.elements) {
        if (["text", "textarea", "date", "number", "search", "tel", "email"].includes(each.type)) each.value = "";
        if (["checkbox", "radio"].includes(each.type)) each.checked = false;
        if (each.type === "select-one" && [...each.options].some(option => option.value === "")) each.value = "";
    }
    HTMLFormElement.prototype.submit.call(form);
}"""


# The interface documentation is drawn by Swagger UI with a main part of its own, to which our script gives another role.
RULES = {"/api/docs/": {"aria-allowed-role": {"enabled": False}}}


class Looker:
    """Goes to pages and gathers what is wrong with them: address → findings."""

    def __init__(self, page: Page, axe: Callable[..., list[str]]) -> None:
        self.page, self.axe = page, axe
        self.wrong: dict[str, list[str]] = {}
        self.seen: list[str] = []

    def report(self) -> str:
        return "\n".join(f"{where}\n    " + "\n    ".join(found) for where, found in self.wrong.items())

    def go(self, where: str) -> Response | None:
        answer = self.page.goto(ORIGIN + where)
        self.look(where, status=answer.status if answer else 200)
        return answer

    def send_empty(self, where: str) -> bool:
        """Send the form of the page that is open, with nothing filled in, and look at what comes back; False: it has none."""
        if not self.page.locator(FORM).count():
            return False
        with self.page.expect_navigation(wait_until="load"):
            self.page.evaluate(EMPTY_AND_SEND, FORM)
        self.page.locator("body > *").first.wait_for(state="attached")
        self.page.wait_for_load_state()
        # The page itself was looked at in both widths; its mistakes are narrowest on a phone.
        self.look(f"{where} sent empty", status=None, widths=(PHONE,))
        return True

    def look(self, name: str, *, status: int | None, widths: Sequence[dict[str, int]] = (WIDE, PHONE)) -> None:
        """`status` None: whatever came back; the browser writes down every 4xx itself."""
        complaints = [
            text for text in self.page.complaints if "Failed to load resource" not in text or f"{status}" not in text
        ]  # type: ignore[attr-defined]
        if status is None:
            complaints = [text for text in complaints if "status of 4" not in text]
        found = list(complaints)
        self.page.wait_for_load_state()
        for width in widths:
            self.page.set_viewport_size(width)  # type: ignore[arg-type]
            # Colours do not depend on the width, and to compare them takes longer than everything else.
            rules = RULES.get(name, {}) | ({} if width is widths[0] else {"color-contrast": {"enabled": False}})
            found += [f"{width['width']}: {text}" for text in self.axe(self.page, rules=rules)]
            if not fits(self.page):
                found.append(f"{width['width']}: wider than the window: {self.page.evaluate(WIDEST)}")
        self.page.complaints.clear()  # type: ignore[attr-defined]
        self.seen.append(name)
        if found:
            self.wrong[name] = found


# --- the platform with addresses that raise, on both sides


def away(request: HttpRequest) -> HttpResponse:
    from django.db import OperationalError

    raise OperationalError("gone")


def _raising(request: HttpRequest, name: str) -> HttpResponse:
    return addresses_that_raise.raising(request, name)


urlpatterns: list[Any] = [
    path("raise/<str:name>/", _raising),
    path("desk/raise/<str:name>/", _raising),
    path("broken/", addresses_that_raise.broken),
    path("away/", away),
    *urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = bad_request, permission_denied, not_found, server_error
