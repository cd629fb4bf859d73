"""Of however many that come at once exactly as many pass as may; without Redis a quarter, and the log says so once."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from credit_platform.web import rates


@pytest.fixture
def key():
    return f"test:{uuid4().hex}"


@pytest.fixture
def away(settings, monkeypatch):
    monkeypatch.setattr("credit_platform.cache._away_until", {})
    monkeypatch.setattr(rates, "_alone", rates._Alone())
    here = settings.CACHES["default"]
    settings.CACHES = {"default": {**here, "LOCATION": "unix:///nowhere/valkey.sock"}}
    return {"default": here}


def test_of_fifty_at_once_ten_pass(key):
    with ThreadPoolExecutor(20) as pool:
        told = list(pool.map(lambda _: rates.wait(key, limit=10, seconds=60), range(50)))
    assert told.count(0) == 10
    assert all(1 <= each <= 60 for each in told if each)


def test_the_window_runs(key, monkeypatch):
    now = [1_900_000_000.0]
    monkeypatch.setattr("credit_platform.web.rates.time.time", lambda: now[0])
    assert [rates.wait(key, limit=2, seconds=60) for _ in range(3)] == [0, 0, 60]
    now[0] += 59.5
    assert rates.wait(key, limit=2, seconds=60) == 1
    now[0] += 0.5
    assert rates.wait(key, limit=2, seconds=60) == 0


def test_whoever_was_refused_is_not_counted(key, monkeypatch):
    now = [1_900_000_000.0]
    monkeypatch.setattr("credit_platform.web.rates.time.time", lambda: now[0])
    for _ in range(30):
        rates.wait(key, limit=1, seconds=60)
        now[0] += 1
    now[0] += 30
    assert rates.wait(key, limit=1, seconds=60) == 0


def test_without_redis_a_quarter_passes_and_the_log_says_so_once(away, key, caplog):
    assert [rates.wait(key, limit=8, seconds=60) == 0 for _ in range(4)] == [True, True, False, False]
    assert rates.wait(f"{key}:other", limit=1, seconds=60) == 0, "one at least"
    assert caplog.text.count("each process counts by itself") == 1


def test_without_redis_threads_of_a_process_do_not_get_more(away, key):
    with ThreadPoolExecutor(20) as pool:
        told = list(pool.map(lambda _: rates.wait(key, limit=40, seconds=60), range(50)))
    assert told.count(0) == 10


def test_when_redis_is_back_it_is_asked_again(away, key, caplog, settings):
    rates.wait(key, limit=8, seconds=60)
    settings.CACHES = away
    assert rates.wait(key, limit=8, seconds=60) == 0
    assert "Redis is back" in caplog.text


def test_the_memory_of_a_process_has_an_end(away, monkeypatch):
    monkeypatch.setattr(rates, "REMEMBERED", 5)
    for number in range(50):
        rates.wait(f"visitor:{number}", limit=8, seconds=60)
    assert len(rates._alone._marks) <= 5
