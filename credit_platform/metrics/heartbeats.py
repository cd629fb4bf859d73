"""Signs of life in Redis: of the clock, of the workers, and of a task that went all the way from one to the other.

Three signs tell who is ill: no "clock": beat is dead; no "worker": no worker process; both there and no "task": the queue
is stuck or longer than it should be. They are kept in the cache, so they are lost with it and come back within half a minute.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from celery.signals import beat_init, before_task_publish, heartbeat_sent
from django.core.cache import cache

CLOCK, WORKER, TASK = "clock", "worker", "task"
SIGNS = (CLOCK, WORKER, TASK)
KEPT_SECONDS = 7 * 24 * 3600
WRITE_EVERY_SECONDS = 5.0
SENT_HEADER = "credit_sent_at"
TASK_NAME = "platform.heartbeat"


@dataclass(frozen=True, slots=True)
class Signs:
    """Ages in seconds, None for a sign that was never seen; `lag` is how long the last heartbeat waited in the queue."""

    ages: dict[str, float | None]
    lag: float | None


_written: dict[str, float] = {}


def leave(sign: str) -> None:
    """Note that this one lives; at most once in five seconds, and never a reason to fail."""
    now = time.monotonic()
    if now - _written.get(sign, -WRITE_EVERY_SECONDS) < WRITE_EVERY_SECONDS:
        return
    _written[sign] = now
    cache.set(_key(sign), int(time.time()), KEPT_SECONDS)


def arrived(sent_at: float | None) -> None:
    """The heartbeat task ran: note that it did, and how long it had waited."""
    now = time.time()
    cache.set(_key(TASK), int(now), KEPT_SECONDS)
    if sent_at is not None:
        cache.set(_key("lag"), round(max(now - sent_at, 0.0), 3), KEPT_SECONDS)


def read() -> Signs:
    """What is known now. Every sign is None while Redis is away."""
    found: dict[str, Any] = cache.get_many([_key(name) for name in (*SIGNS, "lag")])
    now = time.time()
    ages = {sign: _age(found.get(_key(sign)), now) for sign in SIGNS}
    lag = found.get(_key("lag"))
    return Signs(ages, float(lag) if lag is not None else None)


def connect() -> None:
    """Listen to Celery: the worker's own pulse, and what beat sends."""
    heartbeat_sent.connect(_worker_lives, weak=False, dispatch_uid="credit-worker-lives")
    beat_init.connect(_clock_starts, weak=False, dispatch_uid="credit-clock-starts")


def _worker_lives(**kwargs: Any) -> None:
    leave(WORKER)


def _clock_starts(**kwargs: Any) -> None:
    before_task_publish.connect(_clock_sends, weak=False, dispatch_uid="credit-clock-sends")


def _clock_sends(sender: str = "", headers: dict[str, Any] | None = None, **kwargs: Any) -> None:
    leave(CLOCK)
    if sender == TASK_NAME and headers is not None:
        headers[SENT_HEADER] = time.time()


def _key(sign: str) -> str:
    return f"heartbeat:{sign}"


def _age(at: Any, now: float) -> float | None:
    return None if at is None else max(now - float(at), 0.0)
