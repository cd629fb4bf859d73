"""Who reads: somebody without a session and without a key, over the very addresses that everybody uses."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection, HTTPSConnection
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
    """What came back, and when it was asked for."""

    address: str
    status: int
    text: str
    asked_at: datetime


class Door(Protocol):
    """A way to the public face: status, seconds to wait when there are too many questions, and the body."""

    def __call__(self, address: str) -> tuple[int, int, bytes]: ...


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
        return Answer(whole, status, body.decode("utf-8-sig", "replace"), asked_at)


class Inside:
    """The application itself, through all its middleware."""

    def __init__(self) -> None:
        hosts = [host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*", "["))]
        self.host = next(iter(hosts), "localhost")

    def __call__(self, address: str) -> tuple[int, int, bytes]:
        answer = Client(raise_request_exception=False).get(address, secure=True, headers={"host": self.host})
        streamed = isinstance(answer, StreamingHttpResponse)
        body = b"".join(answer.streaming_content) if streamed else answer.content  # type: ignore[attr-defined]
        return answer.status_code, int(answer.headers.get("Retry-After", 1)), body


class Served:
    """The served address, with the web server and the caches that stand before the application."""

    def __init__(self, base: str) -> None:
        self.parts = urlsplit(base)

    def __call__(self, address: str) -> tuple[int, int, bytes]:
        kind = HTTPSConnection if self.parts.scheme == "https" else HTTPConnection
        connection = kind(self.parts.netloc, timeout=SECONDS)
        try:
            connection.request("GET", address, headers={"User-Agent": "public-face-patrol"})
            answer = connection.getresponse()
            return answer.status, int(answer.headers.get("Retry-After") or 1), answer.read()
        finally:
            connection.close()


def outsider() -> Outsider:
    """The reader of this installation: by PATROL_ADDRESS where the settings give one."""
    return Outsider(Served(settings.PATROL_ADDRESS) if settings.PATROL_ADDRESS else Inside())
