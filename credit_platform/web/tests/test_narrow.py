"""The short way of systems: past what is for people, with everything that every request needs."""

from __future__ import annotations

import pytest
from django.conf import settings

from credit_platform.web import narrow

ONE = "/api/v1/checks/"


@pytest.fixture(params=sorted(settings.NARROW_PATHS))
def answer(request, client, db):
    return client.post(request.param, "{}", content_type="application/json")


def test_every_narrow_address_is_one_of_ours_and_answers_for_itself(answer):
    assert (answer.status_code, answer.json()["code"]) == (401, "auth.missing")


def test_what_is_no_page_is_not_shown_as_one_and_kept_by_nobody(answer):
    assert {name: answer[name] for name in narrow.HEADERS} == narrow.HEADERS
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Length"] == str(len(answer.content))
    assert answer["X-Request-ID"]


def test_what_is_for_people_is_not_asked(client, db):
    request = client.post(ONE, "{}", content_type="application/json").wsgi_request
    assert not hasattr(request, "session")
    assert request.resolver_match.view_name == "checks:api-check"


def test_an_address_with_a_query_goes_the_long_way(client, db):
    answer = client.post(f"{ONE}?a=1", "{}", content_type="application/json")
    assert hasattr(answer.wsgi_request, "session")


def test_a_host_that_is_none_of_ours_is_refused(client, db):
    assert (
        client.post(ONE, "{}", content_type="application/json", headers={"Host": "elsewhere.example"}).status_code
        == 400
    )


def test_while_the_server_is_frozen_nobody_is_asked(client, monkeypatch):
    monkeypatch.setattr(narrow.lookout, "frozen", lambda *given: True)
    answer = client.post(ONE, "{}", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
