import pytest
from django.core.cache import caches


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
