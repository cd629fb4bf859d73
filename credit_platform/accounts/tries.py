"""Counting tries in windows of fixed length. In PostgreSQL, so that it holds while Valkey is away, and in one statement, so that
of many at once each gets a number of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from credit_platform.accounts.models import Door, Tries

COUNT = """
INSERT INTO accounts_tries AS t (door, account, network, began, used) VALUES (%s, %s, %s, %s, 1)
ON CONFLICT (door, account, network, began) DO UPDATE SET used = t.used + 1 RETURNING used
"""
MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
KNOWN_DAYS = 90
"""Calendar days for which a network from which somebody came in is known as theirs."""


def count(door: Door, *, account: str = "", network: str = "", seconds: int) -> int:
    """Count one try; how many there were in the present window, this one included."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [door, digest(account), network, window(seconds)])
        return int(cursor.fetchone()[0])


def used(door: Door, *, account: str = "", network: str = "", seconds: int) -> int:
    """How many tries there were in the present window."""
    rows = Tries.objects.filter(door=door, account=digest(account), network=network, began=window(seconds))
    return rows.values_list("used", flat=True).first() or 0


def ends(seconds: int) -> datetime:
    """When the present window ends."""
    return window(seconds) + timedelta(seconds=seconds)


def window(seconds: int) -> datetime:
    """When the present window of `seconds` began: the same moment for every process."""
    return datetime.fromtimestamp(timezone.now().timestamp() // seconds * seconds, UTC)


def remember(account: str, network: str) -> None:
    """An account has come in from a network, which is known as its own for KNOWN_DAYS."""
    count(Door.KNOWN, account=account, network=network, seconds=DAY)


def is_known(account: str, network: str) -> bool:
    """Whether an account has come in from a network within KNOWN_DAYS."""
    return Tries.objects.known(digest(account), network, window(DAY) - timedelta(days=KNOWN_DAYS))


def forget(account: str) -> int:
    """Forget the failures of an account everywhere, not where it is known; how many counts there were."""
    return Tries.objects.filter(account=digest(account)).exclude(door=Door.KNOWN).delete()[0]


def clear(door: Door, *, account: str) -> None:
    """Forget the failures of an account at one door: it has come through."""
    Tries.objects.filter(door=door, account=digest(account)).delete()


def clean() -> None:
    """Remove what no limit asks for any more."""
    now = timezone.now()
    Tries.objects.begun_before(now - timedelta(days=2)).exclude(door=Door.KNOWN).delete()
    Tries.objects.begun_before(now - timedelta(days=KNOWN_DAYS + 1)).delete()


def digest(account: str) -> str:
    """Under what an account is counted."""
    return salted_hmac("accounts.tries", account, algorithm="sha256").hexdigest() if account else ""
