"""The interface of events: the same rules as the file, idempotent, and only for a client with the scope."""

from __future__ import annotations

import json
import secrets

import pytest

from casework.models import Case
from credit_platform.accounts.tests.factories import ApiClientFactory
from sanctions.national.models import NationalDelivery, NationalEvent
from sanctions.national.tests.factories import take, told

pytestmark = pytest.mark.django_db
HERE = "/api/v1/events/"


@pytest.fixture
def call(client):
    """Send with the key of a client that holds the scope (or `scopes`)."""
    keys = {}

    def key_of(scopes):
        if scopes not in keys:
            keys[scopes] = secrets.token_urlsafe(32)
            ApiClientFactory(key=keys[scopes], scopes=list(scopes))
        return keys[scopes]

    def send(body=None, *, scopes=("national.events",), query=""):
        headers = {"X-Api-Key": key_of(scopes)} if scopes else {}
        if body is None:
            return client.get(f"{HERE}{query}", headers=headers)
        return client.post(HERE, json.dumps(body), content_type="application/json", headers=headers)

    return send


def sent(*events):
    return {"format": "HRB-NE-1", "batch": "GJ-1", "events": list(events)}


def test_events_are_taken_in_one_by_one(call):
    answer = call(sent(told("A-1"), told("A-2", kind="other")))
    assert answer.status_code == 201
    assert [each["outcome"] for each in answer.json()["results"]] == ["new", "refused"]
    assert "事件类别" in answer.json()["results"][1]["text"]
    assert NationalDelivery.objects.get().channel == "api"


def test_sending_again_changes_nothing(call):
    body = sent(told("A-1"))
    call(body)
    assert [each["outcome"] for each in call(body).json()["results"]] == ["same"]
    assert NationalEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400), ({"format": "HRB-NE-1"}, 400), ({"format": "X", "events": [1]}, 422), ({"format": 1, "events": []}, 400),
        ({"format": "HRB-NE-1", "events": {}}, 422), ({"format": "HRB-NE-1", "events": [], "more": 1}, 400),
        ({"format": "HRB-NE-1", "events": [{}] * 1001}, 422),
    ],
)  # fmt: skip
def test_a_malformed_request_is_told_and_nothing_is_kept(call, body, status):
    answer = call(body)
    assert answer.status_code == status
    assert answer.json()["text"]
    assert not NationalDelivery.objects.exists()


def test_without_the_scope_nothing_is_taken_or_told(call):
    assert call(sent(told()), scopes=("records.write",)).status_code == 403
    assert call(scopes=("records.read",)).status_code == 403
    assert call(sent(told()), scopes=()).status_code == 401


def test_what_became_of_an_event_is_told_once_it_is_approved(call):
    call(sent(told("A-1"), told("A-2")))
    case = NationalEvent.objects.get(number="A-1").case
    for verb in ("assign", "verify"):
        case = take(case, verb)
    (row,) = call(query="?number=A-1").json()["results"]
    assert (row["state"], row["result"], row["statement"]) == ("verified", "", "")
    take(Case.objects.get(pk=case.pk), "approve")
    (row,) = call(query="?number=A-1").json()["results"]
    assert (row["state"], row["result"], row["statement"]) == ("answered", "true", "经核查属实。")


def test_events_come_in_stretches(call):
    call(sent(*(told() for _ in range(3))))
    page = call(query="?limit=2").json()
    assert (len(page["results"]), page["more"]) == (2, True)
    rest = call(query=f"?after={page['last']}").json()
    assert (len(rest["results"]), rest["more"]) == (1, False)
    assert call(query="?nubmer=A-1").status_code == 400


def test_events_of_another_office_are_not_told(call):
    call(sent(told("A-1")))
    assert call(scopes=("national.events", "records.read")).json()["results"] == []
