"""Reads of the public site from a replica (DATABASE_REPLICA_URL), everything else from the main server.

Only a GET of the addresses in `settings.REPLICA_NAMESPACES` by a visitor without a session goes to the replica: whoever is signed in
reads what he has just written. A replica that cannot be reached, receives nothing or is behind by more than
`settings.REPLICA_MAX_LAG_SECONDS` is left alone for some seconds; a request that it lost is answered by the main server.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from credit_platform.web.requests import is_database_away

logger = logging.getLogger(__name__)

REPLICA = "replica"
ASKED_EVERY = 5.0
"""Seconds between two looks at the replica's state, in each thread's process."""

# Behind by how much: nothing when all that came is replayed; unknown (NULL) when nothing comes any more.
LAG = """
SELECT CASE WHEN NOT pg_is_in_recovery() THEN 0
    WHEN NOT EXISTS (SELECT FROM pg_stat_wal_receiver) THEN NULL
    WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
    ELSE extract(epoch FROM now() - pg_last_xact_replay_timestamp()) END
"""

_reading: ContextVar[bool] = ContextVar("replica_reading", default=False)


class _State:
    """What is known of the replica: when it was looked at, and whether it may be used."""

    looked = 0.0
    usable = False


class PublicReads:
    """Django's database router: reads go where the request says, writes and migrations to the main server only."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return REPLICA if _reading.get() else DEFAULT_DB_ALIAS

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class ReplicaMiddleware:
    """Chooses the server of a request's reads, when a replica is configured. Stands inside `DatabaseAwayMiddleware`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _reading.set(False)
        try:
            return self.get_response(request)
        finally:
            _reading.reset(token)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        _reading.set(is_public_read(request) and usable())

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The replica went away in the middle of a request that only reads: the same view once more, from the main server."""
        if not _reading.get() or not is_database_away(error):
            return None
        _reading.set(False)
        _give_up(error)
        match = request.resolver_match
        return match.func(request, *match.args, **match.kwargs) if isinstance(match, ResolverMatch) else None


def is_public_read(request: HttpRequest) -> bool:
    """A GET of a public address by somebody who is not signed in."""
    match = request.resolver_match
    return (
        request.method in ("GET", "HEAD")
        and match is not None
        and match.namespace in settings.REPLICA_NAMESPACES
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )


def configured() -> bool:
    """Whether the settings name a replica."""
    return REPLICA in settings.DATABASES


def usable() -> bool:
    """Whether there is a replica that answers and is near enough; asked at most every few seconds."""
    if not configured():
        return False
    if time.monotonic() - _State.looked >= ASKED_EVERY:
        _State.looked = time.monotonic()
        _State.usable = _near()
    return _State.usable


def leave() -> None:
    """The rest of this request reads from the main server: it writes, and reads what it wrote."""
    _reading.set(False)


def forget() -> None:
    """Look again at the next request."""
    _State.looked = 0.0


def _near() -> bool:
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(LAG)
            lag = cursor.fetchone()[0]
    except Error as error:
        _give_up(error)
        return False
    if lag is None or lag > settings.REPLICA_MAX_LAG_SECONDS:
        logger.warning("replica is not used: %s", "it receives nothing" if lag is None else f"{lag:.0f} s behind")
        return False
    return True


def _give_up(error: BaseException) -> None:
    logger.warning("replica is away: %s", type(error.__cause__ or error).__name__)
    connections[REPLICA].close()
    _State.looked, _State.usable = time.monotonic(), False
