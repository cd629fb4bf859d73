import pytest
import redis
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCacheClient


@pytest.fixture
def away(settings):
    """A cache whose Redis does not answer."""
    here = settings.CACHES["default"]
    settings.CACHES = {"default": {**here, "LOCATION": "unix:///nowhere/valkey.sock"}}
    return caches["default"]


def test_without_redis_the_cache_is_empty_and_silent(away):
    away.set("a", 1)
    away.set_many({"a": 1})
    away.delete_many(["a"])
    assert away.get("a", "none") == "none"
    assert away.get_many(["a"]) == {}
    assert away.get_or_set("a", lambda: "made") == "made"
    assert "a" not in away
    assert away.delete("a") is False
    assert away.touch("a") is False


def test_without_redis_nobody_gets_a_lock(away):
    assert away.add("lock", 1) is False


def test_with_redis_it_keeps_things():
    cache = caches["default"]
    cache.set("kept", {"一": 1}, 5)
    assert cache.get("kept") == {"一": 1}
    assert cache.add("kept", 2) is False
    cache.delete("kept")


def test_a_redis_that_did_not_answer_is_left_alone_for_some_seconds(away, monkeypatch, caplog):
    monkeypatch.setattr("credit_platform.cache._away_until", {})
    now = [100.0]
    monkeypatch.setattr("credit_platform.cache.time.monotonic", lambda: now[0])
    for _ in range(3):
        assert away.get("a") is None
    assert caplog.text.count("Redis is away") == 1, "asked once, then left alone"
    now[0] += 6
    away.get("a")
    assert caplog.text.count("Redis is away") == 2


def test_a_redis_that_refuses_is_an_empty_cache_too(monkeypatch):
    """Its disk or its memory is full: it answers, with an error."""
    monkeypatch.setattr("credit_platform.cache._away_until", {})
    cache = caches["default"]

    def refuses(*args, **kwargs):
        raise redis.ResponseError("MISCONF Errors writing to the AOF file: No space left on device")

    monkeypatch.setattr(RedisCacheClient, "set", refuses)
    cache.set("a", 1)
    assert cache.get("a", "none") == "none"


def test_a_redis_that_has_forgotten_the_script_of_the_rates_is_told_it_again():
    cache = caches["default"]
    assert [cache.take("forgotten", limit=2, seconds=60, now=1.0) for _ in range(2)] == [0, 0]
    cache._cache.get_client(write=True).script_flush()
    assert cache.take("forgotten", limit=2, seconds=60, now=1.0) == 60
    cache.delete("forgotten")
