"""A person at a browser: a session, forms that carry their hidden fields, and a clock that calls a page that hangs a failure."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

import requests
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

ANSWERED_WITHIN = 90
"""Seconds. A page that takes longer hangs: nginx would have given up soon after."""
GONE = (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)
"""What a person sees of a web process that died under the request."""


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "input" and found.get("type") == "hidden" and found.get("name"):
            self.fields[str(found["name"])] = found.get("value") or ""


@dataclass
class Form:
    """A form as it was opened: its address and hidden fields (one-time token, version seen, CSRF)."""

    url: str
    fields: dict[str, str]


class Browser:
    """One tab of one person; `username` None: a visitor."""

    def __init__(self, base: str, username: str | None = None) -> None:
        self.base = base
        self.session = requests.Session()
        self.session.trust_env = False
        if username is not None:
            client = Client()
            client.force_login(get_user_model().objects.get(username=username))
            name = settings.SESSION_COOKIE_NAME
            self.session.cookies.set(name, client.cookies[name].value)

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.base + path, timeout=ANSWERED_WITHIN, allow_redirects=False)

    def form(self, path: str) -> Form:
        page = self.get(path)
        assert page.status_code == 200, (path, page.status_code, page.text[:2000])
        parser = _Fields()
        parser.feed(page.text)
        return Form(path, parser.fields)

    def send(self, form: Form, files: dict[str, tuple[str, bytes]] | None = None, **values: str) -> requests.Response:
        return self.session.post(
            self.base + form.url,
            data=form.fields | values,
            files=files,
            headers={"Referer": self.base + form.url},
            timeout=ANSWERED_WITHIN,
            allow_redirects=False,
        )

    def publish(self, form: Form) -> requests.Response:
        """The reviewer's click on 通过并立即公示."""
        return self.send(form, verdict="publish", reason="", publish_from="")


def unavailable(answer: requests.Response) -> bool:
    """503 with words in Chinese and a Retry-After."""
    return (
        answer.status_code == 503
        and int(answer.headers["Retry-After"]) > 0
        and "暂时无法提供服务" in answer.text
        and "no-store" in answer.headers["Cache-Control"]
    )
