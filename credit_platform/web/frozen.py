"""A database server that accepts and does not answer (frozen, or its machine gone without a word) holds no page.

The driver waits inside a C library, and only the server can time a statement; so each web process has a lookout, a thread that asks the
server for itself when a request takes long. A server that does not answer it either is frozen: the connections of the requests
that wait are cut, so that they end in a 503, and until the server answers again no new one is opened. A server that answers is only
busy, and a page that takes long is let be: exports and reports are as long as they are.
"""

from __future__ import annotations

import logging
import os
import select
import socket
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import psycopg2
from psycopg2 import extensions

from credit_platform.patience import STATEMENT_SECONDS

logger = logging.getLogger(__name__)

LATE_SECONDS = 2.0
"""A request that takes longer makes the lookout ask."""
ANSWER_SECONDS = 5.0
"""A server that says nothing to a new connection for so long is frozen; a loaded one takes less."""
ASK_AGAIN_SECONDS = 5.0
TURN_SECONDS = 0.5
STUCK_SECONDS = STATEMENT_SECONDS + 5
"""The server ends a statement of a page before; a session that has not moved for longer is frozen by itself."""

STUCK = """
SELECT pid FROM pg_stat_activity
WHERE pid = ANY(%s) AND greatest(query_start, state_change) < clock_timestamp() - make_interval(secs => %s)
"""

Wsgi = Callable[..., Iterable[bytes]]


@dataclass(slots=True)
class Work:
    """A request under way: since when, and Django's connections of its thread."""

    connections: list[Any]
    since: float = field(default_factory=time.monotonic)


class NoAnswer(Exception):  # noqa: N818 - a finding, not an error
    """The server said nothing in time."""


class Lookout:
    """One a process. `ask(alias, pids)` returns which of these sessions are stuck, or raises NoAnswer."""

    def __init__(self, ask: Callable[[str, list[int]], set[int]] | None = None) -> None:
        self.ask = ask or ask_server
        self._work: dict[int, Work] = {}
        self._frozen: set[str] = set()
        self._answered: dict[str, float] = {}
        self._begun = threading.Event()
        self._thread_of = 0
        self._starting = threading.Lock()

    def frozen(self, alias: str = "default") -> bool:
        """Whether this server did not answer when it was asked last."""
        return alias in self._frozen

    def begin(self, connections: list[Any]) -> None:
        """A request begins in this thread."""
        if self._thread_of != os.getpid():
            self._start()
        self._work[threading.get_ident()] = Work(connections)
        self._begun.set()

    def end(self, **kwargs: Any) -> None:
        """The request of this thread is over, its last byte was read."""
        self._work.pop(threading.get_ident(), None)

    def _start(self) -> None:
        """Threads do not survive a fork, so each process starts its own with its first request."""
        with self._starting:
            if self._thread_of != os.getpid():
                self._thread_of = os.getpid()
                threading.Thread(target=self._watch, name="lookout", daemon=True).start()

    def _watch(self) -> None:
        while True:
            self._begun.wait()
            time.sleep(TURN_SECONDS)
            try:
                self.turn(time.monotonic())
            except Exception:
                logger.exception("the lookout stumbled")
            if not self._work and not self._frozen:
                self._begun.clear()
                if self._work:
                    self._begun.set()

    def turn(self, now: float) -> None:
        """Ask every server that something waits for, and cut what waits for one that is frozen."""
        late = [work for work in list(self._work.values()) if now - work.since >= LATE_SECONDS]
        aliases = self._frozen | {each.alias for work in late for each in work.connections}
        for alias in sorted(aliases):
            if alias in self._frozen or now - self._answered.get(alias, 0.0) >= ASK_AGAIN_SECONDS:
                self._look(alias, late, now)

    def _look(self, alias: str, late: list[Work], now: float) -> None:
        waiting = [each for work in late for each in work.connections if each.alias == alias]
        old = [each for work in late if now - work.since > STUCK_SECONDS for each in work.connections]
        pids = [raw.info.backend_pid for each in old if each.alias == alias and (raw := _raw(each)) is not None]
        try:
            stuck = self.ask(alias, pids)
        except NoAnswer:
            if alias not in self._frozen:
                logger.error("database %s does not answer: %s connections are cut", alias, len(waiting))  # noqa: TRY400
            self._frozen.add(alias)
            for each in waiting:
                cut(each)
            return
        self._answered[alias] = now
        if alias in self._frozen:
            logger.warning("database %s answers again", alias)
            self._frozen.discard(alias)
        for each in waiting:
            raw = _raw(each)
            if raw is not None and raw.info.backend_pid in stuck:
                logger.error("a session of database %s is stuck and is cut", alias)
                cut(each)


def _raw(wrapper: Any) -> Any:
    """The driver's connection of Django's, None when there is none."""
    raw = wrapper.connection
    return None if raw is None or raw.closed else raw


def cut(wrapper: Any) -> None:
    """End a connection that another thread waits for: its wait is over at once, with the error of a server that went away."""
    raw = _raw(wrapper)
    if raw is None:
        return
    try:
        with socket.socket(fileno=os.dup(raw.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)
    except (OSError, psycopg2.Error):
        return  # it has ended by itself meanwhile


def ask_server(alias: str, pids: list[int]) -> set[int]:
    """Ask over a connection of our own, with a limit for everything. A server that refuses has answered: pages hear of it themselves."""
    from django.db import connections

    limit = time.monotonic() + ANSWER_SECONDS
    names = connections[alias].get_connection_params()
    given = {name: value for name, value in names.items() if isinstance(value, str | int)}
    probe = None
    try:
        probe = psycopg2.connect(dsn=None, connection_factory=None, cursor_factory=None, async_=True, **given)
        _finish(probe, limit)
        with probe.cursor() as cursor:
            cursor.execute(STUCK, [pids, STUCK_SECONDS])
            _finish(probe, limit)
            return {pid for (pid,) in cursor.fetchall()}
    except psycopg2.Error:
        return set()
    finally:
        if probe is not None:
            probe.close()


def _finish(probe: Any, limit: float) -> None:
    while (state := probe.poll()) != extensions.POLL_OK:
        left = limit - time.monotonic()
        reading = [probe] if state == extensions.POLL_READ else []
        writing = [probe] if state == extensions.POLL_WRITE else []
        if left <= 0 or not any(select.select(reading, writing, [], left)):
            raise NoAnswer


lookout = Lookout()


def watched(application: Wsgi) -> Wsgi:
    """The application with the lookout of this process over each of its requests."""
    from django.core.signals import request_finished
    from django.db import connections

    request_finished.connect(lookout.end, weak=False, dispatch_uid="credit-lookout")

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        lookout.begin([connections[alias] for alias in connections])
        try:
            return application(environ, start_response)
        except BaseException:
            lookout.end()
            raise

    return answer
