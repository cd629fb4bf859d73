"""The cache is a convenience: when Redis is away, pages go on without it.

A Redis that accepts and never answers costs every question its timeout; after one such wait the process leaves it alone for some
seconds, so that a page never waits for it more than once.
"""

from __future__ import annotations

import logging
import time
from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache, RedisCacheClient

logger = logging.getLogger(__name__)

LEFT_ALONE_SECONDS = 5.0
_away_until: dict[str, float] = {}
"""By address: until when (monotonic clock) Redis is not asked."""


class ForgivingClient(RedisCacheClient):
    """Answers like an empty cache while Redis cannot be reached; `add` answers False, so that it is no lock."""

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return self._or(False, "add", *args, **kwargs)

    def get(self, key: Any, default: Any) -> Any:
        return self._or(default, "get", key, default)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._or(None, "set", *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return self._or(False, "touch", *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return self._or(False, "delete", *args, **kwargs)

    def get_many(self, keys: Any) -> dict[Any, Any]:
        return self._or({}, "get_many", keys)

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return self._or(False, "has_key", *args, **kwargs)

    def set_many(self, *args: Any, **kwargs: Any) -> None:
        self._or(None, "set_many", *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._or(None, "delete_many", *args, **kwargs)

    def _or(self, otherwise: Any, verb: str, *args: Any, **kwargs: Any) -> Any:
        address = str(self._servers[0])  # type: ignore[attr-defined]
        if time.monotonic() < _away_until.get(address, 0.0):
            return otherwise
        try:
            return getattr(super(), verb)(*args, **kwargs)
        except (
            redis.RedisError
        ) as error:  # also one that answers and refuses: its disk or its memory is full, it is a replica
            _away_until[address] = time.monotonic() + LEFT_ALONE_SECONDS
            logger.warning("cache: Redis is away (%s), %s skipped", type(error).__name__, verb)
            return otherwise


class ForgivingRedisCache(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient
