"""The sessions of every program are watched by the server, and those of the web have limits."""

from __future__ import annotations

import psycopg2
import pytest
from django.db import connection

from credit_platform import patience


@pytest.fixture
def asked(db, monkeypatch):
    """What a session of these options says of itself."""

    def ask(options, name):
        monkeypatch.setenv("PGOPTIONS", options)
        given = {key: value for key, value in connection.get_connection_params().items() if key in OWN}
        session = psycopg2.connect(**given)
        try:
            with session.cursor() as cursor:
                cursor.execute("SELECT current_setting(%s)", [name])
                return cursor.fetchone()[0]
        finally:
            session.close()

    return ask


OWN = {"dbname", "user", "password", "host", "port"}


@pytest.mark.parametrize("options", [patience.EVERYBODY, patience.WORKER, patience.WEB])
def test_the_server_looks_whether_the_program_is_there(asked, options):
    assert asked(options, "client_connection_check_interval") == "5s"


def test_pages_have_limits_and_workers_have_none(asked):
    assert [asked(patience.WEB, name) for name in ("lock_timeout", "statement_timeout")] == ["15s", "110s"]
    assert [asked(patience.WORKER, name) for name in ("lock_timeout", "statement_timeout")] == ["0", "0"]
    assert asked(patience.WORKER, "idle_in_transaction_session_timeout") == "5min"
    assert asked(patience.EVERYBODY, "idle_in_transaction_session_timeout") == "0", (
        "a backup holds its snapshot for hours"
    )


def test_what_the_environment_says_goes_before():
    environment = {"PGOPTIONS": "-c lock_timeout=1s"}
    patience.use(patience.WEB, environment)
    assert environment == {"PGOPTIONS": "-c lock_timeout=1s"}
