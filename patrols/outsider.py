"""Who reads: somebody without a session and without a key, over the very addresses that everybody uses."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from http.cookies import SimpleCookie
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import StreamingHttpResponse
from django.test import Client
from django.utils import timezone

LONGEST_WAIT = 60
TRIES = 3
SECONDS = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and when it was asked for; `data` is the same word for word."""

    address: str
    status: int
    text: str
    asked_at: datetime
    data: bytes = b""


Reply = tuple[int, int, bytes]
"""Status, seconds to wait when there are too many questions, and the body."""


class Door(Protocol):
    """A way to the public face: what an address answers, and where a form that was filled in leads to (address and status)."""

    def __call__(self, address: str) -> Reply: ...

    def send(self, address: str, fields: Mapping[str, str]) -> tuple[str, int]: ...


class Outsider:
    """Reads addresses one after the other and counts them; too many questions are asked again later."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.count = 0

    def get(self, address: str, **params: object) -> Answer:
        """The answer of an address with parameters. OSError when it cannot be reached."""
        whole = f"{address}?{urlencode(params)}" if params else address
        for _ in range(TRIES):
            asked_at = timezone.now()
            status, wait, body = self.door(whole)
            self.count += 1
            if status != 429:
                break
            time.sleep(min(wait, LONGEST_WAIT))
        return Answer(whole, status, body.decode("utf-8-sig", "replace"), asked_at, body)

    def send(self, address: str, **fields: str) -> str:
        """Fill in the form of a page and send it; the address to which its answer leads. LookupError when it is not taken."""
        self.count += 1
        led_to, status = self.door.send(address, fields)
        if status != 302:
            raise LookupError(f"{address}: {status}")
        return led_to


class _Hidden(HTMLParser):
    """What a browser sends with a form without being asked: its hidden fields."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.feed(page.decode("utf-8", "replace"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden" and given.get("name"):
            self.fields[str(given["name"])] = given.get("value") or ""


class Inside:
    """The application itself, through all its middleware."""

    def __init__(self) -> None:
        hosts = [host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*", "["))]
        self.host = next(iter(hosts), "localhost")

    def __call__(self, address: str) -> Reply:
        answer = self._client().get(address, secure=True, headers={"host": self.host})
        streamed = isinstance(answer, StreamingHttpResponse)
        body = b"".join(answer.streaming_content) if streamed else answer.content  # type: ignore[attr-defined]
        return answer.status_code, int(answer.headers.get("Retry-After", 1)), body

    def send(self, address: str, fields: Mapping[str, str]) -> tuple[str, int]:
        """As a browser does: the page first, then its form."""
        client, headers = self._client(), {"host": self.host}
        hidden = _Hidden(client.get(address, secure=True, headers=headers).content).fields
        answer = client.post(address, {**hidden, **fields}, secure=True, headers=headers)
        return answer.headers.get("Location", ""), answer.status_code

    @staticmethod
    def _client() -> Client:
        return Client(raise_request_exception=False)


class Served:
    """The served address, with the web server and the caches that stand before the application."""

    def __init__(self, base: str) -> None:
        self.parts = urlsplit(base)

    def __call__(self, address: str) -> Reply:
        answer, body = self._ask("GET", address)
        return answer.status, int(answer.getheader("Retry-After") or 1), body

    def send(self, address: str, fields: Mapping[str, str]) -> tuple[str, int]:
        """As a browser does: the page first, then its form with the cookies of the page."""
        page, body = self._ask("GET", address)
        cookies = SimpleCookie()
        for each in page.msg.get_all("Set-Cookie") or []:
            cookies.load(each)
        origin = f"{self.parts.scheme}://{self.parts.netloc}"
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={each.value}" for name, each in cookies.items()),
            "Origin": origin,
            "Referer": f"{origin}{address}",
        }
        answer, _ = self._ask("POST", address, urlencode({**_Hidden(body).fields, **fields}), headers)
        return urlsplit(answer.getheader("Location") or "").path, answer.status

    def _ask(
        self, method: str, address: str, body: str | None = None, more: Mapping[str, str] | None = None
    ) -> tuple[HTTPResponse, bytes]:
        kind = HTTPSConnection if self.parts.scheme == "https" else HTTPConnection
        connection = kind(self.parts.netloc, timeout=SECONDS)
        try:
            connection.request(method, address, body=body, headers={"User-Agent": "public-face-patrol", **(more or {})})
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()


def outsider() -> Outsider:
    """The reader of this installation: by PATROL_ADDRESS where the settings give one."""
    return Outsider(Served(settings.PATROL_ADDRESS) if settings.PATROL_ADDRESS else Inside())
