"""What every check needs and hardly ever changes: whose key it is, matters, the version of the register. A process keeps it for seconds."""

from __future__ import annotations

import difflib
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Generic, TypeVar

from django.conf import settings
from django.utils import timezone

from checks.models import CheckMatter
from checks.queries.register import last_version, matter_of
from checks.rules.answers import Matter
from credit_platform.accounts.models import ApiClient
from credit_platform.accounts.models.clients import hash_key
from credit_platform.errors import Refused
from credit_platform.workdays.queries import calendar

T = TypeVar("T")
MOST = 5000
NEAREST = 3


class Cached(Generic[T]):
    """Answers that are asked for again after CHECKS_RECHECK_SECONDS; what raises is not kept."""

    def __init__(self) -> None:
        self._held: dict[Hashable, tuple[float, T]] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` answered within the last seconds, else what it answers now."""
        now = time.monotonic()
        held = self._held.get(key)
        if held is not None and now - held[0] < settings.CHECKS_RECHECK_SECONDS:
            return held[1]
        made = make()
        with self._lock:
            if len(self._held) >= MOST:
                self._held.clear()
            self._held[key] = (now, made)
        return made

    def forget(self) -> None:
        """Ask anew next time."""
        with self._lock:
            self._held.clear()


@dataclass(frozen=True, slots=True)
class Asked:
    """A matter of a day: its row, as the rules take it, and the last day on which an answer of that day holds."""

    row: CheckMatter
    matter: Matter
    valid_until: date


_clients: Cached[ApiClient] = Cached()
_matters: Cached[Asked] = Cached()
_versions: Cached[int] = Cached()


def matter(code: str, on: date) -> Asked:
    """The matter of a code on a day. Refused with the nearest codes when there is none in force."""
    return _matters.get((code, on), lambda: _matter(code, on))


def client(key: str) -> ApiClient | None:
    """The usable client that holds a key. Kept under the digest of the key; whether it still holds is seen again by the statement that asks."""
    digest = hash_key(key)
    try:
        return _clients.get(digest, lambda: _client(key))
    except LookupError:
        return None


def forget_clients() -> None:
    """A key that the process knew holds no more."""
    _clients.forget()


def version() -> int:
    """The present version of the register; 0 while there is none."""
    return _versions.get("version", last_version)


def forget_version() -> None:
    """The version that the process knew is no longer the present one."""
    _versions.forget()


def _client(key: str) -> ApiClient:
    found = ApiClient.objects.with_key(key, timezone.now())
    if found is None:
        raise LookupError
    return found


def _matter(code: str, on: date) -> Asked:
    row = CheckMatter.objects.in_force(on).filter(code=code).first()
    if row is None:
        known = CheckMatter.objects.in_force(on).values_list("code", flat=True)
        near = difflib.get_close_matches(code[:64], list(known), n=NEAREST)
        hint = f"相近的编码：{'、'.join(near)}。" if near else "可用的编码见“核查事项”清单。"
        raise Refused("checks.matter", f"核查事项清单中没有编码“{code[:64]}”，或者已经失效。", mend=hint)
    return Asked(row, matter_of(row, on), calendar().due_on(on, row.valid_workdays))
