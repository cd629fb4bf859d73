"""A real browser over the test client: every request of the page is answered in the test's own transaction.

No server and no committed rows, so that browser tests stand beside append-only tables and clean up by rollback.
"""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.test import Client, TestCase
from playwright.sync_api import Page, Route

ORIGIN = "http://localhost"  # which a browser trusts without a certificate
REDIRECTS = (301, 302, 303, 307)
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
PASSED_ON = ("accept", "hx-request", "hx-target", "referer", "origin", "host")


def answer_with(client: Client) -> Callable[[Route], None]:
    """A route handler that asks `client` and gives its answer with all headers, the security policy included."""
    # Playwright calls the handler in a context of its own, where Django would open a second connection.
    context = contextvars.copy_context()

    def handle(route: Route) -> None:
        request = route.request
        parts = urlsplit(request.url)
        headers = {name: value for name, value in request.headers.items() if name in PASSED_ON}
        options: dict[str, Any] = {"headers": {"host": parts.netloc} | headers}
        if request.method == "POST":
            options |= {"data": request.post_data_buffer or b"", "content_type": request.headers["content-type"]}
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        answer = context.run(_asked, client, request.method.lower(), path, options)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        names = {name: value for name, value in answer.items() if name.lower() != "content-length"}
        if answer.status_code in REDIRECTS:
            # A redirect that we answer would be followed past us, so the browser is sent on by a page of its own.
            route.fulfill(status=200, headers={"Refresh": f"0; url={answer['Location']}"}, body="")
        else:
            route.fulfill(status=answer.status_code, headers=names, body=body)

    return handle


def _asked(client: Client, method: str, path: str, options: dict[str, Any]) -> Any:
    """The answer, after what the request left for the end of its transaction was done, as a server would."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return getattr(client, method)(path, **options)


def open_site(page: Page, client: Client) -> None:
    """From now on the page's every request goes to `client`; go to `ORIGIN + path`."""
    page.route(lambda address: address.startswith(ORIGIN), answer_with(client))


def fits(page: Page) -> bool:
    """Whether nothing is wider than the window, once what is drawn by a script has taken a new width over."""
    return comes_true(page, FITS)


def comes_true(page: Page, said: str) -> bool:
    """Whether an expression becomes true of a page within the seconds that its scripts may take on a busy machine."""
    for _ in range(100):  # asked from here: the pages' security policy lets nothing in them evaluate a text
        if page.evaluate(said):
            return True
        page.wait_for_timeout(50)
    return False
