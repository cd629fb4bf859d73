"""Whatever holds tokens is registered with `credit_platform.resealing`: else a key would be taken out and something no longer opens."""

from __future__ import annotations

import base64

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from credit_platform import resealing, sealing

HELD = {
    (place.table, place.column) for place in resealing.places() if isinstance(place, resealing.Column | resealing.Json)
}
STAGED = "records_stage_"  # read again from the file under another key: records.imports.batches.engine


def test_every_binary_column_is_registered():
    ours = [app.label for app in apps.get_app_configs() if app.path.startswith(str(settings.BASE_DIR))]
    found = {
        (model._meta.db_table, field.column)
        for label in ours
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.BinaryField) and ".venv" not in apps.get_app_config(label).path
    }
    assert found - HELD == set()
    assert len(found) > 4


def holding_tokens() -> set[tuple[str, str]]:
    """Columns of any table that hold a token anywhere in their text or bytes."""
    tokens = base64.b64encode(sealing.MAGIC + b"\0\0")[
        :8
    ].decode()  # six of the seven bytes: what every key's tokens share
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT table_name, column_name, data_type FROM information_schema.columns JOIN information_schema.tables
               USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
               AND data_type IN ('bytea', 'text', 'character varying', 'json', 'jsonb', 'ARRAY')"""
        )
        columns = [row for row in cursor.fetchall() if not row[0].startswith(STAGED)]
        found = set()
        for table, column, kind in columns:
            if kind == "bytea":
                cursor.execute(f'SELECT 1 FROM "{table}" WHERE position(%s IN "{column}") = 1 LIMIT 1', [sealing.MAGIC])
            else:
                cursor.execute(f'SELECT 1 FROM "{table}" WHERE "{column}"::text LIKE %s LIMIT 1', [f"%{tokens}%"])
            if cursor.fetchone():
                found.add((table, column))
    return found


def test_no_column_of_the_city_holds_tokens_without_being_registered(city):
    found = holding_tokens()
    assert found - HELD == set()
    assert {("records_subject", "id_cipher"), ("records_creditrecord", "content")} <= found


@pytest.mark.django_db
def test_one_that_is_not_registered_would_be_found():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE trial_tokens (a text, b bytea)")
        value = sealing.seal("230102199003070021", "m")["sealed"]
        cursor.execute("INSERT INTO trial_tokens VALUES (%s, %s)", [f"x {value} y", sealing.encrypt(b"x", "y")])
    assert holding_tokens() >= {("trial_tokens", "a"), ("trial_tokens", "b")}
