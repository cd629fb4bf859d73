"""The cache is a convenience: when Redis is away, pages go on without it.

A Redis that accepts and never answers costs every question its timeout; after one such wait the process leaves it alone for some
seconds, so that a page never waits for it more than once.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias, TypeVar, cast

import redis
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.utils.functional import cached_property

logger = logging.getLogger(__name__)
T = TypeVar("T")
Key: TypeAlias = "str | bytes | memoryview[int]"

LEFT_ALONE_SECONDS = 5.0
_away_until: dict[str, float] = {}
"""By address: until when (monotonic clock) Redis is not asked."""

# One look and one mark that nobody comes between: the marks of the running window, and when there is room one more.
# Answers 0 when there was room, else the seconds until there is.
TAKE = """
local now, span, limit = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - span)
if redis.call('ZCARD', KEYS[1]) >= limit then
    local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
    return math.max(1, math.ceil(tonumber(first[2] or now) + span - now))
end
redis.call('ZADD', KEYS[1], now, ARGV[4])
redis.call('EXPIRE', KEYS[1], math.ceil(span) + 1)
return 0
"""


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

    def get_many(self, keys: Iterable[Key]) -> dict[Key, Any]:
        nothing: dict[Key, Any] = {}
        return self._or(nothing, "get_many", keys)

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return self._or(False, "has_key", *args, **kwargs)

    def set_many(self, *args: Any, **kwargs: Any) -> None:
        self._or(None, "set_many", *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._or(None, "delete_many", *args, **kwargs)

    def take(self, key: str, *arguments: float | int | str) -> int | None:
        """Run TAKE; None while Redis cannot be reached."""
        return self._asked(None, "take", lambda: self._take(key, *arguments))

    def _take(self, key: str, *arguments: float | int | str) -> int | None:
        return int(self._script(keys=[key], args=arguments))

    @cached_property
    def _script(self) -> Any:
        """TAKE by its digest, over one client that is kept: making a client costs more than asking it."""
        return self.get_client(write=True).register_script(TAKE)

    def _or(self, otherwise: T, verb: str, *args: Any, **kwargs: Any) -> T:
        above = super()
        return self._asked(otherwise, verb, lambda: cast(T, getattr(above, verb)(*args, **kwargs)))

    def _asked(self, otherwise: T, verb: str, ask: Callable[[], T]) -> T:
        address = str(self._servers[0])  # type: ignore[attr-defined]  # private in Django, unknown to its stubs
        if time.monotonic() < _away_until.get(address, 0.0):
            return otherwise
        try:
            return ask()
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

    def take(self, key: str, *, limit: int, seconds: int, now: float) -> int | None:
        """One use under `key` in the running window of `seconds`: 0 when it is granted, else the seconds to wait.

        Of however many that come at once exactly `limit` are granted. None while Redis is away.
        """
        client = cast(ForgivingClient, self._cache)
        return client.take(self.make_and_validate_key(key), now, seconds, limit, uuid.uuid4().hex)
