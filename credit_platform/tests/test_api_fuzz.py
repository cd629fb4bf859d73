"""The interface asked everything that its own description allows and much that it does not, as each kind of caller.

No answer is a server error, and every answer is one that the description tells of.
"""

from __future__ import annotations

import json
import secrets
from datetime import date, timedelta
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.generation import GenerationMode

from commitments.models import CommitmentLetter
from commitments.tests.cases import LetterFactory
from credit_platform.accounts.api import ClientRate, PublicRate
from credit_platform.accounts.tests import factories as people
from credit_platform.wsgi import application
from disclosure.models import Disclosure
from disclosure.tests.factories import PublishedFactory
from records.models import ImportBatch
from records.standards import registry
from records.standards.example import example_row
from records.tests import factories as ledger

pytestmark = pytest.mark.django_db
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 25
PENALTY = registry.get("penalty-2018")
CALLERS = ("anonymous", "writing", "reading", "expired")


@pytest.fixture
def _one_connection():
    """A request to the application itself would close the connection, and with it the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def description(_one_connection, db) -> Any:
    schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", application)
    schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
    return schema


@pytest.fixture
def headers(request, market_bureau) -> dict[str, str]:
    """The key of the caller, with something in the database to find."""
    ledger.PenaltyEntryFactory()
    PublishedFactory(published_on=date(2026, 1, 5), ends_on=date(2999, 1, 1))
    ImportBatch.objects.create(department=market_bureau, standard="penalty-2018", channel="api", state="done")
    if request.param == "anonymous":
        return {}
    key = secrets.token_urlsafe(32)
    scopes = ["records.read"] if request.param == "reading" else ["records.write", "records.read"]
    ends = timezone.now() - timedelta(days=1) if request.param == "expired" else None
    people.ApiClientFactory(department=market_bureau, key=key, scopes=scopes, expires_at=ends)
    return {"X-Api-Key": key}


@pytest.fixture
def _no_rates(monkeypatch):
    cache.clear()
    for rate in (PublicRate, ClientRate):
        monkeypatch.setattr(rate, "allow_request", lambda *args: True)


def asked_of(case: Any) -> None:
    """What stands behind the parameters of a question that has no place in its address."""
    if "availability" in case.path and case.query:
        letter = (
            LetterFactory()
            if not CommitmentLetter.objects.exists()
            else CommitmentLetter.objects.select_related("subject", "matter").first()
        )
        case.query |= {"code": letter.subject.code, "matter": letter.matter.code}


def there_is(name: str, path: str) -> object:
    """Something for the place in an address, so that not every question is about nothing."""
    if name == "id":
        return ImportBatch.objects.values_list("pk", flat=True).first()
    if name == "public_id":
        return Disclosure.objects.values_list("public_id", flat=True).first()
    return "penalty-2018" if "standards" in path else Disclosure.objects.values_list("subject_code", flat=True).first()


@pytest.mark.usefixtures("_no_rates")
@pytest.mark.parametrize("headers", CALLERS, indirect=True)
def test_whatever_is_asked_is_answered_as_described(headers, description):
    asked = 0
    for result in description.get_all_operations():
        operation = result.ok()
        asked += 1

        @seed(20261123)
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(), real=st.booleans())
        def every_case(case, real):
            if real:
                case.path_parameters = {name: there_is(name, case.path) for name in case.path_parameters or {}}
                asked_of(case)
            case.call_and_validate(headers=headers, checks=CHECKS)

        every_case()
    assert asked >= 9


CELLS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
ROWS = st.lists(
    st.builds(
        lambda good, changed: good | changed,
        st.just(example_row(PENALTY, date(2026, 11, 1))),
        st.dictionaries(st.sampled_from([each.code for each in PENALTY.fields]) | st.text(), CELLS, max_size=4),
    ),
    min_size=1,
    max_size=5,
)


def pushed(rows, headers):
    """The answer to a push that is then taken back: a database holds only so many locks for one transaction."""
    body = json.dumps({"standard": "penalty-2018", "rows": rows})
    before = transaction.savepoint()
    answer = Client().post("/api/v1/records/", body, content_type="application/json", headers=headers)
    transaction.savepoint_rollback(before)
    return answer, "\\u0000" in body or "\\ud" in body


@pytest.mark.usefixtures("_no_rates")
@pytest.mark.parametrize("headers", ["writing"], indirect=True)
def test_any_row_is_entered_or_told_what_is_wrong_with_it(headers):
    @seed(20261123)
    @settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(rows=ROWS)
    def every_push(rows):
        answer, unreadable = pushed(rows, headers)
        assert answer.status_code == 201 or (unreadable and answer.status_code == 400), answer.content
        if answer.status_code == 201:
            results = answer.json()["results"]
            assert [each["index"] for each in results] == list(range(len(rows)))
            assert all(each["record"] or each["findings"] for each in results)

    every_push()
