"""The number of a request, and the answer while the database is away."""

import errno
import logging

import psycopg2
import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, InternalError, OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from credit_platform.logs import RequestIdFilter
from credit_platform.web import requests

seen: list[str] = []


def note_number(request):
    seen.append(requests.current_request_id())
    return HttpResponse("ok")


def lose_database(request):
    raise OperationalError("connection to server lost")


urlpatterns = [
    path("note", note_number),
    path("lost", lose_database),
    path("api/v1/lost", lose_database),
]
here = pytest.mark.urls(__name__)


@here
def test_a_number_given_by_the_proxy_is_kept_in_the_answer_and_the_request(client):
    answer = client.get("/note", headers={"X-Request-ID": "abc-123_XYZ"})
    assert answer["X-Request-ID"] == seen[-1] == "abc-123_XYZ"


@here
@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, "a b c d e f", "<script>alert(1)</script>", "中文编号中文编号"]
)
def test_another_number_is_made_when_the_given_one_is_missing_or_unfit(given, client):
    answer = client.get("/note", HTTP_X_REQUEST_ID=given)
    assert answer["X-Request-ID"] == seen[-1] != given
    assert len(seen[-1]) == 32


@here
def test_outside_of_a_request_there_is_no_number(client):
    client.get("/note")
    assert requests.current_request_id() == ""


def test_log_lines_carry_the_number():
    def log(request):
        record = logging.makeLogRecord({"msg": "x"})
        RequestIdFilter().filter(record)
        return HttpResponse(record.request_id)

    request = RequestFactory().get("/", headers={"X-Request-ID": "abcdefgh"})
    assert requests.RequestIdMiddleware(log)(request).content == b"abcdefgh"


@here
def test_a_lost_database_is_a_503_in_plain_chinese(client):
    answer = client.get("/lost")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert answer["Cache-Control"] == "no-store"
    assert "系统暂时无法提供服务" in answer.content.decode()
    assert "connection to server" not in answer.content.decode()


@here
def test_the_api_gets_it_as_json(client):
    answer = client.get("/api/v1/lost")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer["Retry-After"] == "30"


@pytest.mark.parametrize("error", [OperationalError("x"), InterfaceError("x")])
def test_both_errors_of_a_lost_server_are_known(error):
    assert requests.is_database_away(error)


def caused(error, code):
    coded = type("Coded", (psycopg2.DatabaseError,), {"pgcode": code})
    error.__cause__ = coded("server closed the connection unexpectedly")
    return error


def test_a_connection_that_died_under_a_statement_is_known():
    """The driver has no code and no class of its own for it; Django's own DatabaseError has no cause."""
    assert requests.is_database_away(caused(DatabaseError("server closed the connection unexpectedly"), None))
    assert not requests.is_database_away(DatabaseError("Save with update_fields did not affect any rows."))
    assert not requests.is_database_away(caused(IntegrityError("duplicate key"), "23505"))


def test_a_server_that_has_become_a_standby_is_known():
    assert requests.is_database_away(caused(InternalError("cannot execute INSERT in a read-only transaction"), "25006"))
    assert not requests.is_database_away(caused(InternalError("current transaction is aborted"), "25P02"))


def test_a_full_disk_is_the_machines_fault():
    assert requests.of_the_machine(OSError(errno.ENOSPC, "No space left on device"))
    assert not requests.of_the_machine(FileNotFoundError(errno.ENOENT, "No such file"))


def test_an_error_of_ours_is_not_hidden():
    middleware = requests.DatabaseAwayMiddleware(note_number)
    assert middleware.process_exception(RequestFactory().get("/"), IntegrityError("duplicate key")) is None


@pytest.mark.django_db(transaction=True)
def test_a_real_server_that_cannot_be_reached(client, monkeypatch):
    """The session is read by middleware, before any view."""
    client.raise_request_exception = False
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    answer = client.get("/admin/login/", HTTP_COOKIE="credit_session=" + "a" * 32)
    assert answer.status_code == 503
