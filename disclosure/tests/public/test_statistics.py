"""Statistics by month, district, department and kind, and the way from a department to its list."""

from datetime import date

import pytest

from credit_platform.accounts.tests.factories import DepartmentFactory
from disclosure.models import TimelinessTally
from disclosure.models.tallies import TallyView


@pytest.fixture
def tallies():
    city = DepartmentFactory(code="spj", name="哈尔滨市示例审批局", district="")
    local = DepartmentFactory(code="daoli", name="道里区示例监管局", level="district", district="230102")
    for authority, kind, reported, late in ((city, "permit", 40, 4), (local, "penalty", 10, 5)):
        for view in TallyView.values:
            TimelinessTally.objects.create(
                department=authority, kind=kind, view=view, month=date(2026, 3, 1), reported=reported, compliant=reported, late=late,
            )  # fmt: skip


def test_the_city_the_districts_and_the_departments(text, tallies):
    page = text("/statistics/")
    assert "18.00%" in page
    assert "<title>道里区：10</title>" in page
    assert "市级部门另上报 40 条" in page
    assert page.index("哈尔滨市示例审批局") < page.index("道里区示例监管局")


def test_a_department_leads_to_its_lists(client, text, tallies):
    page = text("/statistics/?kind=penalty&view=decision")
    assert 'href="/disclosure/penalties/?authority=daoli&amp;year=2026"' in page
    assert client.get("/disclosure/penalties/?authority=daoli&year=2026").status_code == 200
    assert "/disclosure/permits/?authority" not in page


def test_every_picture_has_its_table(text, tallies):
    page = text("/statistics/")
    assert page.count("查看数据表") == 2
    assert "2026年3月" in page
    assert page.count('class="chart-canvas"') == 2


def test_a_year_without_reports_says_so(text, tallies):
    assert "该年没有报送记录" in text("/statistics/?year=2019")


@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_the_departments_as_a_file(client, tallies, export):
    answer = client.get("/statistics/", {"export": export, "year": 2026})
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
