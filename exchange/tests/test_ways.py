"""The way of files and that of a front database; the service is tried by all the others."""

from __future__ import annotations

import json

import psycopg2
import pytest
from django.db import connection

from exchange.actions.reconciling import reconcile
from exchange.actions.sending import turn
from exchange.rules.messages import State
from exchange.simulator.folder import Folder
from exchange.simulator.province import Province
from exchange.tests.factories import announced, channel, newest

pytestmark = pytest.mark.django_db


def test_a_file_that_is_not_whole_is_not_taken(tmp_path, settings):
    settings.EXCHANGE_FOLDER = tmp_path
    folder = Folder(Province(tmp_path / "state"), tmp_path / "province")
    on = channel("file")
    announced()
    turn(on)
    [path] = (tmp_path / "province" / "out").glob("*.jsonl")
    whole = path.read_bytes()
    path.write_bytes(whole[:-5])
    assert folder.turn() == 0
    path.write_bytes(whole)
    assert folder.turn() == 1


def test_rows_lie_in_the_front_database_until_the_partner_answers(settings):
    given = connection.get_connection_params()
    settings.EXCHANGE_DATABASES = {
        "province": " ".join(
            f"{name}={given[name]}" for name in ("host", "port", "user", "password", "dbname") if given.get(name)
        )
    }
    on = channel("database")
    item = announced()
    front = psycopg2.connect(settings.EXCHANGE_DATABASES["province"])
    try:
        turn(on)
        assert newest(on, item).state == State.ACKNOWLEDGED
        with front, front.cursor() as cursor:
            cursor.execute("UPDATE credit_exchange_row SET result = 'accepted' RETURNING body")
            assert json.loads(cursor.fetchone()[0])["subject_name"] == item.subject_name
        turn(on)
        assert newest(on, item).state == State.APPLIED
        assert [each.differs for each in reconcile(on).differences.all()] == ["missing"]
    finally:
        with front, front.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS credit_exchange_row, credit_exchange_copy")
        front.close()
