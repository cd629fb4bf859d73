"""The narrow path over HTTP: key, scope, rate, one form of refusal; the batch answers line by line."""

import json
from datetime import date

import pytest
from django.db import OperationalError
from django.utils import timezone

from checks.actions import asking
from checks.models import Check
from checks.receipts.verifying import opened
from checks.tests.factories import PROCUREMENT, barred, listed
from checks.tests.factories import client as api_client
from credit_platform.audit.models import AuditEntry
from records.tests.factories import SubjectFactory, valid_person_id

pytestmark = pytest.mark.usefixtures("city")
ONE, MANY = "/api/v1/checks/", "/api/v1/checks/batch/"


def post(client, path, body, key=None, **more):
    headers = {"X-Api-Key": key} if key else {}
    return client.post(path, json.dumps(body), content_type="application/json", headers=headers, **more)


def question(code, **more):
    return {"code": code, "matter": PROCUREMENT, "case_number": "办1", "purpose": "procurement"} | more


@pytest.fixture
def key():
    return api_client().key


def lines(answer):
    return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]


def test_a_check_over_http(client, key):
    entry = barred()
    answer = post(client, ONE, question(entry.subject.code), key)
    assert answer.status_code == 200
    body = answer.json()
    assert body["answer"]["verdict"] == "forbid"
    assert opened(body["receipt"]) == body["answer"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "body.missing"),
        ([], 400, "request.body"),
        ({"codes": "x"}, 400, "body.unknown"),
        ({"code": 5, "matter": "M", "case_number": "1", "purpose": "approval"}, 400, "body.value"),
        ({"code": "1", "matter": PROCUREMENT, "case_number": "1", "purpose": "approval"}, 422, "checks.code"),
        ({"code": "1", "matter": PROCUREMENT, "case_number": "1", "purpose": "x"}, 422, "checks.purpose"),
        (
            {"code": "1", "matter": PROCUREMENT, "case_number": "1", "purpose": "approval", "as_of": "昨天"},
            400,
            "body.value",
        ),
    ],
)
def test_what_is_wrong_is_told_in_the_one_form(client, key, body, status, code):
    answer = post(client, ONE, body, key)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["text"]


def test_keys_scopes_types_and_methods(client, key):
    body = question(SubjectFactory().code)
    assert post(client, ONE, body).json()["code"] == "auth.missing"
    assert post(client, ONE, body, "x" * 40).json()["code"] == "auth.failed"
    assert post(client, ONE, body, api_client("records.read").key).status_code == 403
    assert client.post(ONE, {"a": 1}, headers={"X-Api-Key": key}).status_code == 415
    assert client.get(ONE, headers={"X-Api-Key": key}).status_code == 405
    assert post(client, f"{ONE}?format=json", body, key).status_code == 400
    assert client.post(ONE, "{", content_type="application/json", headers={"X-Api-Key": key}).status_code == 400
    assert not Check.objects.exists()


@pytest.mark.parametrize(
    "change", [{"revoked_at": timezone.now}, {"expires_at": timezone.now}, {"scopes": list}, {"key_hash": str}]
)
def test_a_key_that_the_process_still_knows_is_refused_by_the_statement_itself(client, settings, change):
    settings.CHECKS_RECHECK_SECONDS = 600
    by = api_client()
    body = question(SubjectFactory().code)
    assert post(client, ONE, body, by.key).status_code == 200
    type(by).objects.filter(pk=by.pk).update(**{name: make() for name, make in change.items()})
    answer = post(client, ONE, body, by.key)
    assert (answer.status_code, answer.json()["code"]) == (401, "auth.ended")
    assert post(client, ONE, body, by.key).status_code in (401, 403)
    assert Check.objects.count() == AuditEntry.objects.filter(verb="checks.ask").count() == 1


def test_the_rate_of_the_client_is_held(client):
    by = api_client()
    by.rate_per_minute = 2
    by.save()
    body = question(SubjectFactory().code)
    answers = [post(client, ONE, body, by.key) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert Check.objects.count() == 2


def test_the_number_of_a_person_is_nowhere(client, caplog):
    number = valid_person_id(9)
    by = api_client("checks.ask", "checks.ask_person")
    given = {"id_number": number, "name": "张某", "matter": PROCUREMENT, "case_number": "办1", "purpose": "approval"}
    with caplog.at_level("DEBUG"):
        answer = post(client, ONE, given, by.key)
        refused = post(client, ONE, given | {"id_number": number[:-1] + "Y"}, by.key)
    assert (answer.status_code, refused.status_code) == (200, 422)
    for text in (answer.text, refused.text, caplog.text, str(AuditEntry.objects.latest("pk").__dict__)):
        assert number not in text
        assert number[:-1] not in text


def test_a_batch_answers_line_by_line_in_order(client, key):
    codes = [listed().subject.code, SubjectFactory().code, "123", barred().subject.code]
    items = [{"code": code, "case_number": f"办{n}"} for n, code in enumerate(codes)] + [{"case_number": 1}, 7]
    answer = post(client, MANY, {"matter": PROCUREMENT, "purpose": "procurement", "items": items}, key)
    assert answer["Content-Type"] == "application/x-ndjson"
    *told, end = lines(answer)
    assert [line["n"] for line in told] == [0, 1, 2, 3, 4, 5]
    assert [line["answer"]["verdict"] for line in told if "answer" in line] == ["caution", "none", "forbid"]
    assert [line["error"]["code"] for line in told if "error" in line] == ["checks.code", "body.value", "request.body"]
    assert end == {"done": True, "count": 6, "failed": 3}
    assert Check.objects.count() == 3
    assert all(opened(line["receipt"]) == line["answer"] for line in told if "answer" in line)


def test_a_batch_of_more_than_one_stretch(client, key):
    code = SubjectFactory().code
    items = [{"code": code, "case_number": f"办{n}"} for n in range(601)]
    *told, end = lines(post(client, MANY, {"matter": PROCUREMENT, "purpose": "approval", "items": items}, key))
    assert [line["n"] for line in told] == list(range(601))
    assert end["count"] == 601


def test_what_concerns_the_whole_batch_is_refused_before_the_first_line(client, key):
    items = [{"code": SubjectFactory().code, "case_number": "办1"}]
    assert post(client, MANY, {"matter": PROCUREMENT, "purpose": "approval", "items": []}, key).status_code == 400
    many = post(client, MANY, {"matter": PROCUREMENT, "purpose": "approval", "items": items * 10_001}, key)
    assert many.status_code == 413
    (line, end) = lines(post(client, MANY, {"matter": "X", "purpose": "approval", "items": items}, key))
    assert line["error"]["code"] == "checks.matter"
    assert end["failed"] == 1


def test_a_batch_that_breaks_off_says_so(client, key, monkeypatch):
    code, told = SubjectFactory().code, []
    items = [{"code": code, "case_number": f"办{n}"} for n in range(600)]
    real = asking._stated

    def breaking(*given):
        told.append(1)
        if len(told) > 1:
            raise OperationalError("the server went away")
        return real(*given)

    monkeypatch.setattr(asking, "_stated", breaking)
    *answered, end = lines(post(client, MANY, {"matter": PROCUREMENT, "purpose": "approval", "items": items}, key))
    assert len(answered) == 250
    assert end["done"] is False
    assert end["error"]["code"] == "interrupted"
    assert Check.objects.count() == 250


def test_the_last_day_is_in_working_days(client, key):
    told = post(client, ONE, question(SubjectFactory().code), key).json()["answer"]
    assert told["valid_until"] == date(2026, 11, 30).isoformat()
