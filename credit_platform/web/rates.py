"""How often one visitor may do something that costs, counted in the cache. While Redis is away nobody is counted and nobody refused."""

from __future__ import annotations

import logging
import time

import redis
from django.core.cache import cache

from credit_platform.errors import DomainError

logger = logging.getLogger(__name__)


class TooOften(DomainError):
    """The visitor has done it too often (HTTP 429)."""

    status = 429


def spend(scope: str, who: str, *, limit: int, seconds: int) -> None:
    """Count one use of `scope` by `who` in the running window of `seconds`. Raises TooOften when there were `limit` before."""
    key = f"rate:{scope}:{who}:{int(time.time() // seconds)}"
    cache.add(key, 0, timeout=seconds)
    try:
        used = cache.incr(key)
    except (ValueError, redis.ConnectionError, redis.TimeoutError):
        logger.warning("rates: %s could not be counted", scope)
        return
    if used > limit:
        raise TooOften("rate.limit", "操作过于频繁，请稍后再试。", mend=f"请在 {max(1, seconds // 60)} 分钟后再试。")
