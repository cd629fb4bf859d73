"""The lookout: pages that wait for a server that does not answer are cut, pages that only take long are let be."""

from __future__ import annotations

import os
import socket
import threading
import time

import psycopg2
import pytest
from django.core.signals import request_finished
from django.db import OperationalError, connection, connections

from credit_platform.web import frozen
from credit_platform.web.frozen import ASK_AGAIN_SECONDS, LATE_SECONDS, STUCK_SECONDS, Lookout, NoAnswer

LATE = LATE_SECONDS + 1


class Server:
    """What is asked of it is remembered; it answers or not, and says which sessions are stuck."""

    def __init__(self):
        self.answers, self.asked, self.stuck = True, [], set()

    def ask(self, alias, pids):
        self.asked.append((alias, pids))
        if not self.answers:
            raise NoAnswer
        return self.stuck & set(pids)


@pytest.fixture
def server():
    return Server()


@pytest.fixture
def lookout(server, monkeypatch):
    """One that looks when the test says so."""
    monkeypatch.setattr(Lookout, "_start", lambda self: None)
    made = Lookout(server.ask)
    monkeypatch.setattr(frozen, "lookout", made)
    return made


@pytest.fixture
def session(django_db_setup, django_db_blocker):
    """A connection of Django's of its own, which the test may break."""
    made = connections.create_connection("default")
    made.inc_thread_sharing()
    with django_db_blocker.unblock():
        made.ensure_connection()
        yield made
    made.close()


def turn(lookout, after):
    lookout.turn(time.monotonic() + after)


def test_a_quick_page_makes_nobody_ask(lookout, server, session):
    lookout.begin([session])
    turn(lookout, 0)
    lookout.end()
    turn(lookout, LATE)
    assert server.asked == []


def test_a_page_that_takes_long_is_let_be_while_the_server_answers(lookout, server, session):
    lookout.begin([session])
    for seconds in (LATE, LATE + 1, LATE + ASK_AGAIN_SECONDS, 100):
        turn(lookout, seconds)
    assert server.asked == [("default", [])] * 3, "every few seconds"
    assert session.is_usable()
    assert not lookout.frozen()


def test_whoever_waits_for_a_frozen_server_is_cut_and_nobody_connects_until_it_answers(lookout, server, session):
    lookout.begin([session])
    server.answers = False
    turn(lookout, LATE)
    assert lookout.frozen()
    with pytest.raises(OperationalError):
        session.cursor().execute("SELECT 1")
    assert not session.is_usable()
    lookout.end()
    turn(lookout, LATE)
    assert len(server.asked) == 2, "it is asked although nobody waits"
    server.answers = True
    turn(lookout, LATE)
    assert not lookout.frozen()


def test_a_wait_in_the_driver_ends_when_it_is_cut(session):
    ended = []

    def wait():
        try:
            session.cursor().execute("SELECT pg_sleep(60)")
        except OperationalError as error:
            ended.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    pid = session.connection.info.backend_pid
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT state FROM pg_stat_activity WHERE pid = %s", [pid])
            if cursor.fetchone()[0] == "active":
                break
    frozen.cut(session)
    thread.join(30)
    assert len(ended) == 1


def test_a_session_that_is_stuck_by_itself_is_cut_after_the_limit_of_statements(lookout, server, session):
    lookout.begin([session])
    pid = session.connection.info.backend_pid
    server.stuck = {pid}
    turn(lookout, STUCK_SECONDS - 1)
    assert session.is_usable()
    turn(lookout, STUCK_SECONDS + ASK_AGAIN_SECONDS)
    assert server.asked[-1] == ("default", [pid])
    assert not session.is_usable()


def test_no_connection_is_opened_to_a_frozen_server(lookout, server, session, monkeypatch):
    monkeypatch.setattr("credit_platform.web.postgresql.base.lookout", lookout)
    lookout._frozen.add("default")
    session.close()
    with pytest.raises(OperationalError, match="does not answer"):
        session.ensure_connection()
    lookout._frozen.clear()
    session.ensure_connection()


@pytest.mark.django_db
def test_the_real_server_answers():
    assert frozen.ask_server("default", [os.getpid()]) == set()


def test_a_server_that_accepts_and_says_nothing_does_not_answer(monkeypatch, tmp_path):
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / ".s.PGSQL.5432"))
        silent.listen()
        monkeypatch.setattr(frozen, "ANSWER_SECONDS", 0.1)
        monkeypatch.setattr(
            connections["default"], "get_connection_params", lambda: {"host": str(tmp_path), "user": "x"}
        )
        with pytest.raises(NoAnswer):
            frozen.ask_server("default", [])


def test_a_server_that_is_not_there_has_answered(monkeypatch, tmp_path):
    monkeypatch.setattr(connections["default"], "get_connection_params", lambda: {"host": str(tmp_path), "user": "x"})
    assert frozen.ask_server("default", []) == set(), "pages hear of it themselves"


def test_a_request_is_watched_from_its_first_to_its_last_byte(lookout):
    seen = []

    def application(environ, start_response):
        seen.append(len(lookout._work))
        if environ:
            raise psycopg2.Error
        return [b"first", b"last"]

    watched = frozen.watched(application)
    request_finished.disconnect(dispatch_uid="credit-lookout")
    assert watched({}, None) == [b"first", b"last"]
    assert (seen, len(lookout._work)) == ([1], 1), "it may still be read"
    lookout.end(sender=None)
    assert not lookout._work
    with pytest.raises(psycopg2.Error):
        watched({"broken": True}, None)
    assert not lookout._work


@pytest.mark.parametrize("path", ["/", "/api/v1/disclosures/", "/desk/"])
def test_while_it_is_frozen_every_page_says_so_and_nobody_asks(client, lookout, monkeypatch, path):
    monkeypatch.setattr("credit_platform.web.requests.lookout", lookout)
    lookout._frozen.add("default")
    answer = client.get(path)  # without the db fixture a query would fail this test
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert client.get("/healthz").status_code == 200


def test_not_ready_while_it_is_frozen(client, lookout, monkeypatch):
    monkeypatch.setattr("credit_platform.health.lookout", lookout)
    lookout._frozen.add("default")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "database: no answer" in answer.json()["reasons"]
