import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def a_fresh_day(today, db):
    """Every test is on the tests' Monday, and no figure was kept from another."""
    cache.clear()


@pytest.fixture
def text(client):
    """`text(path)` is the page of an address that must answer 200."""

    def read(path: str) -> str:
        answer = client.get(path)
        assert answer.status_code == 200, path
        return answer.content.decode()

    return read
