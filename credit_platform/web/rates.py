"""How often one visitor may do something that costs, counted in Redis by one script: of fifty at once exactly as many pass as may.

While Redis is away each process counts for itself and lets a quarter through, since there are several of them; the log says so once.
"""

from __future__ import annotations

import logging
import math
import time
from collections import deque
from threading import Lock
from typing import cast

from django.core.cache import caches

from credit_platform.cache import ForgivingRedisCache
from credit_platform.errors import DomainError

logger = logging.getLogger(__name__)

SHARE_OF_A_PROCESS = 4
"""While Redis is away a process lets `limit / 4` through, one at least."""
REMEMBERED = 10_000
"""Visitors that a process keeps in mind by itself; with more it forgets them all, so that its memory has an end."""


class TooOften(DomainError):
    """The visitor has done it too often (HTTP 429)."""

    status = 429


def spend(scope: str, who: str, *, limit: int, seconds: int) -> None:
    """Count one use of `scope` by `who` in the running window of `seconds`. Raises TooOften when there were `limit` before."""
    if wait(f"rate:{scope}:{who}", limit=limit, seconds=seconds):
        raise TooOften("rate.limit", "操作过于频繁，请稍后再试。", mend=f"请在 {max(1, seconds // 60)} 分钟后再试。")


def wait(key: str, *, limit: int, seconds: int) -> int:
    """Count one use under `key`: 0 when it is granted, else the seconds until the next one will be."""
    now = time.time()
    told = cast(ForgivingRedisCache, caches["default"]).take(key, limit=limit, seconds=seconds, now=now)
    if told is None:
        return _alone.take(key, max(1, limit // SHARE_OF_A_PROCESS), seconds, now)
    _alone.end()
    return told


class _Alone:
    """What a process counts by itself."""

    def __init__(self) -> None:
        self.begun = False
        self._lock = Lock()
        self._marks: dict[str, deque[float]] = {}

    def take(self, key: str, limit: int, seconds: int, now: float) -> int:
        with self._lock:
            if not self.begun:
                self.begun = True
                logger.warning("rates: Redis is away; each process counts by itself and lets a quarter through")
            if len(self._marks) >= REMEMBERED:
                self._marks.clear()
            marks = self._marks.setdefault(key, deque())
            while marks and marks[0] <= now - seconds:
                marks.popleft()
            if len(marks) >= limit:
                return max(1, math.ceil(marks[0] + seconds - now))
            marks.append(now)
            return 0

    def end(self) -> None:
        if self.begun:
            with self._lock:
                self.begun = False
                self._marks.clear()
            logger.warning("rates: Redis is back; uses are counted together again")


_alone = _Alone()
