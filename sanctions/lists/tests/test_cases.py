"""Terms of lists asked by name: a table worked out by hand, answered by the rules and by `manage.py explain_periods` from the lists."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.core.management import call_command

from sanctions import base_data
from sanctions.lists import rules
from sanctions.lists.models import CreditList

# list, listed, published, corrected, months of the decision, first application, last day
TABLE = (
    ("拖欠农民工工资", "2025-03-31", "2025-04-07", "2025-05-30", None, "2025-12-01", "2028-03-31"),
    ("拖欠农民工工资", "2025-08-31", "2025-09-05", "2025-08-31", None, "2026-03-01", "2028-08-31"),
    ("重大税收违法", "2025-06-20", "2025-07-15", "2025-08-01", None, "2026-01-16", "2028-07-15"),
    ("重大税收违法", "2025-06-20", "2025-07-15", "2028-08-01", None, "", "2028-07-15"),
    ("市场监管严重违法", "2024-05-20", "2024-05-27", "2024-06-10", None, "2025-05-21", "2027-05-20"),
    ("市场监管严重违法", "2025-02-28", "2025-03-06", "2027-01-15", None, "2027-01-15", "2028-02-28"),
    ("安全生产严重失信", "2024-10-31", "2024-11-06", "2025-12-01", None, "2025-12-01", "2027-10-31"),
    ("安全生产严重失信", "2026-02-28", "2026-03-04", "2026-03-10", None, "2027-03-01", "2029-02-28"),
    ("失信被执行人", "2025-04-10", "2025-04-10", "2026-01-20", None, "2026-01-20", "2027-04-10"),
    ("失信被执行人", "2025-04-10", "2025-04-10", "", 60, "", "2030-04-10"),
    ("失信被执行人", "2024-12-31", "2024-12-31", "", 36, "", "2027-12-31"),
    ("电信网络诈骗惩戒(刑事)", "2025-01-15", "", "", None, "", "2028-01-15"),
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lists():
    base_data.load()


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("case", TABLE, ids=lambda case: "-".join(case[:2]))
def test_the_rule_of_each_list(case):
    name, listed, published, corrected, months, first, last = case
    period = rules.run(
        CreditList.objects.get(short_name=name).terms,
        entered_on=day(listed),
        published_on=day(published),
        performed_on=day(corrected),
        months=months,
    )
    assert period.ends_on == day(last)
    assert rules.exit_on(period, performed_on=day(corrected)) == day(first)
    assert period.explained


def test_the_command_answers_from_the_lists(tmp_path):
    asked = [case for case in TABLE if case[4] is None]
    file, out = tmp_path / "cases.csv", io.StringIO()
    rows = [",".join(("LIST", *case[:4])) for case in asked]
    file.write_text("rule_set,cls,decided_on,published_on,performed_on\n" + "\n".join(rows), encoding="utf-8")
    call_command("explain_periods", file, stdout=out)
    found = list(csv.DictReader(out.getvalue().splitlines()))
    days = [(row["first_application_on"], row["publication_ends_on"]) for row in found]
    assert days == [(case[5], case[6]) for case in asked]


def test_the_command_follows_a_changed_list(tmp_path):
    CreditList.objects.filter(short_name="统计严重失信").update(term_months=24)
    file, out = tmp_path / "cases.csv", io.StringIO()
    file.write_text("rule_set,cls,decided_on,published_on\nLIST,统计严重失信,2026-01-10,2026-01-20", encoding="utf-8")
    call_command("explain_periods", file, stdout=out)
    (row,) = csv.DictReader(out.getvalue().splitlines())
    assert row["publication_ends_on"] == "2028-01-20"


def test_loading_again_changes_nothing_and_leaves_what_was_written():
    CreditList.objects.filter(code="RS-NMG").update(term_months=24)
    before = list(CreditList.objects.values())
    assert base_data.load() == []
    assert list(CreditList.objects.values()) == before


def test_what_is_in_force_is_what_could_be_read_and_the_rest_waits():
    serious = CreditList.objects.in_force(date(2026, 11, 23)).filter(nature="serious")
    assert serious.filter(code__in=("RS-NMG", "SJ-YZWF", "YJ-AQSC", "CZ-ZFCG")).count() == 4
    assert set(CreditList.objects.filter(valid_from=None).values_list("code", flat=True)) >= {"GX-HG", "XF-AQ", "DJ-XJ"}
    assert CreditList.objects.filter(nature="watch").count() == 8
