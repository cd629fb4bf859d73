"""What the world may read: a public grade of a sector is given, a risk class and a grade of our own by no door (trap 105)."""

import json

import pytest
from django.urls import reverse

from checks.tests.factories import asked, measures
from checks.tests.factories import client as api_client
from companies.tests.factories import ActiveFactory, sign_in
from records.tests.factories import SubjectFactory
from reports import base_data as layouts
from reports.models import ReportLayout
from reports.queries.gathering import content_of
from supervision.grading.tests.conftest import TODAY
from supervision.grading.tests.factories import graded, internal, received

pytestmark = pytest.mark.usefixtures("schemes", "today")
SECRET = ("风险分类", "监管分类结果", "evaluation-internal", "监管等级", "示例机密编号")
"""Words that would tell of it; the last is the number of the internal record."""


@pytest.fixture
def firm(db):
    """A firm with a public grade of the tax office, a risk class, and a grade of our own."""
    made = SubjectFactory()
    received(made, "NS-XY", "A", "2026-05-01", FAMC="纳税缴费信用评价")
    internal(made, "D", FAMC="企业信用风险分类", BH="示例机密编号1")
    graded()
    return made


def silent(text: str) -> bool:
    return not [word for word in SECRET if word in text]


def test_a_company_reads_its_public_grade_and_nothing_else(client, firm):
    sign_in(client, ActiveFactory(subject=firm))
    mine = client.get(reverse("grades:mine")).content.decode()
    assert "纳税缴费信用评价" in mine
    assert silent(mine)
    assert silent(client.get("/my/").content.decode())


def test_another_company_reads_nothing_of_it(client, firm):
    sign_in(client, ActiveFactory())
    assert "没有公开的信用评价" in client.get(reverse("grades:mine")).content.decode()


def test_the_public_pages_and_the_interface_give_the_public_grade_alone(client, firm):
    addresses = [
        reverse("public:subject", args=[firm.code]),
        reverse("public:api-subject", args=[firm.code]),
        reverse("public:api-disclosures") + "?kind=evaluation",
        reverse("public:api-changes"),
        reverse("public:search") + f"?q={firm.code}",
    ]
    pages = {address: client.get(address, follow=True) for address in addresses}
    assert {each.status_code for each in pages.values()} == {200}
    bodies = {address: answer.content.decode() for address, answer in pages.items()}
    assert [address for address, body in bodies.items() if not silent(body)] == []
    assert "纳税缴费信用评价" in bodies[addresses[0]]


def test_a_report_gives_the_public_grade_in_its_chapter_and_no_risk_class(firm):
    layouts.load()
    content = repr(content_of(firm, ReportLayout.objects.in_force(TODAY).first().layout, TODAY))
    assert "纳税缴费信用评价" in content
    assert silent(content)


def test_a_check_knows_nothing_of_a_grade(firm):
    measures()
    answer = json.dumps(asked(firm, api_client()).payload, ensure_ascii=False)
    assert silent(answer)
    assert "信用评价" not in answer
