"""An idle connection is looked at before it is used again, and asked only where there is something to hear."""

from __future__ import annotations

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def idle():
    """A second connection that nobody uses at the moment."""
    wrapper = connection.copy("default")
    wrapper.connect()
    yield wrapper
    wrapper.close()


def test_one_that_stands_is_not_asked(idle):
    with CaptureQueriesContext(idle) as asked:
        assert idle.is_usable()
    assert not asked.captured_queries


def test_one_that_the_server_has_ended_is_told_from_it(idle):
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [idle.connection.info.backend_pid])
        assert cursor.fetchone() == (True,)
    assert not idle.is_usable()


def test_one_in_a_transaction_that_has_failed_is_not_usable(idle):
    idle.set_autocommit(False)
    with idle.cursor() as cursor, pytest.raises(Exception, match="division"):
        cursor.execute("SELECT 1 / 0")
    assert not idle.is_usable()
