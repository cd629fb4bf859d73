"""The description of the interface is valid and complete, and its page is drawn under the site's security policy."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from credit_platform.web.tests.browsing import ORIGIN, open_site

pytestmark = pytest.mark.django_db
OPEN = {"subject", "disclosures_list", "disclosure", "changes", "standards_list", "standard"}
NAMES_ITS_OBJECT = ("/api/v1/commitments/availability/",)
"""Questions that name an object among their parameters, and answer 404 when there is none."""


@pytest.fixture
def description():
    return Client().get("/api/schema/?format=json").json()


def operations(description):
    return [
        (path, method, each)
        for path, methods in description["paths"].items()
        for method, each in methods.items()
        if method in ("get", "post", "put", "patch", "delete")
    ]


def test_the_description_is_valid_and_without_warnings(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", file=str(tmp_path / "schema.yaml"))


def test_every_operation_tells_its_refusals_and_who_may(description):
    for path, method, each in operations(description):
        assert {"400", "401", "405", "406", "429", "503"} <= each["responses"].keys(), path
        assert ("404" in each["responses"]) == ("{" in path or method == "post" or path in NAMES_ITS_OBJECT), path
        assert {} in each["security"] if each["operationId"] in OPEN else {} not in each["security"], path
        assert each["summary"]
        assert each["description"]
        assert "Retry-After" in each["responses"]["429"]["headers"]


def test_a_push_has_an_example_for_every_current_standard(description):
    examples = description["paths"]["/api/v1/records/"]["post"]["requestBody"]["content"]["application/json"][
        "examples"
    ]
    codes = {each["value"]["standard"] for each in examples.values()}
    assert {"permit-2018", "penalty-2018", "registration", "act-award"} <= codes
    assert all(each["value"]["rows"][0] for each in examples.values())


@pytest.mark.browser
def test_the_page_draws_itself_from_our_own_files_under_the_policy(page):
    told, asked = [], []
    page.on("console", lambda message: told.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    open_site(page, Client())
    page.goto(ORIGIN + "/api/docs/")
    page.wait_for_selector(".opblock-summary-path")
    assert page.locator(".opblock").count() >= 9
    assert "部门报送" in page.inner_text("#api-docs")
    assert told == []
    assert [url for url in asked if not url.startswith((ORIGIN, "data:"))] == []
