import uuid

import pytest
from django.core.checks import run_checks
from django.db import connection, connections

from credit_platform import checks

pytestmark = pytest.mark.django_db(transaction=True)


def found(alias="default"):
    return [message.id for message in checks.check_databases([alias])]


@pytest.fixture
def database():
    """A database made with the given options, as the alias `other`."""
    names = []

    def make(options):
        name = f"checked_{uuid.uuid4().hex[:8]}"
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 {options}")
        names.append(name)
        other = connection.copy("other")
        other.settings_dict = {**connection.settings_dict, "NAME": name}
        connections["other"] = other

    yield make
    connections["other"].close()
    del connections["other"]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP DATABASE {name}")


def test_our_database_passes():
    assert found() == []


def test_a_database_with_the_locale_c_is_refused_and_told_what_to_do(database):
    database("ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
    [message] = checks.check_databases(["other"])
    assert message.id == "platform.E005"
    assert "C.UTF-8" in message.hint


def test_a_database_in_a_good_locale_passes_and_is_left_as_it_was(database):
    database("ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'")
    assert found("other") == []
    with connections["other"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'")
        assert cursor.fetchone() == (0,)


def test_another_encoding_is_refused(database):
    database("ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'")
    assert found("other") == ["platform.E003"]


def test_a_missing_extension_is_named(monkeypatch):
    monkeypatch.setattr(checks, "EXTENSIONS", ("pg_trgm", "no_such_thing"))
    [message] = checks.check_databases(["default"])
    assert message.id == "platform.E004"
    assert "no_such_thing" in message.msg


def test_an_old_server_is_refused(monkeypatch):
    monkeypatch.setattr(checks, "OLDEST_SERVER", 990000)
    assert found() == ["platform.E002"]


def test_a_database_that_does_not_answer_is_an_error_and_no_crash(database):
    database("ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'")
    connections["other"].settings_dict["NAME"] = "no_such_database"
    assert found("other") == ["platform.E001"]
    connections["other"].settings_dict["NAME"] = connection.settings_dict["NAME"]


def test_the_database_is_asked_only_when_named():
    assert [m.id for m in run_checks(databases=["default"]) if m.id.startswith("platform.E")] == []
    assert checks.check_databases(None) == []
