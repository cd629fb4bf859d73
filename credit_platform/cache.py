"""The cache is a convenience: when Redis is away, pages go on without it."""

from __future__ import annotations

import logging
from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache, RedisCacheClient

logger = logging.getLogger(__name__)


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
        try:
            return getattr(super(), verb)(*args, **kwargs)
        except (redis.ConnectionError, redis.TimeoutError):
            logger.warning("cache: Redis is away, %s skipped", verb)
            return otherwise


class ForgivingRedisCache(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient
