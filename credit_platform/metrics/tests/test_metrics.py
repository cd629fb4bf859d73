import os
import re
import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from credit_platform import tasks
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import DepartmentFactory
from credit_platform.audit import actions as audit_actions
from credit_platform.audit import rereading
from credit_platform.audit.checkpoints import make_checkpoint
from credit_platform.metrics import heartbeats, requests, samples, state
from credit_platform.workdays.queries import calendar
from disclosure.models import DisclosureChange
from disclosure.tests.factories import PublishedFactory, SubmittedFactory
from exchange.tests.factories import prepared_channel
from patrols.actions.patrolling import patrol
from records.models import ImportBatch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh(settings, monkeypatch):
    settings.METRICS_KEPT_SECONDS = 0
    settings.METRICS_TOKEN = ""
    monkeypatch.setattr(state, "_kept", (float("-inf"), []))
    heartbeats._written.clear()
    cache.clear()


def batch(**values):
    return ImportBatch.objects.create(department=DepartmentFactory(), standard="permit-2018", channel="desk", **values)


def figure(name, **labels):
    for sample in state.collect():
        if sample.name == name and sample.labels == labels:
            return sample.value
    return None


def test_the_page_is_prometheus_text(client):
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=")
    assert "no-store" in answer["Cache-Control"]
    text = answer.content.decode()
    assert "# TYPE credit_queue_length gauge" in text
    assert re.search(r"^credit_disclosures_late 0\.0$", text, re.M)


def test_every_figure_has_a_meaning_and_every_meaning_a_figure(tmp_path, settings):
    settings.BACKUP_DIR = tmp_path
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "manifest.json").write_text(
        '{"taken_at": "2026-01-01T00:00:00+08:00", "files": {"database.dump": {"bytes": 5}}}'
    )
    for sign in heartbeats.SIGNS:
        heartbeats.leave(sign)
    heartbeats.arrived(0.0)
    audit_actions.verify_and_record(by=SYSTEM)
    make_checkpoint(by=SYSTEM)
    rereading.go_on(by=SYSTEM)
    patrol(by=SYSTEM, parts=[])
    prepared_channel()
    assert {sample.name for sample in state.collect()} == set(samples.MEANINGS)


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("10.3.2.1", {}, 200),
        ("::1", {}, 200),
        ("203.0.113.9", {}, 403),
        ("172.32.0.1", {}, 403),
        ("8.8.8.8", {}, 403),
        ("", {}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "8.8.8.8"}, 403),
        ("127.0.0.1", {"X-Real-IP": "10.0.0.1"}, 403),
    ],
)
def test_without_a_token_only_a_direct_neighbour_may_read(client, address, headers, status):
    assert client.get("/metrics", REMOTE_ADDR=address, headers=headers).status_code == status


def test_with_a_token_only_the_token_counts(client, settings):
    settings.METRICS_TOKEN = "7f3a"
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer no"}).status_code == 403
    far = client.get("/metrics", REMOTE_ADDR="8.8.8.8", headers={"Authorization": "Bearer 7f3a"})
    assert far.status_code == 200


def test_only_reading_is_allowed(client):
    assert client.post("/metrics").status_code == 405


def test_requests_are_counted_by_the_name_of_the_view(client):
    def count(view, status):
        return requests.answered.labels(view, "GET", status)._value.get()

    known, unknown = count("healthz", "200"), count("unmatched", "404")
    client.get("/healthz")
    lost = client.get("/subjects-that-nobody-knows/91230100MA1234567X/")
    assert lost.status_code == 404
    assert count("healthz", "200") == known + 1
    assert count("unmatched", "404") == unknown + 1
    assert b"91230100MA1234567X" not in client.get("/metrics").content


def test_an_invented_method_makes_no_series(client):
    client.generic("BREW", "/healthz")
    assert b'method="BREW"' not in client.get("/metrics").content


def test_deadlines_are_counted_in_working_days():
    today = timezone.localdate()
    days = calendar()
    tomorrow, third = days.due_on(today, 1), days.due_on(today, 3)
    for due in (today - timedelta(days=1), today, tomorrow, third, third + timedelta(days=1)):
        SubmittedFactory(due_on=due, decided_on=today - timedelta(days=30))
    assert figure("credit_disclosures_late") == 1
    assert figure("credit_disclosures_due", within_workdays="0") == 1
    assert figure("credit_disclosures_due", within_workdays="1") == 2
    assert figure("credit_disclosures_due", within_workdays="3") == 3


def test_corrections_and_ended_periods_are_counted():
    PublishedFactory(needs_correction=True)
    PublishedFactory(ends_on=timezone.localdate() - timedelta(days=1))
    assert figure("credit_disclosures_to_correct") == 1
    assert figure("credit_disclosures_to_end") == 1


def test_a_silent_import_shows():
    quiet = timezone.now() - timedelta(minutes=10)
    batch(state=ImportBatch.State.READING, heartbeat_at=quiet)
    batch(state=ImportBatch.State.DONE)
    assert figure("credit_import_batches", state="reading") == 1
    assert figure("credit_import_batches_last_day", state="done") == 1
    assert 600 <= figure("credit_import_oldest_heartbeat_age_seconds") < 660


def test_unsealed_entries_show_until_they_are_sealed():
    audit_actions.record("platform.test", by=SYSTEM)
    assert figure("credit_audit_unsealed") >= 1
    while audit_actions.seal():
        pass
    assert figure("credit_audit_unsealed") == 0


def test_a_broken_chain_shows(monkeypatch):
    audit_actions.record("audit.verify", by=SYSTEM, after={"ok": False})
    assert figure("credit_audit_chain_ok") == 0


def test_unnumbered_changes_show():
    disclosure = PublishedFactory()
    DisclosureChange.objects.create(disclosure=disclosure, event="appeared", at=timezone.now() - timedelta(minutes=5))
    assert figure("credit_changes_unnumbered") >= 1
    assert figure("credit_changes_oldest_unnumbered_age_seconds") >= 299


def test_the_number_of_questions_does_not_grow_with_the_rows():
    with CaptureQueriesContext(connection) as few:
        state.collect()
    for _ in range(5):
        PublishedFactory()
        batch(state=ImportBatch.State.QUEUED, heartbeat_at=timezone.now())
    with CaptureQueriesContext(connection) as many:
        state.collect()
    assert len(many) <= len(few) + 1


def test_figures_are_kept_for_a_moment(settings):
    settings.METRICS_KEPT_SECONDS = 60
    state.collect()
    with CaptureQueriesContext(connection) as queries:
        state.collect()
    assert len(queries) == 0


def test_a_group_that_cannot_be_asked_says_so(client, monkeypatch):
    def changes():
        raise OperationalError("away")
        yield

    monkeypatch.setattr(state, "GROUPS", (changes, state.notices))
    text = client.get("/metrics").content.decode()
    assert 'credit_group_up{group="changes"} 0.0' in text
    assert 'credit_group_up{group="notices"} 1.0' in text


def test_a_broker_that_is_away_is_a_group_that_is_down(monkeypatch):
    class Away:
        def connection_for_read(self):
            from kombu.exceptions import OperationalError as Gone

            raise Gone("no broker")

    monkeypatch.setattr(state, "app", Away())
    assert figure("credit_group_up", group="queue") == 0
    assert figure("credit_group_up", group="database") == 1


def test_signs_of_life_have_an_age():
    assert heartbeats.read().ages == {"clock": None, "worker": None, "task": None}
    heartbeats._clock_sends(sender="other.task", headers={})
    heartbeats._worker_lives()
    ages = heartbeats.read().ages
    assert ages["clock"] < 5
    assert ages["worker"] < 5
    assert ages["task"] is None


def test_the_heartbeat_task_measures_the_wait_in_the_queue():
    headers = {}
    heartbeats._clock_sends(sender="platform.heartbeat", headers=headers)
    sent_at = headers["credit_sent_at"] - 42
    request = SimpleNamespace(request={"credit_sent_at": sent_at})
    tasks.heartbeat.run.__func__(request)
    signs = heartbeats.read()
    assert signs.ages["task"] < 5
    assert 42 <= signs.lag < 50


def test_processes_count_together(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings; settings.ALLOWED_HOSTS = ['testserver']\n"
        "from django.test import Client; Client().get('/healthz')\n"
        "from credit_platform.metrics import requests; print(requests.render().decode())"
    )
    env = os.environ | {
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "credit_platform.settings_for_tests",
    }
    command = [sys.executable, "-c", code]
    texts = [subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    line = 'credit_requests_total{method="GET",status="200",view="healthz"}'
    assert [f"{line} {count}.0" in text for count, text in enumerate(texts, start=1)] == [True, True]
