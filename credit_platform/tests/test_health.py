import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder

from credit_platform import health


def test_alive_asks_nobody(client):
    answer = client.get("/healthz")  # without the db fixture a query would fail this test
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_when_all_is_well(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "reasons": []})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits(client):
    MigrationRecorder.Migration.objects.filter(app="sessions", name="0001_initial").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reasons"] == ["migrations: 1 not applied"]
    assert answer["Retry-After"] == "10"


@pytest.mark.django_db
def test_not_ready_without_redis(client, settings):
    settings.CACHE_URL = "unix:///nowhere/valkey.sock"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reasons"] == ["redis: no connection"]


def test_not_ready_without_database(client, monkeypatch):
    class Away:
        def cursor(self):
            raise OperationalError("could not connect to 10.1.2.3")

    monkeypatch.setattr(health, "connection", Away())
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reasons"] == ["database: no connection"]  # and not where it lies


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_reading_is_allowed(path, client):
    assert client.post(path).status_code == 405
